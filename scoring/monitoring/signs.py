"""Bad news between two states of a firm for which the card has no points, and what the firm can do about each (`signs.yaml`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

import yaml

from scoring.card_schema import Wording
from scoring.facts import number

Facts = Mapping[str, object]


class Kind(StrEnum):
    """What a step of a plan is for."""

    CREDIT_REPAIR = "credit_repair"
    SELF_STRENGTHENING = "self_strengthening"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do within `days`, in words."""

    kind: Kind
    days: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class Sign:
    """Bad news about a fact. `acute` signs call for acting now whatever the score says."""

    fact: str
    acute: bool
    wording: Wording
    acts: tuple[Act, ...]
    seen: Callable[[Facts, Facts], bool]


def _became_true(fact: str) -> Callable[[Facts, Facts], bool]:
    return lambda before, now: now.get(fact) is True and before.get(fact) is not True


def _rose(fact: str) -> Callable[[Facts, Facts], bool]:
    """More than before; where nothing was known before, any at all."""

    def seen(before: Facts, now: Facts) -> bool:
        then, here = number(before, fact), number(now, fact)
        return here is not None and here > (then if then is not None else 0)

    return seen


def _fell(fact: str, to: str) -> Callable[[Facts, Facts], bool]:
    """Below the share `to` of what it was."""

    def seen(before: Facts, now: Facts) -> bool:
        then, here = number(before, fact), number(now, fact)
        return then is not None and here is not None and then > 0 and here < then * Decimal(to)

    return seen


def _grew(fact: str, by: str) -> Callable[[Facts, Facts], bool]:
    """By more than `by`, a share."""

    def seen(before: Facts, now: Facts) -> bool:
        then, here = number(before, fact), number(now, fact)
        return then is not None and here is not None and here - then > Decimal(by)

    return seen


def _tax_grade_fell(before: Facts, now: Facts) -> bool:
    order = ("A", "B", "M", "C", "D")
    then, here = before.get("tax_grade"), now.get("tax_grade")
    return then in order and here in order and order.index(str(here)) > order.index(str(then))


#: Which change of a fact is bad news.
_SEEN: Mapping[str, Callable[[Facts, Facts], bool]] = {
    "blacklisted": _became_true("blacklisted"),
    "overdue_12m": _rose("overdue_12m"),
    "tax_arrears": _became_true("tax_arrears"),
    "in_litigation": _became_true("in_litigation"),
    "tax_grade": _tax_grade_fell,
    "monthly_inflow": _fell("monthly_inflow", "0.7"),
    "annual_revenue": _fell("annual_revenue", "0.7"),
    "largest_customer_share": _grew("largest_customer_share", "0.2"),
    "credit_inquiries_3m": _grew("credit_inquiries_3m", "3"),
}


@cache
def signs() -> tuple[Sign, ...]:
    """What new figures are searched for, the gravest first."""
    raw = yaml.safe_load(resources.files("scoring.monitoring").joinpath("signs.yaml").read_text("utf-8"))
    return tuple(_sign(fact, body) for fact, body in raw.items())


def _sign(fact: str, body: Mapping[str, Any]) -> Sign:
    acts = tuple(Act(Kind(act["kind"]), act["days"], _words(f"{fact}.{act['name']}", act)) for act in body["acts"])
    return Sign(fact, body["acute"], _words(fact, body), acts, _SEEN[fact])


def _words(key: str, body: Mapping[str, Any]) -> Wording:
    return Wording(f"sign.{key}", body["zh"], body["en"])
