"""Business time: when a desk is open, and when a promise made in business minutes is due.

Minutes count only while the desk is open, on its own clock. Public holidays and, in China, the days worked instead of them come from the
`holidays` library. The State Council names those days each November for the next year only; for a year that is not published yet the
weekdays and the holidays laid down by law count, so promises that reach far ahead are to be worked out anew once it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

_KEYS = {"country", "region", "zone", "days", "times", "closed", "targets"}
_NONE = timedelta(0)


@dataclass(frozen=True)
class Targets:
    """What a desk promises, in business minutes: the first answer, every further one, and the end of a case."""

    first: int = 180
    next: int = 240
    resolution: int = 2400

    def __post_init__(self) -> None:
        if not 0 < min(self.first, self.next) <= max(self.first, self.next) <= self.resolution:
            raise ValueError(f"targets are minutes above 0, and a case is not settled before it is answered: {self}")

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Targets:
        """From `Bank.hours`: {"targets": {"first": 180, "next": 240, "resolution": 2400}}, each with a default."""
        try:
            return cls(**stored.get("targets", {}))
        except (TypeError, AttributeError) as error:
            raise ValueError(f"targets are first, next and resolution: {stored['targets']}") from error


@dataclass(frozen=True)
class Hours:
    """When a desk is open. `days` are 1 for Monday to 7; `times` are spans of its own clock, in order; `closed` are days of its own."""

    country: str = "CN"
    region: str | None = None
    zone: str = "Asia/Shanghai"
    days: frozenset[int] = frozenset(range(1, 6))
    times: tuple[tuple[time, time], ...] = ((time(9), time(17, 30)),)
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
            _calendar(self.country, self.region, 2026)
        except (ZoneInfoNotFoundError, ValueError, NotImplementedError) as error:
            raise ValueError(f"no such time zone, country or region: {self.zone}, {self.country}, {self.region}") from error
        if not self.days or not self.days <= set(range(1, 8)):
            raise ValueError("days are numbers from 1, Monday, to 7, at least one")
        ends = [moment for span in self.times for moment in span]
        if not ends or any(earlier >= later for earlier, later in pairwise(ends)):
            raise ValueError("times are spans from opening to closing within one day, in order")

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Hours:
        """From `Bank.hours`, all of it optional; raises ValueError for what cannot be read.

        {"country": "CN", "region": null, "zone": "Asia/Shanghai", "days": [1, 2, 3, 4, 5], "times": [["09:00", "17:30"]],
        "closed": ["2026-12-31"]}
        """
        if unknown := stored.keys() - _KEYS:
            raise ValueError(f"opening hours know no {', '.join(sorted(unknown))}")
        given = {key: stored[key] for key in ("country", "region", "zone") if key in stored}
        try:
            if "days" in stored:
                given["days"] = frozenset(stored["days"])
            if "times" in stored:
                given["times"] = tuple((time.fromisoformat(opening), time.fromisoformat(closing)) for opening, closing in stored["times"])
            if "closed" in stored:
                given["closed"] = frozenset(date.fromisoformat(day) for day in stored["closed"])
            return cls(**given)
        except TypeError as error:
            raise ValueError(f"opening hours of another form: {error}") from error

    def local(self, moment: datetime) -> datetime:
        """A moment on the desk's own clock."""
        return _aware(moment).astimezone(ZoneInfo(self.zone))

    def works(self, day: date) -> bool:
        """Is it a working day? One worked instead of a holiday is, whatever weekday it is."""
        if day in self.closed:
            return False
        names, instead = _calendar(self.country, self.region, day.year)
        return day in instead or (day.isoweekday() in self.days and day not in names)

    def holiday(self, day: date, language: str = "zh") -> str | None:
        """Name of the public holiday on a day, in the language if the library has it; None on any other day."""
        return _calendar(self.country, self.region, day.year, language)[0].get(day)


@dataclass(frozen=True)
class Expectation:
    """What an owner may count on: business minutes within which an answer usually comes, and the first moment when somebody is there."""

    minutes_usual: int
    earliest: datetime


def due(hours: Hours, start: datetime, minutes: int) -> datetime:
    """The moment when so many business minutes have gone by since `start`, in UTC; at the end of a day that is closing time."""
    if minutes < 0:
        raise ValueError("time runs forwards")
    left = timedelta(minutes=minutes)
    for opening, closing in _spans(hours, start):
        begins = max(opening, start)
        if left <= closing - begins:
            return (begins + left).astimezone(UTC)
        left -= closing - begins
    raise AssertionError("days go on for ever")


def opens(hours: Hours, moment: datetime) -> datetime:
    """The moment itself while the desk is open, else its next opening; in UTC. At closing time it is closed."""
    span = next(span for span in _spans(hours, moment) if moment < span[1])
    return max(span[0], moment).astimezone(UTC)


def is_open(hours: Hours, moment: datetime) -> bool:
    return opens(hours, moment) == moment


def elapsed(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """Business time between two moments; none when `end` is not after `start`."""
    gone = _NONE
    _aware(end)
    for opening, closing in _spans(hours, start):
        if opening >= end:
            return gone
        gone += max(min(closing, end) - max(opening, start), _NONE)
    raise AssertionError("days go on for ever")


def _spans(hours: Hours, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Opening hours that end at `start` or later, in UTC, so that what is subtracted is time gone by where clocks are put forward."""
    zone = ZoneInfo(hours.zone)
    day = hours.local(start).date()
    while True:
        if hours.works(day):
            for times in hours.times:
                opening, closing = (datetime.combine(day, moment, zone).astimezone(UTC) for moment in times)
                if closing >= start:
                    yield opening, closing
        day += timedelta(days=1)


@cache
def _calendar(country: str, region: str | None, year: int, language: str = "zh") -> tuple[Mapping[date, str], frozenset[date]]:
    """The holidays of one year by name, and the days worked instead.

    One calendar a year, for the library's own grows while it is asked and is not safe to ask from two threads.
    """
    found = holidays.country_holidays(country, subdiv=region, years=year, expand=False, language={"zh": "zh_CN", "en": "en_US"}[language])
    return dict(found), frozenset(day for day in getattr(found, "weekend_workdays", ()) if day.year == year)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone could be any")
    return moment
