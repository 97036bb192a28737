"""Figures that no word names but whose unit or place says enough: people, ages, instalments, a sum carried on from the year before."""

from __future__ import annotations

import re

from nlu.cues.figures import cue_of
from nlu.cues.words import COLLATERAL_FRAME
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import Hit
from nlu.reading.scope import Scope

_YEAR_LEAD = re.compile(
    r" ?(?:今年|去年|前年|上一?年|20\d\d年?|(?:in )?20\d\d|fy ?'?(?:20)?\d\d|'\d\d|last year|this year"
    r"|the year before)[是有大概约差不多到了又只其实:： ]{0,6}(?:was |about |it was )?"
)

_YEAR_BEHIND = re.compile(r" (?:in |for |during )?(?:20[0-4]\d|last year|this year)(?!\d)")
_IN_ALL = re.compile(r"(?:加起来|合计|一共|总共|共计|总的|total(?:ly|ling)?|in total|altogether)[是有大概约 ]*$")
#: Behind a span: it is a loan's (24-month loan).
_OF_LOAN = re.compile(r"[- ](?:\w+ )?(?:loan|term|facility)\b(?! (?:ends|expires|is due|matures))")
_OLD = re.compile(r"[- ]old\b")


def carry_on(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """2024年销售额400万，2025年500万: a sum after another year's name goes on with what was said of the year before it."""
    for index, quantity in enumerate(found):
        if index in chosen:
            continue
        lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
        earlier = next(
            (chosen[other] for other in range(index - 1, -1, -1) if other in chosen and found[other].kind == quantity.kind), None
        )
        dated = _YEAR_LEAD.fullmatch(lead) or _YEAR_BEHIND.match(scope.norm, quantity.end)
        if earlier is not None and _IN_ALL.search(lead):
            chosen[index] = earlier
        if (
            quantity.kind == "money"
            and earlier is not None
            and earlier.cue.fact in ("annual_revenue", "previous_revenue", "net_profit")
            and dated
        ):
            chosen[index] = earlier


WISHES = frozenset(("amount_sought", "term_months"))

_WISH_HIT = {name: Hit(cue_of(name), 0, 0, "") for name in WISHES}

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
        if quantity.kind == "duration" and index not in chosen and _OF_LOAN.match(scope.norm, quantity.end) and not scope.asked(quantity.start):
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
                not _ONLY_ME.search(scope.norm[: quantity.start])
                or scope.norm.startswith("一半", quantity.end)
                or scope.norm[: quantity.start].endswith("是")
            )
        )
        if not somebody:
            chosen[index] = Hit(cue_of(name), quantity.start, quantity.end, "")


_MOVED = re.compile(r"[^，。]{0,3}(?:减|降|涨|升|增|缩|跌|掉|加|变|裁|扩)[^，。]{0,3}(?:到|成|至)了?| to ")


