"""Moments and clocks in words, where the reader is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.channels.console.texts import say
from bot.desk.clocks import Hours, elapsed
from bot.desk.model import Bank, Case

#: An answer that is due within this is shown as urgent.
_SOON = timedelta(minutes=30)


@dataclass(frozen=True)
class Clock:
    """What a case waits for, in words; `state` is late, soon, running, owner (it waits for the owner) or over."""

    state: str
    words: str
    at: str


@dataclass(frozen=True)
class Moments:
    """Puts moments into words for one reader: times are those of the bank's place, what is left or late is its business time."""

    language: str
    now: datetime
    bank: Bank | None = None

    def at(self, moment: datetime) -> str:
        """15:04 today, else the day with it."""
        here, today = moment.astimezone(self._zone), self.now.astimezone(self._zone)
        if here.date() == today.date():
            return f"{here:%H:%M}"
        if here.year == today.year:
            return say("moment_day", self.language, month=here.month, day=here.day, name=_MONTHS[here.month - 1], time=f"{here:%H:%M}")
        return f"{here:%Y-%m-%d %H:%M}"

    def exact(self, moment: datetime) -> str:
        """As programs write it."""
        return moment.astimezone(UTC).isoformat(timespec="seconds")

    def clock(self, case: Case) -> Clock:
        """What a case waits for."""
        if case.status == "closed":
            closed = case.closed_at or case.opened_at
            return Clock("over", say("clock_closed", self.language, at=self.at(closed)), self.exact(closed))
        if case.respond_by is None:
            return Clock("owner", say("clock_owner", self.language), self.exact(case.resolve_by))
        exact = self.exact(case.respond_by)
        if case.respond_by < self.now:
            return Clock("late", say("clock_late", self.language, span=self.span(elapsed(self._hours, case.respond_by, self.now))), exact)
        left = elapsed(self._hours, self.now, case.respond_by)
        words = say("clock_left", self.language, span=self.span(left), at=self.at(case.respond_by))
        return Clock("soon" if left < _SOON else "running", words, exact)

    def span(self, span: timedelta) -> str:
        """A length of time in its largest unit, rounded down; under a minute counts as one."""
        minutes = max(int(span.total_seconds() // 60), 1)
        for unit, size in (("days", 1440), ("hours", 60)):
            if minutes >= size:
                whole, rest = divmod(minutes, size)
                if unit == "hours" and whole < 4 and rest:
                    return say("span_hours_minutes", self.language, hours=whole, minutes=rest)
                return say(f"span_{unit}" if whole > 1 else f"span_{unit}_one", self.language, count=whole)
        return say("span_minutes" if minutes > 1 else "span_minutes_one", self.language, count=minutes)

    @cached_property
    def _hours(self) -> Hours:
        return Hours.of(self.bank.hours if self.bank else {})

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._hours.zone)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
