"""Figures that no word names but whose unit or place says enough: people, ages, instalments, a sum carried on from the year before."""

from __future__ import annotations

import re

from nlu.cues.figures import cue_of
from nlu.numbers.quantity import Quantity
from nlu.reading.fitting import FIRM_OLD, Hit
from nlu.reading.scope import Scope

_YEAR_LEAD = re.compile(
    r" ?(?:(?:今年|去年|前年|上一?年)(?:全年|一年|整年)?|20\d\d年?|(?<!\d)[12]\d年"
    r"|(?:in )?20\d\d|fy ?'?(?:20)?\d\d|'\d\d|last year|this year"
    r"|the year before)[是有大概约差不多到了又只其实:： =-]{0,6}(?:was |about |it was )?"
)

_YEAR_BEHIND = re.compile(r" (?:in (?:sales|turnover|revenue) )?(?:in |for |during )?(?:20[0-4]\d|'[0-4]\d|last year|this year)(?!\d)")
_LENDS = re.compile(r"\b(?:bank|lent|loans?|borrowed|owed?|mortgage|grant|subsidy)\b")
_IN_ALL = re.compile(r"(?:加起来|合计|一共|总共|共计|总的|total(?:ly|ling)?|in total|altogether)[是有大概约 ]*$")
#: Behind a span: it is a loan's (24-month loan).
_OF_LOAN = re.compile(r"[- ](?:\w+ )?(?:loan|term|facility)\b(?! (?:ends|expires|is due|matures))")
_OLD = re.compile(r"[- ]old\b")


#: Sums that are no fact but a part of the revenue beside the exports.
_SOLD_AT_HOME = frozenset(("内销",))


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
            (
                chosen[other]
                for other in range(index - 1, -1, -1)
                if other in chosen and _alike(found[other], quantity, chosen[other]) and chosen[other].text not in _SOLD_AT_HOME
            ),
            None,
        )
        before = next((other.end for other in reversed(found[:index]) if other.kind == quantity.kind), None)
        run_on = before is not None and _YEAR_LEAD.fullmatch(scope.norm, before, quantity.start)
        dated = _YEAR_LEAD.fullmatch(lead) or run_on or (_YEAR_BEHIND.match(scope.norm, quantity.end) and not _LENDS.search(lead))
        if earlier is not None and _IN_ALL.search(lead):
            a_part = earlier.cue.fact in ("platform_sales", "export_revenue")
            chosen[index] = Hit(cue_of("annual_revenue"), earlier.start, earlier.end, "") if a_part else earlier
        of_a_year = earlier is not None and earlier.cue.fact in ("annual_revenue", "previous_revenue", "net_profit")
        if earlier is not None and of_a_year and dated and quantity.kind == "money":
            chosen[index] = earlier
        elif (short := _year_in_short(scope, found, chosen, index)) is not None:
            chosen[index] = short


def _year_in_short(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit], index: int) -> Hit | None:
    """去年收了418万，前年452: another year's sum directly behind one in 万, without its unit."""
    quantity = found[index]
    at = index - 2 if index > 1 and found[index - 1].kind == "duration" else index - 1  # 25年 is a year here
    before = found[at]
    lead = scope.norm[scope.clause_span(quantity.start)[0] : quantity.start]
    sold = index and at in chosen and chosen[at].cue.fact in ("annual_revenue", "previous_revenue")
    if not sold or "万" not in before.text or quantity.kind != "number" or not lead.strip() or not _YEAR_LEAD.fullmatch(lead):
        return None
    cue = chosen[at].cue
    return Hit(cue, quantity.start, quantity.start, "", sentence=True) if _A_FEW < quantity.value < _IN_YUAN else None


#: Between these a number behind a sum in 万 is in 万, too.
_A_FEW, _IN_YUAN = 9, 10_000
#: What owners tell part by part, without a unit, before they say what it comes to.
_IN_PARTS = frozenset(("receivables", "inventory", "order_value", "export_revenue", "platform_sales"))


