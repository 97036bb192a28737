"""Trains the linker from the labelled messages of this room: `python -m nlu.linking.train` writes model.npz and prints what it measured.

A linear model over phrases is fitted first; trees then learn from its scores, each given by a model that had not seen the message.
The figures printed are of messages left out of training, five folds in turn.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.svm import LinearSVC

from nlu.linking.labels import UNSURE, Labelled, aligned, messages
from nlu.linking.link import link
from nlu.linking.measure import Count
from nlu.linking.model import MODEL, Linear, LinkModel, Trees, to_arrays
from nlu.linking.phrases import figure_phrases
from nlu.linking.places import Scores, candidates, magnitude, place
from nlu.linking.view import View
from nlu.mentions import Extraction, by_rules

#: The labels were written on this day.
LABELLED_ON = date(2026, 11, 21)
FOLDS = 5
_CUE_WEIGHT, _COST, _SEEN_AT_LEAST = 2.0, 3.0, 2
#: Phrases kept, those with the largest weights, and steps from none to the largest weight; more measured no better.
_PHRASES_AT_MOST, _STEPS = 30_000, 15


@dataclass(frozen=True)
class Example:
    """A labelled message as the linker sees it, with the fact of each figure."""

    message: Labelled
    view: View
    extraction: Extraction
    facts: tuple[str, ...]
    phrases: tuple[frozenset[str], ...]


def example(message: Labelled) -> Example:
    extraction, view = by_rules(message.text, today=LABELLED_ON, asking=message.asking)
    facts = aligned(message, view.quantities)
    return Example(message, view, extraction, facts, tuple(figure_phrases(view, index) for index in range(len(facts))))


def fit_linear(examples: Sequence[Example]) -> Linear:
    """One against the rest over phrases seen more than once, cues counting more; weights kept in steps of a 15th of the largest."""
    phrases = [found for item in examples for found, fact in zip(item.phrases, item.facts, strict=True) if fact != UNSURE]
    targets = [fact for item in examples for fact in item.facts if fact != UNSURE]
    seen: dict[str, int] = defaultdict(int)
    for found in phrases:
        for phrase in found:
            seen[phrase] += 1
    rows = {phrase: row for row, phrase in enumerate(sorted(phrase for phrase, times in seen.items() if times >= _SEEN_AT_LEAST))}
    matrix = _matrix(phrases, rows)
    fitted = LinearSVC(C=_COST, random_state=0).fit(matrix, targets)
    weights = fitted.coef_.T.astype(np.float32)
    lasting = set(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:_PHRASES_AT_MOST].tolist())
    kept = [phrase for phrase, row in rows.items() if row in lasting]
    weights = weights[[rows[phrase] for phrase in kept]]
    step = np.abs(weights).max(axis=0) / _STEPS
    steps = np.rint(weights / step).astype(np.int8)
    by_row = {phrase: row for row, phrase in enumerate(kept)}
    return Linear(tuple(map(str, fitted.classes_)), by_row, steps, step, fitted.intercept_.astype(np.float32), _CUE_WEIGHT)


def _matrix(phrases: Sequence[frozenset[str]], rows: dict[str, int]) -> csr_matrix:
    at: list[int] = []
    values: list[float] = []
    ends = [0]
    for found in phrases:
        known = [(rows[phrase], _CUE_WEIGHT if phrase[0] == "X" else 1.0) for phrase in sorted(found) if phrase in rows]
        length = float(np.sqrt(sum(value * value for _, value in known))) or 1.0
        at.extend(row for row, _ in known)
        values.extend(value / length for _, value in known)
        ends.append(len(at))
    return csr_matrix((np.array(values, dtype=np.float32), at, ends), shape=(len(phrases), len(rows)))


def usual_sizes(examples: Sequence[Example]) -> dict[str, tuple[float, float]]:
    """Mean and spread of each fact's figures in powers of ten; the spread is never nearly nothing."""
    sizes: dict[str, list[float]] = defaultdict(list)
    for item in examples:
        for quantity, fact in zip(item.view.quantities, item.facts, strict=True):
            if fact not in ("", UNSURE):
                sizes[fact].append(magnitude(quantity))
    return {fact: (float(np.mean(found)), float(np.std(found)) + 0.3) for fact, found in sorted(sizes.items())}


def pairs_of(
    item: Example, scores: Sequence[dict[str, float]], usual: dict[str, tuple[float, float]]
) -> tuple[list[list[float]], list[bool]]:
    """The numbers of every pair of figure and possible fact of a message, and whether the pair is right."""
    rows, right = [], []
    for index, (fact, by_fact) in enumerate(zip(item.facts, scores, strict=True)):
        if fact == UNSURE:
            continue
        for name in candidates(item.view, index, by_fact):
            rows.append(place(item.view, index, name, Scores(by_fact, usual)))
            right.append(name == fact)
    return rows, right


def fit_trees(rows: list[list[float]], right: list[bool]) -> Trees:
    fitted = HistGradientBoostingClassifier(
        max_iter=220,
        learning_rate=0.06,
        max_leaf_nodes=15,
        min_samples_leaf=15,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    ).fit(np.asarray(rows, dtype=np.float32), right)
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


def fit(examples: Sequence[Example], trained_on: str) -> LinkModel:
    """Both models from the examples; the trees see scores of linear models that did not see the message."""
    usual = usual_sizes(examples)
    rows: list[list[float]] = []
    right: list[bool] = []
    for fold in range(FOLDS):
        linear = fit_linear([item for at, item in enumerate(examples) if at % FOLDS != fold])
        for item in examples[fold::FOLDS]:
            found, hits = pairs_of(item, [linear.scores(phrases) for phrases in item.phrases], usual)
            rows += found
            right += hits
    return LinkModel(fit_linear(examples), fit_trees(rows, right), usual, trained_on)


def left_out(examples: Sequence[Example]) -> Count:
    """What models trained without a message make of it, all facts of the message counted."""
    count = Count()
    for fold in range(FOLDS):
        model = fit([item for at, item in enumerate(examples) if at % FOLDS != fold], "")
        for item in examples[fold::FOLDS]:
            extraction = item.extraction
            linked = link(model, item.view, extraction.mentions, extraction.ambiguous, item.message.text, today=LABELLED_ON)
            count += Count.of(item.message, {mention.name: mention.value for mention in linked.mentions})
    return count


def main() -> None:
    found, digest = messages()
    examples = [example(message) for message in found]
    rules = sum((Count.of(item.message, item.extraction.facts) for item in examples), Count())
    print(f"{len(examples)} messages; rules alone: {rules}", file=sys.stderr)
    if "--measure" in sys.argv:
        print(f"left out of training, five folds: {left_out(examples)}", file=sys.stderr)
    arrays: dict[str, Any] = to_arrays(fit(examples, digest))
    np.savez_compressed(Path(__file__).with_name(MODEL), **arrays)


if __name__ == "__main__":
    main()
