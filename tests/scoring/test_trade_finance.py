"""The cash cycle, the financing that fits it, goods against a deposit, and a lease."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from knowledge.firm import FactValue, spec_of
from scoring.trade import cash_cycle, fitting_route, goods_draft, lease

D = Decimal


def typed(**raw: Any) -> dict[str, FactValue]:
    return {name: spec_of(name).parse(value) for name, value in raw.items()}


def test_days_money_waits() -> None:
    # 600,000 of 7,300,000 a year is 30 days of sales; 400,000 of 3,650,000 is 40 days of cost.
    cycle = cash_cycle(typed(receivables=600_000, annual_revenue=7_300_000, inventory=400_000, operating_cost=3_650_000))
    assert (cycle.receivable_days, cycle.stock_days, cycle.missing) == (D("30.0"), D("40.0"), ())


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({}, ("receivables", "annual_revenue", "inventory", "operating_cost")),
        ({"receivables": 1, "annual_revenue": 0, "inventory": 0, "operating_cost": 1}, ("annual_revenue",)),
        ({"receivables": 1, "annual_revenue": 365}, ("inventory", "operating_cost")),
    ],
)
def test_what_the_cycle_still_needs(known: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert cash_cycle(typed(**known)).missing == missing


@pytest.mark.parametrize(
    ("receivables", "inventory", "purpose", "expected"),
    [
        (300_000, 100_000, "working_capital", "receivables"),
        (100_000, 300_000, "working_capital", "stock"),
        (200_000, 200_000, "working_capital", "receivables"),
        (0, 0, "stock_purchase", "prepayment"),
        (0, 0, "equipment", None),
    ],
)
def test_the_longer_wait_says_which_financing_fits(receivables: int, inventory: int, purpose: str, expected: str | None) -> None:
    firm = typed(receivables=receivables, inventory=inventory, annual_revenue=3_650_000, operating_cost=3_650_000, purpose=purpose)
    assert fitting_route(firm) == expected


def test_nothing_fits_while_figures_are_missing() -> None:
    assert fitting_route(typed(receivables=300_000, annual_revenue=3_650_000)) is None


@pytest.mark.parametrize(
    ("paid_in", "collectable", "open_", "why"),
    [
        (0, 300_000, 700_000, "goods for the deposit of 30 %"),
        (200_000, 500_000, 500_000, "and for what sales brought in"),
        (700_000, 1_000_000, 0, "all collected, nothing to buy back"),
        (900_000, 1_000_000, 0, "never more than the goods"),
    ],
)
def test_goods_against_a_deposit(paid_in: int, collectable: int, open_: int, why: str) -> None:
    draft = goods_draft(D(1_000_000), D("0.3"), D(paid_in))
    assert (draft.deposit, draft.collectable, draft.open) == (300_000, collectable, open_), why


@pytest.mark.parametrize(("goods", "share", "paid"), [(0, "0.3", 0), (100, "0", 0), (100, "1.1", 0), (100, "0.3", -1)])
def test_impossible_goods_are_refused(goods: int, share: str, paid: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        goods_draft(D(goods), D(share), D(paid))


def test_a_lease_pays_for_the_machine_in_full() -> None:
    # A machine of 500,000, a fifth at first, the rest over 36 months at 6 %: 400,000 in rents of 12,168.77.
    first, rents = lease(D(500_000), D("0.2"), D("0.06"), 36)
    assert first == 100_000
    assert rents[0].payment == D("12168.77")
    assert first + sum(rent.principal for rent in rents) == 500_000


def test_a_lease_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="below one"):
        lease(D(500_000), D(1), D("0.06"), 36)
