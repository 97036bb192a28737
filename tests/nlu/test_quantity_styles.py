"""Every value, written in any style the parser supports, reads back as itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nlu.quantities import quantities

TODAY = date(2026, 11, 21)
_DIGITS, _FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
_ONES = "zero one two three four five six seven eight nine".split()
_ONES += "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _han_below_wan(value: int, digits: str = _DIGITS, units: str = "千百十") -> str:
    """A number below ten thousand in characters: 3050 is 三千零五十."""
    text, gap = "", False
    for unit, size in zip((*units, ""), (1000, 100, 10, 1), strict=True):
        digit = value // size % 10
        if digit:
            text += ("零" if gap and text else "") + digits[int(digit)] + unit
            gap = False
        else:
            gap = True
    return text


def _han(value: int, digits: str = _DIGITS, units: str = "千百十") -> str:
    """A number below a hundred million in characters; 12 is 十二, on a cheque 壹拾贰."""
    wan, rest = divmod(value, 10_000)
    zero = "零" if wan and 0 < rest < 1000 else ""
    text = (_han_below_wan(wan, digits, units) + "万" + zero if wan else "") + _han_below_wan(rest, digits, units)
    return text.removeprefix("一") if text.startswith("一十") else text


def _english(value: int) -> str:
    """A number below a thousand million in words."""
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= size:
            head, rest = divmod(value, size)
            tail = f" and {_english(rest)}" if rest and size == 100 else f" {_english(rest)}" if rest else ""
            return f"{_english(head)} {name}{tail}"
    if value < 20:
        return _ONES[value]
    return _TENS[value // 10 - 2] + (f"-{_ONES[value % 10]}" if value % 10 else "")


MONEY_STYLES: dict[str, Callable[[int], str]] = {
    "digits": lambda value: f"{value}元",
    "separators": lambda value: f"{value:,}元",
    "sign before": lambda value: f"¥{value:,}",
    "currency code": lambda value: f"RMB {value:,}",
    "full width": lambda value: f"{value}元".translate(_FULL_WIDTH),
    "characters": lambda value: _han(value) + "元",
    "as on a cheque": lambda value: _han(value, _FORMAL, "仟佰拾") + "元整",
    "in wan": lambda value: f"{Decimal(value) / 10_000:f}万元",
    "in w": lambda value: f"{Decimal(value) / 10_000:f}w",
    "in k": lambda value: f"{Decimal(value) / 1000:f}k yuan",
    "in m": lambda value: f"{Decimal(value) / 1_000_000:f}m RMB",
    "English words": lambda value: f"{_english(value)} yuan",
}


@settings(max_examples=150, deadline=None)
@given(st.integers(1000, 9_999_999), st.sampled_from(sorted(MONEY_STYLES)))
def test_money_reads_back(value: int, style: str) -> None:
    assume(not (style == "English words" and 0 < value % 1_000_000 < 10))  # "four million one" is said of 4.1 million
    found = quantities(MONEY_STYLES[style](value), today=TODAY)
    assert [(item.kind, item.value) for item in found] == [("money", value)]


RATE_STYLES: dict[str, Callable[[Decimal], str]] = {
    "per cent": lambda value: f"{value}%",
    "yearly": lambda value: f"年化{value}%",
    "points": lambda value: f"{value}个点",
    "English": lambda value: f"{value} percent",
    "characters": lambda value: "百分之" + "".join("点" if char == "." else _DIGITS[int(char)] for char in f"{value}"),
}


@settings(deadline=None)
@given(st.integers(1, 99), st.integers(1, 9), st.sampled_from(sorted(RATE_STYLES)))
def test_rates_read_back(whole: int, tenth: int, style: str) -> None:
    if style == "characters":
        whole = whole % 9 + 1
    value = Decimal(f"{whole}.{tenth}")
    found = quantities(RATE_STYLES[style](value), today=TODAY)
    assert [(item.kind, item.value) for item in found] == [("rate", value / 100)]


SPAN_STYLES: dict[str, Callable[[int, int], str]] = {
    "digits": lambda years, months: f"{years}年零{months}个月",
    "characters": lambda years, months: f"{_han(years)}年{_han(months)}个月",
    "English": lambda years, months: f"{years} years and {months} months",
    "English words": lambda years, months: f"{_english(years)} years {_english(months)} months",
    "months": lambda years, months: f"{years * 12 + months}个月",
    "instalments": lambda years, months: f"{years * 12 + months}期",
}


@settings(deadline=None)
@given(st.integers(2, 30), st.integers(2, 11), st.sampled_from(sorted(SPAN_STYLES)))
def test_spans_read_back(years: int, months: int, style: str) -> None:
    found = quantities(SPAN_STYLES[style](years, months), today=TODAY)
    assert [(item.kind, item.value) for item in found] == [("duration", years * 12 + months)]


@pytest.mark.parametrize("shape", ["{0}个员工", "{0}名工人", "{0} employees", "{0} people", "员工{0}人"])
@settings(max_examples=40, deadline=None)
@given(value=st.integers(2, 5000))
def test_counts_read_back(shape: str, value: int) -> None:
    for number in (str(value), _han(value)) if "{0} " not in shape else (str(value), _english(value)):
        found = quantities(shape.format(number), today=TODAY)
        assert [(item.kind, item.value) for item in found] == [("count", value)], number
