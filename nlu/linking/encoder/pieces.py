"""Texts as pieces of the vocabulary that the network was pretrained with: the likeliest way to cut them, a unigram model."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: Stands for a blank, also before the first word.
_BLANK = "▁"
#: How much less likely a character without a piece is than the rarest piece, as a logarithm; the pretraining's own figure.
_UNKNOWN_COSTS = 10.0


@dataclass(frozen=True)
class Vocabulary:
    """The pieces with their logarithmic probabilities, and the places of the four that stand for no text."""

    places: Mapping[str, int]
    scores: Sequence[float]
    start: int
    end: int
    unknown: int

    @property
    def longest(self) -> int:
        """Characters of the longest piece."""
        return max(map(len, self.places))


@dataclass(frozen=True)
class Cut:
    """A text cut into pieces, in order: the place of each in the vocabulary, and which characters of the text it covers."""

    pieces: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


class Cutter:
    """Cuts texts into pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._longest = vocabulary.longest
        self._unknown_score = min(vocabulary.scores) - _UNKNOWN_COSTS

    def cut(self, text: str) -> Cut:
        """The likeliest pieces of a text; together they cover all of it. Characters count as they were before any normal form."""
        written, at = _written(text)
        best = [0.0] + [-np.inf] * len(written)
        last: list[tuple[int, int]] = [(0, 0)] * (len(written) + 1)
        for start in range(len(written)):
            for stop in range(start + 1, min(len(written), start + self._longest) + 1):
                place = self._vocabulary.places.get(written[start:stop])
                if place is not None and best[start] + self._vocabulary.scores[place] > best[stop]:
                    best[stop], last[stop] = best[start] + self._vocabulary.scores[place], (place, start)
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], last[start + 1] = best[start] + self._unknown_score, (self._vocabulary.unknown, start)
        return _walked(last, at)


def _walked(last: Sequence[tuple[int, int]], at: Sequence[int]) -> Cut:
    """The pieces on the best way, followed from its end."""
    pieces: list[int] = []
    spans: list[tuple[int, int]] = []
    stop = len(last) - 1
    while stop > 0:
        place, start = last[stop]
        pieces.append(place)
        spans.append((at[start], at[stop - 1] + 1))
        stop = start
    return Cut(tuple(reversed(pieces)), tuple(reversed(spans)))


def _written(text: str) -> tuple[str, list[int]]:
    """The text in the pretraining's normal form, and for each of its characters the place in the original."""
    written, at = [_BLANK], [0]
    for place, character in enumerate(text):
        for plain in unicodedata.normalize("NFKC", character):
            mark = _BLANK if plain.isspace() else plain
            if mark != _BLANK or written[-1] != _BLANK:
                written.append(mark)
                at.append(place)
    return "".join(written), at


def vocabulary_from(arrays: Mapping[str, npt.NDArray[np.generic]]) -> Vocabulary:
    """The vocabulary from its arrays: the pieces joined by line ends, their scores, and the special places."""
    pieces = arrays["pieces"].tobytes().decode().split("\n")
    start, end, unknown = (int(place) for place in arrays["special"].tolist())
    special = {start, end, unknown}
    places = {piece: place for place, piece in enumerate(pieces) if place not in special and piece}
    return Vocabulary(places, arrays["scores"].tolist(), start, end, unknown)
