"""Sums of money: a number with a currency before or behind it, and its sign."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from nlu.numbers import units
from nlu.numbers.chinese import ZH_DIGIT
from nlu.numbers.numeral import Numeral
from nlu.numbers.quantity import Quantity

#: Behind 块: tenths of a yuan, not a span of time. 十万块三年.
_DIMES = re.compile(r"([一二三四五六七八九\d])(?![个十百千万年月期天成分\d])")


def currency_before(norm: str, start: int) -> re.Match[str] | None:
    return units.MONEY_BEFORE.search(norm[max(0, start - 6) : start])


def read_money(norm: str, text: str, whole: Quantity, _: Numeral) -> Quantity | None:
    before = currency_before(norm, whole.start)
    after = units.MONEY_AFTER.match(norm, whole.end)
    if not before and not after:
        return None
    if whole.text == "一" and after and after[0] == "块" and re.match(r"儿|$|[，。,;；算干共住跑]", norm[after.end() :]):
        return None
    start, end, currency = whole.start, whole.end, "cny"
    if before:
        start, currency = whole.start - len(before[0]), str(before.lastgroup)
    if after:
        end = after.end()
        currency = str(after.lastgroup) if not before or before.lastgroup == "cny" else currency
    value = whole
    if after and after[0].strip() == "块" and (tail := _DIMES.match(norm, end)):
        cents = Decimal(ZH_DIGIT.get(tail[1], tail[1])) / 10
        value, end = replace(whole, value=whole.value + cents), tail.end()
    unit = after[0].strip() if after else before[0].strip() if before else ""
    return signed(norm, replace(value, kind="money", start=start, end=end, text=text[start:end], currency=currency, unit=unit))


#: 净利润-41.2万, 是-23.7万: directly behind what can be negative, or behind a word for is, a dash is a minus.
_MINUS = re.compile(
    r"(?:^|[^\d\w-]|[是为]|(?:利润|净利|净额|损益|盈亏|权益|净资产)(?:总额|合计|额)?)-$|负$|(?:^|, ?|: ?|\b(?:is|was|of|at|a) )minus $"
)


def signed(norm: str, quantity: Quantity) -> Quantity:
    minus = _MINUS.search(norm[max(0, quantity.start - 12) : quantity.start])
    return replace(quantity, sign=-1) if minus else quantity
