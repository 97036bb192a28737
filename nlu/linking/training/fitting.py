"""Fitting the two kinds of model, linear over phrases and trees over places, and turning them into plain arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier

from nlu.linking.model import Linear, Trees

Phrases = frozenset[str]
_SEEN_AT_LEAST = 2
#: Steps from none to the largest weight of a fact; more measured no better.
_STEPS = 15


def rows_of(phrases: Iterable[Phrases]) -> dict[str, int]:
    """A row for each phrase that is seen more than once."""
    seen = Counter(phrase for found in phrases for phrase in found)
    return {phrase: row for row, phrase in enumerate(sorted(phrase for phrase, times in seen.items() if times >= _SEEN_AT_LEAST))}


def matrix(phrases: Sequence[Phrases], rows: Mapping[str, int], cue_weight: float) -> csr_matrix:
    """One row of length one a message or figure; phrases about cues count `cue_weight`."""
    at: list[int] = []
    values: list[float] = []
    ends = [0]
    for found in phrases:
        known = [(rows[phrase], cue_weight if phrase[0] == "X" else 1.0) for phrase in sorted(found) if phrase in rows]
        length = float(np.sqrt(sum(value * value for _, value in known))) or 1.0
        at.extend(row for row, _ in known)
        values.extend(value / length for _, value in known)
        ends.append(len(at))
    return csr_matrix((np.array(values, dtype=np.float32), at, ends), shape=(len(phrases), len(rows)))


def as_linear(
    names: Sequence[str], weights: npt.NDArray[Any], bias: npt.NDArray[Any], rows: Mapping[str, int], *, cue_weight: float, at_most: int
) -> Linear:
    """The fitted weights (a row a phrase, a column a name) in steps, without all but the heaviest phrases."""
    weights = weights.astype(np.float32)
    lasting = set(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:at_most].tolist())
    kept = [phrase for phrase, row in rows.items() if row in lasting]
    weights = weights[[rows[phrase] for phrase in kept]]
    step = np.maximum(np.abs(weights).max(axis=0), 1e-9) / _STEPS
    by_row = {phrase: row for row, phrase in enumerate(kept)}
    return Linear(tuple(names), by_row, np.rint(weights / step).astype(np.int8), step, bias.astype(np.float32), cue_weight)


def fit_trees(rows: Sequence[Sequence[float]], right: Sequence[bool], weights: Sequence[float] | None = None) -> Trees:
    """Which pairs are right, from their numbers."""
    fitted = HistGradientBoostingClassifier(
        max_iter=220,
        learning_rate=0.06,
        max_leaf_nodes=15,
        min_samples_leaf=15,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    ).fit(np.asarray(rows, dtype=np.float32), right, sample_weight=weights)
    return as_trees(fitted)


def as_trees(fitted: HistGradientBoostingClassifier) -> Trees:
    """The fitted trees as plain arrays; a leaf points to itself, so that every path can be walked equally long."""
    nodes = [stage[0].nodes for stage in fitted._predictors]
    width = max(len(tree) for tree in nodes)
    shape = (len(nodes), width)
    feature, left, right = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    threshold, value = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    for row, tree in enumerate(nodes):
        leaf, here = tree["is_leaf"].astype(bool), np.arange(len(tree))
        feature[row, : len(tree)] = np.where(leaf, 0, tree["feature_idx"])
        threshold[row, : len(tree)] = np.where(leaf, 0, tree["num_threshold"])
        left[row, : len(tree)] = np.where(leaf, here, tree["left"])
        right[row, : len(tree)] = np.where(leaf, here, tree["right"])
        value[row, : len(tree)] = np.where(leaf, tree["value"], 0)
    depth = max(int(tree["depth"].max()) for tree in nodes)
    return Trees(feature, threshold, left, right, value, float(np.ravel(fitted._baseline_prediction)[0]), depth)
