"""What was learnt, as plain arrays: a linear model over phrases and trees over places. No code is ever loaded from a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
MODEL = "model.npz"


@dataclass(frozen=True)
class Linear:
    """One row of weights a phrase, one column a fact that a figure fills (the empty name: none) or a statement in words."""

    facts: tuple[str, ...]
    rows: Mapping[str, int]
    weights: npt.NDArray[np.int8]
    #: Per fact: what one step of its weights is worth.
    step: Floats
    bias: Floats
    #: How much a phrase about cues (it begins with X) counts beside one of plain words.
    cue_weight: float

    def weight(self, phrase: str, fact: str) -> float:
        """How much a phrase speaks for a fact; 0 for one never seen."""
        row, column = self.rows.get(phrase), self.facts.index(fact)
        return 0.0 if row is None else float(self.weights[row, column] * self.step[column])

    def scores(self, phrases: Iterable[str]) -> dict[str, float]:
        """The score of each fact; about -1 (no) to 1 (yes)."""
        known = [(row, self.cue_weight if phrase[0] == "X" else 1.0) for phrase in phrases if (row := self.rows.get(phrase)) is not None]
        if not known:
            return dict(zip(self.facts, self.bias.tolist(), strict=True))
        at, counts = np.array([row for row, _ in known]), np.array([count for _, count in known], dtype=np.float32)
        total = (self.weights[at].astype(np.float32) * counts[:, None]).sum(axis=0) * self.step / np.linalg.norm(counts)
        return dict(zip(self.facts, (total + self.bias).tolist(), strict=True))


@dataclass(frozen=True)
class Trees:
    """A sum of binary trees over the numbers of a pair; `left` of a leaf is itself. Arrays have one row a tree, one column a node."""

    feature: Ints
    threshold: Floats
    left: Ints
    right: Ints
    value: Floats
    base: float
    depth: int

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """How likely each pair is right."""
        numbers = np.asarray(rows, dtype=np.float32)
        tree = np.arange(self.feature.shape[0])[None, :]
        pair = np.arange(numbers.shape[0])[:, None]
        node = np.zeros((numbers.shape[0], self.feature.shape[0]), dtype=np.int32)
        for _ in range(self.depth):
            goes_left = numbers[pair, self.feature[tree, node]] <= self.threshold[tree, node]
            node = np.where(goes_left, self.left[tree, node], self.right[tree, node])
        return cast(list[float], (1 / (1 + np.exp(-(self.value[tree, node].sum(axis=1) + self.base)))).tolist())


@dataclass(frozen=True)
class LinkModel:
    """The linear model, the trees that look at its scores, for figures the usual size of each fact (mean, spread; powers of ten)."""

    linear: Linear
    trees: Trees
    usual: Mapping[str, tuple[float, float]]
    #: SHA-256 of the messages it was trained on.
    trained_on: str


@dataclass(frozen=True)
class Judge:
    """Trees alone: how likely what the rules read is right."""

    trees: Trees
    #: SHA-256 of the messages it was trained on.
    trained_on: str


@cache
def figure_model() -> LinkModel:
    """The model of which fact a figure fills."""
    return _carried("nlu.linking.figures")


@cache
def word_model() -> LinkModel:
    """The model of what words say."""
    return _carried("nlu.linking.words")


@cache
def rest_model() -> Judge:
    """The model of what neither a figure nor words alone give."""
    return judge_from_arrays(_arrays("nlu.linking.rest"))


def _carried(package: str) -> LinkModel:
    return from_arrays(_arrays(package))


def _arrays(package: str) -> dict[str, Any]:
    with resources.files(package).joinpath(MODEL).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def judge_to_arrays(judge: Judge) -> dict[str, Any]:
    """The trees as named arrays."""
    return {**_trees_to_arrays(judge.trees), "trained_on": _text((judge.trained_on,))}


def judge_from_arrays(arrays: Mapping[str, Any]) -> Judge:
    """The trees from the arrays of `judge_to_arrays`."""
    return Judge(_trees(arrays), _lines(arrays["trained_on"])[0])


def to_arrays(model: LinkModel) -> dict[str, Any]:
    """The model as named arrays, texts joined by line ends."""
    linear = model.linear
    phrases = sorted(linear.rows, key=lambda phrase: linear.rows[phrase])
    return {
        "facts": _text(linear.facts),
        "phrases": _text(phrases),
        "weights": linear.weights,
        "step": linear.step,
        "bias": linear.bias,
        "cue_weight": np.float32(linear.cue_weight),
        **_trees_to_arrays(model.trees),
        "usual_facts": _text(tuple(model.usual)),
        "usual": np.array(list(model.usual.values()), dtype=np.float32).reshape(-1, 2),
        "trained_on": _text((model.trained_on,)),
    }


def from_arrays(arrays: Mapping[str, Any]) -> LinkModel:
    """The model from the arrays of `to_arrays`."""
    phrases = _lines(arrays["phrases"])
    linear = Linear(
        facts=_lines(arrays["facts"]),
        rows={phrase: row for row, phrase in enumerate(phrases)},
        weights=arrays["weights"],
        step=arrays["step"],
        bias=arrays["bias"],
        cue_weight=float(arrays["cue_weight"]),
    )
    usual = {
        name: (float(mean), float(spread)) for name, (mean, spread) in zip(_lines(arrays["usual_facts"]), arrays["usual"], strict=True)
    }
    return LinkModel(linear, _trees(arrays), usual, _lines(arrays["trained_on"])[0])


def _trees_to_arrays(trees: Trees) -> dict[str, Any]:
    return {
        "feature": trees.feature.astype(np.uint8),
        "threshold": trees.threshold,
        "left": trees.left.astype(np.uint8),
        "right": trees.right.astype(np.uint8),
        "value": trees.value,
        "base": np.float32(trees.base),
        "depth": np.int32(trees.depth),
    }


def _trees(arrays: Mapping[str, Any]) -> Trees:
    return Trees(
        feature=arrays["feature"].astype(np.int32),
        threshold=arrays["threshold"],
        left=arrays["left"].astype(np.int32),
        right=arrays["right"].astype(np.int32),
        value=arrays["value"],
        base=float(arrays["base"]),
        depth=int(arrays["depth"]),
    )


def _text(lines: Sequence[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(data: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(data.tobytes().decode().split("\n")) if data.size else ()
