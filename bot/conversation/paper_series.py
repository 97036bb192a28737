"""How much of a series is kept with its paper: it is stored with the dialogue on every turn, so it stays small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlu.uploads.flows.series import AgeingSeries, FlowSeries, SalesSeries, Series, StockSeries

#: Months of a list that are kept, the latest; and names, the largest.
_MONTHS, _NAMED = 36, 10
#: Of so many accounts, the latest, the days are kept: half a year of one takes some eight kilobytes.
_ACCOUNTS = 6


def shortened(series: Series | None) -> Series | None:
    """A series without its long tail: the latest months, and the largest partners or items."""
    match series:
        case FlowSeries():
            return replace(series, months=series.months[-_MONTHS:])
        case SalesSeries():
            return replace(series, months=series.months[-_MONTHS:], partners=series.partners[:_NAMED])
        case AgeingSeries():
            return replace(series, partners=series.partners[:_NAMED])
        case StockSeries():
            return StockSeries(series.items[:_NAMED])
    return None


def has_days(series: Series | None) -> bool:
    return isinstance(series, FlowSeries) and bool(series.days)


def with_days(accounts: Sequence[str]) -> frozenset[str]:
    """Which of these accounts, in the order in which they came, keep their days."""
    return frozenset(accounts[-_ACCOUNTS:])


def without_days(series: Series | None) -> Series | None:
    """A series by month only."""
    return replace(series, days=(), since=None, until=None) if isinstance(series, FlowSeries) else series
