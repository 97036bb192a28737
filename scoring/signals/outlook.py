"""The cash of the next thirteen weeks, as far as the last half year repeats itself.

Money in and out follows the weekday, the part of the month and, where a year is known, the season. Loan instalments are recognised and
fall on their days. How far weeks were from that pattern gives the band. What has not happened yet, such as a new loan, is not in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from scoring.signals.instalments import Regular, due_between, regular
from scoring.signals.monthly import Seasons, seasons
from scoring.signals.series import CENT, NOTHING, Account, DaySum, Lacking, Need

WEEKS = 13
_WEEK = timedelta(days=7)
#: A statement that ended longer ago says little about the weeks to come.
_RECENT = timedelta(days=45)
#: The month in parts of so many days: rents, wages and customers have their days.
_PART = 5
#: Of ten weeks one was below the band, and one above.
_BAND = Decimal("0.1")
#: How weeks go together shows in so many of them, and makes the square of the band's width so many times as much.
_TOGETHER, _LEAST, _MOST = 4, Decimal("0.25"), Decimal(3)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the outlook, in yuan: what is expected to come in, to go out and to be repaid, and the cash at its end.

    `low` and `high` bound that cash as far as past weeks were from the pattern.
    """

    first: date
    last: date
    inflow: Decimal
    outflow: Decimal
    repaid: Decimal
    expected: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Outlook:
    """Thirteen weeks from the day after the statement ends; `opening` is the cash at its end, in yuan."""

    opening: Decimal
    weeks: tuple[Week, ...]
    instalments: tuple[Regular, ...]
    seasonal: bool

    @property
    def lowest(self) -> Week:
        """The week at whose end least cash is expected; of equals the first."""
        return min(self.weeks, key=lambda week: week.expected)


def outlook(account: Account, today: date) -> Outlook | Lacking:
    """The outlook, or what it lacks."""
    if account.since is None or account.until is None:
        return Lacking(Need.WEEKS, 0, WEEKS)
    have = ((account.until - account.since).days + 1) // 7
    if have < WEEKS:
        return Lacking(Need.WEEKS, have, WEEKS)
    if account.balance is None:
        return Lacking(Need.BALANCE)
    if today - account.until > _RECENT:
        return Lacking(Need.RECENT, (today - account.until).days, _RECENT.days)
    found = regular(account.days, account.until)
    past = _without(account.days, found)
    season = seasons(account.inflow)
    pattern = _pattern(past, account.since, account.until, season if isinstance(season, Seasons) else None)
    off = _off(past, account.since, account.until, pattern)
    below, above = _band(off)
    weeks: list[Week] = []
    cash, first = account.balance, account.until + timedelta(days=1)
    for number in range(1, WEEKS + 1):
        days = [first + timedelta(days=offset) for offset in range(7)]
        comes = sum((pattern.inflow(day) for day in days), NOTHING).quantize(CENT)
        goes = sum((pattern.outflow(day) for day in days), NOTHING).quantize(CENT)
        repaid = due_between(found, days[0], days[-1])
        cash += comes - goes - repaid
        width = _width(number, off)
        low, high = (cash + width * below).quantize(CENT), (cash + width * above).quantize(CENT)
        weeks.append(Week(days[0], days[-1], comes, goes, repaid, cash, low, high))
        first += _WEEK
    return Outlook(account.balance, tuple(weeks), found, isinstance(season, Seasons))


def _without(days: Sequence[DaySum], found: Sequence[Regular]) -> dict[date, tuple[Decimal, Decimal]]:
    """Money in and out by day without what is repaid regularly."""
    regular_days = {day for one in found for day in one.paid_on}
    past: dict[date, tuple[Decimal, Decimal]] = {}
    for one in days:
        comes, goes = past.get(one.day, (NOTHING, NOTHING))
        past[one.day] = comes + one.inflow, goes + one.outflow - (one.repaid if one.day in regular_days else NOTHING)
    return past


@dataclass(frozen=True)
class _Pattern:
    """What comes in and goes out on a day, in yuan."""

    inflow: Callable[[date], Decimal]
    outflow: Callable[[date], Decimal]


