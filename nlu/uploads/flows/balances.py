"""Which sign the amounts of a ledger have and in which order they happened: what its running balance bears out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from nlu.uploads.flows.entries import Ledger, Raw

Sign = Callable[[Raw], Decimal | None]
#: Days with more rows than this are not put in order by their balances.
_MOST_OF_A_DAY = 400
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Movement:
    """A row with its signed amount: in is positive. None when the row does not say which it is.

    `side` is +1 when it is booked among what comes in: a negative amount there takes income back.
    """

    raw: Raw
    amount: Decimal | None
    side: int


@dataclass(frozen=True)
class Break:
    """Two rows between which the balance does not add up, and what is missing between them."""

    before: Raw | None
    after: Raw
    difference: Decimal


@dataclass(frozen=True)
class Read:
    """The movements in the order in which they happened. `links` counts the balances that could be compared."""

    movements: tuple[Movement, ...]
    links: int
    breaks: tuple[Break, ...]
    #: the balance tells money in from money out; otherwise the list's own words do, or nothing (`sure` is False)
    sure: bool
    opening: Decimal | None
    closing: Decimal | None


def _two(raw: Raw) -> Decimal | None:
    if raw.income is None and raw.expense is None:
        return _NOTHING if raw.balance is not None else None
    return (raw.income or _NOTHING) - (raw.expense or _NOTHING)


def _two_written_negative(raw: Raw) -> Decimal | None:
    """Expenses that carry their minus sign in a column of their own."""
    return (raw.income or _NOTHING) + (raw.expense or _NOTHING)


def _two_turned(raw: Raw) -> Decimal | None:
    """Debit and credit as the firm's own books have them."""
    return (raw.expense or _NOTHING) - (raw.income or _NOTHING)


def _flagged(raw: Raw) -> Decimal | None:
    if raw.amount is None or not raw.flag:
        return None if raw.amount else _NOTHING
    return raw.amount * raw.flag


def _flagged_size(raw: Raw) -> Decimal | None:
    if raw.amount is None or not raw.flag:
        return None if raw.amount else _NOTHING
    return abs(raw.amount) * raw.flag


def _flagged_turned(raw: Raw) -> Decimal | None:
    value = _flagged(raw)
    return None if value is None else -value


def _signed(raw: Raw) -> Decimal | None:
    return raw.amount


def _unsigned(raw: Raw) -> Decimal | None:
    return None if raw.amount is None else -raw.amount


def _ways(book: Ledger) -> list[Sign]:
    """The readings of the amounts that the columns admit, the likeliest first."""
    raws = [raw for raw in book.raws if raw.moved]
    if any(raw.income is not None or raw.expense is not None for raw in raws):
        negative = [raw.expense <= 0 for raw in raws if raw.expense]
        first: list[Sign] = [_two_written_negative, _two] if negative and all(negative) else [_two, _two_written_negative]
        return [*first, _two_turned] if book.sided else first
    if any(raw.flag for raw in raws):
        out = [raw.amount for raw in raws if raw.flag == -1 and raw.amount]
        into = [raw.amount for raw in raws if raw.flag == 1 and raw.amount]
        written = bool(out) and all(value < 0 for value in out) and all(value > 0 for value in into)
        ways: list[Sign] = [_flagged_size, _flagged] if written else [_flagged, _flagged_size]
        return [*ways, _flagged_turned] if book.sided else ways
    return [_signed, _unsigned]


def read(book: Ledger, opening: Decimal | None, closing: Decimal | None) -> Read:
    """The reading with the most balances that add up; of equals, the likeliest way and the order of the dates."""
    raws = list(book.raws)
    best: tuple[int, list[Raw], Sign] | None = None
    ways = _ways(book)
    scores: dict[Sign, int] = {}
    for sign in ways:
        for order in _orders(raws):
            fits = len(order) - len(_breaks(order, sign, None))
            scores[sign] = max(scores.get(sign, 0), fits)
            if best is None or fits > best[0]:
                best = fits, order, sign
    assert best is not None
    fits, order, sign = best
    links = sum(raw.balance is not None for raw in order)
    decided = links > 1 and all(score < fits for way, score in scores.items() if way is not sign and _differs(order, way, sign))
    order = _put_in_order(order, sign)
    start = opening if opening is not None else (book.openings[0].balance if len(book.openings) == 1 else None)
    breaks = _breaks(order, sign, start)
    movements = tuple(Movement(raw, sign(raw), _side(raw, sign)) for raw in order)
    last = next((raw.balance for raw in reversed(order) if raw.balance is not None), None)
    return Read(movements, links, tuple(breaks), decided or _told(order), start, last if last is not None else closing)


