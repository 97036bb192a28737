"""Every signal of a firm on a day: told, or what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from bot.conversation.papers import OwnerPaper
from bot.conversation.signals.sources import Sources, sources
from knowledge.firm import Firm
from scoring.signals.cycle import Cycle, Margin, cycle, margin
from scoring.signals.monthly import Growth, Monthly, Seasons, growth, monthly, seasons
from scoring.signals.outlook import Outlook, outlook
from scoring.signals.partners import Customers, Voids, customers, voids
from scoring.signals.series import Lacking, MonthSum, Need


class Signal(StrEnum):
    """What can be seen in the figures, in the order in which it is told."""

    OUTLOOK = "outlook"
    INFLOW = "inflow"
    SEASONS = "seasons"
    GROWTH = "growth"
    CUSTOMERS = "customers"
    VOIDS = "voids"
    MARGIN = "margin"
    CYCLE = "cycle"


class Origin(StrEnum):
    """Whose months they are: money in on the accounts, the shop's orders or the invoices."""

    ACCOUNT = "account"
    SHOP = "shop"
    INVOICES = "invoices"


T = TypeVar("T")


@dataclass(frozen=True)
class Of(Generic[T]):
    """A signal with what it was seen in."""

    origin: Origin
    found: T | Lacking


@dataclass(frozen=True)
class Gathered:
    """All signals of a firm. Each is `Lacking` where it cannot be told; of margin and cycle the parts that cannot are None."""

    sources: Sources
    inflow: Of[Monthly]
    seasons: Of[Seasons]
    growth: Of[Growth]
    customers: Customers | Lacking
    voids: Voids | Lacking
    margin: Margin
    cycle: Cycle
    outlook: Outlook | Lacking

    def told(self) -> tuple[Signal, ...]:
        """The signals that can be told."""
        return tuple(one for one in Signal if not self.lacks(one))

    def lacks(self, signal: Signal) -> bool:
        match signal:
            case Signal.MARGIN:
                return self.margin.gross is None and self.margin.net is None
            case Signal.CYCLE:
                return self.cycle.gap is None and self.cycle.route is None
            case Signal.OUTLOOK | Signal.CUSTOMERS | Signal.VOIDS:
                return isinstance(getattr(self, signal), Lacking)
        of: Of[Monthly] | Of[Seasons] | Of[Growth] = getattr(self, signal)
        return isinstance(of.found, Lacking)


def gathered(papers: Sequence[OwnerPaper], firm: Firm, today: date) -> Gathered:
    """Every signal of an owner's firm on a day."""
    known = sources(papers)
    account, invoices = known.account, known.invoices
    return Gathered(
        known,
        _first(known, monthly),
        _first(known, seasons),
        _first(known, growth),
        _customers(known, firm),
        voids(invoices.counts) if invoices is not None else Lacking(Need.AMOUNT),
        margin(firm),
        cycle(firm),
        outlook(account, today) if account is not None else Lacking(Need.WEEKS, 0, 13),
    )


def _first(known: Sources, of: Callable[[Sequence[MonthSum]], T | Lacking]) -> Of[T]:
    """The signal from the accounts, else from the shop, else from the invoices; lacking, what the first of them lacks."""
    months = [
        (origin, sums)
        for origin, sums in (
            (Origin.ACCOUNT, known.account.inflow if known.account else ()),
            (Origin.SHOP, known.shop.months if known.shop else ()),
            (Origin.INVOICES, known.invoices.months if known.invoices else ()),
        )
        if sums
    ]
    found = [Of(origin, of(sums)) for origin, sums in months]
    told = [one for one in found if not isinstance(one.found, Lacking)]
    return next(iter((*told, *found)), Of(Origin.ACCOUNT, of(())))


def _customers(known: Sources, firm: Firm) -> Customers | Lacking:
    """From the invoices; where only the largest one's share is known, that one and all others."""
    if known.invoices is not None and known.invoices.partners:
        return customers(known.invoices.partners, known.invoices.whole)
    share = firm.get("largest_customer_share")
    if not isinstance(share, Decimal):
        return Lacking(Need.AMOUNT)
    return Customers((("", share),), 1 - share)