def _pattern(past: dict[date, tuple[Decimal, Decimal]], since: date, until: date, season: Seasons | None) -> _Pattern:
    span = [since + timedelta(days=offset) for offset in range((until - since).days + 1)]

    def of(side: int) -> Callable[[date], Decimal]:
        amounts = {day: past.get(day, (NOTHING, NOTHING))[side] for day in span}
        return _by_day(amounts, season)

    return _Pattern(of(0), of(1))


def _by_day(amounts: dict[date, Decimal], season: Seasons | None) -> Callable[[date], Decimal]:
    """The mean, times what the weekday, the part of the month and the season make of it. Over the past it comes to what it was."""
    whole = sum(amounts.values(), NOTHING)
    mean = whole / len(amounts)
    if mean <= 0:
        return lambda _: NOTHING
    weekday = _factors(amounts, date.weekday, lambda _: mean)
    # What the weekdays explain is no part of the month's.
    part = _factors(amounts, _part_of_month, lambda day: mean * weekday[day.weekday()])

    def raw(day: date) -> Decimal:
        return mean * weekday[day.weekday()] * part[_part_of_month(day)] * (season.of(day.month) if season else 1)

    fitted = sum((raw(day) for day in amounts), NOTHING)
    if fitted <= 0:
        return lambda _: mean
    scale = whole / fitted
    return lambda day: max(raw(day) * scale, NOTHING)


def _part_of_month(day: date) -> int:
    return min((day.day - 1) // _PART, 5)


def _factors(amounts: dict[date, Decimal], group: Callable[[date], int], usual: Callable[[date], Decimal]) -> defaultdict[int, Decimal]:
    """What each group of days comes to over what is usual for its days; 1 for a group that nothing is known of."""
    sums: dict[int, list[Decimal]] = {}
    for day, amount in amounts.items():
        was = sums.setdefault(group(day), [NOTHING, NOTHING])
        was[0], was[1] = was[0] + amount, was[1] + usual(day)
    return defaultdict(lambda: Decimal(1), {name: was / would for name, (was, would) in sums.items() if would})


def _off(past: dict[date, tuple[Decimal, Decimal]], since: date, until: date, pattern: _Pattern) -> list[Decimal]:
    """By how much each whole past week's cash was above its pattern, in yuan, the latest week first."""
    off: list[Decimal] = []
    last = until
    while last - _WEEK + timedelta(days=1) >= since:
        days = [last - timedelta(days=offset) for offset in range(7)]
        was = sum((past.get(day, (NOTHING, NOTHING))[0] - past.get(day, (NOTHING, NOTHING))[1] for day in days), NOTHING)
        off.append(was - sum((pattern.inflow(day) - pattern.outflow(day) for day in days), NOTHING))
        last -= _WEEK
    return off


def _band(off: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """How far below and above its pattern the next week may be in yuan, as past weeks were, but for the furthest tenth on each side."""
    ranked = sorted(off)
    # The week to come is one more beside the past ones, so it is one more of which a tenth lies outside.
    cut = max(int((len(off) + 1) * _BAND) - 1, 0)
    return min(ranked[cut], NOTHING), max(ranked[-1 - cut], NOTHING)


def _width(number: int, off: Sequence[Decimal]) -> Decimal:
    """How much wider the band is after so many weeks than after one.

    Weeks that differ each for itself widen it with the square root of their number, and what the past does not know of the usual week
    adds up with each. Where past weeks made up for one another, as what is bought for what was taken does, or pulled the same way, it
    widens by as much less or more as their fours did.
    """
    alone = Decimal(number * (len(off) + number)) / len(off)
    weeks = sum((one**2 for one in off), NOTHING)
    fours = [sum(off[first : first + _TOGETHER], NOTHING) for first in range(len(off) - _TOGETHER + 1)]
    if not weeks:
        return alone.sqrt()
    pull = sum((one**2 for one in fours), NOTHING) / len(fours) * len(off) / weeks / _TOGETHER
    pull = min(max(pull, _LEAST), _MOST)
    share = Decimal(min(number, _TOGETHER) - 1) / (_TOGETHER - 1)
    return (alone * (1 + share * (pull - 1))).sqrt()
