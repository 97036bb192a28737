"""Bad news between two states of a firm for which the card has no points, and what the firm can do about each by when.

Days and years named here are those of the Regulation on the credit reporting industry (State Council order 631, articles 16
and 25) and of the Supreme People's Court's provisions on the list of dishonest judgment debtors (Fashi 2017 No. 7,
article 10); other days are good practice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.card_schema import Wording
from scoring.facts import number

Facts = Mapping[str, object]


class Kind(StrEnum):
    """What a step of a plan is for."""

    CREDIT_REPAIR = "credit_repair"
    SELF_STRENGTHENING = "self_strengthening"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do within `days`, in words."""

    kind: Kind
    days: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class Sign:
    """Bad news about a fact. `acute` signs call for acting now whatever the score says."""

    fact: str
    acute: bool
    wording: Wording
    acts: tuple[Act, ...]
    seen: Callable[[Facts, Facts], bool]


def _words(key: str, zh: str, en: str) -> Wording:
    return Wording(f"sign.{key}", zh, en)


def _repair(key: str, days: int, zh: str, en: str) -> Act:
    return Act(Kind.CREDIT_REPAIR, days, _words(key, zh, en))


def _strengthen(key: str, days: int, zh: str, en: str) -> Act:
    return Act(Kind.SELF_STRENGTHENING, days, _words(key, zh, en))


def _became_true(fact: str) -> Callable[[Facts, Facts], bool]:
    return lambda before, now: now.get(fact) is True and before.get(fact) is not True


def _rose(fact: str) -> Callable[[Facts, Facts], bool]:
    """More than before; where nothing was known before, any at all."""

    def seen(before: Facts, now: Facts) -> bool:
        then, here = _figure(before, fact), _figure(now, fact)
        return here is not None and here > (then if then is not None else 0)

    return seen


def _fell(fact: str, to: str) -> Callable[[Facts, Facts], bool]:
    """Below the share `to` of what it was."""

    def seen(before: Facts, now: Facts) -> bool:
        then, here = _figure(before, fact), _figure(now, fact)
        return then is not None and here is not None and then > 0 and here < then * Decimal(to)

    return seen


def _grew(fact: str, by: str) -> Callable[[Facts, Facts], bool]:
    """By more than `by`, a share."""

    def seen(before: Facts, now: Facts) -> bool:
        then, here = _figure(before, fact), _figure(now, fact)
        return then is not None and here is not None and here - then > Decimal(by)

    return seen


def _tax_grade_fell(before: Facts, now: Facts) -> bool:
    order = ("A", "B", "M", "C", "D")
    then, here = before.get("tax_grade"), now.get("tax_grade")
    return then in order and here in order and order.index(str(here)) > order.index(str(then))


def _figure(facts: Facts, fact: str) -> Decimal | None:
    return number(facts, fact)  # type: ignore[arg-type]  # it refuses by itself what is no number


#: What new figures are searched for, the gravest first.
SIGNS: tuple[Sign, ...] = (
    Sign(
        "blacklisted", True, _words("blacklisted", "被列为失信被执行人", "Listed as a dishonest judgment debtor"),
        (
            _repair("blacklisted.pay", 7, "先跟法院和对方联系，付清，或者谈好分期并写下来", "Talk to the court and the other side; pay, or agree instalments in writing"),
            _repair("blacklisted.delist", 14, "付清后向法院申请撤下名单，法院应在三个工作日内办", "Once paid, ask the court to take you off the list; it has three working days"),
        ),
        _became_true("blacklisted"),
    ),
    Sign(
        "overdue_12m", True, _words("overdue", "有新的逾期", "A new late payment"),
        (
            _repair("overdue.pay", 3, "先把逾期的本息还上，拿一张结清或还款证明", "Pay what is late with interest first, and get a receipt"),
            _repair("overdue.check", 10, "查一份征信报告；记错了就提异议，20 天内要给答复", "Get your credit report; object to a wrong entry, it must be answered within 20 days"),
            _repair("overdue.automatic", 15, "把还款改成自动扣款，账户多留一期的钱；记录在还清五年后才消，往后别再添",
                    "Let repayments be debited automatically, with one instalment to spare: an entry stays for five years after it is paid, so add no more"),
        ),
        _rose("overdue_12m"),
    ),
    Sign(
        "tax_arrears", True, _words("tax_arrears", "有欠税", "Tax is owed"),
        (_repair("tax_arrears.pay", 7, "把欠的税补上；一次补不上，先向税务局申请延期或分期",
                 "Pay the tax that is owed; if you cannot at once, ask the tax office for more time first"),),
        _became_true("tax_arrears"),
    ),
    Sign(
        "in_litigation", False, _words("litigation", "有新的官司", "A new lawsuit"),
        (_repair("litigation.tell", 7, "把案由、金额和进展写成一页，主动告诉银行", "Write the case, the sum and its state on one page and tell the bank yourself"),),
        _became_true("in_litigation"),
    ),
    Sign(
        "tax_grade", False, _words("tax_grade", "纳税信用等级降了", "The tax credit grade fell"),
        (_repair("tax_grade.ask", 15, "到电子税务局看扣分原因，补上后申请纳税信用修复", "See in the e-tax office what cost points, put it right, and apply to have the grade restored"),),
        _tax_grade_fell,
    ),
    Sign(
        "monthly_inflow", False, _words("inflow", "每月进账少了三成以上", "Takings fell by more than 30 %"),
        (
            _strengthen("inflow.forecast", 7, "列出未来 13 周每周的进账和出账，看哪一周会不够", "List what comes in and goes out for the next 13 weeks; find the week that falls short"),
            _strengthen("inflow.bank", 14, "不够的那周之前就跟银行商量调整还款，别等逾期", "Talk to the bank about repayments before that week, not after"),
        ),
        _fell("monthly_inflow", "0.7"),
    ),
    Sign(
        "annual_revenue", False, _words("revenue", "营业额少了三成以上", "Revenue fell by more than 30 %"),
        (_strengthen("revenue.costs", 30, "看哪些品类和客户不赚钱，先停；固定开支砍一轮", "Stop what earns nothing, and go through fixed costs once"),),
        _fell("annual_revenue", "0.7"),
    ),
    Sign(
        "largest_customer_share", False, _words("concentration", "更依赖一个大客户了", "More depends on one customer"),
        (_strengthen("concentration.spread", 60, "再谈下一两个新客户；大客户的账期写进合同", "Win one or two more customers, and put the large one's payment term into the contract"),),
        _grew("largest_customer_share", "0.2"),
    ),
    Sign(
        "credit_inquiries_3m", False, _words("inquiries", "近三个月查征信的次数多了", "More lenders looked into the credit file"),
        (_repair("inquiries.stop", 1, "三个月内先别再到处申请，每申请一次都会留一条查询记录", "Apply nowhere else for three months: each application leaves an entry"),),
        _grew("credit_inquiries_3m", "3"),
    ),
)  # fmt: skip
