"""Months of money in: the mean and how steady it is, seasons from twelve months on, growth against what came before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.signals.monthly import Growth, Monthly, Seasons, Steadiness, growth, monthly, seasons
from scoring.signals.series import Lacking, MonthSum, Need, full_months


def months(*amounts: int, first: date = date(2025, 1, 1), partial: tuple[int, ...] = ()) -> tuple[MonthSum, ...]:
    """Months one after another; `partial` are the places of those that are not covered in full."""
    found = []
    for place, amount in enumerate(amounts):
        count = first.year * 12 + first.month - 1 + place
        found.append(MonthSum(date(count // 12, count % 12 + 1, 1), Decimal(amount), place not in partial))
    return tuple(found)


@pytest.mark.parametrize(
    ("amounts", "partial", "kept"),
    [
        ((1, 2, 3), (), 3),
        ((1, 2, 3), (0,), 2),
        ((1, 2, 3), (2,), 2),
        ((1, 2, 3, 4), (1,), 2),  # only what follows the gap
        ((1,), (0,), 0),
        ((), (), 0),
    ],
)
def test_only_full_months_without_a_gap_count(amounts: tuple[int, ...], partial: tuple[int, ...], kept: int) -> None:
    assert len(full_months(months(*amounts, partial=partial))) == kept


@pytest.mark.parametrize(
    ("amounts", "mean", "variation", "steadiness"),
    [
        ((100, 100, 100), "100.00", "0", Steadiness.STEADY),
        ((80, 100, 120), "100.00", "0.1633", Steadiness.SOME),
        ((20, 100, 180), "100.00", "0.6532", Steadiness.UNEVEN),
        ((100, 50), "75.00", None, None),
    ],
)
def test_mean_and_steadiness(amounts: tuple[int, ...], mean: str, variation: str | None, steadiness: Steadiness | None) -> None:
    found = monthly(months(*amounts))
    assert isinstance(found, Monthly)
    assert found.mean == Decimal(mean)
    assert found.variation == (None if variation is None else Decimal(variation))
    assert found.steadiness is steadiness


def test_without_a_full_month_there_is_no_average() -> None:
    assert monthly(months(5, partial=(0,))) == Lacking(Need.MONTHS, 0, 1)


@pytest.mark.parametrize("amounts", [(0, 0, 0), (5, -9)])
def test_without_money_in_there_is_no_average(amounts: tuple[int, ...]) -> None:
    assert monthly(months(*amounts)) == Lacking(Need.AMOUNT)


_YEAR = (100, 40, 100, 100, 100, 100, 60, 100, 100, 100, 100, 200)


def test_strong_and_weak_months_of_a_year() -> None:
    found = seasons(months(*_YEAR))
    assert isinstance(found, Seasons)
    assert (found.strong, found.weak, found.years) == ((12,), (2, 7), 1)
    assert found.of(12) == 2


@pytest.mark.parametrize(
    ("amounts", "regular"), [(_YEAR, True), ((100,) * 12, True), ((10, 190) * 6, False), ((10, 190) * 3 + (100,) * 6, True)]
)
def test_months_that_are_all_apart_are_no_season(amounts: tuple[int, ...], regular: bool) -> None:
    found = seasons(months(*amounts))
    assert isinstance(found, Seasons)
    assert found.regular is regular


@pytest.mark.parametrize("count", range(12))
def test_less_than_twelve_months_have_no_season(count: int) -> None:
    assert seasons(months(*_YEAR[:count])) == Lacking(Need.MONTHS, count, 12)


def test_growth_is_not_taken_for_a_season() -> None:
    found = seasons(months(*_YEAR, *(amount * 3 for amount in _YEAR)))
    assert isinstance(found, Seasons)
    assert (found.strong, found.weak, found.years) == ((12,), (2, 7), 2)
    assert found.of(1) == 1


@pytest.mark.parametrize("amounts", [(0,) * 12, (-1, *(9,) * 11)])
def test_without_money_in_there_is_no_season(amounts: tuple[int, ...]) -> None:
    assert seasons(months(*amounts)) == Lacking(Need.AMOUNT)


@pytest.mark.parametrize(
    ("amounts", "basis", "rate", "compared"),
    [
        ((100,) * 12 + (150,), "year", "0.5", 1),
        ((100,) * 12 + (110,) * 6, "year", "0.1", 6),
        ((100,) * 12 + (90,) * 12, "year", "-0.1", 12),
        ((7,) * 5 + (100,) * 12 + (120,) * 12, "year", "0.2", 12),
        ((100,) * 6 + (130,) * 6, "halves", "0.3", 6),
        ((1, 100, 100, 100, 80, 80, 80), "halves", "-0.2", 3),  # an odd month is the oldest
    ],
)
def test_growth_says_what_it_compares(amounts: tuple[int, ...], basis: str, rate: str, compared: int) -> None:
    found = growth(months(*amounts))
    assert isinstance(found, Growth)
    assert (found.basis, found.rate, len(found.later)) == (basis, Decimal(rate), compared)
    if basis == "year":
        assert [one.month.replace(year=one.month.year + 1) for one in found.earlier] == [one.month for one in found.later]


@pytest.mark.parametrize(
    ("amounts", "lacking"),
    [((1,) * 5, Lacking(Need.MONTHS, 5, 6)), ((0,) * 3 + (5,) * 3, Lacking(Need.AMOUNT)), ((), Lacking(Need.MONTHS, 0, 6))],
)
def test_growth_is_not_made_up(amounts: tuple[int, ...], lacking: Lacking) -> None:
    assert growth(months(*amounts)) == lacking


_sums = st.lists(st.integers(0, 10**10), max_size=40).map(lambda amounts: months(*amounts))


@given(_sums, st.data())
def test_the_order_of_the_rows_changes_nothing(sums: tuple[MonthSum, ...], data: st.DataObject) -> None:
    turned = data.draw(st.permutations(sums))
    assert (monthly(turned), seasons(turned), growth(turned)) == (monthly(sums), seasons(sums), growth(sums))


@given(_sums)
def test_the_seasons_of_a_year_average_to_one(sums: tuple[MonthSum, ...]) -> None:
    found = seasons(sums)
    if isinstance(found, Seasons):
        assert abs(sum((index for _, index in found.index), Decimal(0)) - 12) < Decimal("0.001")
        assert not set(found.strong) & set(found.weak)
    else:
        assert len(sums) < 12 or found.what is Need.AMOUNT
