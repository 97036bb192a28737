"""How well scores order and calibrate, with bootstrap intervals."""

from collections.abc import Callable

import numpy as np
from sklearn.linear_model import LogisticRegression

from scoring.training.spec import Floats

RESAMPLES = 300
CALIBRATION_BINS = 10


def auc(risk: Floats, bad: Floats) -> float:
    """Area under the ROC curve: the chance that a defaulted loan has the higher `risk`; ties count half."""
    _, where, counts = np.unique(risk, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[where]
    positives = float(bad.sum())
    negatives = len(bad) - positives
    if not positives or not negatives:
        raise ValueError("both outcomes are needed")
    return float((ranks[bad > 0].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def calibration_error(probability: Floats, bad: Floats, bins: int = CALIBRATION_BINS) -> float:
    """Expected calibration error over `bins` equally wide bins of probability: the usual definition."""
    which = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [abs(probability[which == b].sum() - bad[which == b].sum()) for b in np.unique(which)]
    return float(sum(gaps) / len(bad))


def decile_error(probability: Floats, bad: Floats, bins: int = CALIBRATION_BINS) -> float:
    """The same over equally filled bins, which chance alone keeps further from zero."""
    order = np.argsort(probability, kind="stable")
    gaps = [abs(probability[part].sum() - bad[part].sum()) for part in np.array_split(order, bins)]
    return float(sum(gaps) / len(bad))


def recalibrated(log_odds: Floats, bad: Floats, seed: int) -> Floats:
    """Probabilities from intercept and slope fitted on one random half and applied to the other, both ways."""
    half = np.random.default_rng(seed).permutation(len(bad)) % 2 == 0
    result = np.empty(len(bad))
    for fit, use in ((half, ~half), (~half, half)):
        model = LogisticRegression(C=1e6).fit(log_odds[fit, None], bad[fit])
        result[use] = model.predict_proba(log_odds[use, None])[:, 1]
    return result


def with_interval(
    measure: Callable[[Floats, Floats], float], first: Floats, bad: Floats, seed: int, resamples: int | None = None
) -> dict[str, float]:
    """`measure` with the 95 % percentile interval over resampled loans, RESAMPLES times unless told otherwise."""
    rng = np.random.default_rng(seed)
    draws = []
    for _ in range(resamples or RESAMPLES):
        pick = rng.integers(0, len(bad), len(bad))
        draws.append(measure(first[pick], bad[pick]))
    low, high = np.percentile(draws, [2.5, 97.5])
    return {"value": round(measure(first, bad), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def chance_level(measure: Callable[[Floats, Floats], float], probability: Floats, seed: int, resamples: int | None = None) -> float:
    """What `measure` shows on average when `probability` is exactly right: the floor set by the number of loans."""
    rng = np.random.default_rng(seed)
    draws = [measure(probability, (rng.random(len(probability)) < probability).astype(float)) for _ in range(resamples or RESAMPLES)]
    return round(float(np.mean(draws)), 4)
