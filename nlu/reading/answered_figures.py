"""A bare figure, or a figure said in words, as the answer to the fact the advisor has just asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from knowledge.firm import FactSpec, FactType
from nlu.cues import frames
from nlu.facts import Ambiguity, Mention, fact_value
from nlu.quantities import Quantity
from nlu.reading.figures import months_since
from nlu.reading.rivals import standing
from nlu.reading.sums import bare_money

#: Facts for which "none" means nought.
_NONE_IS_NOUGHT = frozenset(
    [
        "existing_loans",
        "monthly_debt_service",
        "overdue_12m",
        "patents",
        "new_hires_12m",
        "graduate_hires_12m",
        "receivables",
        "inventory",
        "order_value",
        "export_revenue",
        "rd_spend",
        "platform_sales",
        "total_liabilities",
        "annual_tax_paid",
        "credit_inquiries_3m",
        "credit_inquiries_6m",
        "collateral_value",
        "current_liabilities",
        "short_term_debt",
        "long_term_debt",
        "invoiced_sales",
        "purchase_amount",
        "finance_cost",
    ]
)


#: Figures given in words; each pattern is for the facts named with it.
_WORDED: tuple[tuple[frozenset[str], re.Pattern[str], Decimal], ...] = tuple(
    (frozenset(facts.split()), re.compile(words_of), Decimal(value))
    for facts, words_of, value in (
        (
            "owner_share",
            r"(?:全部?都?是?我(?:一个人|自己)?的?|全部|全资|百分百|独资|就我一个(?:人|股东)?|all of it(?: is mine)?|all mine|all"
            r"|everything|the whole (?:thing|company|business))",
            "1",
        ),
        (
            "owner_share largest_customer_share guaranteed_share",
            r"(?:大概|差不多|快)?(?:一半(?:一半|对一半)?|五五(?:开|分)?|一半(?:以上|左右|多|吧)|half(?: of it)?|fifty[- ]fifty)",
            "0.5",
        ),
        (
            "employees",
            r"(?:就|只有|光|就是)?我(?:自己)?一?个?人?|就我自己|光杆司令|没(?:有)?雇人|没请人"
            r"|(?:only |just )?(?:me|myself)(?: alone)?|one[- ]man(?: band| show)?",
            "1",
        ),
        (
            "employees",
            (
                r"夫妻(?:店|档)?|(?:就|只有)?(?:我们?)?(?:两口子|夫妻俩?|俩口子)|(?:就|只有)?我(?:和|跟)(?:我)?(?:老婆|老公|媳妇|爱人"
                r"|对象)(?:俩|两个?人?)?"
            ),
            "2",
        ),
        (
            "employees",
            (
                r"(?:just |only )?(?:me and my (?:wife|husband|partner|brother|sister|son)|my (?:wife|husband|partner) and (?:me|i)"
                r"|the two of us)"
            ),
            "2",
        ),
        (
            "patents new_hires_12m graduate_hires_12m customer_count employees overdue_12m",
            r"(?:just |only )?one(?: person| of them| so far)?",
            "1",
        ),
        ("overdue_12m credit_inquiries_3m credit_inquiries_6m", r"(?:就|只|只有|only |just )?(?:once|一[次回])(?:[，, ].*)?", "1"),
        ("overdue_12m credit_inquiries_3m credit_inquiries_6m", r"(?:only |just )?(?:twice|a couple of times)(?:[，, ].*)?", "2"),
        ("patents new_hires_12m graduate_hires_12m employees", r"(?:就|只有)?俩(?:人|实用新型|发明|专利|个)?", "2"),
    )
)
_NONE_AT_ALL = re.compile(
    r"一(?:次|个|回|项|件|笔|分钱?|毛钱?)(?:人|专利)?(?:都|也)?(?:没|不)|没(?:有)?(?:查|招|借|欠|逾期|出口|交|缴|申请|晚)过?(?:人|税)?$"
    r"|免税|没人欠"
)
_BOUND = re.compile(r"(?:没超过?|没到|不超过?|没有超过?|(?<!just )(?<!bit )(?<!little )(?<!slightly )\bunder|below|less than|not over) ?$")
#: Of several figures, the average is meant; of several shares, the owner's own.
_MEANT = (
    re.compile(r"(?:平均|平时|正常|通常|长期|固定|正式|全职|average\w*|usually|normally)[^，。,;；\d]{0,6}$"),
    re.compile(r"(?:我|本人|自己|\bi (?:have|own|hold)|\bmine|\bme)[^，。,;；\d]{0,4}$"),
)
_PLUS = re.compile(r"加上?|\+|\bplus\b|\band\b|和|跟")
_ADD_UP = frozenset(("monthly_debt_service", "existing_loans", "total_liabilities"))


_NOT_YET = re.compile(
    r"(?:都|目前|现在)?(?:还)?没(?:有)?(?:正式)?(?:开|成立|注册|营业)|(?:准备|正要|打算)开|not (?:yet )?open|not (?:yet|started)"
    r"|haven't (?:opened|started)"
)


def _in_words(spec: FactSpec, norm: str) -> Decimal | None:
    """once, 全是我的, 一个都没: a figure said without a number."""
    bare = norm.rstrip("。.!！~ ")
    if spec.name in _NONE_IS_NOUGHT and _NONE_AT_ALL.match(bare):
        return Decimal(0)
    core = re.sub(r"[的了吧啊呀呢哦啦]+$", "", bare)
    for facts, pattern, value in _WORDED:
        first = re.split(r"[，,。;；]", core)[0]
        if spec.name in facts and (pattern.fullmatch(bare) or pattern.fullmatch(core) or pattern.fullmatch(first)):
            return value
    return None


def _sum(text: str, spec: FactSpec, parts: list[Quantity], norm: str) -> Mention | None:
    """房贷四千加车贷三千: several sums that the owner adds up."""
    if not all(_PLUS.search(norm, left.end, right.start) for left, right in pairwise(parts)):
        return None
    total = fact_value(spec.name, sum((part.value for part in parts), Decimal(0)))
    start, end = parts[0].start, parts[-1].end
    return None if total is None else Mention(spec.name, total, start, end, text[start:end], True)


def _as_asked(spec: FactSpec, quantity: Quantity) -> Quantity:
    """A figure in the unit asked for: 25个 for money is 25万, two months until a loan is due are 60 days."""
    if spec.type is FactType.MONEY and quantity.kind == "count" and quantity.unit == "each" and quantity.text.endswith("个"):
        return replace(quantity, kind="money", value=quantity.value * 10000, low=None, high=None, approximate=True)
    if spec.name == "loan_matures_in_days" and quantity.kind == "duration":
        return replace(quantity, kind="count", unit="day", value=quantity.value * 30, low=None, high=None, approximate=True)
    return quantity


def answered_figure(text: str, spec: FactSpec, free: list[Quantity], norm: str, today: date) -> Mention | Ambiguity | None:
    bare = re.split(r"[，,。.;；!！ ]", norm)[0]
    in_words = _in_words(spec, norm)
    if in_words is not None:
        value = fact_value(spec.name, in_words)
        return Mention(spec.name, value, 0, len(text), text) if value is not None else None
    if spec.name == "age_months" and not free and _NOT_YET.match(norm):
        return Mention(spec.name, 0, 0, len(text), text)
    free = [_as_asked(spec, quantity) for quantity in free]
    fitting = [
        quantity
        for quantity in free
        if _kind_fits(spec, quantity) and (spec.name == "max_rate" or not _BOUND.search(norm[: quantity.start]))
    ]
    if len(fitting) > 1 and (
        meant := [quantity for quantity in fitting if _MEANT[spec.name == "owner_share"].search(norm[: quantity.start])]
    ):
        fitting = meant
    if len(fitting) > 1 and spec.name in _ADD_UP and all(quantity.kind == "money" or quantity.value >= 100 for quantity in fitting):
        return _sum(text, spec, fitting, norm)
    if (
        not fitting
        and not free
        and spec.name in _NONE_IS_NOUGHT
        and (frames.NO.fullmatch(bare) or frames.NO.fullmatch(norm.rstrip("。.!！")) or frames.NO_HEAD.match(norm))
        and not frames.UNREAL_ANSWER.search(norm)
    ):
        return Mention(spec.name, 0 if spec.type is FactType.COUNT else Decimal(0), 0, len(text), text)
    if len(fitting) > 1:
        place = standing(norm, [(quantity.value, quantity.start, quantity.end) for quantity in fitting])
        fitting = [] if place is None else [fitting[place]]
    if len(fitting) != 1:
        return None
    quantity = fitting[0]
    here = (quantity.start, quantity.end, quantity.text)
    readings = _readings(spec, quantity, norm, today)
    if len(readings) > 1 or quantity.currency not in (None, "cny"):
        return Ambiguity((spec.name,), () if quantity.currency not in (None, "cny") else readings, *here)
    value = fact_value(spec.name, readings[0]) if readings else None
    if value is None:
        return None
    rounded = (quantity.kind == "year" and quantity.month is None) or (
        quantity.kind == "duration" and quantity.value != quantity.value.to_integral_value()
    )
    return Mention(spec.name, value, *here, quantity.approximate or rounded, quantity.low, quantity.high)


def _kind_fits(spec: FactSpec, quantity: Quantity) -> bool:
    if spec.type is FactType.MONEY:
        monthly = spec.name in ("monthly_inflow", "monthly_sales", "monthly_debt_service")
        if quantity.period in ("day", "quarter") or (quantity.period == "month" and not monthly) or (quantity.period == "year" and monthly):
            return False
        return quantity.kind in ("money", "number")
    if spec.type is FactType.RATE:
        return quantity.kind in ("rate", "number")
    if spec.type is FactType.MONTHS:
        return quantity.kind in ("duration", "number") or (quantity.kind == "year" and spec.name != "term_months")
    units = {
        "employees": "person each",
        "new_hires_12m": "person each",
        "graduate_hires_12m": "person graduate each",
        "owner_age": "age",
        "patents": "patent each thing",
        "loan_matures_in_days": "day",
    }
    allowed = units.get(spec.name, "time customer each thing").split()
    return quantity.kind == "number" or (quantity.kind == "count" and quantity.unit in allowed)


def _as_share(spec: FactSpec, value: Decimal) -> tuple[Decimal, ...]:
    """What a bare number may mean for a rate: 30 is 30 %; how much the inflow varies is told as 0.3."""
    if spec.name == "monthly_inflow_cv" and value < 2:
        return (value,)
    return (value / 100,) if 1 <= value <= 100 else (value, value / 100)


def _readings(spec: FactSpec, quantity: Quantity, norm: str, today: date) -> tuple[Decimal, ...]:
    value = quantity.value
    if len(quantity.readings) > 1:
        return quantity.readings
    if spec.type is FactType.MONEY:
        sign = -1 if spec.name == "net_profit" and re.search(r"亏|赔|负|loss|lost|minus|negative", norm) else quantity.sign
        if quantity.kind == "number" and "千" in quantity.text:
            return (value * sign,)
        if quantity.kind == "number":
            return tuple(reading * sign for reading in bare_money(spec.name, value, norm)) or (value,)
        return (value * sign,)
    if spec.type is FactType.RATE and quantity.kind == "number":
        return _as_share(spec, value)
    if spec.type is FactType.MONTHS:
        if quantity.kind == "year":
            months = months_since(quantity, today)
            return (months,) if months is not None else ()
        if quantity.kind == "number":
            if 1980 <= value <= today.year and spec.name != "term_months":
                months = months_since(Quantity("year", value, 0, 0, ""), today)
                return (months,) if months is not None else ()
            return (
                (value * 12, value)
                if value <= 12
                else (value,)
                if value in (18, 24, 36, 48, 60) and spec.name == "term_months"
                else (value * 12, value)
            )
    return (value,)
