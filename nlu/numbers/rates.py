"""Rates and interest as fractions a year: 4.35%, 百分之五, 12个点, 月息一分二, 四厘五."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from nlu.numbers import units
from nlu.numbers.chinese import ZH_DIGIT
from nlu.numbers.english_words import ONES
from nlu.numbers.numeral import Numeral
from nlu.numbers.quantity import Quantity

_WHOLE = re.compile(r"百分(?:之?百|之一百)(?![一二三四五六七八九十\d])")


def read_whole(norm: str, start: int) -> Quantity | None:
    """百分百 and 百分之百 as one."""
    match = _WHOLE.match(norm, start)
    return Quantity("rate", Decimal(1), start, match.end(), match[0], unit="%") if match else None


_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_MANY = {"a": 1, "an": 1} | ONES
#: A part of something: two thirds of, one fifth. A quarter alone is a span of time, a third alone is an ordinal.
_FRACTION = re.compile(
    r"(?:(?P<many>one|two|three|four|(?:five|six|seven|eight|nine)(?=[ -]tenth))[ -](?P<part>thirds?|fifths?|sixths?|eighths?|tenths?)"
    r"|(?P<many2>an?|one|three)[ -](?P<part2>third|quarters?|fifth|sixth|eighth|tenth)(?= of (?:the |our |my |all )?[a-z]"
    r"|(?<=rters) (?:is|are|belongs?|goes|go|comes?)\b"
    r"|(?<=rters)\W*$))(?![a-z])(?! (?:of )?(?:an? )?(?:mil|billion|year))"
)


def read_fraction(norm: str, text: str, start: int) -> Quantity | None:
    """one fifth, two thirds of, a quarter of: a part as a fraction."""
    match = _FRACTION.match(norm, start)
    if not match or (match["part"] in ("third", "fifth") and match["many"] != "one"):
        return None
    many, part = match["many"] or match["many2"], (match["part"] or match["part2"]).rstrip("s")
    value = (Decimal(_MANY[many]) / _PARTS[part]).quantize(Decimal("0.0001")).normalize()
    return Quantity("rate", value, start, match.end(), text[start : match.end()], unit="share")


_STROKE = re.compile(r"([1-9])/([2-9]|10)(?![\d/月号日.])")
_SHARE_BEFORE = re.compile(r"占(?:了|比|我|我们|到|大概|差不多)*[^，。,;；\d]{0,4}$")


def read_stroke(norm: str, text: str, start: int) -> Quantity | None:
    """占1/4: a share written with a stroke."""
    match = _STROKE.match(norm, start)
    if match is None or int(match[1]) >= int(match[2]) or not _SHARE_BEFORE.search(norm[max(0, start - 12) : start]):
        return None
    value = (Decimal(match[1]) / Decimal(match[2])).quantize(Decimal("0.0001")).normalize()
    return Quantity("rate", value, start, match.end(), text[start : match.end()], unit="share")


def read_rate(norm: str, text: str, whole: Quantity, number: Numeral) -> Quantity | None:
    before = units.RATE_BEFORE.search(norm[max(0, whole.start - 3) : whole.start])
    after = units.RATE_AFTER.match(norm, whole.end)
    thirds = re.compile(r"分之([一二三四五六七八九])").match(norm, whole.end)
    if thirds and not before:
        part = Decimal(ZH_DIGIT[thirds[1]]) / whole.value if whole.value else Decimal(0)
        return (
            replace(
                whole,
                kind="rate",
                value=part.quantize(Decimal("0.0001")),
                end=thirds.end(),
                text=text[whole.start : thirds.end()],
                unit="share",
            )
            if 0 < part <= 1
            else None
        )
    if before:
        share, start, end, unit = units.RATE_BEFORE_SHARE[before[1]], whole.start - len(before[1]), whole.end, before[1]
    elif after and after.lastgroup and not number.scaled:
        share, start, end, unit = units.RATE_SHARE[after.lastgroup], whole.start, after.end(), after[0].strip()
        if unit == "个半点":
            whole = replace(whole, value=whole.value + Decimal("0.5"))
        tail = re.compile(r"(半|[一二三四五六七八九])(?![个年月万千百])").match(norm, end) if unit in ("个点", "成") else None
        if tail:
            whole = replace(whole, value=whole.value + (Decimal("0.5") if tail[1] == "半" else Decimal(ZH_DIGIT[tail[1]]) / 10))
            end = tail.end()
    else:
        return None
    factor, period = _rate_period(norm, start, end)
    scaled = replace(
        whole,
        kind="rate",
        value=whole.value * share * factor,
        start=start,
        end=end,
        text=text[start:end],
        unit=unit,
        period=period,
        readings=(),
    )
    if whole.low is not None and whole.high is not None:
        scaled = replace(scaled, low=whole.low * share * factor, high=whole.high * share * factor)
    return scaled


def _rate_period(norm: str, start: int, end: int) -> tuple[int, str | None]:
    """How many times a year the rate is charged, by the words beside it."""
    around = norm[max(0, start - 8) : start], norm[end : end + 14]
    clause_before = re.split(r"[，。,;；]", around[0])[-1]
    clause_after = re.split(r"[，。,;；]", around[1])[0]
    for words, factor, period in (
        (units.PER_YEAR_WORDS, 1, "year"),
        (units.PER_DAY_WORDS, 365, "day"),
        (units.PER_MONTH_WORDS, 12, "month"),
    ):
        if words.search(clause_before) or re.match(r"[/ ]?(?:" + words.pattern + ")", clause_after):
            return factor, period
    return 1, None


_FEN_ALONE = re.compile(r"([一二两三四五]|\d(?:\.\d+)?)分()")
_TENTH, _HUNDREDTH, _THOUSANDTH = Decimal("0.1"), Decimal("0.01"), Decimal("0.001")


def read_interest(norm: str, text: str, start: int) -> Quantity | None:
    """厘 and 分 as lenders on the street say them: of the month's interest unless the text says the year's.

    四厘五 is 0.45 % a month (5.4 % a year) or 4.5 % a year; 一分二 is 1.2 % a month or, rarely, 12 % a year.
    """
    match = units.LI.match(norm, start) or units.FEN.match(norm, start)
    if not match and "分" in norm[start + 1 : start + 4] and units.FEN_AFTER_INTEREST.search(norm[max(0, start - 8) : start + 5]):
        match = _FEN_ALONE.match(norm, start)
    if match is None:
        return None
    unit = "厘" if "厘" in match[0] else "分"
    amount = _with_tail(match[1], match[2])
    monthly = amount * (_THOUSANDTH if unit == "厘" else _HUNDREDTH) * 12
    yearly = amount * (_HUNDREDTH if unit == "厘" else _TENTH)
    before = re.split(r"[，。,;；]", norm[max(0, start - 8) : start])[-1]
    found = Quantity("rate", monthly, start, match.end(), text[start : match.end()], unit=unit)
    if units.PER_YEAR_WORDS.search(before):
        return replace(found, value=yearly, period="year", readings=() if unit == "厘" else (yearly, amount * _HUNDREDTH))
    if units.PER_MONTH_WORDS.search(before):
        return replace(found, period="month")
    return replace(found, readings=(monthly, yearly))


def _with_tail(head: str, tail: str | None) -> Decimal:
    """四 and 五 of 四厘五 as 4.5."""
    amount = Decimal({"两": "2"}.get(head) or ZH_DIGIT.get(head, head))
    if not tail:
        return amount
    return amount + (Decimal("0.5") if tail == "半" else Decimal(ZH_DIGIT.get(tail, tail)) / 10)
