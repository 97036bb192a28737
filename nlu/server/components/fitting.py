"""Training of the intent classifier: features, network, and its calibration on texts held out. Needs scipy and scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from nlu.server.components.calibration import fit_out_of_scope, fit_temperature
from nlu.server.components.features import Floats, Indices, Vocabulary, count_features
from nlu.server.components.intents import IntentModel
from nlu.server.components.training import Schedule, train_network

#: Calibration looks at one of so many parts of the examples, which the network judging them has not seen.
PARTS = 4


@dataclass(frozen=True)
class Example:
    """One training text with its tokens and its label."""

    text: str
    tokens: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Settings:
    """Rarer features than `min_documents` are dropped; `schedule` is the network's training.

    `caution` multiplies the temperature that held-out training texts ask for: below one, confidences are bolder.
    """

    min_documents: int = 1
    out_of_scope_label: str = "out_of_scope"
    caution: float = 1.0
    schedule: Schedule = field(default_factory=Schedule)

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Settings:
        """Reads the component's settings as config.yml names them; what is missing keeps its default."""
        schedule = {part.name: config[part.name] for part in fields(Schedule) if part.name in config}
        return cls(
            min_documents=config.get("min_documents", 1),
            out_of_scope_label=config.get("out_of_scope_label", "out_of_scope"),
            caution=config.get("caution", 1.0),
            schedule=Schedule(**{**schedule, "seed": config.get("random_seed", 0)}),
        )


def fit(examples: Sequence[Example], settings: Settings) -> IntentModel:
    """Trains on all examples and calibrates on a part held out; needs at least two labels, else ValueError."""
    labels = tuple(sorted({example.label for example in examples}))
    if len(labels) < 2:
        raise ValueError("training an intent classifier needs examples of at least two intents")
    counts = [count_features(example.text, example.tokens) for example in examples]
    truth = np.array([labels.index(example.label) for example in examples], dtype=np.int64)
    own = labels.index(settings.out_of_scope_label) if settings.out_of_scope_label in labels else -1
    held_out, held = _held_out_logits(counts, truth, len(labels), settings)
    tokens = np.array([len(examples[row].tokens) for row in held], dtype=np.int64)
    vocabulary = Vocabulary.learn(counts, settings.min_documents)
    return IntentModel(
        labels=labels,
        vocabulary=vocabulary,
        network=train_network(matrix(counts, vocabulary), truth, len(labels), settings.schedule),
        temperature=fit_temperature(held_out, truth[held], tokens, settings.caution),
        out_of_scope=fit_out_of_scope(held_out, truth[held], own),
    )


def parts(truth: Indices, seed: int) -> Indices:
    """Deals the examples of each label out to the parts in turn, in an order given by the seed."""
    order = np.random.default_rng(seed).permutation(len(truth))
    order = order[np.argsort(truth[order], kind="stable")]
    part = np.empty(len(truth), dtype=np.int64)
    part[order] = np.arange(len(truth)) % PARTS
    return part


def _held_out_logits(counts: Sequence[Mapping[str, float]], truth: Indices, labels: int, settings: Settings) -> tuple[Floats, Indices]:
    held = parts(truth, settings.schedule.seed) == 0
    train, test = np.flatnonzero(~held), np.flatnonzero(held)
    vocabulary = Vocabulary.learn([counts[row] for row in train], settings.min_documents)
    network = train_network(matrix([counts[row] for row in train], vocabulary), truth[train], labels, settings.schedule)
    logits = [network.logits(*vocabulary.vector(counts[row])) for row in test]
    return np.stack(logits), test


def matrix(counts: Sequence[Mapping[str, float]], vocabulary: Vocabulary) -> csr_matrix:
    """Stacks the vectors of many texts into a sparse matrix."""
    vectors = [vocabulary.vector(count) for count in counts]
    ends = np.cumsum([0] + [len(columns) for columns, _ in vectors])
    columns = np.concatenate([columns for columns, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    return csr_matrix((values, columns, ends), shape=(len(counts), len(vocabulary.columns)))
