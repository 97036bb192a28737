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
from nlu.reading.answered_words import NONE_IS_NOUGHT, in_words
from nlu.reading.asked import to_borrow
from nlu.reading.figures import months_since
from nlu.reading.rivals import standing
from nlu.reading.scale import spoken
from nlu.reading.sums import bare_money

_BOUND = re.compile(r"(?:没超过?|没到|不超过?|没有超过?|(?<!just )(?<!bit )(?<!little )(?<!slightly )\bunder|below|less than|not over) ?$")
#: Of several figures, the average is meant; of several shares, the owner's own.
#: The whole message is in 万; what a number counts.
_ALL_IN_WAN = re.compile(r"单位[^，。,;；]{0,3}万")
_COUNTED = re.compile(
    r"(?:大|小)?(?:订?单|合同|项目|客户|人|员工|店|月|公务员|老师|教师|保人|担保|亲戚|朋友|股东|合伙|孩|娃|老人|厂|车间|仓库|棚|银行|方案|问题|小时"
    r"|学生|徒弟|师傅|工人|伙计|闺女|儿子)"
)
#: Before a figure: it is something else than any fact asked for.
_ELSE = re.compile(
    r"头$|(?:房租|租金|工资|押金|首付|加盟费|转让费|供[货应]商|材料商|亲戚(?:那边)?|我(?:[姐哥弟妹舅叔爸妈]|朋友|同学)|一(?:个)?(?:礼拜|星期|周|天|晚上?)|每[周天晚]|走了|离职|辞了"
    r"|意向的?)[^，。,;；\d剩]{0,6}$"
)
#: A part of the figure before it: 六次，有两次是信用卡.
_A_PART = re.compile(r"(?:有|其中|里头有?)$")
#: The price of a thing, or what is put into the business.
_PRICE = re.compile(r"(?:[一两二三几\d][套台辆]|设备|机器|(?<![年月天季])下来|(?:打算|准备|要|得|想)(?:投|花|买|换))[^，。,;；\d]{0,6}$")
_THIS_YEAR = re.compile(r"今年(?:到现在|到目前|至今|前|上半年)?[^，。,;；\d]{0,6}$")
_OTHER_SPAN = {
    "credit_inquiries_6m": re.compile(r"(?:三|3)个月[^，。,;；\d]{0,4}$"),
    "credit_inquiries_3m": re.compile(r"(?:半年|六个月|6个月)[^，。,;；\d]{0,4}$"),
}
#: A span behind a loan that is wanted is the loan's: 想贷30万，三年.
_BORROWS = re.compile(r"[借贷]|融资|\b(?:borrow|loan|lend|pay|interest\b|defer|postpone)")
#: A span of pay or rent that is owed: i owe them one month.
_OF_A_DEBT = re.compile(r" (?:behind|late|overdue|left|to go|to run|remaining)\b")
_OWED_SO_LONG = re.compile(r"\b(?:ow(?:e|es|ed|ing)|behind|arrears|late)\b[^.;!?\d]{0,14}$")
_FOUNDED = re.compile(r"开|做|干|成立|注册|办|经营|创|\b(?:open|start|found|set up|run|in business|trading)")
_MEANT = (
    re.compile(r"(?:平均|平时|正常|通常|长期|固定|正式|全职|average\w*|usually|normally)[^，。,;；\d]{0,6}$"),
    re.compile(r"(?:我(?![妹弟哥姐老爸妈媳爱朋同合舅])|本人|自己|\bi (?:have|own|hold)|\bmine|\bme)[^，。,;；\d]{0,4}$"),
)
_PLUS = re.compile(r"加上?|\+|\bplus\b|\band\b|和|跟")
_ADD_UP = frozenset(("monthly_debt_service", "existing_loans", "total_liabilities"))


_NOT_YET = re.compile(
    r"(?:都|目前|现在)?(?:还)?没(?:有)?(?:正式)?(?:开|成立|注册|营业)|(?:准备|正要|打算)开|not (?:yet )?open|not (?:yet|started)"
    r"|haven't (?:opened|started)"
)


def _sum(text: str, spec: FactSpec, parts: list[Quantity], norm: str) -> Mention | None:
    """房贷四千加车贷三千: several sums that the owner adds up."""
    if not all(_PLUS.search(norm, left.end, right.start) for left, right in pairwise(parts)):
        return None
    total = fact_value(spec.name, sum((part.value for part in parts), Decimal(0)))
    start, end = parts[0].start, parts[-1].end
    return None if total is None else Mention(spec.name, total, start, end, text[start:end], True)


