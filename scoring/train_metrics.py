"""How well scores order and calibrate, with bootstrap intervals; and the alarm for inputs that know the outcome."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from scoring.train_bins import Floats

RESAMPLES = 300
CALIBRATION_BINS = 10
LEAK_THRESHOLD = 0.80


class LeakError(ValueError):
    """A feature alone tells the outcome too well; the message names it."""


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
    measure: Callable[[Floats, Floats], float], first: Floats, bad: Floats, seed: int, resamples: int = RESAMPLES
) -> dict[str, float]:
    """`measure` with the 95 % percentile interval over resampled loans."""
    rng = np.random.default_rng(seed)
    draws = []
    for _ in range(resamples):
        pick = rng.integers(0, len(bad), len(bad))
        draws.append(measure(first[pick], bad[pick]))
    low, high = np.percentile(draws, [2.5, 97.5])
    return {"value": round(measure(first, bad), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def chance_level(measure: Callable[[Floats, Floats], float], probability: Floats, seed: int, resamples: int = RESAMPLES) -> float:
    """What `measure` shows on average when `probability` is exactly right: the floor set by the number of loans."""
    rng = np.random.default_rng(seed)
    draws = [measure(probability, (rng.random(len(probability)) < probability).astype(float)) for _ in range(resamples)]
    return round(float(np.mean(draws)), 4)


def alone(values: Sequence[float | str | None], bad: Sequence[bool]) -> float:
    """How well one feature alone tells the outcome: its AUC in the better direction, choices by default share."""
    pairs = [(value, float(outcome)) for value, outcome in zip(values, bad, strict=True) if value is not None]
    outcomes = np.array([outcome for _, outcome in pairs])
    if len(np.unique(outcomes)) < 2:
        return 0.5
    if isinstance(pairs[0][0], str):
        names = np.array([str(value) for value, _ in pairs])
        shares = {name: float(outcomes[names == name].mean()) for name in np.unique(names)}
        risk = np.array([shares[name] for name in names])
    else:
        risk = np.array([float(value) for value, _ in pairs])
    area = auc(risk, outcomes)
    return max(area, 1 - area)


def check_leaks(
    features: Mapping[str, Sequence[float | str | None]],
    bad: Sequence[bool],
    reviewed: frozenset[str] = frozenset(),
    threshold: float = LEAK_THRESHOLD,
) -> dict[str, float]:
    """The AUC of every feature alone. Raises `LeakError` naming those above `threshold` that nobody reviewed.

    An input that knows the outcome (a loan's final term, a later rating) gives itself away by being too good.
    """
    areas = {name: round(alone(values, bad), 4) for name, values in features.items()}
    leaks = [f"{name} ({area:.3f})" for name, area in areas.items() if area > threshold and name not in reviewed]
    if leaks:
        raise LeakError(
            f"too good to be known at application, AUC alone above {threshold}: {', '.join(leaks)}; "
            "find out when the value is written down, then drop it or add it to the reviewed list"
        )
    return areas
