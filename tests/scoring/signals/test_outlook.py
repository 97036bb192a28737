"""Thirteen weeks of cash: they add up, follow the weekday, the part of the month and the instalments, and say what they lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import exp
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.signals.instalments import due_between, regular
from scoring.signals.outlook import WEEKS, Outlook, outlook
from scoring.signals.series import Account, DaySum, Lacking, MonthSum, Need

UNTIL = date(2026, 10, 31)
SINCE = UNTIL - timedelta(days=181)
TODAY = date(2026, 11, 20)


def days(first: date = SINCE, last: date = UNTIL) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def account(moved: dict[date, tuple[int, int, int]], balance: int | None = 50_000, **changed: object) -> Account:
    """Money in, out and repaid by day, in yuan."""
    sums = tuple(DaySum(day, Decimal(a), Decimal(b), Decimal(c)) for day, (a, b, c) in moved.items())
    made = Account((), (), sums, SINCE, UNTIL, None if balance is None else Decimal(balance))
    return replace(made, **changed)  # type: ignore[arg-type]


def told(found: Outlook | Lacking) -> Outlook:
    assert isinstance(found, Outlook), found
    return found


STEADY = dict.fromkeys(days(), (1000, 800, 0))


def test_what_comes_in_evenly_goes_on_evenly() -> None:
    found = told(outlook(account(STEADY), TODAY))
    assert [(week.inflow, week.outflow, week.repaid) for week in found.weeks] == [(Decimal(7000), Decimal(5600), Decimal(0))] * WEEKS
    assert found.weeks[-1].expected == 50_000 + 13 * 1400
    assert all(abs(week.high - week.low) <= Decimal("0.02") for week in found.weeks)  # nothing was ever off the pattern
    assert (found.weeks[0].first, found.weeks[-1].last) == (date(2026, 11, 1), date(2027, 1, 30))


def test_a_shop_that_is_closed_on_sundays_takes_nothing_then() -> None:
    moved = {day: (700, 0, 0) for day in days() if day.weekday() != 6}
    found = told(outlook(account(moved), TODAY))
    assert all(abs(week.inflow - 4200) < 5 for week in found.weeks)


def test_rent_and_wages_fall_in_their_part_of_the_month() -> None:
    moved = {day: (1000, 20_000 if day.day == 8 else 0, 0) for day in days()}
    found = told(outlook(account(moved), TODAY))
    # the week of the first to the seventh has two of the five days among which the eighth is, the next one the rest
    outflows = {week.first: week.outflow for week in found.weeks}
    assert outflows[date(2026, 11, 15)] == 0
    assert outflows[date(2026, 11, 1)] + outflows[date(2026, 11, 8)] > 15_000


def instalments(amount: int, day: int = 20) -> dict[date, tuple[int, int, int]]:
    return {one: (1000, amount, amount) for one in days() if one.day == day}


def test_instalments_are_recognised_and_fall_on_their_days() -> None:
    moved = {**STEADY, **instalments(12_000)}
    found = told(outlook(account(moved), TODAY))
    (one,) = found.instalments
    assert (one.day, one.amount) == (20, Decimal(12_000))
    assert [week.last for week in found.weeks if week.repaid] == [date(2026, 11, 21), date(2026, 12, 26), date(2027, 1, 23)]
    assert sum(week.repaid for week in found.weeks) == 36_000


@pytest.mark.parametrize(
    ("paid", "found"),
    [
        ([(8, 20), (9, 20), (10, 20)], [(20, 500)]),
        ([(8, 20), (9, 21), (10, 22)], [(21, 500)]),  # put off over a weekend
        ([(9, 20), (10, 20)], []),  # twice is no habit
        ([(5, 20), (6, 20), (7, 20)], []),  # paid off since
        ([(8, 5), (8, 20), (9, 5), (9, 20), (10, 5), (10, 20)], [(5, 500), (20, 500)]),
        ([(8, 20), (8, 21), (9, 20), (10, 20)], [(20, 500)]),
    ],
)
def test_what_is_an_instalment(paid: list[tuple[int, int]], found: list[tuple[int, int]]) -> None:
    sums = [DaySum(date(2026, month, day), Decimal(0), Decimal(500), Decimal(500)) for month, day in paid]
    assert [(one.day, int(one.amount)) for one in regular(sums, UNTIL)] == found


def test_an_instalment_of_the_31st_falls_on_a_months_last_day() -> None:
    sums = [DaySum(date(2026, month, 31), Decimal(0), Decimal(9), Decimal(9)) for month in (7, 8, 10)]
    found = regular(sums, UNTIL)
    assert due_between(found, date(2027, 2, 28), date(2027, 2, 28)) == 9
    assert due_between(found, date(2027, 2, 1), date(2027, 2, 27)) == 0


@pytest.mark.parametrize(
    ("made", "today", "lacking"),
    [
        (account(STEADY, since=UNTIL - timedelta(days=89)), TODAY, Lacking(Need.WEEKS, 12, 13)),
        (account(STEADY, since=None), TODAY, Lacking(Need.WEEKS, 0, 13)),
        (account(STEADY, balance=None), TODAY, Lacking(Need.BALANCE)),
        (account(STEADY), UNTIL + timedelta(days=46), Lacking(Need.RECENT, 46, 45)),
    ],
)
def test_what_an_outlook_lacks_is_said(made: Account, today: date, lacking: Lacking) -> None:
    assert outlook(made, today) == lacking


def test_the_lowest_week_is_named() -> None:
    moved = {day: (0, 900, 0) if day.month % 2 else (1800, 0, 0) for day in days()}
    found = told(outlook(account(moved), TODAY))
    assert found.lowest.expected == min(week.expected for week in found.weeks)


def test_a_season_of_a_known_year_is_in_it() -> None:
    months = tuple(MonthSum(date(2025 + (10 + n) // 12, (10 + n) % 12 + 1, 1), Decimal(30_000 if n != 1 else 90_000)) for n in range(12))
    plain, seasonal = (told(outlook(account(STEADY, inflow=sums), TODAY)) for sums in ((), months))
    december = [week for week in seasonal.weeks if week.first.month == week.last.month == 12]
    assert seasonal.seasonal
    assert not plain.seasonal
    assert all(week.inflow > 2 * 7000 for week in december)


_moves = st.dictionaries(
    st.integers(0, 181).map(lambda offset: SINCE + timedelta(days=offset)),
    st.tuples(st.integers(0, 10**7), st.integers(0, 10**7), st.booleans()),
    max_size=60,
)


@settings(deadline=None)  # how busy a machine is says nothing about the sums
@given(_moves, st.integers(-(10**8), 10**8), st.data())
def test_the_weeks_add_up_to_the_cent_whatever_the_order(
    moves: dict[date, tuple[int, int, bool]], opening: int, data: st.DataObject
) -> None:
    sums = [
        DaySum(day, Decimal(comes) / 100, Decimal(goes) / 100, Decimal(goes) / 100 if loan else Decimal(0))
        for day, (comes, goes, loan) in moves.items()
    ]
    made = Account((), (), tuple(sums), SINCE, UNTIL, Decimal(opening) / 100)
    found = told(outlook(made, TODAY))
    cash = found.opening
    for week in found.weeks:
        cash += week.inflow - week.outflow - week.repaid
        assert week.expected == cash
        assert week.low <= week.expected <= week.high
        assert min(week.inflow, week.outflow, week.repaid) >= 0
    assert found.lowest in found.weeks
    turned = replace(made, days=tuple(data.draw(st.permutations(sums))))
    assert outlook(turned, TODAY) == found


def _business(chance: Random, lumpy: bool) -> list[DaySum]:
    """Nine months of a business: weekdays, takings that swing and drift, supplies bought for what was taken, rent, wages and a loan."""
    usual, noise = chance.choice((2000, 8000, 30_000)), chance.choice((0.15, 0.4, 0.8))
    weekdays = [chance.uniform(0.5, 1.5) for _ in range(7)]
    rent, wages = usual * chance.uniform(1, 4), usual * chance.uniform(2, 8)
    drifts, carries = chance.choice((0, 0, 0.02)), chance.choice((0, 0.5))
    first = SINCE + timedelta(days=chance.randrange(365))
    level = swing = owed = 0.0
    found = []
    for day in days(first, first + timedelta(days=182 + 7 * WEEKS - 1)):
        swing, level = carries * swing + chance.gauss(0, noise), level + chance.gauss(0, drifts)
        taken = usual * weekdays[day.weekday()] * exp(swing + level)
        taken = (6 * taken if chance.random() < 1 / 6 else 0.0) if lumpy else taken
        owed += 0.7 * taken
        spent = owed if day.weekday() == 0 else 0.0
        owed -= spent
        spent += rent * (day.day == 5) + wages * (day.day == 10)
        repaid = 1.2 * usual * (day.day == 20)
        found.append(DaySum(day, *(Decimal(round(amount)) for amount in (taken, spent + repaid, repaid))))
    return found


@pytest.mark.parametrize("lumpy", [False, True], ids=["daily takings", "now and then a large sum"])
def test_of_ten_weeks_to_come_eight_or_nine_lie_in_the_band(lumpy: bool) -> None:
    """The band promises eight of ten: held against the thirteen weeks that came after, of 150 generated businesses."""
    chance = Random(20261126)
    inside = [0] * WEEKS
    for _ in range(150):
        moved = _business(chance, lumpy)
        past, after = moved[:182], moved[182:]
        found = told(outlook(Account((), (), tuple(past), past[0].day, past[-1].day, Decimal(100_000)), past[-1].day))
        cash = found.opening
        for number, week in enumerate(found.weeks):
            cash += sum((one.inflow - one.outflow for one in after[7 * number : 7 * number + 7]), Decimal(0))
            inside[number] += week.low <= cash <= week.high
    assert 0.80 <= sum(inside) / (150 * WEEKS) <= 0.92
    assert all(0.72 <= count / 150 <= 0.96 for count in inside)
