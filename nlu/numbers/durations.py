"""Spans of time in months: 三年零俩月, 一年半, 36期, a year and a half."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from nlu.numbers import units
from nlu.numbers.chinese import ZH_DIGIT
from nlu.numbers.english_words import ONES
from nlu.numbers.numeral import Numeral
from nlu.numbers.quantity import Quantity

_A_YEAR_AND_HALF = re.compile(r"(?:half an? |an? )(?P<unit>year|month|decade)(?P<half> and a half)?(?![a-z])")

_HALF = re.compile(r"零?半| ?and a half|(?: and)? half(?![- ](?:price|of|an?|the|my|our|from|is|are|year|goes)\b)(?![a-z])")
_YEARS_OLD = re.compile(r" ?-?(?:years?|yrs?)[- ]old")
_MY_AGE = re.compile(r"\b(?:my|(?:owner|boss|founder|representative)'s) age(?: is|:)?(?: now| only| about)? $")
_FIRM_IS = re.compile(r"(?:business|company|firm|shop|store|factory|restaurant|it|it's) (?:is )?$")
_OLD_FIRM = re.compile(
    r" (?:[\w-]+ ){0,2}(?:business|company|firm|shop|store|factory|restaurant|bakery|salon|cafe|hotel|workshop|start-?up|farm"
    r"|forwarder|trader|maker|manufacturer|agency|clinic|studio|garage|school|gym|mill|plant|brand|stall|supplier|wholesaler"
    r"|retailer|operator|startup)(?![a-z])"
)

#: Twelve year-round labourers.
_ALL_YEAR = re.compile(r"[- ](?:round|long)(?![a-z])")

_MORE_MONTHS = re.compile(
    r"(?:零|又|and |, ?| | and )?(\d{1,2}|十[一二]?|[一二两俩三四五六七八九]|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven)(?:个月|(?<=[两俩])月| ?months?| ?mos?(?![a-z])|(?<=y \d)m(?![a-z])|(?<=y \d\d)m(?![a-z])|(?<=y\d)m(?![a-z]))"
)

_SMALL_WORDS = {"十": 10, "十一": 11, "十二": 12, "两": 2, "俩": 2} | ONES


def read_year_and_half(norm: str, text: str, start: int) -> Quantity | None:
    """half a year, a year and a half: a span of time that no number begins."""
    spoken = _A_YEAR_AND_HALF.match(norm, start)
    if spoken is None:
        return None
    months = Decimal(units.MONTHS_PER[spoken["unit"]])
    months = months / 2 if norm.startswith("half", start) else months * 3 / 2 if spoken["half"] else months
    return Quantity("duration", months, start, spoken.end(), text[start : spoken.end()], unit=spoken["unit"])


def read_duration(norm: str, text: str, whole: Quantity, number: Numeral) -> Quantity | None:
    """The span of time that a number begins, or None when its unit is no time or it is somebody's age."""
    after = None if number.scaled else units.MONTHS_AFTER.match(norm, whole.end)
    if number.scaled or (after is None and not norm.startswith("个半月", whole.end)):
        return None
    if after is None:
        return _span(text, whole, whole.value + Decimal("0.5"), whole.end + 3, "month")
    name = str(after.lastgroup)
    terms = whole.value == whole.value.to_integral_value() and 2 <= whole.value <= 480
    if _ALL_YEAR.match(norm, after.end()) or _somebodys_age(norm, whole) or (name == "term" and not terms):
        return None
    if name == "month" and ("来" in after[0] or "多" in after[0]):
        whole = replace(whole, approximate=True)
    if name != "year":
        return _span(text, whole, whole.value * units.MONTHS_PER[name], after.end(), name)
    return _years(norm, text, whole, after.end())


def _years(norm: str, text: str, whole: Quantity, end: int) -> Quantity | None:
    """Years with what follows them: 半, 零三个月, 多, and a half."""
    half, more = _HALF.match(norm, end), _MORE_MONTHS.match(norm, end)
    months = whole.value * 12
    if norm.startswith("多", end):
        result = _span(text, replace(whole, approximate=True), months, end + 1, "year")
        if result is None or result.low is not None:
            return result
        return replace(result, low=months, high=months + (12 if months >= 12 else 6))
    if norm.startswith(("出头", "左右"), end):
        return _span(text, replace(whole, approximate=True), months, end + 2, "year")
    if half:
        return _span(text, whole, months + 6, half.end(), "year")
    if more:
        count = _SMALL_WORDS.get(more[1]) or int(ZH_DIGIT.get(more[1], more[1]))
        if count < 12:
            return _span(text, whole, months + count, more.end(), "year")
    return _span(text, whole, months, end, "year")


def _span(text: str, whole: Quantity, months: Decimal, end: int, unit: str) -> Quantity | None:
    if not 0 <= months <= 2400:
        return None
    low, high = whole.low, whole.high
    if low is not None and high is not None:
        low, high = low * units.MONTHS_PER[unit], high * units.MONTHS_PER[unit]
    months = months.quantize(Decimal("0.01"), ROUND_HALF_UP)
    months = months.quantize(Decimal(1)) if months == months.to_integral_value() else months.normalize()
    words = text[whole.start : end]
    return replace(whole, kind="duration", value=months, low=low, high=high, end=end, text=words, unit=unit, readings=())


def _somebodys_age(norm: str, whole: Quantity) -> bool:
    """My age is 48 year; 35 years old, unless it is the business that is so old."""
    if _MY_AGE.search(norm[: whole.start]):
        return True
    old = _YEARS_OLD.match(norm, whole.end)
    return old is not None and not _FIRM_IS.search(norm[: whole.start]) and not _OLD_FIRM.match(norm, old.end())
