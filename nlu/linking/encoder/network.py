"""The network's sum in plain numpy: a transformer encoder whose weights are whole numbers with a step for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.linking.model import Floats

Arrays = Mapping[str, npt.NDArray[Any]]
#: Attention heads, and what keeps a division by a spread of nothing from failing: the pretraining's own.
HEADS, _EPSILON = 12, 1e-12
#: Pieces of the vocabulary's rows share a step in groups of this many numbers.
_GROUP = 32


@dataclass(frozen=True)
class Dense:
    """A matrix with one row for each output, and what is added."""

    weight: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        summed: Floats = rows @ self.weight.T + self.bias
        return summed


@dataclass(frozen=True)
class Norm:
    """Brings each row to mean 0 and spread 1, then scales and shifts it."""

    scale: Floats
    shift: Floats

    def __call__(self, rows: Floats) -> Floats:
        centred: Floats = rows - rows.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
        normal: Floats = centred / spread * self.scale + self.shift
        return normal


@dataclass(frozen=True)
class Layer:
    """Attention of every piece to every other, then a step of its own."""

    ask: Dense
    gather: Dense
    after_gather: Norm
    widen: Dense
    narrow: Dense
    after_narrow: Norm

    def __call__(self, rows: Floats) -> Floats:
        rows = self.after_gather(rows + self.gather(self._attended(rows)))
        return self.after_narrow(rows + self.narrow(_gelu(self.widen(rows))))

    def _attended(self, rows: Floats) -> Floats:
        pieces, width = rows.shape
        query, key, value = self.ask(rows).reshape(pieces, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        weights = softmax(query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(width // HEADS)))
        gathered: Floats = (weights @ value).transpose(1, 0, 2).reshape(pieces, width)
        return gathered


@dataclass(frozen=True)
class Embedding:
    """What each piece of the vocabulary means before its neighbours are looked at: four bits a number, a step for each group of 32."""

    halves: npt.NDArray[np.uint8]
    steps: npt.NDArray[np.float16]
    places: Floats
    norm: Norm

    def __call__(self, pieces: Sequence[int]) -> Floats:
        at = np.asarray(pieces)
        return self.norm(unpacked(self.halves[at], self.steps[at]) + self.places[: len(pieces)])


@dataclass(frozen=True)
class Network:
    """The embedding and its layers: a row of numbers for each piece of a text, seen among its neighbours."""

    embedding: Embedding
    layers: tuple[Layer, ...]

    @property
    def most(self) -> int:
        """How many pieces it reads at a time."""
        return len(self.embedding.places)

    def __call__(self, pieces: Sequence[int]) -> Floats:
        rows = self.embedding(pieces)
        for layer in self.layers:
            rows = layer(rows)
        return rows


def unpacked(halves: npt.NDArray[np.uint8], steps: npt.NDArray[np.float16]) -> Floats:
    """Rows of numbers from bytes of two each, the first half of a group in the low bits, and a step for each group of 32."""
    groups = halves.reshape(len(halves), -1, _GROUP // 2)
    numbers = np.concatenate([groups & 15, groups >> 4], axis=2).astype(np.float32) - 8
    rows: Floats = (numbers * steps.astype(np.float32)[:, :, None]).reshape(len(halves), -1)
    return rows


def network_from(arrays: Arrays) -> Network:
    """The network from named arrays, `0.ask.weight` being the first layer's; whole numbers come with `0.ask.weight.step`."""
    embedding = Embedding(arrays["halves"], arrays["steps"], arrays["places"].astype(np.float32), _norm(arrays, "embedding"))
    count = len({name.partition(".")[0] for name in arrays if name[0].isdigit()})
    return Network(embedding, tuple(_layer(arrays, f"{at}.") for at in range(count)))


def dense(arrays: Arrays, name: str) -> Dense:
    """One matrix of the arrays by its name."""
    weight = arrays[f"{name}.weight"].astype(np.float32) * arrays[f"{name}.weight.step"].astype(np.float32)[:, None]
    return Dense(weight, arrays[f"{name}.bias"].astype(np.float32))


def softmax(scores: Floats) -> Floats:
    """Shares of one along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares


def _layer(arrays: Arrays, at: str) -> Layer:
    return Layer(
        ask=dense(arrays, f"{at}ask"),
        gather=dense(arrays, f"{at}gather"),
        after_gather=_norm(arrays, f"{at}after_gather"),
        widen=dense(arrays, f"{at}widen"),
        narrow=dense(arrays, f"{at}narrow"),
        after_narrow=_norm(arrays, f"{at}after_narrow"),
    )


def _norm(arrays: Arrays, name: str) -> Norm:
    return Norm(arrays[f"{name}.scale"].astype(np.float32), arrays[f"{name}.shift"].astype(np.float32))


def _gelu(rows: Floats) -> Floats:
    """The usual approximation by a hyperbolic tangent; its error is below a thousandth."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (rows + np.float32(0.044715) * rows * rows * rows)
    grown: Floats = np.float32(0.5) * rows * (1 + np.tanh(inner))
    return grown
