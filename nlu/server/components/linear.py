"""A linear intent classifier: one-against-the-rest support vectors, calibrated confidences, an out-of-scope score.

Fitting needs scikit-learn; predicting needs numpy alone. Stored as JSON and npz, so that loading runs no code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from nlu.server.components.calibration import OutOfScope, softmax
from nlu.server.components.features import Floats, Vocabulary, count_features

_WORDS_FILE = "classifier.json"
_ARRAYS_FILE = "classifier.npz"


@dataclass(frozen=True)
class Prediction:
    """Intents best first with probabilities that sum to one, and how likely the text is none of them (0 to 1)."""

    ranking: tuple[tuple[str, float], ...]
    out_of_scope: float


@dataclass(frozen=True)
class LinearModel:
    """Everything a prediction needs. `weights` has one row a feature and one column a label."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    weights: Floats
    bias: Floats
    temperature: float
    out_of_scope: OutOfScope

    def margins(self, text: str, tokens: Sequence[str]) -> Floats:
        """Returns the signed distance of the text from each label's boundary."""
        columns, values = self.vocabulary.vector(count_features(text, tokens))
        margins: Floats = values @ self.weights[columns] + self.bias
        return margins

    def predict(self, text: str, tokens: Sequence[str]) -> Prediction:
        """Ranks all labels for one text."""
        margins = self.margins(text, tokens)
        probabilities = softmax(margins / self.temperature)
        order = np.argsort(-probabilities, kind="stable")
        ranking = tuple((self.labels[i], float(probabilities[i])) for i in order)
        return Prediction(ranking, self.out_of_scope.score(margins))

    def save(self, folder: Path) -> None:
        """Writes the model into an existing folder."""
        words = {
            "labels": self.labels,
            "features": list(self.vocabulary.columns),
            "temperature": self.temperature,
            "out_of_scope": asdict(self.out_of_scope),
        }
        (folder / _WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(folder / _ARRAYS_FILE, weights=self.weights, bias=self.bias, idf=self.vocabulary.idf)

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        """Reads what `save` wrote; raises OSError, ValueError or KeyError where that is not a complete model."""
        words = json.loads((folder / _WORDS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS_FILE, allow_pickle=False) as arrays:
            weights, bias, idf = arrays["weights"], arrays["bias"], arrays["idf"]
        columns = {feature: column for column, feature in enumerate(words["features"])}
        if weights.shape != (len(columns), len(words["labels"])) or idf.shape != (len(columns),):
            raise ValueError("the stored classifier is not complete")
        return cls(
            labels=tuple(words["labels"]),
            vocabulary=Vocabulary(columns, idf),
            weights=weights,
            bias=bias,
            temperature=float(words["temperature"]),
            out_of_scope=OutOfScope(**words["out_of_scope"]),
        )
