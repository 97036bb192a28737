"""Facts from invoice lists: the sums by hand, the bounds, and that worse lists score worse."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.firm import spec_of, to_json
from scoring.card import score
from scoring.invoices import Invoice, summary


def _sale(month: int, amount: float, party: str = "B1", void: bool = False, year: int = 2025) -> Invoice:
    return Invoice(date(year, month, 15), Decimal(str(amount)), Decimal(0), party, void, issued=True)


def _purchase(month: int, amount: float, party: str = "A1", void: bool = False) -> Invoice:
    return Invoice(date(2025, month, 15), Decimal(str(amount)), Decimal(0), party, void, issued=False)


YEAR = [_sale(month, 1000) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("invoices", "facts", "why"),
    [
        ([], {}, "an empty list says nothing"),
        (
            YEAR,
            {"invoiced_sales": 12000, "purchase_amount": 0, "customer_count": 1, "largest_customer_share": 1,
             "void_invoice_rate": 0, "monthly_inflow_cv": 0},
            "twelve even months, one buyer",
        ),
        (
            [_sale(12, 1000, year=2024), *YEAR],
            {"invoiced_sales": 12000, "purchase_amount": 0, "customer_count": 1, "largest_customer_share": 1,
             "void_invoice_rate": 0, "monthly_inflow_cv": 0},
            "the thirteenth month back is not of the year",
        ),
        (
            [*YEAR, _sale(12, 5000, void=True), _purchase(12, 300), _purchase(12, 900, void=True)],
            {"invoiced_sales": 12000, "purchase_amount": 300, "customer_count": 1, "largest_customer_share": 1,
             "void_invoice_rate": Decimal("0.0769"), "monthly_inflow_cv": 0},
            "voids never count as sales or purchases, only as voids; bought voids are the seller's affair",
        ),
        (
            [*YEAR, _sale(12, 3000, "B2"), _sale(12, -3000, "B2")],
            {"invoiced_sales": 12000, "purchase_amount": 0, "customer_count": 2, "largest_customer_share": 1,
             "void_invoice_rate": 0, "monthly_inflow_cv": 0},
            "a red invoice takes the sale back",
        ),
        (
            [_sale(1, 1000), _sale(3, 2000, "B2")],
            {"monthly_sales": 1000, "customer_count": 2, "largest_customer_share": Decimal("0.6667"), "void_invoice_rate": 0,
             "monthly_inflow_cv": Decimal("0.8165")},
            "three months are no year; the gap counts as a month without sales",
        ),
        ([_sale(1, 100), _sale(1, -100)], {"monthly_sales": 0, "customer_count": 1, "void_invoice_rate": 0}, "nothing is left"),
        ([_purchase(1, 100)], {"monthly_sales": 0}, "purchases alone say that nothing is sold"),
    ],
)  # fmt: skip
def test_facts(invoices: Sequence[Invoice], facts: dict[str, Any], why: str) -> None:
    found = summary(invoices).facts()
    assert found == facts, why
    assert all(spec_of(name).parse(to_json(value)) == value for name, value in found.items())  # type: ignore[arg-type]


def test_later_invoices_are_told_and_not_counted() -> None:
    found = summary([*YEAR, _sale(3, 9000, year=2026)], until=date(2025, 12, 31))
    assert (found.later, found.sales, found.months) == (1, 12000, 12)


def test_a_list_that_has_stopped_is_seen_to_have_stopped() -> None:
    found = summary(YEAR, until=date(2026, 9, 1))
    assert (found.sales, found.months_with_sales, found.months) == (3000, 3, 21)
    assert score(found.facts()).pd > score(summary(YEAR).facts()).pd


def test_the_trend_compares_two_years() -> None:
    before = [_sale(month, 2000, year=2024) for month in range(1, 13)]
    assert summary([*before, *YEAR]).trend == Decimal("0.5")
    assert summary(YEAR).trend is None


INVOICES = st.lists(
    st.builds(
        Invoice,
        st.dates(date(2023, 1, 1), date(2025, 12, 31)),
        st.decimals(-(10**6), 10**6, places=2),
        st.just(Decimal(0)),
        st.sampled_from(["P1", "P2", "P3"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=30,
)


@given(INVOICES)
def test_any_list_gives_facts_that_can_be_scored(invoices: list[Invoice]) -> None:
    found = summary(invoices)
    assert 0 <= (found.void_rate or 0) <= 1
    assert 0 <= (found.largest_customer_share or 0) <= 1
    assert found == summary(reversed(invoices))
    assert 0 < score(found.facts()).pd < 1


FIRM = {"invoiced_sales": 3_000_000, "purchase_amount": 2_000_000, "customer_count": 30, "largest_customer_share": 0.3,
        "void_invoice_rate": 0.05, "monthly_inflow_cv": 0.5}  # fmt: skip


@pytest.mark.parametrize(
    "worse",
    [{"invoiced_sales": 90_000}, {"customer_count": 2}, {"void_invoice_rate": 0.3}, {"monthly_inflow_cv": 2},
     {"largest_customer_share": 0.95}, {"purchase_amount": 4_000_000}, {"monthly_debt_service": 120_000}],
    ids=str,
)  # fmt: skip
def test_a_worse_list_scores_worse(worse: dict[str, Any]) -> None:
    assert score(FIRM | worse).pd > score(FIRM).pd
