"""What a sum is per: 每个月, 一年, a month. A span of time that only names a period is no figure of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from nlu.numbers.quantity import Quantity

_PERIOD_BEFORE = re.compile(
    r"(?P<month>每个?月(?![\d一二三四五六七八九十]+[号日]|[初底末])|月月|(?<![十百])一个?月|月均|平均月|按月|单月|当月"
    r"|(?<![\d一二三四五六七八九十])月(?:营业|销售|流水|收入|进账|供|还|租|薪|付|开票|营收|入)|monthly"
    r"|every month|each month|per month|(?<!behind )(?<!late )(?<!since )(?<!after )(?:a|one) month"
    r"|(?<!\d )(?<!last )(?<!months )month (?:sales?|turnover|income|takings"
    r"|sell|selling|business|flow|inflow|about|pay|payment|give)(?=[ :])|(?:the |this )?month's (?:sales?|takings|turnover)"
    r"|(?:takings|sales|turnover) in (?:january|february|march|april|june|july|august|september|october|november|december)(?! (?:20"
    r"|last))|(?:an?|the|each|every|my|our) (?:normal|typical|average|usual|ordinary"
    r"|decent|good|bad|busy"
    r"|quiet|slow|regular) month|most months)"
    r"|(?P<year>每年|(?<![十百])一年(?!多|半|前|后|期|内|了)|全年|年均|年(?:营业|销售|流水|收入|营收|产值|利润|纳税|入|开票|出口)|去年|今年"
    r"|前年|上年|本年|年度|annual(?:ly)?|yearly|every year|each year|per year|last year|this year|a year)"
    r"|(?P<day>每天|每日|一个?(?:礼拜|星期|周)(?!年|转)|每个?(?:礼拜|星期|周)|(?<![十百])一天|一晚上?|每晚|日均|日(?:营业|销售|流水|赚|挣)|daily"
    r"|per day|a day|every day)|(?P<quarter>每个?季度?|一个?季度|季度"
    r"|quarterly|per quarter|a quarter)"
)  # fmt: skip

_PERIOD_AFTER = re.compile(
    r" ?(?:(?:(?:in|of) )?(?:takings|sales|turnover|revenue|income|business|fees|orders|bookings) )?(?:(?P<month>/ ?(?:个?月"
    r"|mo(?:n(?:th)?)?(?![a-z])|mth)|每个?月(?!还|供|付|交|要|得|光|只)|一个月(?!前)|a mo?n?th|per mo?n?th"
    r"|monthly"
    r"|each month|every (?:single )?month|one month(?! (?:ago|old|before|later|after|rent|in\b))|in (?:a|one|the) month"
    r"|in month(?![a-z])|pcm(?![a-z])|p\.?m\.?(?![a-z])|(?:(?:in|on|for) )?(?:an?|the|each|every|per|most)?"
    r" ?(?:normal|typical|average|usual|ordinary|decent|good|bad|busy|quiet|slow|regular) months?|(?:in )?most months)"
    r"|(?P<year>/ ?(?:年|yr|year)|每年|一年(?!前|期|内|多|半)|a year(?! ago)|per year|per annum|p\.?a\.?(?![a-z])|yearly"
    r"|annually|each year|every year)"
    r"|(?P<day>/ ?(?:天|day)|一天|一晚上?|每天|a day|per day|daily)|(?P<quarter>/ ?(?:季度?|quarter)|一个?季度|a quarter|per quarter))"
)

_SPAN_AS_PERIOD = re.compile(r"(?<![十百])一(?:年|个月|天|个季度|季度|个?礼拜|个?星期|周)$|(?:a|one) (?:year|month|day|quarter)$")

CLAUSE_EDGE = re.compile(r"[，。；！？;!?\n]|,(?!\d)|\. ")

_SPAN_LEAD = re.compile(
    r"(?:开了?|干了?|做了?|经营了?|成立了?|用|期限|借|(?<![房车])贷|还|满|才|刚|有|for|over|within|term of|营业|还款|周转|分)(?:大概"
    r"|差不多|快|有|才|刚)?$"
)


def with_periods(norm: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Gives money its period (每个月, 一年, a month) and drops the spans of time that only name one."""
    for index, quantity in enumerate(found):
        if quantity.kind in ("duration", "count") and _only_a_period(norm, found, index):
            continue
        if quantity.kind not in ("money", "number", "count"):
            yield quantity
            continue
        floor = max(_floor(norm, found, index), _told_before(norm, found, index))
        edges = [match.end() for match in CLAUSE_EDGE.finditer(norm, floor, quantity.start)]
        lead = norm[edges[-1] if edges else floor : quantity.start]
        behind = _PERIOD_AFTER.match(norm, quantity.end)
        ahead = list(_PERIOD_BEFORE.finditer(lead))
        period = str(behind.lastgroup) if behind else str(ahead[-1].lastgroup) if ahead else None
        period = period or _goes_on(norm, found, index)
        yield replace(quantity, period=period) if period else quantity


