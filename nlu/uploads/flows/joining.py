"""Statements of one account that follow each other, or overlap, as one: what stands in both counts once.

Balances hold them together: what was left at the end of one is what the next begins with. A balance that does not is said, not smoothed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nlu.uploads.document import Document, Period
from nlu.uploads.flows import months
from nlu.uploads.flows.series import AccountMark, DayFlow, FlowSeries, MonthFlow

#: An account may rest for so many days between two statements before a gap is said.
_QUIET_DAYS = 7
#: Days that two statements without any mark must have in common, with the same money, to be of one account.
_ALIKE = 3
_KEPT_DAYS = 182
_DAY = timedelta(days=1)
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Part:
    """One statement or bill: its kind, whose it is, the days that it covers and what it says of them."""

    document: Document
    holder: str | None
    period: Period
    series: FlowSeries


@dataclass(frozen=True, slots=True)
class Seam:
    """Where two statements meet: what was left on the account before `day` by the earlier one, and by the later one, in yuan."""

    day: date
    left: Decimal
    begins: Decimal


@dataclass(frozen=True)
class Joined:
    """Several statements as one. `twice` counts the days that two of them cover, `gaps` are days that none does,
    `breaks` the seams whose balances do not meet; `differing` are days of which two of them say different things.
    """

    whole: Part
    twice: int = 0
    gaps: tuple[Period, ...] = ()
    breaks: tuple[Seam, ...] = ()
    differing: tuple[date, ...] = ()


def of_one_account(one: Part, other: Part) -> bool:
    """Whether two statements are surely of one account: by its number, else by balances that meet or days that are alike."""
    if one.document is not other.document:
        return False
    mine, yours = one.series.account, other.series.account
    if _unlike(mine.bank, yours.bank) or _unlike(mine.tail, yours.tail) or _unlike(one.holder, other.holder):
        return False
    if mine.tail is not None and mine.tail == yours.tail:
        return True
    first, later = sorted((one, other), key=_order)
    seam = _seam(first, later)
    if seam is not None:
        return seam.left == seam.begins and seam.left != 0 and not _differing(first, later)
    if later.period.first <= first.period.last:
        return len(_common_days(first, later)) >= _ALIKE and not _differing(first, later)
    # A bill has no balance; an owner has one account with a payment app.
    return one.document is Document.PAYMENT_BILL and mine.bank is not None and mine.bank == yours.bank


def _unlike(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _order(part: Part) -> tuple[date, date]:
    return part.period.first, part.period.last


def joined(parts: Sequence[Part]) -> Joined:
    """Statements of one account as one, whatever their order. Raises IndexError for none."""
    first, *rest = sorted(parts, key=_order)
    found = Joined(first)
    for part in rest:
        found = _with(found, part)
    return found


def _with(found: Joined, later: Part) -> Joined:
    """One more statement, which begins no earlier than what is there."""
    before = found.whole
    seam = _seam(before, later)
    breaks = (seam,) if seam is not None and seam.left != seam.begins else ()
    overlap = max((min(before.period.last, later.period.last) - later.period.first).days + 1, 0)
    silent = Period(before.period.last + _DAY, later.period.first - _DAY) if later.period.first > before.period.last + _DAY else None
    meets = seam is not None and not breaks
    gap = (silent,) if silent is not None and not meets and (silent.last - silent.first).days + 1 > _QUIET_DAYS else ()
    return Joined(
        _one(before, later, bool(gap)),
        found.twice + overlap,
        (*found.gaps, *gap),
        # Days that nobody sent explain why balances do not meet.
        found.breaks if gap else (*found.breaks, *breaks),
        (*found.differing, *_differing(before, later)),
    )


def _one(before: Part, later: Part, apart: bool) -> Part:
    if later.period.last <= before.period.last:
        return before
    period = Period(before.period.first, later.period.last)
    days, since = _days(before, later, apart)
    mine, yours = before.series.account, later.series.account
    series = FlowSeries(
        _months(before, later, apart),
        later.series.left_out,
        later.series.last_balance,
        days,
        since,
        later.series.until if since is not None else None,
        before.series.opening,
        AccountMark(yours.bank or mine.bank, yours.tail or mine.tail),
    )
    return Part(before.document, later.holder or before.holder, period, series)


def _months(before: Part, later: Part, apart: bool) -> tuple[MonthFlow, ...]:
    earlier = {one.month: one for one in before.series.months}
    newer = {one.month: one for one in later.series.months}
    found = []
    for month in sorted(earlier.keys() | newer.keys()):
        one, other = earlier.get(month), newer.get(month)
        if one is not None and other is not None and not one.full and not other.full:
            found.append(_together(one, other, before, later, apart))
        else:
            there = [part for part in (other, one) if part is not None]
            found.append(next((part for part in there if part.full), there[0]))
    return tuple(found)


def _together(one: MonthFlow, other: MonthFlow, before: Part, later: Part, apart: bool) -> MonthFlow:
    """A month of which two statements each cover a part: what both cover is taken off once."""
    last = months.next_month(one.month) - _DAY
    begin, end = max(later.period.first, one.month), min(before.period.last, last)
    inflow, outflow = one.inflow + other.inflow, one.outflow + other.outflow
    known = True
    if begin <= end:
        source = next((part.series for part in (before, later) if part.series.since and part.series.since <= begin), None)
        known = source is not None
        for day in source.days if source is not None else ():
            if begin <= day.day <= end:
                inflow, outflow = inflow - day.inflow, outflow - day.outflow
        if not known:
            inflow, outflow = max(one.inflow, other.inflow), max(one.outflow, other.outflow)
    full = known and not apart and before.period.first <= one.month and later.period.last >= last
    return MonthFlow(one.month, inflow, outflow, full)


def _days(before: Part, later: Part, apart: bool) -> tuple[tuple[DayFlow, ...], date | None]:
    """The days of the last half year, and from when on; those of the later statement where it has them."""
    since, until = later.series.since, later.series.until
    if since is None or until is None:
        return (), None
    if apart or before.series.since is None or since > later.period.first:
        return later.series.days, since
    # Money that moved at the edge of the later one is in both: what it says of that day is whole.
    days = (*(day for day in before.series.days if day.day < since), *later.series.days)
    first = max(before.series.since, until - timedelta(days=_KEPT_DAYS - 1))
    return tuple(day for day in days if day.day >= first), first


def _seam(before: Part, later: Part) -> Seam | None:
    """The balances at the beginning of the later statement; None where either does not say."""
    begins = later.series.opening
    if begins is None:
        return None
    if later.period.first > before.period.last:
        left = before.series.last_balance
    else:
        left = next((day.balance for day in reversed(before.series.days) if day.day < later.period.first), None)
        if before.series.since is None or before.series.since > later.period.first:
            left = None
        if left is None and before.period.first == later.period.first:
            left = before.series.opening
    return None if left is None else Seam(later.period.first, left, begins)


def _common_days(first: Part, later: Part) -> list[tuple[DayFlow, DayFlow]]:
    """The days on which money moved by both statements."""
    known = {day.day: day for day in first.series.days}
    return [(known[day.day], day) for day in later.series.days if day.day in known]


def _differing(first: Part, later: Part) -> tuple[date, ...]:
    """Days that both statements cover by day and of which they say different things; at their edges a day may not be whole."""
    if None in (first.series.since, first.series.until, later.series.since, later.series.until):
        return ()
    assert first.series.since is not None
    assert later.series.since is not None
    begin = max(first.series.since, later.series.since, first.period.first + _DAY, later.period.first + _DAY)
    end = min(first.period.last, later.period.last) - _DAY
    mine, yours = ({day.day: (day.inflow, day.outflow) for day in part.series.days if begin <= day.day <= end} for part in (first, later))
    nothing = (_NOTHING, _NOTHING)
    return tuple(day for day in sorted(mine.keys() | yours.keys()) if mine.get(day, nothing) != yours.get(day, nothing))


def full_run(series: FlowSeries) -> tuple[MonthFlow, ...]:
    """The latest full months without a gap between them, in order."""
    run: list[MonthFlow] = []
    for one in sorted((one for one in series.months if one.full), key=lambda one: one.month, reverse=True):
        if run and months.next_month(one.month) != run[-1].month:
            break
        run.append(one)
    return tuple(reversed(run))
