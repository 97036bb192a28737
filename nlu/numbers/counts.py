"""Things counted, people and days among them, and how often: 12个人, 3 shops, 90天, twice."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from nlu.numbers import units
from nlu.numbers.numeral import Numeral
from nlu.numbers.quantity import Quantity

#: 能贷两百个吗: lent in 个, ten thousands.
_LENT = re.compile(r"(?:贷|借|批|授信|缺)(?:到|款|我|个|它)?(?:大概|差不多|约)?$")
_NO_THING = re.compile(
    r"(?:左右|上下)?(?:(?:吗|么|呢|不|吧|就|行|可以|够|得)*(?:$|[，。！？!?,;；])|当|[来去拿用]|(?:添|买|换|进|付|发|垫|补|囤|周转|流动)(?!了))"
)


def read_count(norm: str, text: str, whole: Quantity, number: Numeral) -> Quantity | None:
    days = units.DAYS_AFTER.match(norm, whole.end)
    if days and not number.scaled:
        factor = 7 if days.lastgroup == "week" else 1
        return replace(
            whole,
            kind="count",
            value=whole.value * factor,
            end=days.end(),
            text=text[whole.start : days.end()],
            unit="day",
            low=None,
            high=None,
        )
    after = units.COUNT_AFTER.match(norm, whole.end)
    if not after or (
        number.scaled
        and (
            after.lastgroup == "age"
            or units.BORROWED.match(after[0])
            or (after.lastgroup == "person" and not units.MANY_PEOPLE.fullmatch(after[0]))
        )
    ):
        return None
    counted = replace(whole, kind="count", end=after.end(), text=text[whole.start : after.end()], unit=str(after.lastgroup))
    if after[0] == "个" and _LENT.search(norm[: whole.start]) and _NO_THING.match(norm, after.end()):
        return replace(counted, kind="money", value=whole.value * 10000, low=None, high=None, unit="", currency="cny", approximate=True)
    return counted


_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_HOW_OFTEN = re.compile(
    r"(?<!not )(?<!never )(?<!not even )(once|twice|thrice)"
    r"(?! (?:we|i|it|the|you|they|a |per|every|more|approved|upon))(?![a-z])"
)
_FORTNIGHT = "a fortnight"


def read_often(norm: str, text: str, start: int) -> Quantity | None:
    """once, twice as times; a fortnight as days."""
    often = _HOW_OFTEN.match(norm, start)
    if often:
        return Quantity("count", Decimal(_TIMES[often[1]]), start, often.end(), text[start : often.end()], unit="time")
    if norm.startswith(_FORTNIGHT, start):
        end = start + len(_FORTNIGHT)
        return Quantity("count", Decimal(14), start, end, text[start:end], unit="day")
    return None
