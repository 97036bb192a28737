"""Turning margins into probabilities, and into a score for "none of these".

Both are fitted on margins of texts that the classifier had not seen. Margins are the classifier's unbounded scores.
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
    """A logistic score of how well the best intent fits, how far it leads, and how well the out-of-scope label fits.

    `label` is the column of the out-of-scope label, or -1 where training had none.
    """

    label: int
    bias: float
    best_weight: float
    lead_weight: float
    own_weight: float

    def score(self, margins: Floats) -> float:
        """Returns how much the margins look like no known intent, from 0 to 1."""
        best, lead, own = signs(margins[None, :], self.label)[0].tolist()
        exponent = self.bias + self.best_weight * best + self.lead_weight * lead + self.own_weight * own
        return 1.0 / (1.0 + math.exp(-min(max(exponent, -50.0), 50.0)))


def signs(margins: Floats, label: int) -> npt.NDArray[np.float64]:
    """Returns for each row the best in-scope margin, its lead over the next, and the out-of-scope label's (0 where there is none)."""
    inside = margins if label < 0 else np.delete(margins, label, axis=1)
    own = np.zeros(len(margins)) if label < 0 else margins[:, label]
    best = inside.max(axis=1)
    lead = best - np.partition(inside, -2, axis=1)[:, -2] if inside.shape[1] > 1 else np.zeros(len(margins))
    return np.stack([best, lead, own], axis=1).astype(np.float64)


def fit_out_of_scope(margins: Floats, truth: Indices, label: int) -> OutOfScope:
    """Fits the score on held-out margins; both sides weigh the same however many examples each has."""
    found = signs(margins, label)
    outside = truth == label
    if label < 0 or not outside.any() or outside.all():
        threshold = float(np.quantile(found[:, 0], FALSE_ALARMS))
        return OutOfScope(label, bias=4.0 * threshold, best_weight=-4.0, lead_weight=0.0, own_weight=0.0)
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(class_weight="balanced").fit(found, outside)
    return OutOfScope(label, float(fitted.intercept_[0]), *map(float, fitted.coef_[0]))
