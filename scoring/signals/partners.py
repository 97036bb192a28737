"""Who buys and what is voided: the customers' shares of the sales, and the share of invoices that were voided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.signals.series import NOTHING, SHARE, Lacking, Need

#: So many customers are named; the rest is one bar.
_NAMED = 5


@dataclass(frozen=True)
class Customers:
    """The largest customers with their shares, 0 to 1, the largest first; `rest` is what all others have together."""

    shares: tuple[tuple[str, Decimal], ...]
    rest: Decimal

    @property
    def largest(self) -> tuple[str, Decimal]:
        return self.shares[0]


def customers(partners: Sequence[tuple[str, Decimal]], whole: Decimal | None = None) -> Customers | Lacking:
    """The customers' shares of `whole`, in yuan, or of what they bought together. A customer without a name is one of the others.

    Customers whom more was given back than they bought count for nothing; the same name twice is one customer.
    """
    sums: dict[str, Decimal] = {}
    for name, amount in partners:
        sums[name] = sums.get(name, NOTHING) + amount
    bought = {name: amount for name, amount in sums.items() if amount > 0}
    every = max(sum(bought.values(), NOTHING), whole or NOTHING)
    named = sorted(((name, amount) for name, amount in bought.items() if name), key=lambda one: (-one[1], one[0]))
    if not named:
        return Lacking(Need.AMOUNT)
    shares = tuple((name, (amount / every).quantize(SHARE)) for name, amount in named[:_NAMED])
    return Customers(shares, max(1 - sum((part for _, part in shares), NOTHING), NOTHING))


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Invoices of a month (its first day), voided ones among them."""

    month: date
    count: int
    void: int


@dataclass(frozen=True)
class Voids:
    """Invoices, how many of them were voided, and that as a fraction, 0 to 1; month by month too."""

    count: int
    void: int
    rate: Decimal
    months: tuple[MonthCount, ...]


def voids(counts: Sequence[MonthCount]) -> Voids | Lacking:
    """The share of invoices that were voided."""
    months = tuple(sorted(counts, key=lambda one: one.month))
    every, void = sum(one.count for one in months), sum(one.void for one in months)
    if not every:
        return Lacking(Need.AMOUNT)
    return Voids(every, void, (Decimal(void) / every).quantize(SHARE), months)