def _alike(part: Quantity, whole: Quantity, hit: Hit) -> bool:
    """Whether both are of one kind; parts may be told without their unit: 三个月内的一百二，合计两百四十万."""
    return part.kind == whole.kind or ({part.kind, whole.kind} == {"money", "number"} and hit.cue.fact in _IN_PARTS)


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
_LEFT = re.compile(r"(?:欠了?|拖了|断了|还?剩|还有|还差|最后|第|每|首|逾期)[^，。]{0,2}$")
#: 两期没还了: instalments that were missed.
_MISSED = re.compile(r"(?:都|也)?没(?:还|交|付)")
_ONLY_ME = re.compile(r"(?:就|只有|只|我|自己|目前)[^，。]{0,4}$|just $|only $")


_ALONE = re.compile(
    r"(?:^|[，。,;；])一个人(?:$|[，。,;；]|[跑干做忙撑守顶弄扛]|支摊|摆摊|打理|[一两][间台辆条个][^，。人]{0,4}(?:铺|门面|店|摊|车|船|档))"
)


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
        if (name == "customer_count" and quantity.value == 1) or (name == "term_months" and _MISSED.match(scope.norm, quantity.end)):
            continue
        somebody = (
            quantity.unit == "person"
            and quantity.value == 1
            and (
                not (
                    _ONLY_ME.search(scope.norm[: quantity.start]) or _ALONE.search(scope.norm, max(0, quantity.start - 1), quantity.end + 8)
                )
                or scope.norm.startswith(("一半", "的", "手里", "手上", "名下", "说了算"), quantity.end)
                or scope.norm[: quantity.start].endswith("是")
            )
        )
        if not somebody:  # nobody of two runs a firm: the firm is that old
            young = name == "owner_age" and (quantity.value < 16 or FIRM_OLD.search(scope.norm[: quantity.start]) is not None)
            chosen[index] = Hit(cue_of("age_months" if young else name), quantity.start, quantity.end, "")


_MOVED = re.compile(
    r"[^。\d]{0,14}(?:压|降|减|涨|升|掉|还)到(?:现在|今天)?(?:只|就|还)?剩?"
    r"| ?[^，。]{0,3}(?:减|降|涨|升|增|缩|跌|掉|加|变|裁|扩|砍|走|散|跑)[^，。]{0,3}(?:到|成|至|[得只就还]剩)了?下?| to "
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
        alike = quantity.kind in ("number", before.kind) or (before.kind == "number" and quantity.kind in ("money", "count"))
        if index not in chosen and (taken_back or moved) and alike and quantity.start - before.end < 24:
            repaid = moved and chosen[index - 1].cue.fact == "amount_sought" and "还" in scope.norm[before.end : quantity.start]
            chosen[index] = Hit(cue_of("existing_loans"), quantity.start, quantity.end, "") if repaid else chosen[index - 1]


#: Between two figures, said aloud: the second is what was meant.
_NO_WAIT = re.compile(
    r"(?: (?:a|per|each|every) (?:year|month))?[ ,.;-]*(?:(?:uh|um|er|well|oh|hm+)[ ,.]*)*"
    r"(?:no|nope|sorry|wait|i mean|rather|make (?:that|it)|correction)\b"
    r"[ ,.]*(?:(?:no|wait|sorry|uh|um|er|it's|it is|i mean|about|around|more like|maybe|make that|rather)[ ,.]*)*"
)


def said_again(scope: Scope, found: tuple[Quantity, ...], chosen: dict[int, Hit]) -> None:
    """Eight hundred thousand a year, no wait, nine hundred: what is said next stands, and may leave its unit to the one before."""
    for index in range(1, len(found)):
        quantity, before = found[index], found[index - 1]
        alike = quantity.kind in ("number", before.kind) or (before.kind == "number" and quantity.kind in ("money", "count"))
        if index - 1 in chosen and index not in chosen and alike and _NO_WAIT.fullmatch(scope.norm, before.end, quantity.start):
            chosen[index] = Hit(chosen[index - 1].cue, before.start, quantity.start, "", sentence=True)
