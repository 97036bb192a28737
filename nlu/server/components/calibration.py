"""Turning margins into probabilities, and into a score for "none of these".

Both are fitted on margins of texts that the classifier had not seen: those of three folds held out in turn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlu.server.components.features import Floats, Indices

# Without examples of out-of-scope texts the score passes one half where this share of in-scope texts would.
FALSE_ALARMS = 0.05


def softmax(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Returns probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def fit_temperature(margins: Floats, truth: Indices) -> float:
    """Returns the divisor of the margins under which the true labels are most likely (between 0.2 and 5)."""
    rows = np.arange(len(truth))

    def surprise(temperature: float) -> float:
        probabilities = softmax(margins.astype(np.float64) / temperature)[rows, truth]
        return float(-np.log(np.maximum(probabilities, 1e-12)).mean())

    return float(min(np.geomspace(0.2, 5.0, 160), key=surprise))


@dataclass(frozen=True)
class OutOfScope:
    """A logistic score of the best in-scope margin and, where examples exist, of the out-of-scope label's own margin.

    `label` is the column of the out-of-scope label, or -1 where training had none.
    """

    label: int
    bias: float
    best_weight: float
    own_weight: float

    def score(self, margins: Floats) -> float:
        """Returns how much the margins look like no known intent, from 0 to 1."""
        best, own = split_margins(margins[None, :], self.label)[0]
        exponent = self.bias + self.best_weight * float(best) + self.own_weight * float(own)
        return 1.0 / (1.0 + math.exp(-min(max(exponent, -50.0), 50.0)))


def split_margins(margins: Floats, label: int) -> npt.NDArray[np.float64]:
    """Returns for each row the best in-scope margin and the out-of-scope label's margin (0 where there is none)."""
    if label < 0:
        return np.stack([margins.max(axis=1), np.zeros(len(margins))], axis=1).astype(np.float64)
    return np.stack([np.delete(margins, label, axis=1).max(axis=1), margins[:, label]], axis=1).astype(np.float64)


def fit_out_of_scope(margins: Floats, truth: Indices, label: int) -> OutOfScope:
    """Fits the score on held-out margins; both sides weigh the same however many examples each has."""
    pairs = split_margins(margins, label)
    outside = truth == label
    if label < 0 or not outside.any():
        threshold = float(np.quantile(pairs[:, 0], FALSE_ALARMS))
        return OutOfScope(label, bias=4.0 * threshold, best_weight=-4.0, own_weight=0.0)
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(class_weight="balanced").fit(pairs, outside)
    best_weight, own_weight = fitted.coef_[0]
    return OutOfScope(label, float(fitted.intercept_[0]), float(best_weight), float(own_weight))