def put_right(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Said 12 staff but it's 14: the figure that replaces one taken back fills the same fact."""
    for index in range(1, len(found)):
        quantity, before = found[index], found[index - 1]
        taken_back = index - 1 in chosen and not scope.states(before.start, before.end) and scope.states(quantity.start, quantity.end)
        from_to = scope.norm[: before.start].endswith(("从", "from ")) if before.start else False
        moved = index - 1 in chosen and from_to and _MOVED.fullmatch(scope.norm, before.end, quantity.start)
        if index not in chosen and (taken_back or moved) and quantity.kind in ("number", before.kind) and quantity.start - before.end < 24:
            chosen[index] = chosen[index - 1]


_WISHING = re.compile(r"想|要|准备|打算|需要|缺|急|贷|借|(?:买|进|换|装|盖|开)(?!了|过)|\b(?:need|want|looking|plan|loan|borrow|buy|for)\b")
_NOT_WISHED = re.compile(r"花|报价|已经|去年|当时|租金|房租|卖|收|赚|亏|价|值|spent|cost|price|paid")
_FOR = re.compile(r" (?:for (?!the year|last|\d)|to (?:buy|pay|get|open|expand|cover|stock|replace))")
_LAST_YEAR = re.compile(r"(?:去年|一年|全年|每年|年)(?:大概|大约|差不多|也就|能|就|做|有|约|个|总共|一共|下来|两|平台|加起来|合计)*")


def alone(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """A sum alone in its clause: behind a wish it is what is wanted, behind 去年 it is the year's revenue."""
    for index, quantity in enumerate(found):
        low = scope.clause_span(quantity.start)[0]
        ends = _END.match(scope.norm, quantity.end) or _FOR.match(scope.norm, quantity.end)
        named = index in chosen and (chosen[index].cue.fact or chosen[index].start >= low)
        if quantity.kind != "money" or named or not ends or scope.asked(quantity.start):
            continue
        lead = scope.norm[low : quantity.start]
        before = scope.clause_text(low - 1) if low else ""
        if _LAST_YEAR.fullmatch(lead) and quantity.value >= 10000 and before:
            chosen[index] = Hit(cue_of("annual_revenue"), quantity.start, quantity.end, "")
        sought = _FOR.match(scope.norm, quantity.end) and _NO_MORE.fullmatch(lead) and not _NOT_WISHED.search(scope.clause_text(low))
        if sought and not any(hit.cue.fact == "amount_sought" for hit in chosen.values()):
            chosen[index] = Hit(cue_of("amount_sought"), quantity.start, quantity.end, "")
        bare = _NO_MORE.fullmatch(lead) and _WISHING.search(before) and not _NOT_WISHED.search(before)
        if bare and not any(hit.cue.fact == "amount_sought" for hit in chosen.values()):
            chosen[index] = Hit(cue_of("amount_sought"), quantity.start, quantity.end, "")


_NO_MORE = re.compile(r"(?:大概|大约|差不多|约|就|也就|是|about|around|worth|[ ,])*")
_END = re.compile(r"(?:左右|上下|的样子|的|吧|出头|来块)?(?:$|[，。,;；.])")


_WORTH_OF = re.compile(
    r"\b(?:deposit|flat|house|apartment|property|land|machines?|equipment|car|truck) of (?:about |around )?$".replace("\\\\", "\\")
)
_OF_A_THING = re.compile(r"的[^，。,;；]{0,3}(?:存单|存款|房子?|房产|商铺|厂房|机床|设备|车|理财|门面)")


def pledged_worth(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """存单可以质押，五十万的: a sum alone in the clause behind a pledge is what the pledge is worth."""
    for index, quantity in enumerate(found):
        low = scope.clause_span(quantity.start)[0]
        free = quantity.kind == "money" and (index not in chosen or not chosen[index].cue.fact)
        if free and COLLATERAL_FRAME.search(scope.clause_text(quantity.start)) and _WORTH_OF.search(scope.norm[: quantity.start]):
            chosen[index] = Hit(cue_of("collateral_value"), quantity.start, quantity.end, "")
            continue
        if free and COLLATERAL_FRAME.search(scope.clause_text(quantity.start)) and _OF_A_THING.match(scope.norm, quantity.end):
            chosen[index] = Hit(cue_of("collateral_value"), quantity.start, quantity.end, "")
            continue
        if not free or index in chosen or not low or not _END.match(scope.norm, quantity.end):
            continue
        before = scope.clause_span(low - 1)
        if not COLLATERAL_FRAME.search(scope.norm, *before) and before[0]:
            before = scope.clause_span(before[0] - 1)[0], low
        offered = COLLATERAL_FRAME.search(scope.norm, *before) and not scope.questions
        if offered and _NO_MORE.fullmatch(scope.norm, low, quantity.start) and not any(before[0] <= found[at].start < low for at in chosen):
            chosen[index] = Hit(cue_of("collateral_value"), quantity.start, quantity.end, "")


_MY_AGE = re.compile(
    r"(?:^|[，,。 ]|今年|现在)(?:我|本人|俺|老板|法人|年纪|年龄|岁数|我?今年|我?(?:虚岁|周岁)|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]的?，?"
    r"|男|女)(?:都|已经?|快|刚|今年|是个?|，)*$"
    r"|\b(?:i'm|i am|i turned|turned|turning|just gone|(?<!average )aged?|at|me|(?:fe)?male,|owner,|boss,)(?: now| only| already)? $"
    r"|\b[a-z]*(?:er|or|ist|man|woman|lady|widow|mother|father|boss)(?: of \w+)?, $"
)
_AFTER_AGE = re.compile(r" (?:in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer)"
    r"|i(?:'m| am)\b)|(?:了|啦|岁)?(?:$|[，,。.;；!！])|,? (?:and\b|now\b|this year)")
#: Behind a span: the business is so old (六年火锅店, 8 year old freight forwarder). Before one: 个体户两年, company 才一年.
_OF_FIRM = re.compile(
    r"(?:的)?(?:老)?(?:店|厂|公司|企业|火锅|餐|饭|民宿|宾馆|超市|作坊|铺)"
    r"|[- ]old (?!man|woman|son|daughter|child|boy|girl|machine|truck|car|van|building|house|flat|loan)[a-z]"
)
_FIRM_SO_OLD = re.compile(
    r"(?:(?:开|做|干|卖|跑|搞|种|养|修)(?!了|过)[^，。,;；\d了]{1,6}|个体户?|公司|店|厂|铺子|company|business|shop|firm"
    r"|start-?up) ?(?:才|刚|刚满|快|已经?|有|做了|开了)? ?$"
)
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
        if quantity.kind == "duration" and (aged or plain):
            chosen[index] = Hit(cue_of("age_months"), quantity.start, quantity.end, "")


_BARE = re.compile(r"(?:期|还清?|左右|吧|就行|就够|用|需要|要|借|贷|授信|的|大概|[，,。.;； :：~-])*")


def loan_in_short(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """120万，两年期: a span alone behind the sum that is wanted is its term; a sum and a span that are all there is are a loan."""
    for index in range(1, len(found)):
        span, amount = found[index], found[index - 1]
        if span.kind != "duration" or (index in chosen and chosen[index].cue.fact != "term_months") or amount.kind != "money":
            continue
        between, behind = scope.norm[amount.end : span.start], scope.norm[span.end : scope.clause_span(span.start)[1]]
        next_clause = scope.clause(span.start) - scope.clause(amount.start) == 1
        lead = scope.norm[scope.clause_span(span.start)[0] : span.start] if next_clause else between
        if not (_BARE.fullmatch(lead) and _BARE.fullmatch(behind)):
            continue
        if index - 1 not in chosen and len(found) == 2 and _BARE.fullmatch(between) and _BARE.fullmatch(scope.norm[: amount.start]):
            chosen[index - 1] = _WISH_HIT["amount_sought"]
        if index - 1 in chosen and chosen[index - 1].cue.fact == "amount_sought":
            chosen[index] = _WISH_HIT["term_months"]


_ME = re.compile(r"女人|男人|女的|男的|老头|老汉|大妈|大姐|老太|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]|离了?婚|单身|单亲|本人")


def _about_me(scope: Scope, quantity: Quantity) -> bool:
    """Whether a bare number alone in its clause follows or precedes words about the owner's person: 我一个女人家，四十二."""
    low, high = scope.clause_span(quantity.start)
    around = scope.norm[max(0, low - 12) : low] + scope.norm[high : high + 8]
    return not scope.norm[low : quantity.start].strip() and bool(_ME.search(around))


def wished(found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Where a calculation is wanted, the amount and the span of time beside it are how much is wanted and for how long."""
    facts = {index: hit.cue.fact for index, hit in chosen.items()}
    sums = [
        index for index, quantity in enumerate(found) if quantity.kind == "money" or (quantity.kind == "number" and quantity.value >= 10000)
    ]
    if "amount_sought" not in facts.values():
        free = [index for index in sums if facts.get(index, "") in ("", "monthly_debt_service")]
        if free:
            chosen[max(free, key=lambda index: found[index].value)] = _WISH_HIT["amount_sought"]
    if sums and "term_months" not in facts.values():
        spans = [index for index, quantity in enumerate(found) if quantity.kind == "duration" and index not in facts]
        if len(spans) == 1:
            chosen[spans[0]] = _WISH_HIT["term_months"]
