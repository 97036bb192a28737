"""Whole months: how many a period is, where so many begin, and the same period a year earlier."""

from __future__ import annotations

import calendar
from datetime import date

from nlu.uploads.document import Period


def months_of(period: Period) -> int | None:
    """How many whole months a period is, None when it does not begin and end with a month."""
    if period.first.day != 1 or period.last.day != last_day(period.last.year, period.last.month):
        return None
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1


def months_before(last: date, months: int) -> date:
    """The first day of so many months that end with the month of a date."""
    index = last.year * 12 + last.month - months
    return date(index // 12, index % 12 + 1, 1)


def year_before(period: Period) -> Period:
    """The same period a year earlier."""
    last_year, last_month = period.last.year - 1, period.last.month
    whole = period.last.day == last_day(period.last.year, last_month)
    last = date(last_year, last_month, last_day(last_year, last_month) if whole else min(period.last.day, 28))
    return Period(date(period.first.year - 1, period.first.month, min(period.first.day, 28)), last)


def month_end(day: date) -> date:
    """The last day of the month of a date."""
    return date(day.year, day.month, last_day(day.year, day.month))


def last_day(year: int, month: int) -> int:
    """The number of days of a month."""
    return calendar.monthrange(year, month)[1]
