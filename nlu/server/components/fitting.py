"""Training of the linear intent classifier. The only module of the components that needs scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from nlu.server.components.calibration import fit_out_of_scope, fit_temperature
from nlu.server.components.features import Floats, Indices, Vocabulary, count_features
from nlu.server.components.linear import LinearModel

FOLDS = 3
# Margin given to a label that a fold has no example of: well below that of any label it was trained on.
_ABSENT = -2.0


@dataclass(frozen=True)
class Example:
    """One training text with its tokens and its label."""

    text: str
    tokens: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Settings:
    """`penalty` is the C of the support vector machine; rarer features than `min_documents` are dropped."""

    penalty: float = 1.0
    min_documents: int = 1
    out_of_scope_label: str = "out_of_scope"
    seed: int = 0


def fit(examples: Sequence[Example], settings: Settings) -> LinearModel:
    """Trains on all examples and calibrates on folds held out; needs at least two labels, else ValueError."""
    labels = tuple(sorted({example.label for example in examples}))
    if len(labels) < 2:
        raise ValueError("training an intent classifier needs examples of at least two intents")
    counts = [count_features(example.text, example.tokens) for example in examples]
    truth = np.array([labels.index(example.label) for example in examples], dtype=np.int64)
    held_out = _held_out_margins(counts, truth, len(labels), settings)
    vocabulary, weights, bias = _fit_once(counts, truth, len(labels), settings)
    own = labels.index(settings.out_of_scope_label) if settings.out_of_scope_label in labels else -1
    return LinearModel(
        labels=labels,
        vocabulary=vocabulary,
        weights=weights,
        bias=bias,
        temperature=fit_temperature(held_out, truth),
        out_of_scope=fit_out_of_scope(held_out, truth, own),
    )


def folds(truth: Indices, seed: int) -> Indices:
    """Deals the examples of each label out to the folds in turn, in an order given by the seed."""
    order = np.random.default_rng(seed).permutation(len(truth))
    order = order[np.argsort(truth[order], kind="stable")]
    fold = np.empty(len(truth), dtype=np.int64)
    fold[order] = np.arange(len(truth)) % FOLDS
    return fold


def _held_out_margins(counts: Sequence[Counter[str]], truth: Indices, labels: int, settings: Settings) -> Floats:
    margins = np.zeros((len(counts), labels), dtype=np.float32)
    fold = folds(truth, settings.seed)
    for held in range(FOLDS):
        train, test = np.flatnonzero(fold != held), np.flatnonzero(fold == held)
        if not len(test) or len(set(truth[train])) < 2:
            continue
        vocabulary, weights, bias = _fit_once(_pick(counts, train), truth[train], labels, settings)
        margins[test] = matrix(_pick(counts, test), vocabulary) @ weights + bias
    return margins


def _pick(counts: Sequence[Counter[str]], rows: Indices) -> list[Counter[str]]:
    return [counts[row] for row in rows.tolist()]


def _fit_once(counts: Sequence[Counter[str]], truth: Indices, labels: int, settings: Settings) -> tuple[Vocabulary, Floats, Floats]:
    vocabulary = Vocabulary.learn(counts, settings.min_documents)
    machine = LinearSVC(C=settings.penalty, class_weight="balanced", random_state=settings.seed)
    machine.fit(matrix(counts, vocabulary), truth)
    rows, intercepts = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:  # scikit-learn stores a pair of labels as one boundary
        rows, intercepts = np.concatenate([-rows, rows]), np.concatenate([-intercepts, intercepts])
    weights = np.zeros((len(vocabulary.columns), labels), dtype=np.float32)
    bias = np.full(labels, _ABSENT, dtype=np.float32)
    weights[:, machine.classes_] = rows.T
    bias[machine.classes_] = intercepts
    return vocabulary, weights, bias


def matrix(counts: Sequence[Counter[str]], vocabulary: Vocabulary) -> csr_matrix:
    """Stacks the vectors of many texts into a sparse matrix."""
    vectors = [vocabulary.vector(count) for count in counts]
    ends = np.cumsum([0] + [len(columns) for columns, _ in vectors])
    columns = np.concatenate([columns for columns, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    return csr_matrix((values, columns, ends), shape=(len(counts), len(vocabulary.columns)))
