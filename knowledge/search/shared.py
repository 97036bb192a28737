"""Whether a question and an entry share a word that says what the question is about.

Everything here is about loans, interest and firms: an entry that shares no more than that with a question may be about anything else of
the trade. A word carries a question where only some of the entries are told with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.search.synonyms import synonyms
from knowledge.search.words import fold, plain_words

#: A word carries where at most this share of the entries is told with it; of a few entries, where at most so many are.
#: On tests/data/questions_valid.jsonl, by which the share was chosen, each entry that answers shares a word of at most 13 of 154.
_SHARE, _FEW = 1 / 6, 4
#: Characters of asking and pointing: a pair that holds one is no word of the subject.
_SMALL = re.compile(
    r"[我你您他她它俺咱给能要会不有没是在和跟就都还也吗呢啥咋么嘛个点这那到对来去把被让想说做办用可以怎谁几多少些里上下后前为]"
)
_LATIN = re.compile(r"[a-z0-9]+")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e")
_STEM_AT_LEAST = 4


class SharedWords:
    """What each of some entries is told with, and how many others are told with the same."""

    def __init__(self, told: Sequence[str]) -> None:
        self._told = [frozenset(_units(text)) for text in told]
        self._count = Counter(unit for units in self._told for unit in units)
        self._at_most = max(_FEW, len(told) * _SHARE)

    def carrying(self, text: str) -> frozenset[str]:
        """Of the words of a question those that carry it, with what they stand for; words that no entry is told with are left out."""
        return frozenset(unit for unit in _units(text) if 0 < self._count[unit] <= self._at_most)

    def shares(self, carrying: frozenset[str], entry: int) -> bool:
        """Whether an entry, by its place, is told with one of the words that carry a question."""
        return not carrying.isdisjoint(self._told[entry])

    def told_with(self, unit: str) -> list[int]:
        """The entries, by their places, that are told with a word or, as "#concept", with any word for it."""
        return [at for at, units in enumerate(self._told) if unit in units]


def _units(text: str) -> Iterator[str]:
    spelt = synonyms().spelt(fold(text))
    yield from (f"#{concept}" for concept in synonyms().concepts(spelt))
    for run in plain_words(spelt):
        if run.isascii():
            yield from (_stem(word) for word in _LATIN.findall(run))
        else:
            pairs = (run[i : i + 2] for i in range(len(run) - 1))
            yield from (pair for pair in pairs if not _SMALL.search(pair))


def _stem(word: str) -> str:
    return next((word.removesuffix(end) for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _STEM_AT_LEAST), word)
