"""What the network makes of a message: which fact each figure fills, and which statements its words make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from nlu.linking.encoder.network import Arrays, Dense, Network, dense, network_from, softmax
from nlu.linking.encoder.pieces import Cut, Cutter, vocabulary_from
from nlu.linking.model import Floats
from nlu.linking.view import View

PIECES, MODEL = "pieces.npz", "model.npz"


@dataclass(frozen=True)
class Heard:
    """For each figure the probability of each fact, the empty name for none; for each statement how likely the words make it; for other
    facts how likely the message gives them (`region=given`), or gives them as nothing (`overdue_12m=0`).
    """

    figures: tuple[Mapping[str, float], ...]
    statements: Mapping[str, float]
    given: Mapping[str, float]


@dataclass(frozen=True)
class Encoder:
    """The network with what it was taught to tell: facts of figures, and statements of words."""

    cutter: Cutter
    network: Network
    ends: tuple[int, int]
    facts: tuple[str, ...]
    statements: tuple[str, ...]
    given: tuple[str, ...]
    #: From the rows of a figure and of the whole text to its facts.
    of_figure: Dense
    #: For each statement which pieces count, and how much each speaks for it.
    regard: Dense
    speaks: Dense
    #: SHA-256 of the messages it was trained on.
    trained_on: str

    def hear(self, view: View) -> Heard:
        """Reads a message; a long one in parts, each figure in the part where it stands."""
        # One core does a message of this size fastest, and threads that wait for each other are slow beside other work.
        with _threads().limit(limits=1):
            return self._heard(view)

    def _heard(self, view: View) -> Heard:
        asked = asked_as_text(view.asking)
        cut = self.cutter.cut(asked + view.norm)
        spans = [(len(asked) + quantity.start, len(asked) + quantity.end) for quantity in view.quantities]
        figures: list[Mapping[str, float]] = [{} for _ in spans]
        said = np.full(len(self.statements) + len(self.given), -np.inf, dtype=np.float32)
        for first, last in self._parts(cut):
            rows = self.network((self.ends[0], *cut.pieces[first:last], self.ends[1]))
            said = np.maximum(said, (softmax(self.regard(rows).T) * self.speaks(rows).T).sum(axis=1))
            for index, span in enumerate(spans):
                if at := pieces_of(cut, span, first, last):
                    figures[index] = self._facts(rows, at)
        likely = (1 / (1 + np.exp(-said))).tolist()
        stated, given = likely[: len(self.statements)], likely[len(self.statements) :]
        return Heard(tuple(figures), dict(zip(self.statements, stated, strict=True)), dict(zip(self.given, given, strict=True)))

    def _parts(self, cut: Cut) -> Iterator[tuple[int, int]]:
        size = self.network.most - len(self.ends)
        for first in range(0, max(len(cut.pieces), 1), size):
            yield first, min(first + size, len(cut.pieces))

    def _facts(self, rows: Floats, at: Sequence[int]) -> Mapping[str, float]:
        seen = np.concatenate([rows[list(at)].mean(axis=0), rows.mean(axis=0)])
        return dict(zip(self.facts, softmax(self.of_figure(seen)).tolist(), strict=True))


def asked_as_text(asking: str | None) -> str:
    """The fact that the advisor has just asked for, as words before the message."""
    return "" if asking is None else asking.replace("_", " ") + "? "


def pieces_of(cut: Cut, span: tuple[int, int], first: int, last: int) -> list[int]:
    """Which rows of a part (its first stands for the start) belong to the characters of a span."""
    start, end = span
    return [at - first + 1 for at in range(first, last) if cut.spans[at][0] < end and start < cut.spans[at][1]]


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


@cache
def encoder() -> Encoder:
    """The network that the advisor carries."""
    return encoder_from(_carried(PIECES), _carried(MODEL))


def encoder_from(pieces: Arrays, model: Arrays) -> Encoder:
    """The encoder from the arrays of its vocabulary and those that were trained."""
    words = vocabulary_from(pieces)
    speaks = dense(model, "speaks")
    return Encoder(
        cutter=Cutter(words),
        network=network_from({**pieces, **model}),
        ends=(words.start, words.end),
        facts=_lines(model, "facts"),
        statements=_lines(model, "statements"),
        given=_lines(model, "given"),
        of_figure=dense(model, "of_figure"),
        regard=dense(model, "regard"),
        speaks=speaks,
        trained_on=_lines(model, "trained_on")[0],
    )


def _carried(file: str) -> dict[str, npt.NDArray[np.generic]]:
    with resources.files("nlu.linking.encoder").joinpath(file).open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _lines(arrays: Arrays, name: str) -> tuple[str, ...]:
    return tuple(arrays[name].tobytes().decode().split("\n"))
