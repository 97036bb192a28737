"""Margins and the cash cycle from the facts: what is missing is named, nothing is made up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.facts import Facts
from scoring.signals.cycle import cycle, margin

WHOLE = {
    "annual_revenue": 3_650_000,
    "operating_cost": 2_920_000,
    "net_profit": 182_500,
    "receivables": 600_000,
    "inventory": 400_000,
    "current_liabilities": 320_000,
    "short_term_debt": 80_000,
}


def facts(**changed: int | None) -> Facts:
    return {name: Decimal(value) for name, value in (WHOLE | changed).items() if value is not None}


@pytest.mark.parametrize(
    ("changed", "gross", "net", "missing"),
    [
        ({}, "0.2", "0.05", ()),
        ({"operating_cost": None}, None, "0.05", ("gross_profit",)),
        ({"net_profit": -365_000}, "0.2", "-0.1", ()),
        ({"annual_revenue": None}, None, None, ("gross_profit", "annual_revenue", "annual_revenue")),
        ({"annual_revenue": 0}, None, None, ()),
    ],
)
def test_margins(changed: dict[str, int | None], gross: str | None, net: str | None, missing: tuple[str, ...]) -> None:
    found = margin(facts(**changed))
    assert found.gross == (None if gross is None else Decimal(gross))
    assert found.net == (None if net is None else Decimal(net))
    assert set(found.missing) == set(missing)


def test_the_cycle_and_what_it_ties_up() -> None:
    found = cycle(facts())
    assert (found.receivable, found.stock, found.payable, found.gap) == tuple(map(Decimal, (60, 50, 30, 80)))
    assert found.tied == Decimal(640_000)  # eighty days at 8,000 a day
    assert found.route == "receivables"


@pytest.mark.parametrize(
    ("changed", "route"),
    [({}, "receivables"), ({"inventory": 800_000}, "stock"), ({"receivables": 0, "inventory": 0}, None), ({"receivables": None}, None)],
)
def test_the_longer_wait_decides_what_to_finance(changed: dict[str, int | None], route: str | None) -> None:
    assert cycle(facts(**changed)).route == route


def test_goods_paid_ahead_are_financed_by_a_prepayment_loan() -> None:
    assert cycle({**facts(receivables=0, inventory=0), "purpose": "stock_purchase"}).route == "prepayment"


@pytest.mark.parametrize("name", ["receivables", "inventory", "current_liabilities", "short_term_debt", "operating_cost"])
def test_a_missing_figure_leaves_the_gap_open(name: str) -> None:
    found = cycle(facts(**{name: None}))
    assert (found.gap, found.tied) == (None, None)
    assert found.missing == (name,)


@given(st.dictionaries(st.sampled_from(sorted(WHOLE)), st.integers(0, 10**9)))
def test_a_gap_is_its_three_parts(amounts: dict[str, int]) -> None:
    found = cycle({name: Decimal(amount) for name, amount in amounts.items()})
    parts = (found.receivable, found.stock, found.payable)
    if None in parts:
        assert found.gap is None
    else:
        assert found.gap == parts[0] + parts[1] - parts[2]  # type: ignore[operator]
    assert (found.tied is not None) == (found.gap is not None and found.gap > 0)