_SHOPS = re.compile(r"[个家间](?:店|厂|铺|馆|公司)?$")


def _floor(norm: str, found: list[Quantity], index: int) -> int:
    """Where the words of the figure before end; how many shops or machines there are hides no period: 去年两个店卖了三百万."""
    before = index - 1
    while before >= 0 and found[index].kind == "money" and _SHOPS.search(norm[found[before].start : found[before].end + 1]):
        before -= 1
    return found[before].end if before >= 0 and not _only_a_period(norm, found, before) else 0


def _told_before(norm: str, found: list[Quantity], index: int) -> int:
    """Where the period of the figure before ends, in English: of 46k a month and the account has 31k, the month is the first figure's."""
    ends = (_PERIOD_AFTER.match(norm, before.end) for before in found[max(0, index - 2) : index])
    told = (match.end() for match in ends if match and match[0][-1].isascii())
    return max((end for end in told if norm[end : found[index].start].strip()), default=0)


#: Before a figure that goes on with the month's figure before it: 旺季一个月四十万，平均下来二十; 月营业额从五万掉到一万八.
_GOES_ON = re.compile(r"(?:平均|拉平|均下来|淡季|掉到|降到|跌到|涨到|升到|缩到)[^，。；！？;!?\d]{0,5}$")


#: 一个月房租人工要四万七，营业额六万五: takings of about the size of the month's costs before them.
_TAKINGS = re.compile(r"[块元左右]*[，,](?:营业额|销售额|收入|毛收入|流水)(?:是|有|才|就|也就|大概|差不多)*")


def _goes_on(norm: str, found: list[Quantity], index: int) -> str | None:
    """The month, where a sum goes on with the month's sum shortly before it."""
    quantity, before = found[index], found[index - 1] if index else None
    near = before is not None and before.kind == quantity.kind == "money" and quantity.start - before.end < 24
    if before is None or not near:
        return None
    between = norm[before.end : quantity.start]
    if not _GOES_ON.search(between) and not (_TAKINGS.fullmatch(between) and quantity.value < before.value * 10):
        return None
    lead = list(_PERIOD_BEFORE.finditer(norm, max(0, before.start - 16), before.start))
    monthly = bool(lead) and lead[-1].lastgroup == "month" and not CLAUSE_EDGE.search(norm, lead[-1].end(), before.start)
    return "month" if monthly and before.value < quantity.value * 10 else None


def _only_a_period(norm: str, found: list[Quantity], index: int) -> bool:
    quantity = found[index]
    if not (quantity.kind == "duration" or quantity.unit == "day") or not _SPAN_AS_PERIOD.search(norm[quantity.start : quantity.end]):
        return False
    if norm[quantity.end : quantity.end + 1] in ("期", "半", "多", "了") or _SPAN_LEAD.search(
        norm[max(0, quantity.start - 12) : quantity.start]
    ):
        return False
    ahead = norm[quantity.end :]
    follow = CLAUSE_EDGE.search(ahead)
    clause = ahead[: follow.start()] if follow else ahead
    later = (
        index + 1 < len(found)
        and found[index + 1].start < quantity.end + len(clause)
        and found[index + 1].kind in ("money", "number", "count", "duration")
    )
    earlier = (
        index > 0
        and found[index - 1].kind in ("money", "number", "count", "rate")
        and quantity.start - found[index - 1].end <= 2
        and norm[found[index - 1].end : quantity.start] not in ("，", ",", ", ")
    )
    return later or earlier or bool(re.match(r"[一-鿿]{0,6}(?:多少|几)", clause))
