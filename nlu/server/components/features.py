"""Text features of the intent classifier: n-grams of tokens, characters and concepts, and cues, weighted by TF-IDF."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nlu.server.components.lexicon import SIMPLE_FORMS
from nlu.server.components.shapes import concept_grams, concepts, cues, question_of
from nlu.server.components.tokens import tokenize

CHARACTER_GRAM_LENGTH = 5
BLOCKS = ("t", "c", "m", "q")
#: A figure told beside a question counts as so much of a time; the weight of one time falls to 1 + ln of it.
ASIDE = 0.5

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]


def normalise(text: str) -> str:
    """Returns the text with half-width letters and digits, in lower case and with simplified characters."""
    return unicodedata.normalize("NFKC", text).lower().translate(SIMPLE_FORMS)


def token_grams(tokens: Iterable[str]) -> Iterator[str]:
    """Yields every token and every pair of neighbours."""
    previous = None
    for token in map(normalise, tokens):
        yield token
        if previous is not None:
            yield f"{previous} {token}"
        previous = token


def character_grams(text: str) -> Iterator[str]:
    """Yields the runs of one to five characters inside each white-space-separated word, its edges marked by a space."""
    for word in normalise(text).split():
        yield from word
        padded = f" {word} "
        for length in range(2, CHARACTER_GRAM_LENGTH + 1):
            for start in range(max(1, len(padded) - length + 1)):
                yield padded[start : start + length]


def count_features(text: str, tokens: Sequence[str]) -> dict[str, float]:
    """Counts all features of one text. The first letter of a feature says which block it belongs to.

    Where something is asked, what stands only in clauses that tell a firm's figures counts less: a long story must not drown its
    question.
    """
    plain = normalise(text)
    counts: dict[str, float] = {**_count(plain, tokens)}
    question = question_of(plain)
    if question:
        heard = _count(question, [span.text for span in tokenize(question)])
        for feature in counts:
            if feature not in heard and feature[0] != "q":
                counts[feature] *= ASIDE
    return counts


def _count(plain: str, tokens: Sequence[str]) -> Counter[str]:
    line = concepts(plain)
    counts = Counter("t" + gram for gram in token_grams(tokens))
    counts.update("c" + gram for gram in character_grams(plain))
    counts.update("m" + gram for gram in concept_grams(line))
    counts.update("q" + cue for cue in cues(plain, line))
    return counts


@dataclass(frozen=True)
class Vocabulary:
    """The features known from training, with their column and inverse document frequency."""

    columns: Mapping[str, int]
    idf: Floats

    @classmethod
    def learn(cls, documents: Sequence[Mapping[str, float]], min_documents: int) -> Vocabulary:
        """Keeps the features found in at least `min_documents` documents, in a stable order."""
        frequency = Counter(feature for document in documents for feature in document)
        kept = sorted(feature for feature, count in frequency.items() if count >= min_documents)
        idf = [1.0 + math.log((1 + len(documents)) / (1 + frequency[feature])) for feature in kept]
        return cls({feature: column for column, feature in enumerate(kept)}, np.array(idf, dtype=np.float32))

    def vector(self, counts: Mapping[str, float]) -> tuple[Indices, Floats]:
        """Returns the columns and weights of the known features; each block has length one, unless it is empty."""
        parts = [self._block(counts, block) for block in BLOCKS]
        return np.concatenate([columns for columns, _ in parts]), np.concatenate([weights for _, weights in parts])

    def _block(self, counts: Mapping[str, float], block: str) -> tuple[Indices, Floats]:
        known = [(self.columns[f], n) for f, n in counts.items() if f[0] == block and f in self.columns]
        columns = np.array([column for column, _ in known], dtype=np.int64)
        weights = (1.0 + np.log(np.array([n for _, n in known], dtype=np.float32))) * self.idf[columns]
        norm = float(np.linalg.norm(weights))
        return columns, (weights / norm if norm else weights).astype(np.float32)
