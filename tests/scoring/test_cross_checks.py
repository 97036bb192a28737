"""Figures of a firm held against each other: each check right at its bound, just past it, and without its figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.cross_checks import CHECKS, cross_check

FACTS = sorted({fact for check in CHECKS for fact in check.facts})


@pytest.mark.parametrize(
    ("name", "facts", "holds"),
    [
        ("balance", {"total_liabilities": 60, "equity": 40, "total_assets": 100}, True),
        ("balance", {"total_liabilities": 60, "equity": 39, "total_assets": 100}, True),
        ("balance", {"total_liabilities": 60, "equity": 38, "total_assets": 100}, False),
        ("balance", {"total_liabilities": 60, "equity": 42, "total_assets": 100}, False),
        ("balance", {"total_liabilities": 230, "equity": -40, "total_assets": 190}, True),
        ("balance", {"total_liabilities": 60, "total_assets": 100}, None),
        ("solvent", {"total_liabilities": 100, "total_assets": 100}, True),
        ("solvent", {"total_liabilities": 101, "total_assets": 100}, False),
        ("gross", {"gross_profit": -15, "operating_cost": 435, "annual_revenue": 420}, True),
        ("gross", {"gross_profit": 30, "operating_cost": 80, "annual_revenue": 100}, False),
        ("profit", {"net_profit": 100, "annual_revenue": 100}, True),
        ("profit", {"net_profit": 101, "annual_revenue": 100}, False),
        ("profit", {"net_profit": -500, "annual_revenue": 100}, True),
        ("invoices", {"invoiced_sales": 113, "annual_revenue": 100}, True),
        ("invoices", {"invoiced_sales": 116, "annual_revenue": 100}, False),
        ("invoices", {"invoiced_sales": 10, "annual_revenue": 100}, True),
        ("tax", {"annual_tax_paid": 25, "annual_revenue": 100}, True),
        ("tax", {"annual_tax_paid": 26, "annual_revenue": 100}, False),
        ("flow_low", {"monthly_inflow": 5, "annual_revenue": 120}, True),
        ("flow_low", {"monthly_inflow": 4, "annual_revenue": 120}, False),
        ("flow_high", {"monthly_inflow": 20, "annual_revenue": 120}, True),
        ("flow_high", {"monthly_inflow": 21, "annual_revenue": 120}, False),
        ("current_parts", {"cash": 1, "receivables": 2, "inventory": 3, "current_assets": 5}, False),
        ("asset_parts", {"current_assets": 60, "fixed_assets": 40, "total_assets": 100}, True),
        ("liability_parts", {"current_liabilities": 70, "total_liabilities": 60}, False),
        ("debts", {"short_term_debt": 30, "long_term_debt": 20, "total_liabilities": 60}, True),
        ("loans", {"existing_loans": 70, "total_liabilities": 60}, False),
        ("repayment", {"monthly_debt_service": 10, "existing_loans": 10}, True),
        ("repayment", {"monthly_debt_service": 5, "existing_loans": 0}, False),
        ("repayment", {"monthly_debt_service": 0, "existing_loans": 0}, True),
        ("platform", {"platform_sales": 110, "annual_revenue": 100}, False),
        ("export", {"export_revenue": 100, "annual_revenue": 100}, True),
    ],
)
def test_what_a_check_finds(name: str, facts: dict[str, int], holds: bool | None) -> None:
    found = {checked.check.name: checked for checked in cross_check(facts)}[name]
    assert found.holds is holds
    assert (found.missing == ()) is (holds is not None)
    assert (found.left is None) is (holds is None)


def test_rough_figures_get_more_room() -> None:
    facts = {"total_liabilities": Decimal(60), "equity": Decimal(35), "total_assets": Decimal(100)}
    exact, rough = (cross_check(facts, rough)[0].holds for rough in ((), ("equity",)))
    assert (exact, rough) == (False, True)
    assert cross_check(facts | {"equity": Decimal(20)}, ("equity",))[0].holds is False


@given(st.dictionaries(st.sampled_from(FACTS), st.integers(-(10**10), 10**10)))
def test_a_check_is_settled_exactly_when_its_figures_are_known(facts: dict[str, int]) -> None:
    for checked in cross_check(facts):
        assert (checked.holds is None) is bool(set(checked.check.facts) - set(facts))
        assert set(checked.missing) == set(checked.check.facts) - set(facts)


@given(st.dictionaries(st.sampled_from(FACTS), st.integers(0, 10**9)), st.integers(1, 1000))
def test_the_unit_makes_no_difference(facts: dict[str, int], times: int) -> None:
    scaled = {name: amount * times for name, amount in facts.items()}
    assert [one.holds for one in cross_check(scaled)] == [one.holds for one in cross_check(facts)]
