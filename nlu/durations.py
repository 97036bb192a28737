"""Spans of time in months: 三年零俩月, 一年半, 36期, a year and a half."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from nlu import units
from nlu.numeral import Numeral
from nlu.numerals_zh import ZH_DIGIT
from nlu.quantity import Quantity

A_YEAR_AND_HALF = re.compile(r"(?:half an? |an? )(?P<unit>year|month)(?P<half> and a half)?(?![a-z])")

_OLD_FIRM = re.compile(r" (?:\w+ )?(?:business|company|firm|shop|store|factory|restaurant|bakery|salon|cafe|hotel|workshop|start-?up|farm)")

_MORE_MONTHS = re.compile(
    r"(?:零|又|and |, ?| | and )?(\d{1,2}|十[一二]?|[一二两俩三四五六七八九]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)(?:个月|(?<=[两俩])月| ?months?| ?mos?(?![a-z]))"
)

_SMALL_WORDS = {"十": 10, "十一": 11, "十二": 12, "两": 2, "俩": 2} | {
    word: rank + 1 for rank, word in enumerate("one two three four five six seven eight nine ten eleven".split())
}


def read_duration(norm: str, text: str, whole: Quantity, number: Numeral) -> Quantity | None:
    if number.scaled:
        return None
    after = units.MONTHS_AFTER.match(norm, whole.end)
    half_month = re.compile(r"个半月").match(norm, whole.end)
    if half_month:
        return replace(
            whole,
            kind="duration",
            value=whole.value + Decimal("0.5"),
            end=half_month.end(),
            text=text[whole.start : half_month.end()],
            unit="month",
        )
    old = re.compile(r" ?-?years?[- ]old").match(norm, whole.end)
    if not after or (
        old
        and not re.search(r"(?:business|company|firm|shop|store|factory|restaurant|it|it's) (?:is )?$", norm[: whole.start])
        and not _OLD_FIRM.match(norm, old.end())
    ):
        return None
    name = str(after.lastgroup)
    if name == "term" and not (whole.value == whole.value.to_integral_value() and 2 <= whole.value <= 480):
        return None
    per, end, value = units.MONTHS_PER[name], after.end(), whole.value
    approximate = whole.approximate
    if name == "year":
        half = re.compile(r"零?半|半|and a half| and a half").match(norm, end)
        more = _MORE_MONTHS.match(norm, end)
        if norm[end : end + 1] == "多" or norm[end : end + 2] in ("出头", "左右"):
            approximate = True
            end += 1 if norm[end] == "多" else 2
        elif half:
            value, end = value + Decimal("0.5"), half.end()
        elif more:
            count = _SMALL_WORDS.get(more[1]) or int(ZH_DIGIT.get(more[1], more[1]))
            if count < 12:
                value, end = value + Decimal(count) / 12, more.end()
    months = (value * per).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    months = months.quantize(Decimal(1)) if months == months.to_integral_value() else months
    if not 0 <= months <= 2400:
        return None
    result = replace(
        whole, kind="duration", value=months, end=end, text=text[whole.start : end], unit=name, approximate=approximate, readings=()
    )
    if whole.low is not None and whole.high is not None:
        result = replace(result, low=whole.low * per, high=whole.high * per)
    elif approximate and norm[after.end() : after.end() + 1] == "多":
        result = replace(result, low=months, high=months + (per if value >= 1 else per // 2))
    return result
