"""The intent classifier as it is used: features, network, calibrated confidences, an out-of-scope score.

Fitting needs scipy and scikit-learn; predicting needs numpy alone. Stored as JSON and npz, so that loading runs no code.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from nlu.server.components.calibration import OutOfScope, Temperature, softmax
from nlu.server.components.features import Floats, Vocabulary, count_features
from nlu.server.components.network import Network

_WORDS_FILE = "classifier.json"
_ARRAYS_FILE = "classifier.npz"


@dataclass(frozen=True)
class Prediction:
    """Intents best first with probabilities that sum to one, and how likely the text is none of them (0 to 1)."""

    ranking: tuple[tuple[str, float], ...]
    out_of_scope: float


@dataclass(frozen=True)
class IntentModel:
    """Everything a prediction needs."""

    labels: tuple[str, ...]
    vocabulary: Vocabulary
    network: Network
    temperature: Temperature
    out_of_scope: OutOfScope

    def logits(self, text: str, tokens: Sequence[str]) -> Floats:
        """Returns one unbounded score a label."""
        return self.network.logits(*self.vocabulary.vector(count_features(text, tokens)))

    def predict(self, text: str, tokens: Sequence[str]) -> Prediction:
        """Ranks all labels for one text."""
        logits = self.logits(text, tokens)
        probabilities = softmax(logits / self.temperature.of(len(tokens)))
        order = np.argsort(-probabilities, kind="stable")
        ranking = tuple((self.labels[i], float(probabilities[i])) for i in order)
        return Prediction(ranking, self.out_of_scope.score(logits))

    def save(self, folder: Path) -> None:
        """Writes the model into an existing folder."""
        words = {
            "labels": self.labels,
            "features": list(self.vocabulary.columns),
            "temperature": asdict(self.temperature),
            "out_of_scope": asdict(self.out_of_scope),
        }
        (folder / _WORDS_FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(folder / _ARRAYS_FILE, idf=self.vocabulary.idf, **vars(self.network))

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Reads what `save` wrote; raises OSError, ValueError or KeyError where that is not a complete model."""
        words = json.loads((folder / _WORDS_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS_FILE, allow_pickle=False) as arrays:
            idf, network = arrays["idf"], Network(**{field.name: arrays[field.name] for field in fields(Network)})
        columns = {feature: column for column, feature in enumerate(words["features"])}
        units, labels = len(network.scale), len(words["labels"])
        whole = network.weights.shape == (len(columns), units) and network.output.shape == (units, labels)
        if not whole or idf.shape != (len(columns),) or network.output_bias.shape != (labels,):
            raise ValueError("the stored classifier is not complete")
        return cls(
            labels=tuple(words["labels"]),
            vocabulary=Vocabulary(columns, idf),
            network=network,
            temperature=Temperature(**words["temperature"]),
            out_of_scope=OutOfScope(**words["out_of_scope"]),
        )
