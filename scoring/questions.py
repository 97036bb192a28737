"""Figures that cannot be right together, asked about instead of scored.

Each rule names the facts it doubts; nobody knows which of them is wrong, so all of them stay out of the score until the
owner has looked again. Figures that are merely unusual are no question.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TypeGuard

from knowledge.firm import FactType, vocabulary
from scoring.formulas import Formula, parse_formula

# Owners round: a part may exceed its whole by this much before anybody asks.
ROUNDING = 1.05
OLDEST_FIRM = 200 * 12  # months
YOUNGEST, OLDEST = 14, 110  # years of an owner's age
MUCH_DEBT = 10  # liabilities over assets


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask the owner, in both languages, and the facts in doubt."""

    name: str
    facts: tuple[str, ...]
    zh: str
    en: str

    def as_json(self) -> dict[str, object]:
        """The question as the command prints it."""
        return {"facts": list(self.facts), "zh": self.zh, "en": self.en}


@dataclass(frozen=True, slots=True)
class _Rule:
    """Asks when `part` exceeds `whole`; either may be any formula over facts, and both must be known."""

    name: str
    part: Formula
    whole: Formula
    zh: str
    en: str

    def asks(self, facts: Mapping[str, object]) -> bool:
        part, whole = self.part.value(facts), self.whole.value(facts)
        return part is not None and whole is not None and part > whole

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.part.facts + self.whole.facts))


def _rule(name: str, part: str, whole: str, zh: str, en: str) -> _Rule:
    return _Rule(name, parse_formula(part), parse_formula(whole), zh, en)


def _within(part: str, whole: str, zh: tuple[str, str], en: tuple[str, str]) -> _Rule:
    """A part larger than the whole it belongs to, beyond what rounding explains."""
    return _rule(
        f"{part}_above_{whole}",
        part,
        f"{whole} * {ROUNDING}",
        f"{zh[0]}比{zh[1]}还多，是不是写反了，或者多写了一个零？",
        f"{en[0]} is more than {en[1]}. Are they swapped, or is there a zero too many?",
    )


_RULES: tuple[_Rule, ...] = (
    _rule("gross_profit_above_revenue", "gross_profit", "annual_revenue", "毛利润不会超过营业额，这两个数再看一眼？",
          "Gross profit cannot exceed revenue. Could you look at both again?"),
    _rule("net_profit_above_revenue", "net_profit", "annual_revenue", "净赚的比营业额还多，这两个数再看一眼？",
          "Net profit is more than revenue. Could you look at both again?"),
    _rule("operating_profit_above_revenue", "operating_profit", "annual_revenue", "营业利润比营业额还多，这两个数再看一眼？",
          "Operating profit is more than revenue. Could you look at both again?"),
    _rule("liabilities_above_assets", "total_liabilities", f"total_assets * {MUCH_DEBT}", "欠款是全部资产的十倍以上，单位是不是写错了？",
          "You owe over ten times what you own. Could a unit be wrong?"),
    _within("current_assets", "total_assets", ("流动资产", "全部资产"), ("What you have in current assets", "all your assets")),
    _within("fixed_assets", "total_assets", ("固定资产", "全部资产"), ("What you have in fixed assets", "all your assets")),
    _within("equity", "total_assets", ("自有资金", "全部资产"), ("Your own money in the business", "all its assets")),
    _within("cash", "current_assets", ("现金", "流动资产"), ("Your cash", "your current assets")),
    _within("inventory", "current_assets", ("存货", "流动资产"), ("Your stock", "your current assets")),
    _within("receivables", "current_assets", ("客户欠您的货款", "流动资产"), ("What customers owe you", "your current assets")),
    _within("current_liabilities", "total_liabilities", ("一年内要还的", "全部欠款"), ("What falls due within a year", "all you owe")),
    _within("short_term_debt", "total_liabilities", ("短期借款", "全部欠款"), ("Your short-term debt", "all you owe")),
    _within("long_term_debt", "total_liabilities", ("长期借款", "全部欠款"), ("Your long-term debt", "all you owe")),
    _within("export_revenue", "annual_revenue", ("出口收入", "营业额"), ("Your export revenue", "all your revenue")),
    _within("annual_tax_paid", "annual_revenue", ("一年交的税", "营业额"), ("The tax you paid", "your revenue")),
    _within("graduate_hires_12m", "new_hires_12m", ("新招的毕业生", "新招的总人数"), ("The number of graduates", "that of all new hires")),
    _rule("age_impossible", "age_months", str(OLDEST_FIRM), "经营超过两百年了？是不是把年写成了月，或者多写了一位？",
          "Over two hundred years in business? Perhaps a digit too many?"),
    _rule("owner_too_old", "owner_age", str(OLDEST), "年龄是不是多写了一位？", "Could your age have a digit too many?"),
    _rule("owner_too_young", str(YOUNGEST), "owner_age", "年龄是不是少写了一位？", "Could your age lack a digit?"),
)  # fmt: skip

