"""Weight-of-evidence bins: few, well filled, and monotone where a direction is expected.

Weight of evidence here is the log-odds of default in a bin less that of all loans: positive means riskier.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.isotonic import IsotonicRegression

from scoring.training.spec import Floats

PRE_BINS = 24
MIN_SHARE = 0.02  # of the answered loans in a bin
SMOOTHING = 20.0  # loans at the average default share added to every number bin
CHOICE_SMOOTHING = 60.0  # the same for a choice: some industries have only a few loans


@dataclass(frozen=True, slots=True)
class NumberBins:
    """`woe[i]` holds from ``cuts[i - 1]`` up to, not including, ``cuts[i]``."""

    cuts: tuple[float, ...]
    woe: tuple[float, ...]


Bins = NumberBins | dict[str, float]


def woe(bad: float, count: float, share: float, smoothing: float = SMOOTHING) -> float:
    """Smoothed weight of evidence of a bin with `bad` defaults among `count` loans, `share` being the average."""
    rate = (bad + smoothing * share) / (count + smoothing)
    return float(np.log(rate / (1 - rate)) - np.log(share / (1 - share)))


def _edges(values: Floats, pieces: int) -> list[float]:
    """Edges midway between neighbouring values, near the quantiles."""
    levels = np.unique(values)
    if len(levels) < 2:
        return []
    at = np.searchsorted(levels, np.quantile(values, np.linspace(0, 1, pieces + 1)[1:-1]))
    at = np.unique(np.clip(at, 1, len(levels) - 1))
    return [float((levels[i - 1] + levels[i]) / 2) for i in at]


def _tally(values: Floats, bad: Floats, cuts: Sequence[float]) -> tuple[Floats, Floats]:
    which = np.searchsorted(np.asarray(cuts), values, side="right")
    size = len(cuts) + 1
    count = np.bincount(which, minlength=size).astype(np.float64)
    return count, np.bincount(which, weights=bad, minlength=size).astype(np.float64)


def _drop_small(values: Floats, bad: Floats, cuts: list[float]) -> list[float]:
    while cuts:
        count, _ = _tally(values, bad, cuts)
        small = int(np.argmin(count))
        if count[small] >= MIN_SHARE * len(values):
            break
        cuts = cuts[: max(small - 1, 0)] + cuts[max(small - 1, 0) + 1 :]
    return cuts


def _monotone(values: Floats, bad: Floats, cuts: list[float], risk_rises: bool) -> list[float]:
    count, defaults = _tally(values, bad, cuts)
    rate = defaults / np.maximum(count, 1)
    fitted = IsotonicRegression(increasing=risk_rises).fit_transform(np.arange(len(rate)), rate, sample_weight=count)
    return [cut for i, cut in enumerate(cuts) if abs(fitted[i + 1] - fitted[i]) > 1e-9]


def _merge_alike(values: Floats, bad: Floats, cuts: list[float], max_bins: int) -> list[float]:
    """Join the two neighbours that differ least, until few enough are left and each pair differs clearly."""
    while cuts:
        count, defaults = _tally(values, bad, cuts)
        rate = defaults / count
        pooled = (defaults[:-1] + defaults[1:]) / (count[:-1] + count[1:])
        spread = np.sqrt(np.maximum(pooled * (1 - pooled), 1e-9) * (1 / count[:-1] + 1 / count[1:]))
        distance = np.abs(np.diff(rate)) / spread
        nearest = int(np.argmin(distance))
        if len(cuts) < max_bins and distance[nearest] >= 1.5:
            break
        cuts = cuts[:nearest] + cuts[nearest + 1 :]
    return cuts


def number_bins(values: Floats, bad: Floats, direction: str, max_bins: int, cuts: Sequence[float] = ()) -> NumberBins:
    """Bins of a number from its answered loans. `direction` is that of points: rising, falling or none."""
    edges = list(cuts) or _drop_small(values, bad, _edges(values, PRE_BINS))
    if direction != "none":
        edges = _monotone(values, bad, edges, risk_rises=direction == "falling")
    if not cuts:
        edges = _merge_alike(values, bad, edges, max_bins)
        if direction != "none":
            edges = _monotone(values, bad, edges, risk_rises=direction == "falling")
    count, defaults = _tally(values, bad, edges)
    share = float(bad.mean())
    weights = [woe(b, n, share) for b, n in zip(defaults, count, strict=True)]
    if direction != "none":  # smoothing may turn two close bins round; the promise of the card is the stronger
        accumulate = np.maximum.accumulate if direction == "falling" else np.minimum.accumulate
        weights = [float(weight) for weight in accumulate(weights)]
    return NumberBins(tuple(edges), tuple(weights))


def choice_bins(values: Sequence[str], bad: Floats, groups: Sequence[Sequence[str]] = ()) -> dict[str, float]:
    """Weight of evidence for each choice, drawn towards zero where there are few; choices of a group share theirs."""
    share, names = float(bad.mean()), np.asarray(values)
    grouped = {name for group in groups for name in group}
    found: dict[str, float] = {}
    for group in [*groups, *([name] for name in sorted(set(values) - grouped))]:
        here = np.isin(names, list(group))
        weight = woe(float(bad[here].sum()), float(here.sum()), share, CHOICE_SMOOTHING)
        found |= dict.fromkeys(group, weight)
    return dict(sorted(found.items()))
