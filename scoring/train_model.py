"""Fitting a block: bins, one logistic regression with constrained signs, then points centred on *not answered*."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from scoring.card import choice_key, feature_points
from scoring.card_schema import Block, Card, Feature
from scoring.train_bins import Floats, NumberBins, choice_bins, number_bins
from scoring.train_data import Loan
from scoring.train_spec import Spec

Bins = NumberBins | dict[str, float]
BLANK_COPIES = 4  # copies of the loans in which facts are blanked at random, beside the loans as they are
BLANK_SHARE = 0.3  # of the facts in those copies


@dataclass(frozen=True, slots=True)
class Scale:
    """Points at `odds` of repaying, and points that double the odds."""

    points: float = 600.0
    odds: float = 50.0
    double: float = 20.0

    @property
    def factor(self) -> float:
        """Points for one unit of log-odds."""
        return self.double / math.log(2)


def sigmoid(log_odds: Floats) -> Floats:
    """Probabilities from log-odds."""
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=float)


def logit(share: float) -> float:
    """Log-odds of a probability."""
    return math.log(share / (1 - share))


def value_of(spec: Spec, facts: dict[str, float | str]) -> float | str | None:
    """The value a feature bins, None when not answered."""
    values = [facts.get(name) for name in spec.inputs]
    if any(value is None for value in values):
        return None
    if len(values) == 1:
        return values[0]
    top, bottom = values
    return float(top) / float(bottom) if bottom else None  # type: ignore[arg-type]


def _woe_of(bins: Bins, value: float | str | None) -> float:
    if value is None:
        return 0.0
    if isinstance(bins, dict):
        return bins.get(choice_key(value), 0.0)
    return bins.woe[int(np.searchsorted(np.asarray(bins.cuts), float(value), side="right"))]


def _fit_bins(spec: Spec, loans: Sequence[Loan]) -> Bins:
    answered = [(value_of(spec, loan.facts), loan.defaulted) for loan in loans]
    pairs = [(value, bad) for value, bad in answered if value is not None]
    if not pairs:
        return NumberBins((), (0.0,)) if spec.kind == "number" else {}
    bad = np.array([float(outcome) for _, outcome in pairs])
    if spec.kind != "number":
        return choice_bins([choice_key(value) for value, _ in pairs], bad)
    return number_bins(np.array([float(value) for value, _ in pairs]), bad, spec.direction, spec.max_bins, spec.cuts)


def _matrix(specs: Sequence[Spec], bins: Sequence[Bins], loans: Sequence[Loan]) -> Floats:
    return np.array([[_woe_of(b, value_of(s, loan.facts)) for s, b in zip(specs, bins, strict=True)] for loan in loans])


def _blanked(specs: Sequence[Spec], matrix: Floats, rng: np.random.Generator) -> Floats:
    """`matrix` with the features set to zero whose facts were blanked at random."""
    facts = sorted({name for spec in specs for name in spec.inputs})
    known = {name: rng.random(len(matrix)) >= BLANK_SHARE for name in facts}
    keep = np.column_stack([np.logical_and.reduce([known[name] for name in spec.inputs]) for spec in specs])
    return np.asarray(matrix * keep, dtype=float)


def constrained_weights(matrix: Floats, bad: Floats) -> Floats:
    """Coefficients, none negative: a feature that would turn round is taken out and the rest fitted again."""
    used = [i for i in range(matrix.shape[1]) if matrix[:, i].any()]
    weights = np.zeros(matrix.shape[1])
    while used:
        fitted = LogisticRegression(C=1.0, max_iter=500).fit(matrix[:, used], bad).coef_[0]
        if (fitted >= 0).all():
            weights[used] = fitted
            break
        used.pop(int(np.argmin(fitted)))
    return weights


def _centres(effects: Floats, answered: Floats, base_rate: float) -> Floats:
    """What to take off each feature's log-odds so that the mean probability of the loans is the base rate.

    First each feature alone, then a common remainder in proportion to each feature's variance.
    """
    start, centres = logit(base_rate), np.zeros(effects.shape[1])

    def solve(columns: Floats, step: Floats) -> float:
        low, high = -5.0, 5.0
        for _ in range(60):
            middle = (low + high) / 2
            if sigmoid(start + columns - middle * step).mean() > base_rate:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    for i in range(effects.shape[1]):
        if effects[:, i].any():
            centres[i] = solve(effects[:, i], answered[:, i])
    variance = effects.var(axis=0)
    if variance.sum() > 0:
        share = variance / variance.sum()
        total = (effects - centres * answered).sum(axis=1)
        centres += share * solve(total, (share * answered).sum(axis=1))
    return centres


def _feature(spec: Spec, bins: Bins, to_points: float, centre: float, importance: float) -> Feature:
    """The card's line; zero points for *not answered*, the neutral firm."""
    flat = isinstance(bins, NumberBins) and not bins.cuts
    woes = [0.0] if flat else list(bins.values() if isinstance(bins, dict) else bins.woe)
    points = tuple(0.0 if flat else round(-(to_points * one) + centre, 1) for one in woes)
    return Feature(
        name=spec.name,
        inputs=spec.inputs,
        transform="value" if len(spec.inputs) == 1 else "ratio",
        kind=spec.kind,
        direction=spec.direction,
        importance=round(importance, 2),
        missing_points=0.0,
        cuts=bins.cuts if isinstance(bins, NumberBins) else (),
        points=points if isinstance(bins, NumberBins) else (),
        values=dict(zip(bins, points, strict=True)) if isinstance(bins, dict) else {},
        lower=spec.lower,
        higher=spec.higher,
        improve=spec.improve,
    )


def fit_block(name: str, specs: Sequence[Spec], loans: Sequence[Loan], base_rate: float, seed: int, scale: Scale) -> Block:
    """A block trained on `loans`, centred at `base_rate` (12-month). The same seed gives the same block."""
    rng = np.random.default_rng(seed)
    bad = np.array([float(loan.defaulted) for loan in loans])
    bins = [_fit_bins(spec, loans) for spec in specs]
    matrix = _matrix(specs, bins, loans)
    rows = [matrix, *(_blanked(specs, matrix, rng) for _ in range(BLANK_COPIES))]
    weights = constrained_weights(np.vstack(rows), np.tile(bad, len(rows)))
    effects = matrix * weights
    answered = np.array([[float(value_of(spec, loan.facts) is not None) for spec in specs] for loan in loans])
    centres = _centres(effects, answered, base_rate)
    spreads = effects.std(axis=0) * scale.factor
    features = tuple(
        _feature(spec, one, float(weights[i]) * scale.factor, float(centres[i]) * scale.factor, float(spreads[i]))
        for i, (spec, one) in enumerate(zip(specs, bins, strict=True))
    )
    return Block(name, features)


def points_of(card: Card, loans: Sequence[Loan]) -> Floats:
    """Points of each loan's firm by `card`, unrounded."""

    totals = []
    for loan in loans:
        total = card.base_points
        for block in card.blocks:
            for feature in block.features:
                points = feature_points(feature, loan.facts)
                total += feature.missing_points if points is None else points
        totals.append(total)
    return np.array(totals)
