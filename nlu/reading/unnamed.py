"""Figures that no word names but whose unit or place says enough: people, ages, instalments, a sum carried on from the year before."""

from __future__ import annotations

import re

from nlu.cues.figures import cue_of
from nlu.cues.patterns import scripts_of
from nlu.numbers.quantity import Quantity
from nlu.reading.ages import no_age
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

_YEAR_LEAD = re.compile(
    r" ?(?:今年|去年|前年|上一?年|20\d\d年?|(?:in )?20\d\d|fy ?'?(?:20)?\d\d|'\d\d|last year|this year"
    r"|the year before)[是有大概约差不多到了又只其实:： ]{0,6}(?:was |about |it was )?"
)

_YEAR_BEHIND = re.compile(r" (?:in (?:sales|turnover|revenue) )?(?:in |for |during )?(?:20[0-4]\d|'[0-4]\d|last year|this year)(?!\d)")
_LENDS = re.compile(r"\b(?:bank|lent|loans?|borrowed|owed?|mortgage|grant|subsidy)\b")
_IN_ALL = re.compile(r"(?:加起来|合计|一共|总共|共计|总的|total(?:ly|ling)?|in total|altogether)[是有大概约 ]*$")
#: Behind a span: it is a loan's (24-month loan).
_OF_LOAN = re.compile(r"[- ](?:\w+ )?(?:loan|term|facility)\b(?! (?:ends|expires|is due|matures))")
_OLD = re.compile(r"[- ]old\b")


