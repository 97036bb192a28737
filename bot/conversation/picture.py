"""A picture that goes with a reply: the summary card or a plot, as values until a channel draws it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation.card import Card, card_from_json, card_to_json
from bot.conversation.chart import RateChart, chart_from_json, chart_to_json

Picture = Card | RateChart


def picture_to_json(picture: Picture) -> dict[str, Any]:
    """The picture as plain JSON."""
    return card_to_json(picture) if isinstance(picture, Card) else chart_to_json(picture)


def picture_from_json(plain: Mapping[str, Any]) -> Picture:
    """The inverse of picture_to_json. Raises KeyError or TypeError for what is no picture."""
    return chart_from_json(plain) if "panels" in plain else card_from_json(plain)
