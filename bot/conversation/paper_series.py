"""How much of a series is kept with its paper: it is stored with the dialogue on every turn, so it stays small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nlu.uploads.flows.series import AgeingSeries, FlowSeries, RefundSeries, SalesSeries, Series, StockSeries

#: Months of a list that are kept, the latest; and names, the largest.
_MONTHS, _NAMED = 36, 10
#: So many days are kept of all accounts together, of the latest files: six accounts over half a year, some fifty kilobytes.
_DAYS = 6 * 182


def shortened(series: Series | None) -> Series | None:
    """A series without its long tail: the latest months, and the largest partners or items."""
    match series:
        case FlowSeries():
            return replace(series, months=series.months[-_MONTHS:])
        case SalesSeries():
            return replace(series, months=series.months[-_MONTHS:], partners=series.partners[:_NAMED])
        case RefundSeries():
            return series
        case AgeingSeries():
            return replace(series, partners=series.partners[:_NAMED])
        case StockSeries():
            return StockSeries(series.items[:_NAMED])
    return None


def days_of(series: Series | None) -> int:
    """On how many days money moved, as far as the series has days."""
    return len(series.days) if isinstance(series, FlowSeries) else 0


def with_days(accounts: Sequence[tuple[str, int]]) -> frozenset[str]:
    """Which of these files keep their days: the latest, of those in the order in which they came, each with how many days it has."""
    kept, count = set(), 0
    for name, days in reversed(accounts):
        count += days
        if count > _DAYS:
            break
        kept.add(name)
    return frozenset(kept)


def without_days(series: Series | None) -> Series | None:
    """A series by month only."""
    return replace(series, days=(), since=None, until=None) if isinstance(series, FlowSeries) else series
