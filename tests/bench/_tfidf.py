"""The yardstick of the search: TF-IDF over names, everyday names and summaries, with a bonus for a whole name in the question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.entries import Entry
from knowledge.regions import COUNTRY, contains
from knowledge.search import fold

_NAME_WEIGHT, _NAME_BONUS, _ELSEWHERE = 3, 0.35, 0.3
_WORD = re.compile(r"[a-z0-9]+(?:[-'.&][a-z0-9]+)*|[\u4e00-\u9fff]+")
_ASKING_ZH = re.compile(r"什么|怎么|怎样|如何|多少|请问|一下|可以|能不能|是不是|有没有|哪个|哪些|我们|我的|这个|那个|吗|呢|啊|吧|的|了")
_ASKING = frozenset("what is are the a an of for to in on and or my i you can could do does how much which get it this that".split())


class PlainIndex:
    """Entries by the likeness of a question to what they are called."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = tuple(entries)
        self._names = [[fold(name) for name in _names(entry) if len(name) > 1] for entry in self._entries]
        self._vectors = TfidfVectorizer(analyzer=lambda text: list(_tokens(text)), sublinear_tf=True, dtype=np.float32)
        self._matrix = self._vectors.fit_transform([_document(entry) for entry in self._entries])

    def search(self, text: str, region: str | None) -> list[tuple[str, float]]:
        """Entry ids with their scores, best first."""
        alike = (self._matrix @ self._vectors.transform([text]).T).toarray().ravel()
        folded = fold(text)
        scored = [
            (entry.id, (score + self._bonus(index, folded)) * _place_factor(entry, region))
            for index, (entry, score) in enumerate(zip(self._entries, alike.tolist(), strict=True))
        ]
        return sorted((item for item in scored if item[1] > 0), key=lambda item: (-item[1], item[0]))

    def _bonus(self, index: int, folded: str) -> float:
        lengths = [len(name) for name in self._names[index] if name in folded]
        return _NAME_BONUS * min(1.0, 0.5 + max(lengths) / len(folded)) if lengths else 0.0


def _document(entry: Entry) -> str:
    return " / ".join([*_names(entry)] * _NAME_WEIGHT + [entry.summary.zh, entry.summary.en])


def _names(entry: Entry) -> tuple[str, ...]:
    return (entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en)


def _tokens(text: str) -> Iterator[str]:
    for run in _WORD.findall(_ASKING_ZH.sub(" ", fold(text))):
        if "\u4e00" <= run[0] <= "\u9fff":
            yield from (run[i : i + n] for n in (1, 2, 3) for i in range(len(run) - n + 1))
        elif run not in _ASKING:
            yield run
            padded = f"^{run}$"
            yield from (padded[i : i + 4] for i in range(len(padded) - 3))


def _place_factor(entry: Entry, region: str | None) -> float:
    within = entry.region.within
    if region is None or within == COUNTRY or contains(within, region) or contains(region, within):
        return 1.0
    return _ELSEWHERE
