"""What months of money in, or of sales, show: how much and how steady, which months are strong and weak, and whether it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from scoring.signals.series import CENT, NOTHING, SHARE, Lacking, MonthSum, Need, full_months, total

_YEAR = 12
#: How steady money comes in shows over so many months at least; and growth, half against half, over so many.
_STEADY_FROM, _HALVES_FROM = 3, 6
#: A month so far above or below an average one is strong or weak: our own estimate.
STRONG, WEAK = Decimal("1.2"), Decimal("0.8")
#: With more months apart from the average than this there is no usual month that they could be apart from.
_MOST_APART = 7
#: Up to these variations money comes in steadily, or with some ups and downs: our own estimates.
_STEADY, _UNEVEN = Decimal("0.15"), Decimal("0.35")


class Steadiness(StrEnum):
    STEADY = "steady"
    SOME = "some"
    UNEVEN = "uneven"


@dataclass(frozen=True)
class Monthly:
    """The mean of the full months in yuan, and the standard deviation (population) over that mean; None with too few months."""

    months: tuple[MonthSum, ...]
    mean: Decimal
    variation: Decimal | None

    @property
    def steadiness(self) -> Steadiness | None:
        if self.variation is None:
            return None
        return Steadiness.STEADY if self.variation <= _STEADY else Steadiness.SOME if self.variation <= _UNEVEN else Steadiness.UNEVEN


def monthly(sums: Sequence[MonthSum]) -> Monthly | Lacking:
    """The average month and how far months are from it."""
    months = full_months(sums)
    if not months:
        return Lacking(Need.MONTHS, 0, 1)
    middle = total(months) / len(months)
    if middle <= 0:
        return Lacking(Need.AMOUNT)
    if len(months) < _STEADY_FROM:
        return Monthly(months, middle.quantize(CENT), None)
    spread = sum(((one.amount - middle) ** 2 for one in months), NOTHING) / len(months)
    return Monthly(months, middle.quantize(CENT), (spread.sqrt() / middle).quantize(SHARE))


@dataclass(frozen=True)
class Seasons:
    """Each calendar month (1 to 12) against an average month, which is 1; the strong and the weak ones, strongest and weakest first.

    `years` is how many whole years they are seen in: what happened once may not come again.
    """

    index: tuple[tuple[int, Decimal], ...]
    strong: tuple[int, ...]
    weak: tuple[int, ...]
    years: int

    @property
    def regular(self) -> bool:
        """Whether most months are like an average one; else they differ too much to speak of seasons."""
        return len(self.strong) + len(self.weak) <= _MOST_APART

    def of(self, month: int) -> Decimal:
        return dict(self.index)[month]


def seasons(sums: Sequence[MonthSum]) -> Seasons | Lacking:
    """Strong and weak months over the latest whole years: nothing less than twelve months shows them."""
    months = full_months(sums)
    years = min(len(months) // _YEAR, 3)
    if not years:
        return Lacking(Need.MONTHS, len(months), _YEAR)
    used = months[-_YEAR * years :]
    average = total(used) / len(used)
    if average <= 0 or any(one.amount < 0 for one in used):
        return Lacking(Need.AMOUNT)
    # Each year is measured by its own average, so that growth is not taken for a season.
    parts = [used[first : first + _YEAR] for first in range(0, len(used), _YEAR)]
    if any(total(part) <= 0 for part in parts):
        return Lacking(Need.AMOUNT)
    found: dict[int, list[Decimal]] = {}
    for part in parts:
        for one in part:
            found.setdefault(one.month.month, []).append(one.amount * _YEAR / total(part))
    index = {month: (sum(shares, NOTHING) / len(shares)).quantize(SHARE) for month, shares in found.items()}
    strong = sorted((month for month in index if index[month] >= STRONG), key=lambda month: (-index[month], month))
    weak = sorted((month for month in index if index[month] <= WEAK), key=lambda month: (index[month], month))
    return Seasons(tuple(sorted(index.items())), tuple(strong), tuple(weak), years)


@dataclass(frozen=True)
class Growth:
    """By what fraction the later months exceed the earlier ones.

    `basis` says which: the same months a year before, or one half of the months against the half before it, in which seasons show.
    """

    rate: Decimal
    basis: Literal["year", "halves"]
    earlier: tuple[MonthSum, ...]
    later: tuple[MonthSum, ...]


def growth(sums: Sequence[MonthSum]) -> Growth | Lacking:
    """Growth over the same months of the year before where there are thirteen months and more, else half against half."""
    months = full_months(sums)
    if len(months) > _YEAR:
        basis: Literal["year", "halves"] = "year"
        count = min(len(months) - _YEAR, _YEAR)
        later = months[-count:]
        earlier = months[-count - _YEAR : len(months) - _YEAR]
    elif len(months) >= _HALVES_FROM:
        basis, count = "halves", len(months) // 2
        later, earlier = months[-count:], months[-2 * count : -count]
    else:
        return Lacking(Need.MONTHS, len(months), _HALVES_FROM)
    before = total(earlier)
    if before <= 0:
        return Lacking(Need.AMOUNT)
    return Growth((total(later) / before - 1).quantize(SHARE), basis, earlier, later)