_SHARES = {
    "largest_customer_share": ("最大客户的占比", "the share of your largest customer"),
    "void_invoice_rate": ("作废发票的比例", "the share of voided invoices"),
    "guaranteed_share": ("担保的比例", "the share guaranteed"),
    "owner_share": ("您的持股比例", "your share of the business"),
}
_NEVER_NEGATIVE = {
    "employees": ("员工人数", "the number of staff"),
    "age_months": ("经营年限", "the time in business"),
    "amount_sought": ("需要的金额", "the amount you need"),
    "annual_revenue": ("营业额", "revenue"),
    "previous_revenue": ("上年的营业额", "revenue of the year before"),
    "monthly_sales": ("月销售额", "monthly sales"),
    "invoiced_sales": ("开票金额", "the amount invoiced"),
    "purchase_amount": ("进项金额", "the amount of purchases"),
    "monthly_inflow": ("每月进账", "what comes in each month"),
    "monthly_inflow_cv": ("进账的波动", "the unevenness of takings"),
    "monthly_debt_service": ("每月还款", "monthly repayments"),
    "total_assets": ("全部资产", "total assets"),
    "total_liabilities": ("全部欠款", "total liabilities"),
    "current_assets": ("流动资产", "current assets"),
    "current_liabilities": ("一年内要还的欠款", "what falls due within a year"),
    "fixed_assets": ("固定资产", "fixed assets"),
    "cash": ("现金", "cash"),
    "receivables": ("客户欠您的货款", "what customers owe you"),
    "inventory": ("存货", "stock"),
    "short_term_debt": ("短期借款", "short-term debt"),
    "long_term_debt": ("长期借款", "long-term debt"),
    "existing_loans": ("未还的贷款", "outstanding loans"),
    "operating_cost": ("营业成本", "operating cost"),
    "export_revenue": ("出口收入", "export revenue"),
    "annual_tax_paid": ("一年交的税", "tax paid"),
    "customer_count": ("客户数", "the number of customers"),
    "owner_age": ("年龄", "your age"),
    "new_hires_12m": ("新招的人数", "the number of new hires"),
    "graduate_hires_12m": ("新招的毕业生人数", "the number of graduates hired"),
    "overdue_12m": ("逾期次数", "the number of late payments"),
}


def questions(facts: Mapping[str, object], as_of: Mapping[str, date] | None = None, on: date | None = None) -> tuple[Question, ...]:
    """What has to be asked about `facts` before they are used, in a fixed order; empty when nothing is impossible.

    `as_of` says of which day a fact speaks; where `on` is given, a later day is asked about. Facts that are not numbers
    where numbers are expected are left to the vocabulary, which refuses them.
    """
    numbers = {name: value for name, value in facts.items() if _is_number(value)}
    return (*_single(numbers), *_together(numbers), *_dated(facts, as_of or {}, on))


def sound(facts: Mapping[str, object], doubts: tuple[Question, ...] | None = None) -> dict[str, object]:
    """The facts that no question is about."""
    doubted = {fact for one in (questions(facts) if doubts is None else doubts) for fact in one.facts}
    return {name: facts[name] for name in facts if name not in doubted}


def unseen(facts: Mapping[str, object]) -> tuple[Question, ...]:
    """What to ask where a choice is none of those known, as other programs may send; such an answer counts as not given."""
    known = vocabulary()
    return tuple(
        Question(
            f"{name}_unseen",
            (name,),
            f"{known[name].label.zh}里没有“{value:.40}”这一类，最接近的是哪一类？",
            f"“{value:.40}” is not a known choice for {known[name].label.en}. Which one comes closest?",
        )
        for name, value in facts.items()
        if name in known and known[name].type is FactType.CHOICE and isinstance(value, str) and value not in known[name].choices
    )


@cache
def impossible() -> tuple[tuple[Formula, Formula], ...]:
    """Every rule that needs no date, as two formulas over facts of which the first must not exceed the second."""
    zero, one = parse_formula("0"), parse_formula("1")
    single = {name: parse_formula(name) for name in (*_NEVER_NEGATIVE, *_SHARES)}
    return (
        *((zero, single[name]) for name in single),
        *((single[name], one) for name in _SHARES),
        *((rule.part, rule.whole) for rule in _RULES),
    )


def _is_number(value: object) -> TypeGuard[int | float | Decimal]:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite()


def _single(numbers: Mapping[str, int | float | Decimal]) -> Iterator[Question]:
    for name, (zh, en) in _NEVER_NEGATIVE.items():
        if name in numbers and numbers[name] < 0:
            yield Question(f"{name}_negative", (name,), f"{zh}不会是负数，再看一眼？", f"Can {en} be below zero? Could you look again?")
    for name, (zh, en) in _SHARES.items():
        if name in numbers and not 0 <= numbers[name] <= 1:
            yield Question(
                f"{name}_no_share",
                (name,),
                f"{zh}应该在 0 到 100% 之间，再看一眼？",
                f"Can {en} be outside 0 to 100%? Could you look again?",
            )


def _together(numbers: Mapping[str, object]) -> Iterator[Question]:
    for rule in _RULES:
        if rule.asks(numbers):
            yield Question(rule.name, rule.facts, rule.zh, rule.en)


def _dated(facts: Mapping[str, object], as_of: Mapping[str, date], on: date | None) -> Iterator[Question]:
    late = {name: day for name, day in as_of.items() if name in facts and on is not None and day > on}
    for day in sorted(set(late.values())):
        names = tuple(name for name in facts if late.get(name) == day)
        yield Question(
            "date_in_the_future",
            names,
            f"日期 {day.isoformat()} 还没到，是不是写错了？",
            f"{day.isoformat()} has not come yet. Is the date right?",
        )
