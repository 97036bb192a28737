"""The rate at which a lender earns most on a grade: a higher rate brings more on each loan, and more borrowers walk away.

How many walk away is counted, not assumed: `rate_vs_client_loss.csv`, statistics of 2019 for one-year loans of 100,000 to 1,000,000 yuan
at 4 % to 15 % to Chinese small firms, by credit grade A, B and C (China Undergraduate Mathematical Contest in Modelling 2020, problem C,
annex 3; rounded to four places). It has no figures for D and E, whose nearest is C. Rates, probabilities and shares are fractions a year.

For each yuan of a loan offered at rate r to a firm with default probability p, the lender earns

    (1 - left(r)) x (r x (1 - p) - p x lgd - funding - operating)
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from scoring.quote import ASSUMPTIONS, Assumptions

ZERO, ONE = Decimal(0), Decimal(1)
STEP = Decimal("0.0005")
#: The grade whose borrowers' behaviour stands for one that was not counted.
STANDS_FOR: Mapping[str, str] = {"D": "C", "E": "C"}


@dataclass(frozen=True, slots=True)
class LossCurve:
    """The share of borrowers of one grade that walk away at each rate; never falls as the rate rises, straight between its points."""

    rates: tuple[Decimal, ...]
    left: tuple[Decimal, ...]

    def at(self, rate: Decimal) -> Decimal:
        """The share that walks away; outside the rates counted the nearest one counted."""
        place = bisect_right(self.rates, rate)
        if place == 0:
            return self.left[0]
        if place == len(self.rates):
            return self.left[-1]
        low, high = self.rates[place - 1], self.rates[place]
        return self.left[place - 1] + (self.left[place] - self.left[place - 1]) * (rate - low) / (high - low)


@dataclass(frozen=True, slots=True)
class RateChoice:
    """The rate a lender would choose, the share of borrowers that then stays, and what it earns for each yuan offered."""

    rate: Decimal
    stays: Decimal
    earned: Decimal


@cache
def loss_curves() -> Mapping[str, LossCurve]:
    """The curves by grade, as counted."""
    with Path(__file__).with_name("rate_vs_client_loss.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rates = tuple(Decimal(row["annual_rate"]) for row in rows)
    return {grade: LossCurve(rates, never_falling([Decimal(row[grade]) for row in rows])) for grade in ("A", "B", "C")}


def highest_counted() -> Decimal:
    """The highest rate at which walking away was counted."""
    return max(curve.rates[-1] for curve in loss_curves().values())


def curve_of(grade: str) -> LossCurve:
    """The curve of a grade, or of the grade that stands for it. Raises `KeyError` for what is no grade."""
    return loss_curves()[STANDS_FOR.get(grade, grade)]


def never_falling(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The nearest values that never fall: neighbours in the wrong order are pooled to their mean (counts of small groups wobble)."""
    pools: list[list[Decimal]] = []
    for value in values:
        pools.append([value])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    return tuple(_mean(pool) for pool in pools for _ in pool)


def _mean(pool: Sequence[Decimal]) -> Decimal:
    return sum(pool, ZERO) / len(pool)


def earned(rate: Decimal, curve: LossCurve, pd: Decimal, assumptions: Assumptions = ASSUMPTIONS, lgd: Decimal | None = None) -> Decimal:
    """What a lender earns a year for each yuan offered at `rate`; negative where its costs are not covered."""
    if not 0 <= pd <= 1:
        raise ValueError(f"a default probability lies between 0 and 1: {pd}")
    lost = assumptions.lgd if lgd is None else lgd
    margin = rate * (ONE - pd) - pd * lost - assumptions.funding - assumptions.operating
    return (ONE - curve.at(rate)) * margin


def best_rate(
    curve: LossCurve, pd: Decimal, assumptions: Assumptions = ASSUMPTIONS, lgd: Decimal | None = None, step: Decimal = STEP
) -> RateChoice | None:
    """The rate at which the lender earns most, in steps of `step`; None where no rate within the curve covers its costs."""
    best = max(rates_between(curve, step), key=lambda rate: (earned(rate, curve, pd, assumptions, lgd), -rate))
    gain = earned(best, curve, pd, assumptions, lgd)
    return RateChoice(best, ONE - curve.at(best), gain) if gain > 0 else None


def rates_between(curve: LossCurve, step: Decimal = STEP) -> Iterable[Decimal]:
    """The rates from the lowest to the highest counted."""
    count = int((curve.rates[-1] - curve.rates[0]) / step)
    return (curve.rates[0] + number * step for number in range(count + 1))
