"""Schedules to the fen, the real annual cost, and quoted ranges."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.price import (
    ASSUMPTIONS,
    Fees,
    Method,
    Subsidy,
    annual_cost,
    monthly_irr,
    quoted_range,
    schedule,
)

D = Decimal
METHODS = st.sampled_from(list(Method))
PRINCIPALS = st.integers(1, 10**10).map(lambda fen: D(fen) / 100)
RATES = st.integers(0, 3600).map(lambda basis_points: D(basis_points) / 10000)
MONTHS = st.integers(1, 120)


@given(PRINCIPALS, RATES, MONTHS, METHODS)
def test_principal_adds_up_to_the_fen(principal: Decimal, rate: Decimal, months: int, method: Method) -> None:
    plan = schedule(principal, rate, months, method)
    assert sum(item.principal for item in plan) == principal
    assert len(plan) == months
    assert plan[-1].balance == 0
    assert all(item.principal >= 0 and item.interest >= 0 for item in plan)
    assert all(value == value.quantize(D("0.01")) for item in plan for value in (item.principal, item.interest))


@given(st.integers(10_000, 10**7), RATES, MONTHS)
def test_level_payments_are_level(principal: int, rate: Decimal, months: int) -> None:
    payments = [item.payment for item in schedule(D(principal), rate, months)]
    assert len(set(payments[:-1])) <= 1
    assert abs(payments[-1] - payments[0]) <= D("0.01") * months * (1 + rate / 12) ** months


@pytest.mark.parametrize(
    ("method", "first", "last", "interest"),
    [
        # 120,000 yuan at 12 % over twelve months, by hand: 1 % a month
        (Method.EQUAL_PRINCIPAL, "11200.00", "10100.00", "7800.00"),
        (Method.INTEREST_FIRST, "1200.00", "121200.00", "14400.00"),
        (Method.BULLET, "0.00", "134400.00", "14400.00"),
        (Method.EQUAL_INSTALMENT, "10661.85", "10661.91", "7942.26"),
    ],
)
def test_known_schedules(method: Method, first: str, last: str, interest: str) -> None:
    plan = schedule(D(120000), D("0.12"), 12, method)
    assert (plan[0].payment, plan[-1].payment) == (D(first), D(last))
    assert sum(item.interest for item in plan) == D(interest)


@pytest.mark.parametrize(
    ("principal", "rate", "months"),
    [("0", "0.05", 12), ("-1", "0.05", 12), ("0.001", "0", 1), ("1", "-0.01", 1), ("1", "0", 0)],
)
def test_terms_that_make_no_loan(principal: str, rate: str, months: int) -> None:
    with pytest.raises(ValueError, match=r"principal|rate|term"):
        schedule(D(principal), D(rate), months)


@pytest.mark.parametrize("method", [Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.INTEREST_FIRST])
def test_without_fees_the_cost_is_the_contract_rate(method: Method) -> None:
    cost = annual_cost(D(1000000), D("0.0435"), 36, method)
    assert abs(cost.nominal - D("0.0435")) < D("0.00001")
    assert abs(cost.effective - ((1 + D("0.0435") / 12) ** 12 - 1)) < D("0.00001")


def test_one_payment_after_a_year_costs_what_it_says() -> None:
    cost = annual_cost(D(100000), D("0.06"), 12, Method.BULLET)
    assert abs(cost.effective - D("0.06")) < D("0.000002")
    assert cost.nominal < D("0.06")


def test_fees_deposit_and_guarantee_enter_when_they_are_paid() -> None:
    fees = Fees(upfront_share=D("0.01"), upfront=D(500), guarantee_rate=D("0.02"), deposit_share=D("0.1"))
    cost = annual_cost(D(100000), D("0.06"), 18, Method.INTEREST_FIRST, fees=fees)
    assert cost.flows[0] == D(100000) - 10000 - 1000 - 500 - 2000
    assert cost.flows[12] == D(500) + 1000  # the second year's fee for its six months
    assert cost.flows[18] == D(100500) - 10000
    assert cost.fees == D(4500)


@pytest.mark.parametrize(
    ("subsidy", "relief", "why"),
    [
        (Subsidy(points=D("0.02")), "2000", "two points on all of it"),
        (Subsidy(share=D("0.5")), "3000", "half the interest"),
        (Subsidy(points=D("0.02"), principal_cap=D(50000)), "1000", "on half the principal"),
        (Subsidy(share=D("0.5"), principal_cap=D(50000)), "1500", "half of half"),
        (Subsidy(points=D("0.02"), months_cap=6), "1000", "for half the term"),
        (Subsidy(points=D("0.2")), "6000", "never more than the interest"),
        (Subsidy(points=D("0.2"), months_cap=6), "3000", "nor more than the interest of the months covered"),
        (Subsidy(), "0", "none"),
    ],
)
@pytest.mark.parametrize("method", [Method.INTEREST_FIRST, Method.BULLET])
def test_subsidies(method: Method, subsidy: Subsidy, relief: str, why: str) -> None:
    cost = annual_cost(D(100000), D("0.06"), 12, method, subsidy=subsidy)
    assert abs(cost.subsidy - D(relief)) < D("0.10"), why


def test_a_full_subsidy_makes_the_loan_free() -> None:
    cost = annual_cost(D(100000), D("0.06"), 12, subsidy=Subsidy(share=D(1)))
    assert cost.nominal == 0
    assert cost.effective == 0


SHARES = st.integers(0, 10).map(lambda percent: D(percent) / 100)


@given(
    st.integers(10_000, 10**7), RATES, st.integers(1, 60), METHODS,
    st.builds(Fees, SHARES, st.integers(0, 500).map(D), SHARES, SHARES),
)  # fmt: skip
def test_cost_is_never_below_the_contract_rate(principal: int, rate: Decimal, months: int, method: Method, fees: Fees) -> None:
    bare, cost = (
        annual_cost(D(principal), rate, months, method),
        annual_cost(D(principal), rate, months, method, fees=fees),
    )
    slack = D("0.0002")  # rounding of small loans to the fen
    assert cost.nominal >= bare.nominal - slack
    assert cost.effective >= cost.nominal
    if method is not Method.BULLET:
        assert cost.nominal >= rate - slack


@given(st.integers(10_000, 10**6), RATES, st.integers(1, 36), METHODS, st.integers(0, 100), st.integers(0, 36))
def test_a_subsidy_never_raises_the_cost(principal: int, rate: Decimal, months: int, method: Method, percent: int, covered: int) -> None:
    subsidy = Subsidy(share=D(percent) / 100, months_cap=covered)
    helped = annual_cost(D(principal), rate, months, method, subsidy=subsidy)
    assert 0 <= helped.nominal <= annual_cost(D(principal), rate, months, method).nominal
    assert helped.subsidy <= helped.interest


def test_irr_refuses_what_has_none() -> None:
    with pytest.raises(ValueError, match="nothing of the loan"):
        annual_cost(D(1000), D("0.05"), 12, fees=Fees(upfront=D(1000)))
    with pytest.raises(ValueError, match="less is paid back"):
        monthly_irr((D(100), D(50)))


def test_mistaken_fees_and_subsidies() -> None:
    with pytest.raises(ValueError, match="upfront must not be negative"):
        Fees(upfront=D(-1))
    with pytest.raises(ValueError, match="not both"):
        Subsidy(points=D("0.01"), share=D("0.5"))


@pytest.mark.parametrize(
    ("low", "high", "expected", "basis"),
    [
        ("0.03", "0.05", ("0.03", "0.05"), "stated"),
        ("0.03", None, ("0.03", "0.1070"), "partly_stated"),
        ("0.20", None, ("0.20", "0.20"), "partly_stated"),
        (None, "0.20", ("0.0890", "0.20"), "partly_stated"),
        (None, None, ("0.0890", "0.1070"), "estimated"),
    ],
)
def test_quotes_use_the_stated_rate_first(low: str | None, high: str | None, expected: tuple[str, str], basis: str) -> None:
    quote = quoted_range(None if low is None else D(low), None if high is None else D(high), D("0.04"), interval=(D("0.02"), D("0.06")))
    assert (quote.low, quote.high, quote.basis) == (D(expected[0]), D(expected[1]), basis)


def test_an_estimate_shows_its_parts_and_their_origin() -> None:
    quote = quoted_range(None, None, D("0.04"))
    assert [part.name for part in quote.parts] == ["funding", "operating", "credit", "margin"]
    assert all(part.source for part in quote.parts)
    assert ASSUMPTIONS.estimate
    assert sum(part.low for part in quote.parts) == quote.low == quote.high


@given(st.decimals(0, 1, places=4), st.decimals(0, 1, places=4))
def test_riskier_firms_are_not_quoted_less(first: Decimal, second: Decimal) -> None:
    low, high = sorted((first, second))
    assert quoted_range(None, None, low).high <= quoted_range(None, None, high).high


def test_quotes_refuse_disorder() -> None:
    with pytest.raises(ValueError, match="wrong order"):
        quoted_range(D("0.06"), D("0.05"), D("0.04"))
    with pytest.raises(ValueError, match="low <= high"):
        quoted_range(None, None, D("0.04"), interval=(D("0.06"), D("0.02")))
