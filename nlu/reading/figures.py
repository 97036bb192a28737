"""What one figure states once its fact is known: its period, unit and sign put right, or what is in doubt about it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nlu.cues import frames
from nlu.facts import Ambiguity, Mention, fact_value
from nlu.numbers.quantity import Quantity
from nlu.reading.ages import of_a_thing
from nlu.reading.assign import WISHES, Hit
from nlu.reading.beside import each_month
from nlu.reading.past import long_ago
from nlu.reading.scale import inherited, spoken
from nlu.reading.scope import Scope
from nlu.reading.sums import bare_money, by_period, per_month

_WITHIN = re.compile(r"\b(?:inside|within|under|less than)(?: an?| the| one)? ?$")
_AS_EMPLOYEE = re.compile(r"经验|打工|上班|学徒|厨师(?!店)|\bexperience\b|\bworked (?:for|at|as)\b")

#: Behind a number: it counts things, two more trucks.
_THINGS = re.compile(
    r" (?:(?:more|new|other|extra|used|second-?hand|big|bigger|small|old|good) )+[a-z]"
    r"|[- ](?:trucks?|vans?|cars?|lorr(?:y|ies)|machines?|ovens?|tables?|rooms?|shops?|stores?|branches|lines?|sheds?)\b"
)


def fill(
    text: str, scope: Scope, found: tuple[Quantity, ...], quantity: Quantity, hit: Hit, today: date, asking: str | None
) -> Mention | Ambiguity | None:
    """The fact that a figure states, what is in doubt about it, or None when it states nothing after all."""
    name = hit.cue.fact
    quantity = _per_year(name, quantity)
    if long_ago(scope, quantity, name, today):
        return None
    if quantity.currency not in (None, "cny"):
        return _doubt(name, (), quantity, text)
    if quantity.kind == "year":
        return _since(name, quantity, text, today)
    if quantity.kind in ("duration", "count") or name == "owner_age":
        return _span_or_count(text, scope, quantity, hit)
    if quantity.kind == "number" and name == "monthly_inflow_cv":
        return _mention(name, quantity.value, quantity, text, quantity.approximate)
    if quantity.kind == "number" and "rate" in hit.cue.kinds:
        return _mention(name, quantity.value / 100, quantity, text, quantity.approximate)
    if len(quantity.readings) > 1:
        return _doubt(name, quantity.readings, quantity, text)
    if quantity.kind == "rate" or "count" in hit.cue.kinds:
        return _mention(name, quantity.value, quantity, text, quantity.approximate)
    if quantity.kind == "number" and len(bare_money(name, quantity.value, scope.norm)) > 1:
        value = inherited(scope.norm, found, quantity, hit) or spoken(scope.norm, name, found, quantity)
        quantity = quantity if value is None else replace(quantity, kind="money", value=value, low=None, high=None)
    return _money(text, scope, quantity, hit, asking)


def _since(name: str, quantity: Quantity, text: str, today: date) -> Mention | None:
    """The owner's age, or the months, since a year."""
    if name == "owner_age":
        return _mention(name, Decimal(today.year - int(quantity.value)), quantity, text, True)
    months = months_since(quantity, today)
    return _mention(name, months, quantity, text, quantity.month is None) if months is not None else None


def _per_year(name: str, quantity: Quantity) -> Quantity:
    """每月波动15% is no rate for a month."""
    monthly = name == "monthly_inflow_cv" and quantity.kind == "rate" and quantity.period == "month"
    return replace(quantity, value=quantity.value / 12) if monthly else quantity


#: We did +150k: written as a gain, whatever loss was spoken of before.
_PLUS = re.compile(r"(?:^| )\+ ?(?:¥|rmb ?)?$")


