"""Firms whose rating reports the tests draw: one of which nearly everything is known, one that loses money, and one that told little."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from bot.conversation.answers.rating import report_of
from bot.conversation.ordering import order_of
from bot.conversation.rating.report import MonthInOut, RatingReport, rating_report
from bot.conversation.rating.sheet import Sheet
from bot.conversation.rating.wording import sheet_of
from bot.conversation.world import World
from knowledge.firm import Fact, Firm, Provenance
from tests.pictures.firms import TODAY, scene_of

RATED: Mapping[str, Mapping[str, Any]] = {
    "maker": {
        "firm_name": "福州闽味食品有限公司", "legal_form": "company", "industry": "industry", "region": "350100", "employees": 46,
        "age_months": 86, "owner_age": 44, "owner_share": 0.7, "owner_group": ["returning_migrant"], "social_insurance_paid": True,
        "amount_sought": 2_000_000, "purpose": "stock_purchase", "term_months": 24, "collateral": ["inventory", "receivables"],
        "collateral_value": 3_500_000, "max_rate": 0.055, "tax_grade": "B", "overdue_12m": 0, "blacklisted": False, "tax_arrears": False,
        "annual_revenue": 18_600_000, "previous_revenue": 16_200_000, "operating_cost": 14_900_000, "gross_profit": 3_700_000,
        "operating_profit": 1_150_000, "finance_cost": 180_000, "net_profit": 960_000, "total_assets": 12_400_000,
        "total_liabilities": 7_300_000, "equity": 5_100_000, "current_assets": 8_700_000, "current_liabilities": 5_900_000,
        "cash": 1_200_000, "receivables": 3_400_000, "inventory": 2_600_000, "fixed_assets": 3_100_000, "short_term_debt": 2_400_000,
        "long_term_debt": 900_000, "existing_loans": 3_300_000, "monthly_debt_service": 165_000, "monthly_inflow": 1_480_000,
        "monthly_inflow_cv": 0.24, "annual_tax_paid": 640_000, "invoiced_sales": 21_900_000, "customer_count": 38,
        "largest_customer_share": 0.31, "void_invoice_rate": 0.018,
    },
    "losing": {
        "firm_name": "深圳市南山区老陈五金批发部", "legal_form": "sole_trader", "industry": "wholesale", "region": "440300", "employees": 6,
        "age_months": 50, "amount_sought": 500_000, "purpose": "working_capital", "term_months": 12, "collateral": ["none"],
        "annual_revenue": 4_200_000, "previous_revenue": 5_600_000, "operating_cost": 4_350_000, "gross_profit": -150_000,
        "net_profit": -480_000, "operating_profit": -420_000, "finance_cost": 60_000, "total_assets": 1_900_000,
        "total_liabilities": 2_300_000, "equity": -400_000, "receivables": 900_000, "inventory": 700_000, "existing_loans": 800_000,
        "monthly_debt_service": 42_000, "monthly_inflow": 150_000, "annual_tax_paid": 38_000, "invoiced_sales": 3_900_000,
        "tax_grade": "M", "overdue_12m": 2, "tax_arrears": True, "in_litigation": True,
    },
    "sparse": {
        "industry": "catering", "region": "350100", "age_months": 26, "employees": 8, "amount_sought": 300_000, "purpose": "equipment",
        "annual_revenue": 1_500_000,
    },
    "place only": {"region": "440300"},
}  # fmt: skip
#: What the maker's figures come from where it is not the owner's own words.
_FROM_FILE = ("total_assets", "total_liabilities", "equity", "operating_cost", "gross_profit", "net_profit", "current_assets")
BALANCE_DAY = date(2025, 12, 31)


def firm_of(name: str) -> Firm:
    """A firm of RATED; the maker's statements were read from a file, its tax grade was entered by staff."""
    firm = Firm.of(dict(RATED[name]), TODAY)
    if name != "maker":
        return firm
    read = [Fact(fact, firm[fact], Provenance.FILE, BALANCE_DAY) for fact in _FROM_FILE]
    return firm.having(*read, Fact("tax_grade", firm["tax_grade"], Provenance.STAFF, TODAY))


#: A year of the account: two thirds of what comes in goes out, and June is the highest month.
YEAR = tuple(
    MonthInOut(date(2025, month, 1), sum_, sum_ * 2 / 3)
    for month, sum_ in ((month, Decimal(900_000 + 100_000 * (6 - abs(6 - month)))) for month in range(1, 13))
)


def report_on(world: World, firm: Firm, months: tuple[MonthInOut, ...] = ()) -> RatingReport:
    scene = scene_of(world, {}, "zh")
    scene = scene.with_dialogue(scene.dialogue.but(firm=firm))
    if not months:
        return report_of(scene)
    order = partial(order_of, scene)
    return rating_report(firm, scene.score, scene.world.card, scene.matches, scene.world.pack, scene.today, order, months)


def sheet_for(world: World, name: str, language: str, months: tuple[MonthInOut, ...] = ()) -> Sheet:
    return sheet_of(report_on(world, firm_of(name), months), language)
