"""Training of the network: cross-entropy, most input features left out at random, Adam on the rows in use.

Leaving out features is what makes it better than a linear machine: it has to know an intent by any of its words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from nlu.server.components.calibration import softmax
from nlu.server.components.features import Floats, Indices
from nlu.server.components.network import Network

_MEAN_DECAY, _SQUARE_DECAY = 0.9, 0.99
_WARM_UP_STEPS = 50
#: A handful of messages is looked at more often, else nothing would be learnt from it.
_FEWEST_STEPS = 300


@dataclass(frozen=True)
class Schedule:
    """How a network is trained; shares are from 0 to 1. The learning rate falls to nothing at the end."""

    hidden_units: int = 256
    epochs: int = 20
    batch: int = 128
    rate: float = 3e-3
    dropped_features: float = 0.6
    dropped_units: float = 0.2
    seed: int = 0


@dataclass(frozen=True)
class Moments:
    """Adam's running means for one parameter."""

    value: Floats
    mean: Floats
    square: Floats

    @classmethod
    def of(cls, value: npt.NDArray[np.floating]) -> Moments:
        """Starts with this value and no memory."""
        return cls(value.astype(np.float32), np.zeros(value.shape, np.float32), np.zeros(value.shape, np.float32))

    def step(self, gradient: Floats, rate: float, count: int, rows: Indices | slice = slice(None)) -> None:
        """Moves the rows against their gradient, in place; the rows left out keep their value and their memory."""
        mean = _MEAN_DECAY * self.mean[rows] + (1 - _MEAN_DECAY) * gradient
        square = _SQUARE_DECAY * self.square[rows] + (1 - _SQUARE_DECAY) * gradient * gradient
        self.mean[rows], self.square[rows] = mean, square
        speed = rate * np.sqrt(1 - _SQUARE_DECAY**count) / (1 - _MEAN_DECAY**count)
        self.value[rows] -= speed * mean / (np.sqrt(square) + 1e-8)


def train_network(texts: csr_matrix, truth: Indices, labels: int, schedule: Schedule) -> Network:
    """Fits a network that tells `labels` labels apart; the same input gives the same network."""
    random = np.random.default_rng(schedule.seed)
    units = schedule.hidden_units
    first = Moments.of(random.normal(size=(texts.shape[1], units)) * 0.1)
    bias = Moments.of(np.zeros(units))
    last = Moments.of(random.normal(size=(units, labels)) / np.sqrt(units))
    last_bias = Moments.of(np.zeros(labels))
    parts = (first, bias, last, last_bias)
    batches, count = -(-len(truth) // schedule.batch), 0
    epochs = max(schedule.epochs, -(-_FEWEST_STEPS // batches))
    for _ in range(epochs):
        order = random.permutation(len(truth))
        for start in range(0, len(order), schedule.batch):
            picked = order[start : start + schedule.batch]
            count += 1
            rate = schedule.rate * (1 - count / (epochs * batches + 1)) * min(1.0, count / _WARM_UP_STEPS)
            _learn(parts, texts[picked], truth[picked], schedule, random, rate, count)
    return Network.of(*(part.value for part in parts))


def _learn(
    parts: tuple[Moments, Moments, Moments, Moments],
    texts: csr_matrix,
    truth: Indices,
    schedule: Schedule,
    random: np.random.Generator,
    rate: float,
    count: int,
) -> None:
    """One step on one batch."""
    first, bias, last, last_bias = parts
    seen, rows = _leave_out(texts, schedule.dropped_features, random)
    hidden = seen @ first.value[rows] + bias.value
    kept = 1 - schedule.dropped_units
    gate = ((hidden > 0) & (random.random(hidden.shape, dtype=np.float32) < kept)).astype(np.float32) / kept
    passed = hidden * gate
    error = softmax(passed @ last.value + last_bias.value)
    error[np.arange(len(truth)), truth] -= 1
    error = (error / len(truth)).astype(np.float32)
    back = (error @ last.value.T) * gate
    last.step(passed.T @ error, rate, count)
    last_bias.step(error.sum(axis=0), rate, count)
    first.step(seen.T @ back, rate, count, rows)
    bias.step(back.sum(axis=0), rate, count)


def _leave_out(texts: csr_matrix, share: float, random: np.random.Generator) -> tuple[csr_matrix, Indices]:
    """Drops that share of the features, makes up for it in the others, and keeps only the columns then in use."""
    kept = random.random(texts.nnz, dtype=np.float32) >= share
    ends = np.concatenate([[0], np.cumsum(kept)])[texts.indptr]
    rows, columns = np.unique(texts.indices[kept], return_inverse=True)
    values = texts.data[kept] / np.float32(1 - share)
    return csr_matrix((values, columns, ends), shape=(texts.shape[0], len(rows))), rows
