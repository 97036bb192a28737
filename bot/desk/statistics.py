"""What a desk's cases come to: how many, how soon they were answered, about what, and how their owners liked it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import median, quantiles

from bot.desk.clocks import Hours, elapsed
from bot.desk.model import Ended, Reason

#: Ends of the classes of response times; the last class is open.
CLASSES = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=3), timedelta(hours=8), timedelta(hours=16))
_TOPICS = 8
#: Fewer answers say nothing about the slowest tenth.
_TENTHS_FROM = 10


@dataclass(frozen=True)
class Outline:
    """A case without its words, to be counted."""

    bank: str
    reason: Reason
    about: str | None
    opened_at: datetime
    first_answered_at: datetime | None
    closed_at: datetime | None
    outcome: Ended | None
    rating: int | None


@dataclass(frozen=True)
class Statistics:
    """Figures of a period. `days` are (day, opened, closed); `classes` count first answers by CLASSES; `ratings` those from 1 to 5.

    `typical` and `slow` are the median and the 90th percentile of the business time to the first answer; None where too few were
    answered to say.
    """

    days: tuple[tuple[date, int, int], ...]
    opened: int
    closed: int
    typical: timedelta | None
    slow: timedelta | None
    classes: tuple[int, ...]
    reasons: tuple[tuple[Reason, int], ...]
    topics: tuple[tuple[str, int], ...]
    ratings: tuple[int, ...]
    satisfaction: float | None


def statistics(outlines: Sequence[Outline], first: date, last: date, zone: tzinfo, hours: Mapping[str, Hours]) -> Statistics:
    """Figures of the cases opened, and of those closed, from a first to a last day where the desk is.

    `hours` are the banks' by their ids: waiting counts while a bank is open.
    """

    def inside(moment: datetime | None) -> bool:
        return moment is not None and first <= moment.astimezone(zone).date() <= last

    opened = [one for one in outlines if inside(one.opened_at)]
    # A case that moved on to another bank was not settled here.
    closed = [one for one in outlines if inside(one.closed_at) and one.outcome is not Ended.MOVED]
    waits = [
        elapsed(hours[one.bank], one.opened_at, one.first_answered_at).total_seconds()
        for one in opened
        if one.first_answered_at is not None
    ]
    rated = [one.rating for one in closed if one.rating is not None]
    return Statistics(
        days=_by_day(opened, closed, first, last, zone),
        opened=len(opened),
        closed=len(closed),
        typical=timedelta(seconds=median(waits)) if waits else None,
        slow=timedelta(seconds=quantiles(waits, n=10, method="inclusive")[-1]) if len(waits) >= _TENTHS_FROM else None,
        classes=tuple(_in_class(waits, number) for number in range(len(CLASSES) + 1)),
        reasons=tuple(Counter(one.reason for one in opened).most_common()),
        topics=tuple(Counter(one.about for one in opened if one.about).most_common(_TOPICS)),
        ratings=tuple(rated.count(stars) for stars in range(1, 6)),
        satisfaction=sum(rated) / len(rated) if rated else None,
    )


def _by_day(
    opened: Sequence[Outline], closed: Sequence[Outline], first: date, last: date, zone: tzinfo
) -> tuple[tuple[date, int, int], ...]:
    came = Counter(one.opened_at.astimezone(zone).date() for one in opened)
    went = Counter(one.closed_at.astimezone(zone).date() for one in closed if one.closed_at is not None)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return tuple((day, came[day], went[day]) for day in days)


def _in_class(waits: Sequence[float], number: int) -> int:
    low = CLASSES[number - 1].total_seconds() if number else 0.0
    high = CLASSES[number].total_seconds() if number < len(CLASSES) else math.inf
    return sum(low <= wait < high for wait in waits)
