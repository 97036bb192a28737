"""The figures themselves, against values worked out by hand or found in tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.monitoring.chance import chi_square_99, shares_differ, wilson
from scoring.monitoring.stability import psi


@pytest.mark.parametrize(
    ("expected", "actual", "index"),
    [
        ((0.5, 0.5), (0.5, 0.5), 0.0),
        ((0.5, 0.5), (0.6, 0.4), 0.0405465),  # 0.1 * ln 1.2 - 0.1 * ln 0.8
        ((0.2, 0.3, 0.5), (0.3, 0.3, 0.4), 0.0628609),  # 0.1 * ln 1.5 - 0.1 * ln 0.8
        ((0.9, 0.1), (0.1, 0.9), 3.5155593),  # 2 * 0.8 * ln 9
        ((1.0, 0.0), (0.5, 0.5), 4.6043185),  # 0.5 * ln 2 + 0.4999 * ln 5000: the empty bin counts as 0.0001
    ],
)
def test_the_index_worked_out_by_hand(expected: tuple[float, ...], actual: tuple[float, ...], index: float) -> None:
    assert psi(expected, actual) == pytest.approx(index, abs=1e-6)


SHARES = st.lists(st.integers(1, 1000), min_size=2, max_size=8).map(lambda counts: [count / sum(counts) for count in counts])


@given(st.data())
def test_the_index_is_never_negative_symmetric_and_zero_for_the_same_shares(data: st.DataObject) -> None:
    one = data.draw(SHARES)
    other = data.draw(SHARES.filter(lambda shares: len(shares) == len(one)))
    assert psi(one, one) == 0
    assert psi(one, other) >= 0
    assert psi(one, other) == pytest.approx(psi(other, one))


@pytest.mark.parametrize(("freedom", "value"), [(1, 6.635), (2, 9.210), (4, 13.277), (10, 23.209), (20, 37.566)])
def test_chi_square_as_tables_have_it(freedom: int, value: float) -> None:
    assert chi_square_99(freedom) == pytest.approx(value, rel=0.02)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(5, 50, 0.0435, 0.2136), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)]
)
def test_wilson_interval_as_tables_have_it(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=1e-3)


def test_how_far_two_shares_lie_apart() -> None:
    assert shares_differ(20, 100, 40, 100) == pytest.approx(0.2 / math.sqrt(0.3 * 0.7 * 0.02))
    assert shares_differ(40, 100, 20, 100) < 0
    assert shares_differ(0, 0, 1, 2) == shares_differ(5, 5, 5, 5) == 0
