"""A picture that goes with a reply: the summary card, a plot, or the rows of a photo, as values until a channel draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.card import Card, card_from_json, card_to_json
from bot.conversation.chart import RateChart, chart_from_json, chart_to_json
from bot.conversation.plot import Plot, plot_from_json, plot_to_json
from bot.conversation.row_sheet import RowSheet, row_sheet_from_json, row_sheet_noted, row_sheet_to_json

Picture = Card | RateChart | Plot | RowSheet


def picture_to_json(picture: Picture) -> dict[str, Any]:
    """The picture as plain JSON, for the channel that draws it."""
    match picture:
        case Card():
            return card_to_json(picture)
        case RateChart():
            return chart_to_json(picture)
        case Plot():
            return plot_to_json(picture)
        case RowSheet():
            return row_sheet_to_json(picture)


def picture_noted(picture: Picture) -> dict[str, Any]:
    """The picture as it is kept and told to programs: without anything of an owner's photo."""
    return row_sheet_noted(picture) if isinstance(picture, RowSheet) else picture_to_json(picture)


def picture_from_json(plain: Mapping[str, Any]) -> Picture:
    """The inverse of picture_to_json. Raises KeyError or TypeError for what is no picture."""
    if "strips" in plain:
        return row_sheet_from_json(plain)
    if "panels" in plain:
        return chart_from_json(plain)
    return plot_from_json(plain) if "finding" in plain else card_from_json(plain)
