"""Figures in what owners write: money, rates, spans of time, counts and years, with their place in the text.

Pure: nothing here decides which fact of the firm a figure fills (nlu.mentions does). Money keeps its currency; a figure
that names no amount (几十万, 好几万) is left out; phone numbers, identity numbers, calendar dates and clock times are never figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nlu import units
from nlu.numerals import Numeral, read
from nlu.text import normalise


@dataclass(frozen=True)
class Quantity:
    """One figure of a text.

    `value` is yuan (or another `currency`) for money, a fraction a year for rate, months for duration, a plain count, or a year.
    A range has `low` < `high` and its middle as value. `sign` is -1 only for a minus written before the number. `readings` lists every
    plausible value when there are several. `period` is what the text says the figure is per: month, year, day, quarter or None.
    """

    kind: str
    value: Decimal
    start: int
    end: int
    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    unit: str = ""
    period: str | None = None
    sign: int = 1
    currency: str | None = None
    readings: tuple[Decimal, ...] = ()
    #: for a year: the month when one was named
    month: int | None = None


_START = re.compile(r"[0-9零一二两俩仨三四五六七八九十百千万几半]|(?<![a-z])(?:half|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
                    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?![a-z])")  # fmt: skip

#: Digits that are no figure at all. Years and dates are read before this.
_NOT_FIGURES = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"  # mobile number
    r"|(?<![\d.])0\d{2,3}[- ]\d{7,8}(?!\d)|(?<!\d)[48]00[- ]\d{3,4}[- ]\d{3,4}(?!\d)"  # landline, service number
    r"|(?<![0-9a-z])(?=[0-9a-z]*\d)[0-9a-hj-npqrtuwxy]{18}(?![0-9a-z])|(?<!\d)\d{17}x(?![0-9a-z])"  # credit code, identity number
    r"|(?<![\d.,])(?!\d{1,12}(?:\.\d+)? ?(?:元|块|yuan|rmb))\d{9,}(?![\d.,]*[万亿元块])"  # account and order numbers
    r"|(?:微信|qq|电话|手机|群|tel|phone|wechat|账号|卡号|尾号)[号是:： ]{0,3}[0-9a-z_-]{4,}"
    r"|(?<!\d)\d{1,2}[:：]\d{2}(?::\d{2})?(?!\d)|(?:上午|下午|早上|晚上|中午|凌晨)(?:\d{1,2}|[一二两三四五六七八九十]{1,3})点(?:半|\d{1,2}分?)?|(?<![\d.个])(?:1?\d|2[0-4])点(?:半|整|钟|\d{1,2}分?)?(?=$|[，。？！ ,?!]|[开关营见上下去来到]|之?[前后])"
    r"|(?<![\d.])\d{1,2} ?(?:am|pm|a\.m\.|p\.m\.)(?![a-z])|(?<![\d.])\d{1,2} o'clock"
    r"|第[零一二三四五六七八九十百\d]+[个名条期年天步批家位]?|(?<![a-z0-9])[a-z]{1,4}-?\d+(?![\d.]*[%万])(?<!rmb\d)(?<!usd\d)|十分(?![之一二三四五六七八九])"
    r"|https?://\S+|\d+\.\d+\.\d+"
)
_CURRENCY_WORD = re.compile(r"(?<![a-z])(?:rmb|cny|usd|hkd|eur|gbp|us|hk)[ $]?\d")

_MONTH_NAMES = {
    name: rank + 1 for rank, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
}
_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])(?:[-/.](?:3[01]|[12]\d|0?[1-9]))?(?!\d)(?![-/.]\d| ?[万亿wk%元块])"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d|[09]\d|[12]\d(?=年(?:[一二三四五六七八九十\d]{1,2}月|初|底|末|中|就|开|成立|注册|办|创|起|的时候|前|以来|到现在|营业|干|做|入行|下半年|上半年|夏|冬|春|秋)))年(?!前|的?经验)(?:(?P<m2>1[0-2]|0?[1-9])月(?:份|(?:3[01]|[12]\d|0?[1-9])[日号])?)?"
    r"|(?P<zy>[一二][零九][零一二三四五六七八九]{2}|[零一二][零一二三四五六七八九](?=年(?:开|成立|注册|办|创|起)))年(?:(?P<zm>十[一二]?|[一二三四五六七八九])月份?)?"
    r"|(?<![\d.])(?:(?P<mn>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? )(?:\d{1,2}(?:st|nd|rd|th)?,? )?(?P<y3>(?:19|20)\d\d)(?!\d)"
    r"|(?<=since )(?P<y4>(?:19|20)\d\d)(?![\d,.]\d)|(?<=in )(?P<y5>(?:19|20)\d\d)(?![\d,.]\d)|(?<=from )(?P<y6>(?:19|20)\d\d)(?![\d,.]\d)"
    r"|(?<=[a-z] )(?P<y7>(?:19[89]|20[0-4])\d)(?=[.,!?]|$)(?![.,]\d)"
)
_DAY = re.compile(
    r"(?<!\d)(?:1[0-2]|0?[1-9])月(?:份|底|初|中旬?|(?:3[01]|[12]\d|0?[1-9])[日号])?|(?<!\d)(?:3[01]|[12]\d|0?[1-9])号(?!员工|楼|店|人)|(?<![十\d])(?:十[一二]?|[一二三四五六七八九])月(?:份|底|初)?(?!\d)"
)
_RANGE_JOIN = re.compile(r" ?(?:-|~|到|至|或者?|to|or) ?")
_BETWEEN = re.compile(r"between $")
_ABOUT_BEFORE = re.compile(
    r"(?:大概|大约|差不多|约|近|将近|快|接近|估计|可能|大致|上下|about|around|roughly|approx(?:imately)?\.?|nearly|almost|some|maybe|~|≈|circa|over|more than|上|(?<!不)(?<!不能)超过|不到|至少|at least|just under|under|just over) ?(?:有|是|在)?(?:¥|rmb|\$|人民币)? ?$"
)
_ABOUT_AFTER = re.compile(r" ?(?:左右|上下|出头|多(?!少)|的样子|吧|不到|or so|ish|-ish|give or take|\+|plus(?![a-z])|开外|来(?=块|元|个))")
_HEDGED = re.compile(r" ?(?:左右|上下|出头|多(?!少)|的样子|or so|-?ish(?![a-z])|give or take|\+|plus(?![a-z])|开外)")
_END_OF_BARE = re.compile(r"$|[ ，。！？!?,.;；、~)）]|吧|左右|上下|多|就|行|够|的|呢|啊|哈|哦|了|嘛|not|是")
_PERIOD_BEFORE = re.compile(
    r"(?P<month>每个?月|一个?月|月均|平均月|按月|单月|当月|月(?:营业|销售|流水|收入|进账|供|还|租|薪|付|开票|营收|入)|monthly|every month|each month|per month|a month|one month)"
    r"|(?P<year>每年|一年(?!多|半|前|后|期|内)|全年|年均|年(?:营业|销售|流水|收入|营收|产值|利润|纳税|入|开票|出口)|去年|今年|前年|上年|本年|年度|annual(?:ly)?|yearly|every year|each year|per year|last year|this year|a year)"
    r"|(?P<day>每天|每日|一天|日均|日(?:营业|销售|流水)|daily|per day|a day|every day)|(?P<quarter>每个?季度?|一个?季度|季度|quarterly|per quarter|a quarter)"
)  # fmt: skip
_PERIOD_AFTER = re.compile(
    r" ?(?:(?P<month>/ ?(?:个?月|mo(?:nth)?)|每个?月|一个月(?!前)|a month|per month|monthly|each month|every month|p\.?m\.?(?![a-z]))"
    r"|(?P<year>/ ?(?:年|yr|year)|每年|一年(?!前|期|内|多|半)|a year(?! ago)|per year|per annum|p\.?a\.?(?![a-z])|yearly|annually|each year|every year)"
    r"|(?P<day>/ ?(?:天|day)|一天|每天|a day|per day|daily)|(?P<quarter>/ ?(?:季度?|quarter)|一个?季度|a quarter|per quarter))"
)
_SPAN_AS_PERIOD = re.compile(r"一(?:年|个月|天|个季度|季度)$|(?:a|one) (?:year|month|day|quarter)$")
_CLAUSE_EDGE = re.compile(r"[，。；！？;!?\n]|, |\. ")
_SPAN_LEAD = re.compile(
    r"(?:开了?|干了?|做了?|经营了?|成立了?|用|期限|借|贷|还|满|才|刚|有|for|over|within|term of|营业|还款|分)(?:大概|差不多|快|有|才|刚)?$"
)


def quantities(text: str, *, today: date) -> tuple[Quantity, ...]:
    """Every figure in the text, in order. `today` decides what a two-digit or future year can be. Never raises on any text."""
    norm = normalise(text)
    if not any(_START.finditer(norm)):
        return ()
    found: list[Quantity] = []
    taken = _masks(norm, text, today, found)
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
    return tuple(_with_periods(norm, found))


def _masks(norm: str, text: str, today: date, found: list[Quantity]) -> list[tuple[int, int]]:
    """Spans that must not be read as figures; years found on the way are added to `found`."""
    taken: list[tuple[int, int]] = []
    if (
        not any(char.isdigit() for char in norm)
        and "年" not in norm
        and "月" not in norm
        and "点" not in norm
        and "第" not in norm
        and "十分" not in norm
    ):
        return taken
    for match in _DATE.finditer(norm):
        year = _year(match, today)
        if year is not None:
            taken.append(match.span())
            found.append(
                Quantity(
                    "year", Decimal(year[0]), match.start(), match.end(), text[match.start() : match.end()], unit="year", month=year[1]
                )
            )
    for match in _NOT_FIGURES.finditer(norm):
        if not _CURRENCY_WORD.match(norm, match.start()):
            taken.append(match.span())
    for match in _DAY.finditer(norm):
        taken.append(match.span())
    return sorted(taken)


_ZH_DIGIT = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}


def _year(match: re.Match[str], today: date) -> tuple[int, int | None] | None:
    groups = match.groupdict()
    raw = next(groups[name] for name in ("y", "y2", "y3", "y4", "y5", "y6", "y7", "zy") if groups.get(name))
    year = int("".join(_ZH_DIGIT.get(char, char) for char in raw))
    if year < 100:
        year += 2000 if year <= today.year % 100 else 1900
    month = groups.get("m") or groups.get("m2")
    number = int(month) if month else None
    if groups.get("zm"):
        number = {"十": 10, "十一": 11, "十二": 12}.get(groups["zm"]) or int(_ZH_DIGIT[groups["zm"][0]])
    if groups.get("mn"):
        number = _MONTH_NAMES[groups["mn"]]
    return (year, number) if 1949 <= year <= today.year + 40 else None


def _at(norm: str, text: str, start: int) -> tuple[Quantity | None, int]:
    """The figure that begins here, and where reading goes on."""
    if start and norm[start - 1].isascii() and (norm[start - 1].isalpha() or norm[start - 1] == "_") and not _currency_before(norm, start):
        return None, start + 1
    article = _A_YEAR_AND_HALF.match(norm, start)
    if article:
        months = Decimal({"year": 12, "month": 1}[article["unit"]])
        months = months / 2 if norm.startswith("half", start) else months * 3 / 2 if article["half"] else months
        span = text[start : article.end()]
        return Quantity("duration", months, start, article.end(), span, unit=article["unit"]), article.end()
    interest = _interest(norm, text, start)
    if interest is not None:
        return interest, interest.end
    number = read(norm, start)
    if number is None:
        return None, start + 1
    if number.vague or (start and norm[start - 1] in "好数几" and number.han):
        return None, number.end
    number = _range(norm, number)
    quantity = _unit(norm, text, start, number)
    if quantity is None:
        return None, number.end
    return _hedged(norm, quantity), quantity.end


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
    for reader in (_rate, _money, _duration, _count):
        quantity = reader(norm, text, whole, number)
        if quantity is not None:
            return quantity
    if number.scaled:
        return _signed(norm, text, replace(whole, kind="money", currency="cny"))
    if number.han and number.plain and not _alone(norm, start, end):
        return None
    if not number.plain and number.han and not _END_OF_BARE.match(norm, end):
        return None
    if norm[start:end].isalpha() and norm[start].isascii() and norm[start:end] in ("one", "a", "an"):
        return None
    return _signed(norm, text, whole)


def _alone(norm: str, start: int, end: int) -> bool:
    """Whether a bare numeral is all that its clause says: 三, 三吧."""
    return not norm[:start].strip(" ，,。就是大概大约差不多约") and bool(_END_OF_BARE.match(norm, end))


def _currency_before(norm: str, start: int) -> re.Match[str] | None:
    return units.MONEY_BEFORE.search(norm[max(0, start - 6) : start])


def _money(norm: str, text: str, whole: Quantity, number: Numeral) -> Quantity | None:
    before = _currency_before(norm, whole.start)
    after = units.MONEY_AFTER.match(norm, whole.end)
    if not before and not after:
        return None
    start, end, currency = whole.start, whole.end, "cny"
    if before:
        start, currency = whole.start - len(before[0]), str(before.lastgroup)
    if after:
        end = after.end()
        currency = str(after.lastgroup) if not before or before.lastgroup == "cny" else currency
    value = whole
    if after and after[0].strip() == "块" and (tail := re.compile(r"([一二三四五六七八九\d])(?![个十百千万\d])").match(norm, end)):
        cents = Decimal(_ZH_DIGIT.get(tail[1], tail[1])) / 10
        value, end = replace(whole, value=whole.value + cents), tail.end()
    unit = after[0].strip() if after else before[0].strip() if before else ""
    return _signed(norm, text, replace(value, kind="money", start=start, end=end, text=text[start:end], currency=currency, unit=unit))


def _rate(norm: str, text: str, whole: Quantity, number: Numeral) -> Quantity | None:
    before = units.RATE_BEFORE.search(norm[max(0, whole.start - 3) : whole.start])
    after = units.RATE_AFTER.match(norm, whole.end)
    thirds = re.compile(r"分之([一二三四五六七八九])").match(norm, whole.end)
    if thirds and not before:
        part = Decimal(_ZH_DIGIT[thirds[1]]) / whole.value if whole.value else Decimal(0)
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
        tail = re.compile(r"(半|[一二三四五六七八九])(?![个年月万千百])").match(norm, end) if unit in ("个点", "成") else None
        if tail:
            whole = replace(whole, value=whole.value + (Decimal("0.5") if tail[1] == "半" else Decimal(_ZH_DIGIT[tail[1]]) / 10))
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


def _interest(norm: str, text: str, start: int) -> Quantity | None:
    """厘 and 分 as lenders on the street say them: a month unless the text says a year."""
    li = units.LI.match(norm, start)
    fen = None if li else units.FEN.match(norm, start)
    if not li and not fen and norm[start : start + 3].find("分") > 0:
        lead = units.FEN_AFTER_INTEREST.search(norm[max(0, start - 8) : start + 5])
        fen = re.compile(r"([一二两三四五]|\d(?:\.\d+)?)(分)").match(norm, start) if lead else None
    match = li or fen
    if match is None:
        return None
    head = Decimal(_ZH_DIGIT.get(match[1], "2" if match[1] == "两" else match[1]))
    tail = match[2] if match.re.groups >= 2 and match[2] not in (None, "分") else None
    if tail:
        head += Decimal("0.5") if tail == "半" else Decimal(_ZH_DIGIT.get(tail, tail)) / 10
    monthly = head * (Decimal("0.001") if li else Decimal("0.01"))
    yearly = head * (Decimal("0.01") if li else Decimal("0.01"))
    before = re.split(r"[，。,;；]", norm[max(0, start - 8) : start])[-1]
    span = {"start": start, "end": match.end(), "text": text[start : match.end()]}
    unit = "厘" if li else "分"
    if units.PER_YEAR_WORDS.search(before):
        return Quantity(
            "rate",
            yearly if li else head * Decimal("0.1"),
            start,
            match.end(),
            span["text"],
            unit=unit,
            period="year",
            readings=() if li else (head * Decimal("0.1"), head * Decimal("0.01")),
        )
    if units.PER_MONTH_WORDS.search(before):
        return Quantity("rate", monthly * 12, start, match.end(), span["text"], unit=unit, period="month")
    return Quantity(
        "rate", monthly * 12, start, match.end(), span["text"], unit=unit, readings=(monthly * 12, yearly if li else head * Decimal("0.1"))
    )


_A_YEAR_AND_HALF = re.compile(r"(?:half an? |an? )(?P<unit>year|month)(?P<half> and a half)?(?![a-z])")
_OLD_FIRM = re.compile(r" (?:\w+ )?(?:business|company|firm|shop|store|factory|restaurant|bakery|salon|cafe|hotel|workshop|start-?up|farm)")
_MORE_MONTHS = re.compile(
    r"(?:零|又|and |, ?| | and )?(\d{1,2}|十[一二]?|[一二两俩三四五六七八九]|one|two|three|four|five|six|seven|eight|nine|ten|eleven)(?:个月|(?<=[两俩])月| ?months?| ?mos?(?![a-z]))"
)


_SMALL_WORDS = {"十": 10, "十一": 11, "十二": 12, "两": 2, "俩": 2} | {
    word: rank + 1 for rank, word in enumerate("one two three four five six seven eight nine ten eleven".split())
}


def _duration(norm: str, text: str, whole: Quantity, number: Numeral) -> Quantity | None:
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
            count = _SMALL_WORDS.get(more[1]) or int(_ZH_DIGIT.get(more[1], more[1]))
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


_BORROWED = re.compile(r" ?(?:loans?|cards?|orders?|invoices)")


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
    if not after or (number.scaled and _BORROWED.match(after[0])):
        return None
    return replace(whole, kind="count", end=after.end(), text=text[whole.start : after.end()], unit=str(after.lastgroup))


def _signed(norm: str, text: str, quantity: Quantity) -> Quantity:
    before = re.search(r"(?:^|[^\d\w])(-|负)$", norm[max(0, quantity.start - 3) : quantity.start])
    minus = before or (quantity.start and norm[quantity.start - 1] == "负")
    return replace(quantity, sign=-1) if minus else quantity


def _hedged(norm: str, quantity: Quantity) -> Quantity:
    if quantity.approximate:
        return quantity
    if _HEDGED.match(norm, quantity.end) or _ABOUT_BEFORE.search(norm[max(0, quantity.start - 22) : quantity.start]):
        return replace(quantity, approximate=True)
    return quantity


def _with_periods(norm: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Gives money its period (每个月, 一年, a month) and drops the spans of time that only name one."""
    for index, quantity in enumerate(found):
        if quantity.kind in ("duration", "count") and _only_a_period(norm, found, index):
            continue
        if quantity.kind not in ("money", "number", "count"):
            yield quantity
            continue
        floor = found[index - 1].end if index and not _only_a_period(norm, found, index - 1) else 0
        edges = [match.end() for match in _CLAUSE_EDGE.finditer(norm, floor, quantity.start)]
        lead = norm[edges[-1] if edges else floor : quantity.start]
        behind = _PERIOD_AFTER.match(norm, quantity.end)
        ahead = list(_PERIOD_BEFORE.finditer(lead))
        period = str(behind.lastgroup) if behind else str(ahead[-1].lastgroup) if ahead else None
        yield replace(quantity, period=period) if period else quantity


def _only_a_period(norm: str, found: list[Quantity], index: int) -> bool:
    quantity = found[index]
    if not (quantity.kind == "duration" or quantity.unit == "day") or not _SPAN_AS_PERIOD.search(norm[quantity.start : quantity.end]):
        return False
    if norm[quantity.end : quantity.end + 1] in ("期", "半", "多") or _SPAN_LEAD.search(norm[max(0, quantity.start - 12) : quantity.start]):
        return False
    ahead = norm[quantity.end :]
    follow = _CLAUSE_EDGE.search(ahead)
    clause = ahead[: follow.start()] if follow else ahead
    later = (
        index + 1 < len(found)
        and found[index + 1].start < quantity.end + len(clause)
        and found[index + 1].kind in ("money", "number", "count", "duration")
    )
    earlier = index > 0 and found[index - 1].kind in ("money", "number", "count", "rate") and quantity.start - found[index - 1].end <= 2
    return later or earlier or bool(re.match(r"[一-鿿]{0,6}(?:多少|几)", clause))
