"""A small card and made-up firms to watch it with; the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from knowledge.firm import FactValue
from scoring.card import default_card, score
from scoring.card_schema import Block, Card, Feature, Wording
from scoring.formulas import parse_formula
from scoring.monitoring.observing import Observed

IMPROVE = Wording("staff.improve", "多招几个人", "Hire a few more")
LOWER, HIGHER = Wording("staff.lower", "人手偏少", "Few staff"), Wording("staff.higher", "人手充足", "Plenty of staff")


def number_feature(text: str, cuts: tuple[float, ...], points: tuple[float, ...], shares: tuple[float, ...] = ()) -> Feature:
    """A feature named by its formula."""
    return Feature(text, parse_formula(text), "number", "none", 5.0, 0.0, cuts, points, {}, LOWER, HIGHER, IMPROVE, shares)


def choice_feature(fact: str, values: dict[str, float], shares: tuple[float, ...] = ()) -> Feature:
    """A feature over a choice."""
    return Feature(fact, parse_formula(fact), "choice", "none", 5.0, 0.0, (), (), values, LOWER, HIGHER, None, shares)


STAFF = number_feature("employees", (5.0, 20.0), (-25.0, 0.0, 25.0), (0.5, 0.3, 0.2))
TRADE = choice_feature("industry", {"retail": -5.0, "catering": 5.0}, (0.5, 0.5))
TURNOVER = number_feature("annual_revenue / employees", (100_000.0,), (-5.0, 5.0))


def card(*features: Feature) -> Card:
    """A card of one block; the three features unless others are given."""
    block = Block("made", LOWER, features or (STAFF, TRADE, TURNOVER))
    return replace(default_card(), version="made", blocks=(block,))


def facts_like(dice: random.Random, staff: tuple[float, ...] = (0.5, 0.3, 0.2), **more: FactValue) -> dict[str, FactValue]:
    """A firm whose staff falls into the bins of STAFF by these shares."""
    employees = dice.choices((3, 10, 30), staff)[0]
    trade = dice.choice(("retail", "catering"))
    return {"employees": employees, "industry": trade, "annual_revenue": employees * dice.choice((50_000, 150_000)), **more}


def month_of(month: str, count: int, seed: int, **how: Any) -> list[Observed]:
    """`count` firms of a month."""
    dice = random.Random(seed)
    return [Observed(month, facts_like(dice, **how)) for _ in range(count)]


def defaulting(firms: list[Observed], made: Card, seed: int, times: float = 1.0) -> list[Observed]:
    """The firms with outcomes that come true `times` as often as the card says."""
    dice = random.Random(seed)
    return [replace(firm, defaulted=dice.random() < times * float(score(firm.facts, made).pd)) for firm in firms]
