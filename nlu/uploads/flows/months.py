"""Months: which of them a list covers fully, and what they come to on average."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from nlu.uploads.document import Period

#: A list that states no period may begin or end with days on which nothing happened.
_QUIET_DAYS = 7
#: So many other months show on which days of a month something happens usually: a firm may write its invoices from the 10th to the 12th.
_MONTHS_OF_HABIT = 6
#: One month in so many may begin earlier or end later.
_RARELY = 10
CENT = Decimal("0.01")
SHARE = Decimal("0.0001")


def month_of(when: date) -> date:
    return when.replace(day=1)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Every month that the days touch."""
    month, found = month_of(first), []
    while month <= last:
        found.append(month)
        if month.year == 9999 and month.month == 12:
            break
        month = next_month(month)
    return found


def covered(days: Iterable[date], stated: Period | None, today: date) -> tuple[Period, tuple[date, ...]]:
    """The period of a list and the months that it covers fully.

    Where no period is stated, a first or last month counts as full when at most a week of it is missing, or when it begins no later and
    ends no earlier than nearly all other months do. The present month is never full.
    """
    known = sorted(days)
    first, last = (stated.first, stated.last) if stated else (known[0], known[-1])
    before, after = (timedelta(0), timedelta(0)) if stated else _quiet(known)
    last = max(min(last, today), first)
    full = tuple(
        month
        for month in months_between(first, last)
        if first - before <= month
        and next_month(month) - timedelta(days=1) <= last + after
        and next_month(month) <= today + timedelta(days=1)
    )
    return Period(first, last), full


def _quiet(known: Sequence[date]) -> tuple[timedelta, timedelta]:
    """How long nothing may happen before the first day and after the last one of a list that leaves nothing out."""
    ends: dict[date, tuple[date, date]] = {}
    for when in known:
        month = month_of(when)
        ends[month] = (ends[month][0], when) if month in ends else (when, when)
    within = [pair for month, pair in ends.items() if month not in (month_of(known[0]), month_of(known[-1]))]
    week = timedelta(days=_QUIET_DAYS)
    if len(within) < _MONTHS_OF_HABIT:
        return week, week
    rare = len(within) // _RARELY
    begins = sorted(first.day for first, _ in within)[rare]
    ends_on = sorted(last.day for _, last in within)[-1 - rare]
    length = (next_month(month_of(known[-1])) - timedelta(days=1)).day
    return max(week, timedelta(days=begins - 1)), max(week, timedelta(days=length - ends_on))


def mean(values: Sequence[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(CENT)


def variation(values: Sequence[Decimal]) -> Decimal | None:
    """The standard deviation of a population over its mean; None when the mean is not positive."""
    middle = sum(values, Decimal(0)) / len(values)
    if middle <= 0:
        return None
    spread = sum(((value - middle) ** 2 for value in values), Decimal(0)) / len(values)
    return (spread.sqrt() / middle).quantize(SHARE)


def share(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole).quantize(SHARE)


def by_month(amounts: Iterable[tuple[date, Decimal]]) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    for when, value in amounts:
        found[month_of(when)] = found.get(month_of(when), Decimal(0)) + value
    return found


def over(months: Sequence[date], amounts: Mapping[date, Decimal]) -> list[Decimal]:
    """The amounts of the months in order; nothing where there was none."""
    return [amounts.get(month, Decimal(0)) for month in months]
