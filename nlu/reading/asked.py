"""What a message states in view of the fact that the advisor has just asked for."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from knowledge.firm import FactValue
from nlu.facts import Ambiguity, Mention, fact_value
from nlu.numbers.quantity import Quantity
from nlu.reading.beside_question import in_head
from nlu.reading.scale import spoken
from nlu.reading.scope import Scope

#: The owner says unasked how much is wanted.
WISH = re.compile(
    r"想|(?<!主)要|借|贷|缺|需|申请|融|周转|额度|\b(?:need|want|borrow|like|looking|seek|loan|apply|raise|fund"
    r"|financ|pledg|money)\w*"
)
#: The owner says unasked what the business does.
_TRADE = re.compile(
    r"[我咱俺](?:们)?(?:家)?(?:一个?|就)?(?:是|做|开|搞|种|养|修|卖|跑)|(?:^|[，,。 ])(?:开|做|搞|种|养|修|卖|跑)"
    r"|\b(?:i|we) (?:run|own|make|sell|have)\b|\b(?:i'm|we're) an?\b"
)
#: Questions in whose answers owners speak of what the firm is and does.
_OPEN = frozenset(("industry", "legal_form", "firm_name", "region", "employees", "age_months", "owner_group", "franchise"))

#: Questions whose answers tell of others' trades, at any length.
_NAMES_TRADES = frozenset(
    "core_buyer largest_customer_share government_contract customer_count order_value receivables guarantor collateral purpose platform"
    " existing_loans export_revenue private_owned".split()
)
#: 存货20万: a part with a figure of its own is that part, whatever was asked.
_PART_WITH_FIGURE = re.compile(r"(?:存货|库存|应收(?:账款|款)?|inventory|receivables?)(?: of| is)?[^，。,;；]{0,3}\d")


def in_view_of(asking: str, mentions: list[Mention], scope: Scope) -> list[Mention]:
    """Leaves out what only looks like a statement in an answer to `asking`: a trade in 给格力做配件, a wish in 还差两万."""
    dropped, norm = set(), scope.norm
    answers = asking in _NAMES_TRADES or in_head(scope, len(norm))
    if asking not in _OPEN and answers and not _TRADE.search(norm):
        dropped.add("industry")
    if asking != "purpose" and asking != "amount_sought" and not WISH.search(norm):
        dropped |= {"purpose", "amount_sought"}
    if asking in ("collateral", "collateral_value"):
        dropped |= {"fixed_premises"}
    if asking == "total_liabilities":
        dropped |= {mention.name for mention in mentions if mention.name == "existing_loans" and mention.value == 0}
    if asking == "employees":
        dropped |= {"new_hires_12m"}
    if asking in ("social_insurance_paid", "graduate_hires_12m", "new_hires_12m"):
        dropped |= {"employees", "owner_group"}
    if asking == "owner_share":
        dropped |= {"employees", "owner_age"}
    if asking in ("short_term_debt", "long_term_debt", "void_invoice_rate") and not WISH.search(
        norm.replace("贷款", "").replace("借款", "")
    ):
        dropped |= {"term_months"}
    if asking in ("total_assets", "total_liabilities"):
        dropped |= {"inventory", "receivables"} if len(mentions) == 1 and not _PART_WITH_FIGURE.search(norm) else set()
    return [mention for mention in mentions if mention.name not in dropped or mention.name == asking]


#: Facts that a bare figure is easily taken for when another was asked for: the one asked for is meant.
_TAKEN_FOR = {
    "monthly_debt_service": ("existing_loans",),
    "total_assets": ("fixed_assets", "inventory", "receivables", "cash", "collateral_value"),
    "total_liabilities": ("existing_loans", "receivables", "short_term_debt"),
    "existing_loans": ("net_profit", "amount_sought", "total_liabilities", "monthly_debt_service"),
    "receivables": ("existing_loans", "amount_sought"),
    "short_term_debt": ("existing_loans", "amount_sought"),
    "long_term_debt": ("existing_loans", "amount_sought", "collateral_value"),
    "equity": ("total_liabilities", "net_profit", "existing_loans"),
    "inventory": ("annual_revenue", "amount_sought"),
    "cash": ("existing_loans", "amount_sought", "net_profit", "monthly_inflow"),
    "annual_revenue": ("monthly_inflow", "platform_sales", "invoiced_sales", "order_value"),
    "platform_sales": ("annual_revenue", "monthly_inflow"),
    "monthly_sales": ("monthly_inflow", "annual_revenue", "invoiced_sales"),
    "monthly_inflow": ("monthly_sales", "annual_revenue"),
    "invoiced_sales": ("annual_revenue", "monthly_sales"),
    "purchase_amount": ("annual_revenue", "invoiced_sales", "operating_cost"),
    "order_value": ("annual_revenue", "receivables", "amount_sought"),
    "export_revenue": ("annual_revenue",),
    "annual_tax_paid": ("existing_loans",),
    "collateral_value": ("annual_revenue", "amount_sought"),
    "platform_months": ("age_months",),
    "age_months": ("platform_months", "term_months"),
    "term_months": ("age_months",),
    "loan_matures_in_days": ("term_months", "age_months"),
    "new_hires_12m": ("employees", "customer_count"),
    "graduate_hires_12m": ("new_hires_12m", "employees"),
    "customer_count": ("employees", "owner_age"),
    "finance_cost": ("amount_sought", "existing_loans"),
    "current_assets": ("total_assets", "fixed_assets", "inventory", "receivables", "cash"),
    "current_liabilities": ("total_liabilities", "existing_loans"),
    "guaranteed_share": ("owner_share",),
    "largest_customer_share": ("owner_share", "max_rate"),
    "owner_share": ("max_rate", "largest_customer_share"),
}


#: What figures are called that are easily taken for others: who uses the name means it, whatever was asked.
_NAMES = {
    "net_profit": r"利润|净利|profit",
    "annual_revenue": r"营业额|营收|营业收入|revenue|turnover",
    "total_liabilities": r"负债|liabilit",
    "total_assets": r"总资产|资产总额|total assets",
    "fixed_assets": r"固定资产|fixed assets",
    "receivables": r"应收|receivable",
    "inventory": r"存货|库存|inventory",
    "amount_sought": r"想[贷借]|要[贷借]|want to borrow|need to borrow",
    "employees": r"员工|职工|staff|employees|workers",
    "order_value": r"订单|\borders?\b",
    "invoiced_sales": r"开票|invoiced",
    "term_months": r"年期|期限|[\d一二两三四五六七八九十]个?月期|分\d+期|\b(?:loan )?term\b|\bover \w+ (?:years|months)\b",
    "monthly_debt_service": r"月供|每月还|a month in (?:repay|instal)",
}


def _names(fact: str, norm: str) -> bool:
    """Whether the message calls a fact by its name."""
    return fact in _NAMES and re.search(_NAMES[fact], norm) is not None


_A_YEAR = re.compile(r"20[0-4]\d")
#: Before a sum: it is to be borrowed, and answers no question for what the firm has or makes.
_TO_BORROW = re.compile(
    r"[贷借](?:款|到|个|我)?[^，。,;；\d还剩欠余]{0,4}$|(?:还差|就?差|缺)(?:个|了|着)?(?:差不多|大概|大约)?$"
    r"|\b(?:borrow|lend|loan (?:of|for)|get (?:up to|a loan of))\b[^,.;\d]{0,14}$"
)
_BORROWED = frozenset(("amount_sought", "existing_loans", "short_term_debt", "long_term_debt", "total_liabilities", "monthly_debt_service"))


def to_borrow(asking: str, lead: str) -> bool:
    """Whether the words before a sum say that it is to be borrowed, when something else was asked for."""
    return asking not in _BORROWED and _TO_BORROW.search(lead) is not None


_EACH_MONTH = re.compile(r"每个?月|一个月|月均")
_MONEY = ("money", "number")


def as_asked(
    asking: str, mentions: list[Mention], ambiguous: list[Ambiguity], found: tuple[Quantity, ...], scope: Scope
) -> tuple[list[Mention], list[Ambiguity]]:
    """A single figure taken for a neighbour of the fact asked for is the answer, unless the message calls it by its own name."""
    norm = scope.norm
    if any(mention.name == asking for mention in mentions):
        return mentions, ambiguous
    if (asking == "annual_revenue" and _EACH_MONTH.search(norm)) or (asking == "cash" and re.search("贷款|借款|欠", norm)):
        return mentions, ambiguous
    taken_for = [name for name in _TAKEN_FOR.get(asking, ()) if not _names(name, norm)]
    near = [
        mention
        for mention in mentions
        if mention.name in taken_for
        and is_figure(mention.value)
        and mention.value
        and in_head(scope, mention.start)
        and not to_borrow(asking, norm[: mention.start])
    ]
    doubtful = [item for item in ambiguous if item.name in taken_for]
    kept = [item for item in ambiguous if item not in doubtful]
    sums = [item for item in found if item.kind in _MONEY and not _A_YEAR.fullmatch(item.text)]
    alike = [item for item in sums if near and near[0].value not in (item.value, -item.value)]
    if len(near) == 1 and not doubtful and not alike:
        value = _in_asked_unit(asking, near[0])
        return [
            replace(mention, name=asking, value=value) if mention is near[0] and value is not None else mention for mention in mentions
        ], ambiguous
    return [mention for mention in mentions if mention not in near], kept


def _in_asked_unit(asking: str, mention: Mention) -> FactValue | None:
    if asking == "loan_matures_in_days":
        return fact_value(asking, Decimal(str(mention.value)) * 30)
    return fact_value(asking, Decimal(str(mention.value)))


_YEAR_BEFORE = re.compile(r"(?:大?前年|上一?年|前一年|再往前一?年?)(?:同期|大概|差不多|那会儿)?(?:是|有|才|只有|做了|卖了)*$")


def year_before(asking: str | None, mentions: list[Mention], found: tuple[Quantity, ...], norm: str) -> list[Mention]:
    """七百三十万，上年是六百九 to the question for a year's revenue: the year before it."""
    if asking != "annual_revenue" or {mention.name for mention in mentions} & {"annual_revenue", "previous_revenue"} != {"annual_revenue"}:
        return []
    for quantity in found:
        free = not any(mention.start <= quantity.start < mention.end for mention in mentions)
        told = quantity.value if quantity.kind == "money" else spoken(norm, "previous_revenue", found, quantity)
        if free and told is not None and _YEAR_BEFORE.search(norm[max(0, quantity.start - 14) : quantity.start]):
            value = fact_value("previous_revenue", told)
            return [] if value is None else [Mention("previous_revenue", value, quantity.start, quantity.end, quantity.text)]
    return []


def is_figure(value: FactValue) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)
