"""Figures in what owners write: money, rates, spans of time, counts and years, with their place in the text.

Pure: nothing here decides which fact of the firm a figure fills (nlu.reading does). Money keeps its currency; a figure
that names no amount (几十万, 好几万) is left out; phone numbers, identity numbers, calendar dates and clock times are never figures.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nlu.numbers import units
from nlu.numbers.chinese import ZH_DIGIT
from nlu.numbers.dates import masked
from nlu.numbers.durations import A_YEAR_AND_HALF, MONTHS_OF, read_duration
from nlu.numbers.hedges import hedged
from nlu.numbers.numerals import Numeral, read
from nlu.numbers.periods import with_periods
from nlu.numbers.quantity import Quantity
from nlu.numbers.rates import read_fraction, read_interest, read_rate, read_stroke, read_whole
from nlu.text import normalise

__all__ = ["Quantity", "quantities"]

_START = re.compile(
    r"[0-9零一二两俩仨三四五六七八九十百千万亿几半廿卅]|(?<![a-z])(?:zero(?= point)|quarter(?= of an? mil)|half|hundred|an?|one|two"
    r"|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|once|twice|thrice"
                    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
                    r"|eighty|ninety)(?![a-z])")  # fmt: skip

_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_HOW_OFTEN = re.compile(
    r"(?<!not )(?<!never )(?<!not even )(once|twice|thrice)"
    r"(?! (?:we|i|it|the|you|they|a |per|every|more|approved|upon))(?![a-z])"
)

_RANGE_JOIN = re.compile(r" ?(?:-|~|到|至|或者?|to|or) ?")
_BETWEEN = re.compile(r"between $")
_END_OF_BARE = re.compile(
    r"$|[ ，。！？!?,.;；、~)）]|吧|啦|咯|喽|岁|左右|上下|出头|挂零|以内|以下|多|就|行|够|的|呢|啊|哈|哦|了|嘛|not|是"
    r"|[掉降跌涨升减变缩]|不(?=$|[，。？?！!])"
)


def quantities(text: str, *, today: date) -> tuple[Quantity, ...]:
    """Every figure in the text, in order. `today` decides what a two-digit or future year can be. Never raises on any text."""
    norm = normalise(text)
    if not _START.search(norm) and " year" not in norm:
        return ()
    found: list[Quantity] = []
    taken = masked(norm, text, today, found)
    place = 0
    while match := _START.search(norm, place):
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
        and not _currency_before(norm, start)
    ):
        return None, start + 1
    article = A_YEAR_AND_HALF.match(norm, start)
    if article:
        months = Decimal(MONTHS_OF[article["unit"]])
        months = months / 2 if norm.startswith("half", start) else months * 3 / 2 if article["half"] else months
        span = text[start : article.end()]
        return Quantity("duration", months, start, article.end(), span, unit=article["unit"]), article.end()
    often = _HOW_OFTEN.match(norm, start)
    if often:
        count = Decimal(_TIMES[often[1]])
        return Quantity("count", count, start, often.end(), text[start : often.end()], unit="time"), often.end()
    if norm.startswith("a fortnight", start):
        return Quantity("count", Decimal(14), start, start + 11, text[start : start + 11], unit="day"), start + 11
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
    number = _range(norm, number)
    quantity = _unit(norm, text, start, number)
    if quantity is None:
        return None, number.end
    return hedged(norm, quantity), quantity.end


def _range(norm: str, first: Numeral) -> Numeral:
    """Joins 10-20万, 10万到20万, 300 to 500 thousand, between 300 and 500 thousand."""
    join = _RANGE_JOIN.match(norm, first.end)
    if (
        not join
        and (norm.startswith(" and ", first.end))
        and _BETWEEN.search(norm[max(0, first.end - 40) : first.end].rsplit("between ", 1)[0] + "between ")
        and "between " in norm[max(0, first.end - 30) : first.end]
    ):
        join = re.compile(" and ").match(norm, first.end)
    if not join:
        skip = re.compile(r"(?:元|块|%|个点|年|个月|yuan)(?:-|~|到|至)").match(norm, first.end)
        join = skip or join
    if not join or join.end() >= len(norm) or not (_START.match(norm, join.end())):
        return first
    if _CHANGED.search(norm[max(0, first.end - 48) : first.end]):
        return first
    second = read(norm, join.end())
    if second is None or second.vague:
        return first
    low, high = first.low, second.high
    if second.scaled and not first.scaled and (low < 10000) and second.value:
        low = low * _scale_of(norm, join.end(), second)
    if not (0 < low < high) or (low * 1000 < high):
        return first
    return Numeral((low + high) / 2, low, high, second.end, True, second.scaled or first.scaled, plain=first.plain and second.plain)


def _scale_of(norm: str, at: int, number: Numeral) -> Decimal:
    digits = re.compile(r"[\d.,]+").match(norm, at)
    if digits and digits[0].replace(",", "").strip("."):
        try:
            shown = Decimal(digits[0].replace(",", "").rstrip("."))
        except ArithmeticError:
            return Decimal(1)
        return number.value / shown if shown else Decimal(1)
    return Decimal(10**8) if "亿" in norm[at : number.end] else Decimal(10**4) if "万" in norm[at : number.end] else Decimal(1)


def _unit(norm: str, text: str, start: int, number: Numeral) -> Quantity | None:
    end = number.end
    whole = Quantity("number", number.value, start, end, text[start:end], approximate=number.approximate, readings=number.readings)
    if number.low != number.high:
        whole = replace(whole, low=number.low, high=number.high)
    for reader in (read_rate, _money, read_duration, _count):
        quantity = reader(norm, text, whole, number)
        if quantity is not None:
            return quantity
    if number.scaled:
        return _signed(norm, replace(whole, kind="money", currency="cny"))
    if number.han and number.plain and not _alone(norm, start, end):
        return None
    if not number.plain and number.han and not _END_OF_BARE.match(norm, end):
        return None
    if norm[start:end].isalpha() and norm[start].isascii() and norm[start:end] in ("one", "a", "an") and not _ONE_OF.match(norm, end):
        return None
    return _signed(norm, whole)


#: Went from 300k to 420k is no range.
_CHANGED = re.compile(r"\b(?:went|grew|rose|fell|dropped|increased|declined|up|down|climbed|moved|cut)\b[^.;]{0,16}\bfrom [^.;]{0,24}$")
_JUST = re.compile(r"[最刚正恰只]好$")
_ONE_OF = re.compile(
    r" (?:late|missed|overdue|patent|default|inquiry|check|graduate|employee|worker|customer|client|utility model|invention)"
)
_BARE_LEAD = re.compile(r"(?:[ ，,。]|就|是|大概|大约|差不多|约)*")


def _alone(norm: str, start: int, end: int) -> bool:
    """Whether a bare numeral is all that its clause says: 三, 三吧."""
    return _BARE_LEAD.fullmatch(norm, 0, start) is not None and bool(_END_OF_BARE.match(norm, end))


#: Behind 块: tenths of a yuan, not a span of time. 十万块三年.
_DIMES = re.compile(r"([一二三四五六七八九\d])(?![个十百千万年月期天成分\d])")


def _currency_before(norm: str, start: int) -> re.Match[str] | None:
    return units.MONEY_BEFORE.search(norm[max(0, start - 6) : start])


def _money(norm: str, text: str, whole: Quantity, _: Numeral) -> Quantity | None:
    before = _currency_before(norm, whole.start)
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
    return _signed(norm, replace(value, kind="money", start=start, end=end, text=text[start:end], currency=currency, unit=unit))


#: 能贷两百个吗: lent in 个, ten thousands.
_LENT = re.compile(r"(?:贷|借|批|授信|缺)(?:到|款|我|个|它)?(?:大概|差不多|约)?$")
_NO_THING = re.compile(
    r"(?:左右|上下)?(?:(?:吗|么|呢|不|吧|就|行|可以|够|得)*(?:$|[，。！？!?,;；])|当|[来去拿用]|(?:添|买|换|进|付|发|垫|补|囤|周转|流动)(?!了))"
)


def _count(norm: str, text: str, whole: Quantity, number: Numeral) -> Quantity | None:
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


#: 净利润-41.2万: directly behind what can be negative a dash is a minus.
_MINUS = re.compile(
    r"(?:^|[^\d\w-]|(?:利润|净利|净额|损益|盈亏|权益|净资产)(?:总额|合计|额)?)-$|负$|(?:^|, ?|: ?|\b(?:is|was|of|at|a) )minus $"
)


def _signed(norm: str, quantity: Quantity) -> Quantity:
    minus = _MINUS.search(norm[max(0, quantity.start - 12) : quantity.start])
    return replace(quantity, sign=-1) if minus else quantity
