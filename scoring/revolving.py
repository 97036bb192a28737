"""A revolving line, drawn and repaid on days: interest by the day on what is out, nothing on what is not.

Money is yuan to the fen, rates are fractions a year. A year counts 360 days, as Chinese banks turn a yearly rate into a daily one
(日利率 = 年利率 / 360); the day of repayment bears no interest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.schedule import fen

ZERO = Decimal(0)
DAYS_OF_YEAR = 360


@dataclass(frozen=True, slots=True)
class Movement:
    """Money drawn (positive) or repaid (negative) on a day; a repayment of None settles all that is out."""

    on: date
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `start` up to before `end` on which `balance` was out, and the interest of these days."""

    start: date
    end: date
    balance: Decimal
    interest: Decimal

    @property
    def days(self) -> int:
        return (self.end - self.start).days


def interest_of_days(amount: Decimal, annual_rate: Decimal, days: int) -> Decimal:
    """Yuan of interest on `amount` for so many days. Raises `ValueError` for anything negative."""
    if amount < 0 or annual_rate < 0 or days < 0:
        raise ValueError("amount, rate and days are not negative")
    return fen(amount * annual_rate * days / DAYS_OF_YEAR)


def revolving(
    movements: Sequence[Movement], annual_rate: Decimal, until: date | None = None, limit: Decimal | None = None
) -> tuple[Stretch, ...]:
    """The stretches of time in which the same sum was out, to the last movement or to `until`.

    Raises `ValueError` for a repayment of more than is out, a drawing above `limit`, or an `until` before the last movement.
    """
    ordered = sorted(movements, key=lambda movement: movement.on)
    last = ordered[-1].on if ordered else None
    if until is not None and last is not None and until < last:
        raise ValueError("the line ends after its last movement")
    stretches: list[Stretch] = []
    balance, since = ZERO, last
    for movement in ordered:
        if balance and since is not None and movement.on > since:
            stretches.append(_stretch(since, movement.on, balance, annual_rate))
        balance = ZERO if movement.amount is None else balance + movement.amount
        since = movement.on
        if balance < 0:
            raise ValueError("more is repaid than is out")
        if limit is not None and balance > limit:
            raise ValueError("more is drawn than the line allows")
    if balance and until is not None and since is not None and until > since:
        stretches.append(_stretch(since, until, balance, annual_rate))
    return tuple(stretches)


def _stretch(start: date, end: date, balance: Decimal, annual_rate: Decimal) -> Stretch:
    return Stretch(start, end, balance, interest_of_days(balance, annual_rate, (end - start).days))