def _as_asked(spec: FactSpec, quantity: Quantity, found: tuple[Quantity, ...], norm: str) -> Quantity:
    """A figure in the unit asked for: 25个 for money is 25万, two months until a loan is due are 60 days, 九百八 is 980万."""
    counts = _COUNTED.match(norm, quantity.end)
    if spec.type is FactType.MONEY and quantity.kind == "number":
        in_wan = quantity.value * 10000 if _ALL_IN_WAN.search(norm) and quantity.value < 10**6 else None
        value = in_wan or spoken(norm, spec.name, found, quantity)
        return quantity if value is None else replace(quantity, kind="money", value=value, low=None, high=None, approximate=True)
    if spec.type is FactType.MONEY and quantity.kind == "count" and quantity.unit == "each" and quantity.text.endswith("个") and not counts:
        return replace(quantity, kind="money", value=quantity.value * 10000, low=None, high=None, approximate=True)
    if spec.name == "loan_matures_in_days" and quantity.kind == "duration":
        return replace(quantity, kind="count", unit="day", value=quantity.value * 30, low=None, high=None, approximate=True)
    return quantity


def answered_figure(text: str, spec: FactSpec, free: list[Quantity], norm: str, today: date) -> Mention | Ambiguity | None:
    bare = re.split(r"[，,。.;；!！ ]", norm)[0]
    said = in_words(spec, norm)
    if said is not None:
        value = fact_value(spec.name, said)
        return Mention(spec.name, value, 0, len(text), text) if value is not None else None
    if spec.name == "age_months" and not free and _NOT_YET.match(norm):
        return Mention(spec.name, 0, 0, len(text), text)
    free = [_as_asked(spec, quantity, tuple(free), norm) for quantity in free]
    fitting = [
        quantity
        for quantity in free
        if _kind_fits(spec, quantity)
        and (spec.name == "max_rate" or not _BOUND.search(norm[: quantity.start]))
        and not _speaks_of_else(spec, quantity, norm)
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
        and spec.name in NONE_IS_NOUGHT
        and (frames.NO.fullmatch(bare) or frames.NO.fullmatch(norm.rstrip("。.!！")) or frames.NO_HEAD.match(norm))
        and not frames.UNREAL_ANSWER.search(norm)
        and not re.search("没(?:有)?(?:评|估|算|统计)", norm)
    ):
        return Mention(spec.name, 0 if spec.type is FactType.COUNT else Decimal(0), 0, len(text), text)
    if len(fitting) > 1:
        fitting = _one(norm, fitting)
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


def _one(norm: str, fitting: list[Quantity]) -> list[Quantity]:
    """Of several figures, the one that stands, if any."""
    if len({quantity.value for quantity in fitting}) == 1:
        return fitting[:1]
    place = standing(norm, [(quantity.value, quantity.start, quantity.end) for quantity in fitting])
    return [] if place is None else [fitting[place]]


def _speaks_of_else(spec: FactSpec, quantity: Quantity, norm: str) -> bool:
    """Whether the words before a figure say that it is no answer: 房租一年六万, 欠供货商五万, 走了一个."""
    lead = norm[max(0, quantity.start - 16) : quantity.start]
    other = _OTHER_SPAN.get(spec.name)
    if spec.name == "age_months" and (_OWED_SO_LONG.search(lead) or _OF_A_DEBT.match(norm, quantity.end)):
        return True
    if spec.name == "age_months" and _BORROWS.search(norm[: quantity.start]) and not _FOUNDED.search(norm):
        return True
    return bool(
        _ELSE.search(lead)
        or (_A_PART.search(lead) and re.match("[^，。,;；]{0,2}是", norm[quantity.end :]))
        or (spec.name == "annual_revenue" and (_THIS_YEAR.search(lead) or _PRICE.search(lead)))
        or (spec.name in ("total_assets", "collateral_value") and re.search("花了?$", lead))
        or (other is not None and other.search(lead))
        or (spec.type is FactType.MONEY and to_borrow(spec.name, lead))
        or (spec.name == "overdue_12m" and quantity.unit == "thing" and not quantity.text.endswith("笔"))  # 一份资料 is no time
    )


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
    value = quantity.value if spec.name != "monthly_inflow_cv" or quantity.period != "month" else quantity.value / 12
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
