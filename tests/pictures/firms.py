"""Firms whose cards the tests draw, from one that scores well to one of which nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.conversation.answers.card import card_of
from bot.conversation.card import Card
from bot.conversation.facts import Taken
from bot.conversation.model import Dialogue, Understanding
from bot.conversation.world import Scene, World
from knowledge.firm import Firm
from nlu.mentions import Extraction

TODAY = date(2026, 11, 21)
FIRMS: Mapping[str, Mapping[str, Any]] = {
    "software": {
        "firm_name": "深圳市云帆软件有限公司", "industry": "software_it", "region": "440300", "employees": 40, "age_months": 120,
        "amount_sought": 3_000_000, "annual_revenue": 28_000_000, "net_profit": 3_200_000, "purpose": "rd",
    },
    "noodles": {
        "industry": "catering", "region": "350100", "employees": 12, "age_months": 26, "amount_sought": 300_000,
        "annual_revenue": 1_500_000, "purpose": "equipment",
    },
    "new wholesaler": {
        "industry": "wholesale", "region": "440300", "employees": 12, "age_months": 2, "amount_sought": 300_000, "annual_revenue": 120_000,
    },
    "place only": {"region": "440300"},
    "nothing": {},
}  # fmt: skip


def scene_of(world: World, facts: Mapping[str, Any], language: str) -> Scene:
    """A turn's view of a firm; nothing was heard in it."""
    firm = Firm.of(dict(facts), TODAY)
    heard = Understanding(None, 0.0, Extraction((), (), False, ()), (), language)
    return Scene(world, Dialogue(firm=firm, language=language), TODAY, heard, Taken(firm, (), False))


def card_for(world: World, name: str, language: str) -> Card:
    return card_of(scene_of(world, FIRMS[name], language))