def _side(raw: Raw, sign: Sign) -> int:
    """Where the row is booked: by its column or flag; by its sign where there is only one column."""
    if raw.income or raw.expense:
        side = 1 if raw.income else -1
    elif raw.flag:
        side = raw.flag
    else:
        return 1 if (sign(raw) or _NOTHING) > 0 else -1
    if sign in (_two_turned, _flagged_turned):
        return -side
    return side if sign in (_two, _flagged) else (1 if (sign(raw) or _NOTHING) > 0 else -1)


def _told(order: Sequence[Raw]) -> bool:
    """Whether the list itself says in or out: in two columns, by a flag, or with amounts of both signs."""
    if any(raw.income is not None or raw.expense is not None or raw.flag for raw in order):
        return True
    return len({raw.amount > 0 for raw in order if raw.amount}) == 2


def _differs(order: Sequence[Raw], one: Sign, other: Sign) -> bool:
    return any(one(raw) != other(raw) for raw in order)


def _orders(raws: list[Raw]) -> list[list[Raw]]:
    """As it stands when its days rise, turned when they fall; sorted by day when neither."""
    dated = [raw.day for raw in raws if raw.day is not None]
    rising = all(after >= before for before, after in pairwise(dated))
    falling = all(after <= before for before, after in pairwise(dated))
    turned = raws[::-1]
    if len(dated) == len(raws) and not rising and not falling:
        return [sorted(raws, key=_day), sorted(turned, key=_day), raws, turned]
    if rising and falling:
        return [raws, turned]
    if rising:
        return [raws, sorted(turned, key=_day)] if len(dated) == len(raws) else [raws]
    return [turned, sorted(raws, key=_day)] if len(dated) == len(raws) else [turned]


def _day(raw: Raw) -> int:
    return raw.day.toordinal() if raw.day else 0


def _breaks(order: Sequence[Raw], sign: Sign, opening: Decimal | None) -> list[Break]:
    """Where the balance does not follow. Rows without a balance are added up until the next one that has it."""
    found: list[Break] = []
    known, before, moved = opening, None, _NOTHING
    for raw in order:
        moved += sign(raw) or _NOTHING
        if raw.balance is None:
            continue
        if known is not None and known + moved != raw.balance:
            found.append(Break(before, raw, raw.balance - known - moved))
        known, before, moved = raw.balance, raw, _NOTHING
    return found


def _put_in_order(order: list[Raw], sign: Sign) -> list[Raw]:
    """Rows of one day in the order in which their balances follow one another, where the list has them in another."""
    if not _breaks(order, sign, None) or any(raw.balance is None or raw.day is None for raw in order):
        return order
    done: list[Raw] = []
    for _, group in groupby(order, key=_day):
        rows = list(group)
        known = done[-1].balance if done else None
        chained = _chain(rows, sign, known) if 1 < len(rows) <= _MOST_OF_A_DAY else None
        done.extend(chained or rows)
    return done if len(_breaks(done, sign, None)) < len(_breaks(order, sign, None)) else order


def _chain(rows: list[Raw], sign: Sign, known: Decimal | None) -> list[Raw] | None:
    """The rows so that each balance follows from the one before; None when there is no such order."""
    left, chain = list(rows), []
    if known is None:
        ends = {row.balance for row in rows}
        starts = [row for row in rows if (row.balance or _NOTHING) - (sign(row) or _NOTHING) not in ends]
        if len(starts) != 1:
            return None
        known = (starts[0].balance or _NOTHING) - (sign(starts[0]) or _NOTHING)
    while left:
        following = next((row for row in left if known + (sign(row) or _NOTHING) == row.balance), None)
        if following is None:
            return None
        chain.append(following)
        left.remove(following)
        known = following.balance or _NOTHING
    return chain
