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
#: Powers of a text's length by which its temperature may grow.
GROWTHS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)

#: Numbers of tokens, one for each text.
Sizes = npt.NDArray[np.int64]


def softmax(scores: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Returns probabilities along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


@dataclass(frozen=True)
class Temperature:
    """What margins are divided by before they become probabilities: `base` for one token, more for longer texts.

    Much of a long text speaks for some intent, so that its margins are large whether it is understood or not.
    """

    base: float
    growth: float

    def of(self, tokens: int | Sizes) -> float | npt.NDArray[np.float64]:
        """Returns the divisor for a text, or for each of many texts, of so many tokens."""
        return self.base * np.maximum(tokens, 1) ** self.growth


def fit_temperature(margins: Floats, truth: Indices, tokens: Sizes, caution: float = 1.0) -> Temperature:
    """Returns the temperature under which the true labels are most likely (base between 0.2 and 5), times `caution`.

    A caution below one is for training texts that are harder than those to come.
    """
    rows, wide = np.arange(len(truth)), margins.astype(np.float64)

    def surprise(temperature: Temperature) -> float:
        probabilities = softmax(wide / np.asarray(temperature.of(tokens))[:, None])[rows, truth]
        return float(-np.log(np.maximum(probabilities, 1e-12)).mean())

    tried = [Temperature(float(base), float(growth)) for growth in GROWTHS for base in np.geomspace(0.2, 5.0, 80)]
    best = min(tried, key=surprise)
    return Temperature(best.base * caution, best.growth)


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
