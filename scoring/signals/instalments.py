"""Loan instalments, recognised in what was repaid: about the same day of each month, month after month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median_low

from scoring.signals.series import CENT, NOTHING, DaySum, following

#: Banks put off what falls on a weekend, and holidays last longer.
_SHIFT = 3
#: Repaid in so many months it is regular; and it goes on when the last time is no longer ago than this.
_MONTHS, _GOES_ON = 3, timedelta(days=45)


@dataclass(frozen=True)
class Regular:
    """A loan's instalment: its day of the month, its amount in yuan (the middle one of the last three), and when it was paid."""

    day: int
    amount: Decimal
    paid_on: tuple[date, ...]


def regular(days: Sequence[DaySum], until: date) -> tuple[Regular, ...]:
    """The instalments that go on, by their day of the month."""
    repaid: dict[date, Decimal] = {}
    for one in days:
        if one.repaid > 0:
            repaid[one.day] = repaid.get(one.day, NOTHING) + one.repaid
    found = [_regular(group, repaid) for group in _near(sorted(repaid, key=lambda day: (day.day, day)))]
    return tuple(
        one for one in found if len({day.replace(day=1) for day in one.paid_on}) >= _MONTHS and until - one.paid_on[-1] <= _GOES_ON
    )


def _near(days: Sequence[date]) -> list[list[date]]:
    """Days of payment that are near each other within the month."""
    groups: list[list[date]] = []
    for day in days:
        if groups and day.day - groups[-1][0].day <= _SHIFT:
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups


def _regular(group: Sequence[date], repaid: dict[date, Decimal]) -> Regular:
    by_month: dict[date, Decimal] = {}
    for day in group:
        by_month[day.replace(day=1)] = by_month.get(day.replace(day=1), NOTHING) + repaid[day]
    last = [by_month[month] for month in sorted(by_month)[-3:]]
    return Regular(median_low(day.day for day in group), median_low(last).quantize(CENT), tuple(sorted(group)))


def due_between(found: Sequence[Regular], first: date, last: date) -> Decimal:
    """What falls due from one day to another, both included, in yuan. A day that a month lacks is its last."""
    sum_, month = NOTHING, first.replace(day=1)
    while month <= last:
        for one in found:
            on = month.replace(day=min(one.day, monthrange(month.year, month.month)[1]))
            sum_ += one.amount if first <= on <= last else NOTHING
        month = following(month)
    return sum_
