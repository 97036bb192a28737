"""Costs besides interest, worked out beside the code, and the real annual cost they make."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.costs import fees_of, mortgage_costs, valuation_fee
from scoring.price import Fees, Method, annual_cost

D = Decimal


@pytest.mark.parametrize(
    ("value", "fee", "why"),
    [
        (0, "0", "nothing to value"),
        (1_000_000, "5000", "5 in a thousand"),
        (2_000_000, "7500", "and 2.5 on the second million"),
        (10_000_000, "27500", "5,000 + 22,500"),
        (20_000_000, "42500", "+ 15,000"),
        (50_000_000, "66500", "+ 24,000"),
        (80_000_000, "78500", "+ 12,000"),
        (100_000_000, "82500", "+ 4,000"),
        (200_000_000, "92500", "+ 10,000"),
    ],
)
def test_valuation_by_steps(value: int, fee: str, why: str) -> None:
    assert valuation_fee(D(value)) == D(fee), why


def test_a_mortgage_of_seven_hundred_thousand_on_a_million() -> None:
    costs = mortgage_costs(D(1_000_000), D(700_000))
    assert dict(costs.parts) == {"valuation": 5000, "notary": 2100, "registration": 550, "insurance": 500}
    # 8,150 at first leave 691,850: 28,000 of interest on them is 4.05 %, the 8,150 another 1.18 %, less a little for what is paid monthly.
    fees = fees_of(costs, 12)
    assert fees.upfront == 8150
    cost = annual_cost(D(700_000), D("0.04"), 12, Method.INTEREST_FIRST, fees=fees)
    assert cost.nominal.quantize(D("0.0001")) == D("0.0520")


def test_a_dwelling_and_no_notary_cost_less() -> None:
    costs = mortgage_costs(D(1_000_000), D(700_000), dwelling=True, notary=False)
    assert dict(costs.parts) == {"valuation": 5000, "registration": 80, "insurance": 500}


def test_insurance_is_for_every_year_begun() -> None:
    costs = mortgage_costs(D(1_000_000), D(0))
    assert [fees_of(costs, months).upfront - fees_of(costs, 12).upfront for months in (1, 12, 13, 36)] == [0, 0, 500, 1000]


def test_a_deposit_held_back_raises_the_cost() -> None:
    # A fifth held back: 4 % on 100 is paid for the use of 80, five per cent.
    cost = annual_cost(D(100_000), D("0.04"), 12, Method.INTEREST_FIRST, fees=Fees(deposit_share=D("0.2")))
    assert cost.nominal.quantize(D("0.00001")) == D("0.05000")


@pytest.mark.parametrize("call", [lambda: valuation_fee(D(-1)), lambda: mortgage_costs(D(1), D(-1)), lambda: fees_of(None, 0)])
def test_impossible_costs_are_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=r"negative|at least one"):
        call()


PRINCIPALS, RATES = st.integers(10_000, 10**7), st.integers(0, 2400).map(lambda points: D(points) / 10000)
REPAID = st.sampled_from([Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.INTEREST_FIRST])


@given(PRINCIPALS, RATES, st.integers(1, 60), REPAID)
def test_without_fees_the_irr_is_the_rate_itself_and_its_compounding(principal: int, rate: Decimal, months: int, method: Method) -> None:
    cost = annual_cost(D(principal), rate, months, method)
    effective = (1 + rate / 12) ** 12 - 1
    slack = D("0.0003")  # small loans are rounded to the fen
    assert abs(cost.nominal - rate) < slack
    assert abs(cost.effective - effective) < slack
    assert cost.fees == 0


@given(
    PRINCIPALS, RATES, st.integers(1, 60), REPAID, st.integers(0, 300), st.integers(0, 300), st.integers(0, 20),
)  # fmt: skip
def test_more_fees_never_make_a_loan_cheaper(
    principal: int, rate: Decimal, months: int, method: Method, upfront: int, more: int, percent: int
) -> None:
    low = Fees(upfront=D(upfront), guarantee_rate=D(percent) / 1000, deposit_share=D(percent) / 100)
    high = Fees(upfront=D(upfront + more), guarantee_rate=D(percent + 1) / 1000, deposit_share=D(percent + 1) / 100)
    cheap, dear = (annual_cost(D(principal), rate, months, method, fees=fees) for fees in (low, high))
    assert dear.nominal >= cheap.nominal
    assert dear.fees > cheap.fees


@given(st.integers(0, 10**9), st.integers(0, 10**8))
def test_a_dearer_property_never_costs_less_to_value(value: int, more: int) -> None:
    assert valuation_fee(D(value)) <= valuation_fee(D(value + more)) <= D(value + more) * D("0.005") + D("0.01")
