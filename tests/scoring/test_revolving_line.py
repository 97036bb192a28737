"""A revolving line by the day: worked examples, and what must hold for any movements."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.revolving import Movement, interest_of_days, revolving

D = Decimal
MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("amount", "rate", "days", "interest"),
    [
        ("100000", "0.036", 10, "100.00"),  # 10 yuan a day
        ("400000", "0.054", 45, "2700.00"),  # 1.5 in ten thousand a day
        ("100000", "0.05", 1, "13.89"),
        ("100000", "0.05", 360, "5000.00"),  # a year of 360 days is the yearly rate
        ("100000", "0.05", 0, "0.00"),
        ("0", "0.05", 99, "0.00"),
    ],
)
def test_interest_by_the_day(amount: str, rate: str, days: int, interest: str) -> None:
    assert interest_of_days(D(amount), D(rate), days) == D(interest)


def test_drawn_in_parts_and_repaid_in_parts() -> None:
    # 200,000 for 19 days, then 100,000 for 42: at 3.6 % that is 20 and 10 yuan a day.
    moves = [Movement(MARCH, D(200_000)), Movement(date(2026, 3, 20), D(-100_000)), Movement(date(2026, 5, 1), None)]
    stretches = revolving(moves, D("0.036"))
    assert [(one.days, one.balance, one.interest) for one in stretches] == [(19, 200_000, D(380)), (42, 100_000, D(420))]


def test_nothing_is_paid_while_nothing_is_out() -> None:
    moves = [Movement(MARCH, D(100)), Movement(MARCH + timedelta(5), None), Movement(MARCH + timedelta(50), D(100))]
    stretches = revolving(moves, D("0.36"), until=MARCH + timedelta(60))
    assert [(one.days, one.balance) for one in stretches] == [(5, 100), (10, 100)]


@pytest.mark.parametrize(
    ("moves", "limit", "message"),
    [
        ([Movement(MARCH, D(-1))], None, "repaid than is out"),
        ([Movement(MARCH, D(100)), Movement(MARCH + timedelta(1), D(-101))], None, "repaid than is out"),
        ([Movement(MARCH, D(101))], D(100), "drawn than the line"),
    ],
)
def test_impossible_movements(moves: list[Movement], limit: Decimal | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        revolving(moves, D("0.05"), limit=limit)


def test_the_end_is_not_before_the_last_movement() -> None:
    with pytest.raises(ValueError, match="after its last"):
        revolving([Movement(MARCH, D(1))], D(0), until=MARCH - timedelta(1))
    with pytest.raises(ValueError, match="not negative"):
        interest_of_days(D(-1), D(0), 1)


DRAWS = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 10**6)), min_size=1, max_size=6)


@given(DRAWS, st.integers(0, 2400), st.integers(0, 60))
def test_a_longer_use_never_costs_less(draws: list[tuple[int, int]], basis_points: int, longer: int) -> None:
    moves = [Movement(MARCH + timedelta(day), D(amount)) for day, amount in draws]
    rate, end = D(basis_points) / 10000, MARCH + timedelta(400)
    short, long = (sum(one.interest for one in revolving(moves, rate, until=end + timedelta(more))) for more in (0, longer))
    assert 0 <= short <= long + D("0.01")
    assert sum(one.days * one.balance for one in revolving(moves, rate, until=end)) == sum((400 - day) * amount for day, amount in draws)
