"""What time does to a firm: ages grow, a due date comes nearer, and which days an age means. Whole months as people count them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from knowledge.firm import Fact, FactValue, Firm

#: Facts in months that grow with the calendar.
AGES = ("age_months", "platform_months")
#: A fact in days that runs down to 0.
COUNTDOWN = "loan_matures_in_days"


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that month is shorter. Raises OverflowError beyond year 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"{months} months after {day} is beyond the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Whole months from one day to a later one; 0 when it is not later."""
    months = max((end.year - start.year) * 12 + end.month - start.month, 0)
    return months - 1 if months and add_months(start, months) > end else months


def days_of_age(months: int, on: date) -> tuple[date, ...]:
    """Every day that was so many whole months ago: an age in months is no closer than that. Before year 1 it is the first day there is."""
    latest = _latest_of_age(months, on)
    before = _latest_of_age(months + 1, on)
    return tuple(date.fromordinal(number) for number in range(min(before.toordinal() + 1, latest.toordinal()), latest.toordinal() + 1))


def _latest_of_age(months: int, on: date) -> date:
    try:
        day = add_months(on, -months)
    except OverflowError:
        return date.min
    # On the last of a month the days that it lacks count as well: 28 February is one month after 28, 29, 30 and 31 January.
    ends = on.day == monthrange(on.year, on.month)[1]
    return day.replace(day=monthrange(day.year, day.month)[1]) if ends else day


def days_later(on: date, days: int) -> date:
    """The day so many days later, at most the last day there is."""
    return date.fromordinal(min(on.toordinal() + days, date.max.toordinal()))


def brought_forward(firm: Firm, today: date) -> Firm:
    """The firm as it is today: a shop told of half a year ago is half a year older. Other facts stay as they were told."""
    return firm.having(*(moved for name in (*AGES, COUNTDOWN) if (moved := _moved(firm.fact(name), today)) is not None))


def _moved(fact: Fact | None, today: date) -> Fact | None:
    if fact is None or fact.as_of >= today or not isinstance(fact.value, int):
        return None
    if fact.name == COUNTDOWN:
        return replace(fact, value=max(fact.value - (today - fact.as_of).days, 0), as_of=today)
    months = months_between(fact.as_of, today)
    return replace(fact, value=fact.value + months, as_of=add_months(fact.as_of, months)) if months else None


def later(facts: Mapping[str, FactValue], told: Mapping[str, date], today: date, on: date) -> dict[str, FactValue]:
    """The facts as they will be on a later day. `told` says of which day an age is, where that is not today."""
    moved = dict(facts)
    for name in AGES:
        value = facts.get(name)
        if isinstance(value, int):
            moved[name] = value + months_between(told.get(name, today), on)
    value = facts.get(COUNTDOWN)
    if isinstance(value, int):
        moved[COUNTDOWN] = max(value - (on - today) // timedelta(days=1), 0)
    return moved