def carry_on(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """2024年销售额400万，2025年500万: a sum after another year's name goes on with what was said of the year before it."""
    for index, quantity in enumerate(found):
        averaged = _averaged(found, chosen, index)
        if averaged is not None:
            chosen[index] = averaged
        if index in chosen:
            continue
        lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
        earlier = next(
            (chosen[other] for other in range(index - 1, -1, -1) if other in chosen and found[other].kind == quantity.kind), None
        )
        dated = _YEAR_LEAD.fullmatch(lead) or (_YEAR_BEHIND.match(scope.norm, quantity.end) and not _LENDS.search(lead))
        if earlier is not None and _IN_ALL.search(lead):
            online = earlier.cue.fact == "platform_sales"
            chosen[index] = Hit(cue_of("annual_revenue"), earlier.start, earlier.end, "") if online else earlier
        if (
            quantity.kind == "money"
            and earlier is not None
            and earlier.cue.fact in ("annual_revenue", "previous_revenue", "net_profit")
            and dated
        ):
            chosen[index] = earlier


_ON_AVERAGE = re.compile(r"平均|拉平")


def _averaged(found: tuple[Quantity, ...], chosen: dict[int, Hit], index: int) -> Hit | None:
    """旺季一个月卖四十万，平均下来二十万: the words of the month's takings before, where a figure is only said to be their average."""
    if found[index].period != "month" or index not in chosen or not _ON_AVERAGE.search(chosen[index].text):
        return None
    before = [chosen[at] for at in range(index) if at in chosen and found[at].period == "month" and found[at].kind == "money"]
    return before[-1] if before and before[-1].cue.fact in ("annual_revenue", "monthly_sales") else None


_BY_UNIT = {
    "person": "employees",
    "age": "owner_age",
    "term": "term_months",
    "patent": "patents",
    "graduate": "graduate_hires_12m",
    "customer": "customer_count",
}
_LEFT = re.compile(r"(?:还?剩|还有|还差|最后|第|每|首|逾期)[^，。]{0,2}$")
_ONLY_ME = re.compile(r"(?:就|只有|只|我|自己|目前)[^，。]{0,4}$|just $|only $")


_ALONE = re.compile(r"(?:^|[，。,;；])一个人(?:$|[，。,;；]|[跑干做忙撑守顶弄扛]|支摊|摆摊|打理)")


def by_unit(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """People and ages need no other word, and 36期 is a term, unless the clause speaks of somebody else."""
    for index, quantity in enumerate(found):
        if (
            quantity.kind == "duration"
            and index not in chosen
            and scope.norm[quantity.end : quantity.end + 1] == "期"
            and not scope.asked(quantity.start)
            and not _LEFT.search(scope.norm[: quantity.start])
        ):
            chosen[index] = Hit(cue_of("term_months"), quantity.start, quantity.end, "")
        if (
            quantity.kind == "duration"
            and index not in chosen
            and _OF_LOAN.match(scope.norm, quantity.end)
            and not scope.asked(quantity.start)
        ):
            chosen[index] = Hit(cue_of("term_months"), quantity.start, quantity.end, "")
        if quantity.kind == "duration" and index not in chosen and _OLD.match(scope.norm, quantity.end):
            chosen[index] = Hit(cue_of("age_months"), quantity.start, quantity.end, "")
    for index, quantity in enumerate(found):
        name = _BY_UNIT.get(quantity.unit)
        if (
            name is None
            or index in chosen
            or _LEFT.search(scope.norm[: quantity.start])
            or scope.asked(quantity.start)
            or sum(other.unit == quantity.unit for other in found) > 1
        ):
            continue
        if name == "customer_count" and quantity.value == 1:
            continue
        somebody = (
            quantity.unit == "person"
            and quantity.value == 1
            and (
                not (
                    _ONLY_ME.search(scope.norm[: quantity.start]) or _ALONE.search(scope.norm, max(0, quantity.start - 1), quantity.end + 3)
                )
                or scope.norm.startswith("一半", quantity.end)
                or scope.norm[: quantity.start].endswith("是")
            )
        )
        if not somebody:  # nobody of two runs a firm: the firm is that old
            young = name == "owner_age" and quantity.value < 16
            chosen[index] = Hit(cue_of("age_months" if young else name), quantity.start, quantity.end, "")


_MOVED = re.compile(
    r"[^。\d]{0,14}(?:压|降|减|涨|升|掉)到| ?[^，。]{0,3}(?:减|降|涨|升|增|缩|跌|掉|加|变|裁|扩)[^，。]{0,3}(?:到|成|至)了?| to "
)


_ONCE = re.compile(r"原来|原先|以前|之前")


def put_right(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Said 12 staff but it's 14: the figure that replaces one taken back fills the same fact."""
    for index in range(1, len(found)):
        quantity, before = found[index], found[index - 1]
        taken_back = index - 1 in chosen and not scope.states(before.start, before.end) and scope.states(quantity.start, quantity.end)
        from_to = scope.norm[: before.start].endswith(("从", "from ")) if before.start else False
        from_to = from_to or bool(
            _ONCE.search(scope.norm[scope.clause_span(before.start)[0] : before.start]) and quantity.kind == before.kind == "rate"
        )
        moved = index - 1 in chosen and from_to and _MOVED.fullmatch(scope.norm, before.end, quantity.start)
        alike = quantity.kind in ("number", before.kind) or (before.kind == "number" and quantity.kind == "money")
        if index not in chosen and (taken_back or moved) and alike and quantity.start - before.end < 24:
            chosen[index] = chosen[index - 1]


_MY_AGE = re.compile(
    r"(?:^|[，,。 ]|今年|现在)(?:我|本人|俺|老板|法人|年纪|年龄|岁数|我?今年|我?(?:虚岁|周岁)|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?，?"
    r"|男|女)(?:都|已经?|快|刚|今年|是个?|，)*$"
    r"|\b(?:wom[ae]n|m[ae]n|girl|guy|lady|mum|mom|dad|widow|owner|boss) (?:of|aged) $|\b(?:she|he) is $"
    r"|\b(?:i'm|i am|i turned|turned|turning|just gone|(?<!average )aged?|me|(?:fe)?male,|owner,|boss,)(?: now| only| already)? $"
    r"|\b[a-z]*(?:er|or|ist|man|woman|lady|widow|mother|father|boss)(?: of \w+)?, $"
)
_AFTER_AGE = re.compile(
    r" (?:in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer)"
    r"|i(?:'m| am)\b)|(?:了|啦|岁)?(?:$|[，,。.;；!！])|,? (?:and\b|now\b|this year)"
)
#: Behind a span: the business is so old (六年火锅店, 8 year old freight forwarder). Before one: 个体户两年, company 才一年.
_OF_FIRM = re.compile(
    r"(?:的)?(?:老)?(?:店|厂|公司|企业|火锅|餐|饭|民宿|宾馆|超市|作坊|铺)"
    r"|[- ]old (?!man|woman|son|daughter|child|boy|girl|machine|truck|car|van|building|house|flat|loan)[a-z]"
)
_FIRM_SO_OLD = re.compile(
    r"(?:(?:开|做|干|卖|跑|搞|种|养|修)(?!了|过)[^，。,;；\d了]{1,6}|个体户?|公司|店|厂|铺子|company|business|shop|firm"
    r"|start-?up) ?(?:才|刚|刚满|快|已经?|有|做了|开了)? ?$"
)
_END = re.compile(r"(?:左右|上下|的样子|的|吧|出头|来块)?(?:$|[，。,;；.])")
#: Around a span that is all that its clause says: it is how long the business has run, unless a loan is spoken of.
_SPAN_LEAD = re.compile(
    r" ?(?:(?:for|about|almost|nearly|some|going|on|been|there|at it|well|only|just|already|over|we're|we are|i'm|shop|we have"
    r"|business)(?: |$))*"
)
_SPAN_TAIL = re.compile(
    r"(?: (?:now|in|open|already|or so|and a bit|and counting|running|trading|in business|of trading|on the road"
    r"|behind the (?:wheel|counter|chair)|so far|going|it's been|here|there))*,? ?(?:$|[,.;!?])"
)
_OF_A_LOAN = re.compile(
    r"\b(?:loan|borrow\w*|need\w*|want\w*|repay\w*|term|over|pay|ask|back|lend|instal\w*|months? ago|lease|contract|wait\w*"
    r"|suspended|prison|army|warranty|guarantee|late|overdue|rate|credit|appl\w+|send|offers?|quotes?|go ahead|tender|pledge|amazon"
    r"|taobao|tmall|jd|douyin|pinduoduo|platform|inquir\w+|statements?|grade|title|blacklist\w*|same sum)\b|%"
)
_SUM_BEFORE = re.compile(r"(?:thousand|million|grand|wan|yuan|\d ?[kmw%]|,\d{3})[,.;:] ?$")
_LOAN_REACH = 48
#: From this many months on a short "yrs" is rather the owner's age.
_LONG_FOR_A_FIRM = 216
_AFTER_SPAN = re.compile(r"(?:了|多|左右)?(?:$|[，。,;；.])")
_TRADE = re.compile(r"开|做|干|搞|卖|养|种|店|厂|公司|代工|加工|批发|工作室|馆|院|所|站|场|行|吧|\b(?:shop|factory|company|run|business)\b")
_LOAN = re.compile(r"借|贷|还|期|缺|要|需|\b(?:loan|borrow|need|want|repay)\b")
_SO_LONG = re.compile(r" ?(?:快|都|已经?|也|差不多|干|有|将近|到现在|满|整整)*")


def plain_ages(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """我五十三了, I'm 44: the owner's age without a unit. 快三年了, alone in its clause: how long the business has run."""
    for index, quantity in enumerate(found):
        if index in chosen:
            continue
        before, behind = scope.norm[: quantity.start], scope.norm[quantity.end :]
        adult = quantity.kind == "number" and 16 <= quantity.value <= 85
        if adult and (_MY_AGE.search(before) or _about_me(scope, quantity)) and _AFTER_AGE.match(behind):
            chosen[index] = Hit(cue_of("owner_age"), quantity.start, quantity.end, "")
        lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
        firms = bool(_OF_FIRM.match(behind)) or bool(_FIRM_SO_OLD.search(lead) and _AFTER_SPAN.match(behind))
        plain = firms or (not lead.strip() and bool(_END.match(behind) and _TRADE.search(before)) and not _LOAN.search(before))
        aged = bool(re.match(r"了(?:$|[，。,;!！])", behind)) and bool(_SO_LONG.fullmatch(lead))
        plain = plain or _span_alone(scope, chosen, quantity, lead)
        if quantity.kind == "duration" and (aged or plain) and not no_age(scope.norm, quantity):
            chosen[index] = Hit(cue_of("age_months"), quantity.start, quantity.end, "")


def _span_alone(scope: Scope, chosen: dict[int, Hit], quantity: Quantity, lead: str) -> bool:
    """Snail noodles, two years now, six staff: a span alone in its clause where no loan is spoken of."""
    if scripts_of(scope.norm)[0] or quantity.value < 2 or any(hit.cue.fact in ("term_months", "age_months") for hit in chosen.values()):
        return False
    if quantity.value >= _LONG_FOR_A_FIRM and quantity.text.endswith(("yr", "yrs")):
        return False
    if _SUM_BEFORE.search(scope.norm[: quantity.start - len(lead)]):
        return False
    if not _SPAN_LEAD.fullmatch(lead) or not _SPAN_TAIL.match(scope.norm, quantity.end) or scope.asked(quantity.start):
        return False
    return not _OF_A_LOAN.search(scope.norm, max(0, quantity.start - _LOAN_REACH), quantity.end + 24)


_ME = re.compile(
    r"\b(?:wom[ae]n|female|male|widow|founder|graduated?|deaf|disabled|ex-army|veteran|demobbed|unemployed|retired|owner|me:|i'm [a-z]+,"
    r"|countryside"
    r"|hukou|mr|ms|mrs)\b|女人|男人|女的|男的|老头|老汉|大妈|大姐|老太|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|离了?婚|单身|单亲|本人"
)
#: An age at the head of a message: 61, cobbler, just me.
_HEAD_OF_MESSAGE = re.compile(r", ?(?=[a-z])(?!(?:no|not|that's|maybe|or|and|in|for|my|the|he|she|i|we|wife|husband|partner|of)\b)")


def _about_me(scope: Scope, quantity: Quantity) -> bool:
    """Whether a bare number alone in its clause follows or precedes words about the owner's person: 我一个女人家，四十二."""
    low, high = scope.clause_span(quantity.start)
    if quantity.start == 0 and _HEAD_OF_MESSAGE.match(scope.norm, quantity.end):
        return True
    around = scope.norm[max(0, low - 24) : low] + scope.norm[high : high + 12]
    return not scope.norm[low : quantity.start].strip() and bool(_ME.search(around))
