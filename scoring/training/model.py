"""Fitting a block: bins, one logistic regression with constrained signs, then points centred on *not answered*."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from scoring.card import block_points
from scoring.card_schema import Block, Feature, Wording
from scoring.training.lines import Line, evidence_line, worths
from scoring.training.spec import Column, Floats, Observed, Spec, Table, known


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


@dataclass(frozen=True, slots=True)
class Plan:
    """How a block is fitted.

    `blank_copies` copies of the firms, in which `blank_share` of the facts are blanked at random, stand beside the firms
    as they are, so that weights also serve whoever answers little. From `absence_from` answered features on, a feature
    not answered may carry points; `limit` holds the block's points.
    """

    name: str
    label: Wording
    specs: tuple[Spec, ...]
    limit: float
    absence_from: int = 1
    blank_copies: int = 4
    blank_share: float = 0.3


def sigmoid(log_odds: Floats) -> Floats:
    """Probabilities from log-odds."""
    return np.asarray(1 / (1 + np.exp(-log_odds)), dtype=float)


def logit(share: float) -> float:
    """Log-odds of a probability."""
    return math.log(share / (1 - share))


def constrained_weights(matrix: Floats, bad: Floats) -> Floats:
    """Coefficients, none negative: a feature that would turn round is taken out and the rest fitted again."""
    used = [i for i in range(matrix.shape[1]) if matrix[:, i].any()]
    weights = np.zeros(matrix.shape[1])
    while used:
        fitted = LogisticRegression(C=1.0, max_iter=1000).fit(matrix[:, used], bad).coef_[0]
        if (fitted >= 0).all():
            weights[used] = fitted
            break
        used.pop(int(np.argmin(fitted)))
    return weights


def _centres(effects: Floats, answered: Floats, base_rate: float) -> Floats:
    """What to take off each feature's log-odds so that the mean probability of the firms is the base rate.

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


def feature_of(spec: Spec, points: Sequence[float], cuts: Sequence[float], values: Mapping[str, float], **more: float) -> Feature:
    """The card's line of a feature. `more` are its importance and missing points."""
    return Feature(
        name=spec.name,
        formula=spec.formula,
        kind=spec.kind,
        direction=spec.direction,
        importance=round(more["importance"], 2),
        missing_points=round(more.get("missing_points", 0.0), 1),
        cuts=tuple(cuts),
        points=tuple(points),
        values=dict(values),
        lower=spec.lower,
        higher=spec.higher,
        improve=spec.improve,
    )


def _feature(spec: Spec, line: Line, to_points: float, centre: float, importance: float) -> Feature:
    """The card's line; zero points for *not answered*, the neutral firm, unless its absence is telling."""
    if isinstance(line.bins, dict):
        used = any(line.bins.values())
        values = {name: round(-to_points * one + centre, 1) if used else 0.0 for name, one in line.bins.items()}
        return feature_of(spec, (), (), values, importance=importance)
    if not any(line.bins.woe):
        return feature_of(spec, (0.0,), (), {}, importance=importance)
    points = [round(-to_points * one + centre, 1) for one in line.bins.woe]
    missing = min(max(-to_points * line.absent, min(points)), 0.0)
    steps = [i for i in range(1, len(points)) if points[i] != points[i - 1]]
    cuts = [line.bins.cuts[i - 1] for i in steps]
    return feature_of(spec, [points[0], *(points[i] for i in steps)], cuts, {}, importance=importance, missing_points=missing)


def fit_lines(plan: Plan, table: Table, seed: int) -> list[Line]:
    """Fitted lines, in log-odds of default."""
    rng = np.random.default_rng(seed)
    lines = [evidence_line(spec, column, table.bad) for spec, column in zip(plan.specs, table.columns, strict=True)]
    tables = [table, *(table.blanked(plan.blank_share, rng) for _ in range(plan.blank_copies))]
    matrix = np.vstack([worths(one, lines, plan.absence_from) for one in tables])
    weights = constrained_weights(matrix, np.tile(table.bad, len(tables)))
    return [line.times(float(weight)) for line, weight in zip(lines, weights, strict=True)]


def fit_block(plan: Plan, table: Table, base_rate: float, seed: int, scale: Scale) -> Block:
    """A block trained on the table's firms, centred at `base_rate` (12-month). The same seed gives the same block."""
    lines = fit_lines(plan, table, seed)
    effects = worths(table, lines, plan.absence_from)
    centres = _centres(effects, table.answered().astype(float), base_rate)
    variances = effects.var(axis=0)
    # Features of a block tell similar stories; scaled so that their squares add up to the variance of the block itself.
    common = effects.sum(axis=1).var() / variances.sum() if variances.sum() else 0.0
    importances = np.sqrt(variances * common) * scale.factor
    features = (
        _feature(spec, line, scale.factor, float(centres[i]) * scale.factor, float(importances[i]))
        for i, (spec, line) in enumerate(zip(plan.specs, lines, strict=True))
    )
    spread = tuple(replace(one, shares=shares_of(one, column)) for one, column in zip(features, table.columns, strict=True))
    return Block(plan.name, plan.label, spread, plan.limit, 0.0, plan.absence_from)


def shares_of(feature: Feature, column: Column) -> tuple[float, ...]:
    """How the answers spread over the feature's bins, which monitoring holds later firms against; empty without an answer."""
    answered = column[known(column)]
    if feature.kind == "number":
        counts = np.bincount(np.searchsorted(np.asarray(feature.cuts), answered.astype(float), side="right"), minlength=len(feature.points))
    else:
        counts = np.array([(answered == name).sum() for name in feature.values])
    return tuple(round(float(count) / counts.sum(), 5) for count in counts) if counts.sum() else ()


def points_of(block: Block, firms: Sequence[Observed]) -> Floats:
    """Points of each firm by the block alone, unrounded, by the very code that scores."""
    return np.array([block_points(block, firm.facts) for firm in firms])


def table_points(block: Block, table: Table) -> Floats:
    """The same from a table of the block's features, all firms at once; for tables that no facts stand behind."""
    total, answered = np.zeros(len(table)), table.answered()
    counts = answered.sum(axis=1) >= block.absence_from
    for feature, column, here in zip(block.features, table.columns, answered.T, strict=True):
        if feature.kind != "number":
            raise TypeError(f"{feature.name}: only numbers are counted here")
        bins = np.searchsorted(np.asarray(feature.cuts), np.nan_to_num(column), side="right")
        total += np.where(here, np.asarray(feature.points)[bins], np.where(counts, feature.missing_points, 0.0))
    return np.clip(total, -block.limit, block.limit)
