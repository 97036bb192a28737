"""The rate a lender would choose: the curve as counted, the optimum against every rate, and what moves it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.quote import ASSUMPTIONS
from scoring.rate_choice import LossCurve, best_rate, curve_of, earned, loss_curves, never_falling, rates_between

D = Decimal
HALVES = LossCurve((D(0), D(1)), (D(0), D(1)))  # everybody at nothing, nobody at 100 %
FREE = replace(ASSUMPTIONS, funding=D(0), operating=D(0), lgd=D(1))


def test_half_way_is_best_where_borrowers_leave_evenly() -> None:
    # r x (1 - r) is greatest at one half.
    choice = best_rate(HALVES, D(0), FREE)
    assert choice is not None
    assert (choice.rate, choice.stays, choice.earned) == (D("0.5"), D("0.5"), D("0.25"))


def test_costs_push_the_rate_up() -> None:
    # (r - 0.2) x (1 - r) is greatest at 0.6.
    choice = best_rate(HALVES, D(0), replace(FREE, funding=D("0.2")))
    assert choice is not None
    assert choice.rate == D("0.6")


@pytest.mark.parametrize("grade", ["A", "B", "C"])
def test_the_curves_start_at_four_percent_with_everybody_and_end_with_few(grade: str) -> None:
    curve = loss_curves()[grade]
    assert (curve.rates[0], curve.rates[-1], len(curve.rates)) == (D("0.04"), D("0.15"), 29)
    assert curve.at(D("0.01")) == curve.left[0] == 0
    assert D("0.88") < curve.at(D("0.15")) == curve.at(D("0.9")) < D("0.93")
    assert list(curve.left) == sorted(curve.left)


def test_between_two_rates_the_curve_is_straight() -> None:
    assert HALVES.at(D("0.25")) == D("0.25")


def test_grades_that_were_not_counted_behave_like_the_nearest() -> None:
    assert curve_of("D") is curve_of("E") is curve_of("C")
    with pytest.raises(KeyError):
        curve_of("F")


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 2, 3], [1, 2, 3]), ([1, 3, 2], [1, "2.5", "2.5"]), ([3, 2, 1], [2, 2, 2]), ([], [])],
)
def test_wobbles_are_pooled(values: list[int], expected: list[int | str]) -> None:
    assert never_falling([D(value) for value in values]) == tuple(D(value) for value in expected)


@given(st.sampled_from("ABC"), st.decimals(0, "0.09", places=3), st.decimals("0.01", "0.06", places=3))
def test_no_rate_earns_more_than_the_best(grade: str, pd: Decimal, funding: Decimal) -> None:
    curve, costs = curve_of(grade), replace(ASSUMPTIONS, funding=funding)
    choice = best_rate(curve, pd, costs)
    most = max(earned(rate, curve, pd, costs) for rate in rates_between(curve, D("0.001")))
    assert (choice.earned if choice else D(0)) >= most if most > 0 else choice is None


@given(st.sampled_from("ABC"), st.decimals(0, "0.05", places=3), st.decimals(0, "0.02", places=3))
def test_a_riskier_firm_is_never_offered_less(grade: str, pd: Decimal, more: Decimal) -> None:
    safe, risky = best_rate(curve_of(grade), pd), best_rate(curve_of(grade), pd + more)
    assert safe is not None
    assert risky is None or risky.rate >= safe.rate


def test_where_no_rate_covers_the_costs_no_rate_is_chosen() -> None:
    assert best_rate(curve_of("E"), D("0.2")) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        earned(D("0.1"), HALVES, D(2))
