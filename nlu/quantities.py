"""Figures in what owners write: money, rates, spans of time, counts and years, with their place in the text.

Pure: nothing here decides which fact of the firm a figure fills (nlu.reading does). Money keeps its currency; a figure
that names no amount (几十万, 好几万) is left out; phone numbers, identity numbers, calendar dates and clock times are never figures.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nlu.numbers.counts import read_count, read_often
from nlu.numbers.dates import masked
from nlu.numbers.durations import read_duration, read_year_and_half
from nlu.numbers.hedges import hedged
from nlu.numbers.money import currency_before, read_money, signed
from nlu.numbers.numerals import START, Numeral, read
from nlu.numbers.periods import with_periods
from nlu.numbers.quantity import Quantity
from nlu.numbers.ranges import joined
from nlu.numbers.rates import read_fraction, read_interest, read_rate, read_stroke, read_whole
from nlu.text import normalise

__all__ = ["Quantity", "quantities"]

_END_OF_BARE = re.compile(
    r"$|[ ，。！？!?,.;；、~)）]|吧|啦|咯|喽|岁|左右|上下|出头|挂零|以内|以下|多|就|行|够|的|呢|啊|哈|哦|了|嘛|not|是"
    r"|[掉降跌涨升减变缩]|不(?=$|[，。？?！!])"
)


def quantities(text: str, *, today: date) -> tuple[Quantity, ...]:
    """Every figure in the text, in order. `today` decides what a two-digit or future year can be. Never raises on any text."""
    norm = normalise(text)
    if not START.search(norm) and " year" not in norm:
        return ()
    found: list[Quantity] = []
    taken = masked(norm, text, today, found)
    place = 0
    while match := START.search(norm, place):
        place = match.start()
        past = next((end for start, end in taken if start <= place < end), None)
        if past is not None:
            place = past
            continue
        quantity, end = _at(norm, text, place)
        if quantity is not None:
            found.append(quantity)
        place = max(end, place + 1)
    found.sort(key=lambda quantity: quantity.start)
    return tuple(with_periods(norm, found))


def _at(norm: str, text: str, start: int) -> tuple[Quantity | None, int]:
    """The figure that begins here, and where reading goes on."""
    if (
        start
        and norm[start].isascii()
        and norm[start - 1].isascii()
        and (norm[start - 1].isalpha() or norm[start - 1] == "_")
        and not currency_before(norm, start)
    ):
        return None, start + 1
    spoken = read_year_and_half(norm, text, start) or read_often(norm, text, start)
    if spoken is not None:
        return spoken, spoken.end
    part = read_fraction(norm, text, start) or read_stroke(norm, text, start)
    interest = read_whole(norm, start) or part or read_interest(norm, text, start)
    if interest is not None:
        return interest, interest.end
    number = read(norm, start)
    if number is None:
        return None, start + 1
    if number.vague or (
        start
        and (norm[start - 1] in "好几" or (norm[start - 1] == "数" and norm[start] in "十百千万亿"))
        and number.han
        and not _JUST.search(norm[:start])
    ):
        return None, number.end
    number = joined(norm, number if not _POINTED.search(norm[:start]) else _tenths(norm, start, number))
    quantity = _unit(norm, text, start, number)
    if quantity is None:
        return None, number.end
    return hedged(norm, quantity), quantity.end


def _unit(norm: str, text: str, start: int, number: Numeral) -> Quantity | None:
    end = number.end
    whole = Quantity("number", number.value, start, end, text[start:end], approximate=number.approximate, readings=number.readings)
    if number.low != number.high:
        whole = replace(whole, low=number.low, high=number.high)
    for reader in (read_rate, read_money, read_duration, read_count):
        quantity = reader(norm, text, whole, number)
        if quantity is not None:
            return quantity
    if number.scaled:
        return signed(norm, replace(whole, kind="money", currency="cny"))
    if number.han and number.plain and not _alone(norm, start, end):
        return None
    if not number.plain and number.han and not _END_OF_BARE.match(norm, end):
        return None
    if norm[start:end].isalpha() and norm[start].isascii() and norm[start:end] in ("one", "a", "an") and not _ONE_OF.match(norm, end):
        return None
    return signed(norm, whole)


#: stock .9: the nought before the point left out.
_POINTED = re.compile(r"(?:^|[ :=])\.$")


def _tenths(norm: str, start: int, number: Numeral) -> Numeral:
    """The number whose first digits are behind a decimal point; as it stands where they are not all its digits."""
    digits = _DIGITS.match(norm, start)
    if digits is None or not number.value:
        return number
    share = Decimal(10) ** len(digits[0])
    return replace(number, value=number.value / share, low=number.low / share, high=number.high / share)


_DIGITS = re.compile(r"\d+(?![.,\d])")
_JUST = re.compile(r"[最刚正恰只]好$")
_ONE_OF = re.compile(
    r" (?:late|missed|overdue|patent|default|inquiry|check|graduate|employee|worker|customer|client|utility model|invention)"
)
_BARE_LEAD = re.compile(r"(?:[ ，,。]|就|是|大概|大约|差不多|约)*")


def _alone(norm: str, start: int, end: int) -> bool:
    """Whether a bare numeral is all that its clause says: 三, 三吧."""
    return _BARE_LEAD.fullmatch(norm, 0, start) is not None and bool(_END_OF_BARE.match(norm, end))
