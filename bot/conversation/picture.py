"""A picture that goes with a reply: the summary card or a plot, as values until a channel draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.card import Card, card_from_json, card_to_json
from bot.conversation.chart import RateChart, chart_from_json, chart_to_json
from bot.conversation.plot import Plot, plot_from_json, plot_to_json

Picture = Card | RateChart | Plot


def picture_to_json(picture: Picture) -> dict[str, Any]:
    """The picture as plain JSON."""
    match picture:
        case Card():
            return card_to_json(picture)
        case RateChart():
            return chart_to_json(picture)
        case Plot():
            return plot_to_json(picture)


def picture_from_json(plain: Mapping[str, Any]) -> Picture:
    """The inverse of picture_to_json. Raises KeyError or TypeError for what is no picture."""
    if "panels" in plain:
        return chart_from_json(plain)
    return plot_from_json(plain) if "finding" in plain else card_from_json(plain)