def _money(text: str, scope: Scope, quantity: Quantity, hit: Hit, asking: str | None) -> Mention | Ambiguity | None:
    clause = scope.clause_text(quantity.start)
    placed = by_period(hit.cue.fact, quantity, clause)
    if hit.cue.fact in WISHES and frames.CALCULATION.search(scope.norm):
        placed = hit.cue.fact, 1
    if placed is None:
        return None
    name, divisor = placed
    if name == "monthly_inflow" and name != asking and quantity.period is None and not each_month(scope, quantity, hit.text + clause):
        return _doubt(name, (quantity.value, per_month(quantity.value)[0]), quantity, text)
    if quantity.kind == "number" and _THINGS.match(scope.norm, quantity.end):
        return None
    if quantity.kind == "number":
        readings = (quantity.value,) if "千" in quantity.text else bare_money(name, quantity.value, scope.norm)
        if len(readings) != 1:
            return _doubt(name, readings, quantity, text) if readings else None
    if divisor == 12:
        return _monthly(name, quantity, text)
    if (hit.cue.sign < 0 and not _PLUS.search(scope.norm[: quantity.start])) or quantity.sign < 0:
        low, high = (-bound if bound is not None else None for bound in (quantity.high, quantity.low))
        return _mention(name, -quantity.value, replace(quantity, low=low, high=high), text, quantity.approximate)
    return _mention(name, quantity.value, quantity, text, quantity.approximate)


def _monthly(name: str, quantity: Quantity, text: str) -> Mention | None:
    """A year's figure as the month's average, approximate unless it divides to the fen."""
    value, exact = per_month(quantity.value)
    low, high = (per_month(bound)[0] if bound is not None else None for bound in (quantity.low, quantity.high))
    return _mention(name, value, replace(quantity, low=low, high=high), text, quantity.approximate or not exact)


def _doubt(name: str, readings: tuple[Decimal, ...], quantity: Quantity, text: str) -> Ambiguity:
    return Ambiguity((name,), readings, quantity.start, quantity.end, text[quantity.start : quantity.end])


def _span_or_count(text: str, scope: Scope, quantity: Quantity, hit: Hit) -> Mention | None:
    name, value = hit.cue.fact, quantity.value
    if of_a_thing(scope.norm, quantity):
        return None
    if name == "loan_matures_in_days" and quantity.kind == "duration" and scope.norm.startswith(("内", "以内"), quantity.end):
        return None
    if name == "loan_matures_in_days" and _WITHIN.search(scope.norm[: quantity.start]):
        return None
    if name == "loan_matures_in_days" and quantity.kind == "duration":
        return _mention(name, value * 30, replace(quantity, low=None, high=None), text, True)
    if name == "term_months" and quantity.unit == "day":
        return _mention(name, value / 30, replace(quantity, low=None, high=None), text, quantity.approximate)
    if name == "age_months" and quantity.unit == "age":  # 2 yrs old
        return _mention(name, value * 12, replace(quantity, low=None, high=None), text, quantity.approximate)
    if name == "age_months" and _AS_EMPLOYEE.search(scope.clause_text(quantity.start)):
        return None
    if name == "age_months" and re.match(r" ?(?:内|以内|后|later)", scope.norm[quantity.end :]):
        return None
    return _mention(name, value, quantity, text, quantity.approximate or value != value.to_integral_value())


def months_since(quantity: Quantity, today: date) -> Decimal | None:
    """Whole months since the year (from its middle) or the month named; None for the future."""
    months = (today.year - int(quantity.value)) * 12 + today.month - (quantity.month or 7)
    if months < 0 and quantity.month is None and int(quantity.value) == today.year:
        months = 0
    return Decimal(months) if 0 <= months <= 1200 else None


def _mention(name: str, value: Decimal, quantity: Quantity, text: str, approximate: bool) -> Mention | None:
    parsed = fact_value(name, value)
    if parsed is None:
        return None
    return Mention(
        name, parsed, quantity.start, quantity.end, text[quantity.start : quantity.end], approximate, quantity.low, quantity.high
    )
