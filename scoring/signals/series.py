"""What signals are worked out from: amounts by month and by day, in yuan, and the words for what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)
CENT = Decimal("0.01")
SHARE = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class MonthSum:
    """An amount in yuan of a month (its first day). `full` when the list covers all of the month."""

    month: date
    amount: Decimal
    full: bool = True


@dataclass(frozen=True, slots=True)
class DaySum:
    """Money in and out on a day, in yuan. `repaid` is what of the outflow repays loans."""

    day: date
    inflow: Decimal
    outflow: Decimal
    repaid: Decimal = NOTHING


@dataclass(frozen=True)
class Account:
    """The firm's accounts together: money in and out by month, and by day from `since` to `until`, both included.

    `balance` is what was on them at the end of `until`, in yuan; None where not known.
    """

    inflow: tuple[MonthSum, ...]
    outflow: tuple[MonthSum, ...]
    days: tuple[DaySum, ...] = ()
    since: date | None = None
    until: date | None = None
    balance: Decimal | None = None


class Need(StrEnum):
    """What a signal may lack: full months, whole weeks, the accounts' balance, a recent statement, any amount at all."""

    MONTHS = "months"
    WEEKS = "weeks"
    BALANCE = "balance"
    RECENT = "recent"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A signal that cannot be told: of what it needs `need`, and what there is, `have`."""

    what: Need
    have: int = 0
    need: int = 0


def full_months(sums: Sequence[MonthSum]) -> tuple[MonthSum, ...]:
    """The latest full months without a gap between them, in order."""
    run: list[MonthSum] = []
    for one in sorted((one for one in sums if one.full), key=lambda one: one.month, reverse=True):
        if run and following(one.month) != run[-1].month:
            break
        run.append(one)
    return tuple(reversed(run))


def following(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def total(sums: Sequence[MonthSum]) -> Decimal:
    return sum((one.amount for one in sums), NOTHING)
