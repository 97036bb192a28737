"""A plot as a picture: PNG for a phone, SVG for a report."""

from __future__ import annotations

from typing import Literal

from bot.conversation.card import Card
from bot.conversation.chart import RateChart, chart_to_json
from bot.conversation.picture import Picture
from bot.conversation.plot import Plot, plot_to_json
from bot.conversation.row_sheet import RowSheet
from bot.pictures.card import card_png
from bot.pictures.draw import draw
from bot.pictures.row_sheet import row_sheet_png


def chart_drawn(chart: RateChart, kind: Literal["png", "svg"]) -> bytes:
    """The chart as one picture, 1,080 pixels wide as PNG."""
    return draw("rate-chart", {"chart": chart_to_json(chart)}, kind)


def plot_drawn(plot: Plot, kind: Literal["png", "svg"]) -> bytes:
    """The plot of one finding, 1,080 pixels wide as PNG."""
    return draw("plot", {"plot": plot_to_json(plot)}, kind)


def picture_png(picture: Picture) -> bytes:
    """Whatever goes with a reply, as a PNG."""
    match picture:
        case Card():
            return card_png(picture)
        case RateChart():
            return chart_drawn(picture, "png")
        case Plot():
            return plot_drawn(picture, "png")
        case RowSheet():
            return row_sheet_png(picture)
