"""The search index: a linear classifier over what entries are called and what owners ask, with "nothing of these" as one of its answers.

Each entry gets a weight for every word, learned from its names, its summary and the example questions; so do the questions that no entry
answers. How well an entry fits is by how much its weights outdo those of "nothing of these". The index is fitted when it is built: nothing
is stored that could be out of date with the entries.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import islice
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from knowledge.entries import Entry, Kind, Standing
from knowledge.regions import COUNTRY, contains, region_name, regions
from knowledge.search.examples import examples
from knowledge.search.places import named_place
from knowledge.search.shared import SharedWords
from knowledge.search.subjects import head, not_here
from knowledge.search.synonyms import synonyms
from knowledge.search.terms import stands_in
from knowledge.search.words import bare, fold, tokens

#: The score from which the best hit answers a question. Below it there is nothing on that, and no hit is given.
FLOOR = 0.5
#: By how much the best entry must outdo "nothing of these". Chosen on tests/data/questions_valid.jsonl; see docs/adr/0008.
_MARGIN = -0.25
#: How steeply the score rises with the margin; it only spreads the figures, the order stays.
_STEEPNESS = 2.0
#: Taken from an entry that is done elsewhere than where the asker is: near the whole distance between a good fit and none.
_ELSEWHERE = 0.6
_ENDED = 0.05
#: For what is done where the asker is, before what is done everywhere: a little, and more for who asks for just that.
_HERE, _HERE_ASKED_FOR = 0.05, 0.35
_ASKS_FOR_HERE = frozenset({"province", "city"})
#: For an entry that is called just what was asked, word for word.
_NAMED = 0.5
#: For an entry one of whose names stands in the question: what is asked is about that, wherever the asker is.
_CALLED, _NAME_AT_LEAST = 0.2, 3
_REGULARISATION = 1.0

Margins = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Hit:
    """An entry found and how well it fits, between 0 and 1; FLOOR and above answers the question."""

    entry: str
    score: float


class SearchIndex:
    """An index over a fixed set of entries, as they stand on a date."""

    def __init__(self, entries: Iterable[Entry], on: date) -> None:
        self._entries = tuple(entries)
        self._ended = np.array([_ENDED * (entry.standing(on) is not Standing.IN_FORCE) for entry in self._entries])
        self._names = [frozenset(map(bare, (e.name.zh, e.name.en, *e.also.zh, *e.also.en))) for e in self._entries]
        self._places = [entry.region.within for entry in self._entries]
        self._offers = np.array([entry.kind is not Kind.DEFINITION for entry in self._entries], dtype=float)
        self._local = np.array([place != COUNTRY for place in self._places])
        self._vectors = TfidfVectorizer(analyzer=_analyse, sublinear_tf=True, dtype=np.float32)
        self._texts = [fold("\n".join(_texts(entry))) for entry in self._entries]
        self._shared = SharedWords(self._texts)
        if self._entries:
            self._fit()

    def _fit(self) -> None:
        told = [(index, text) for index, entry in enumerate(self._entries) for text in _texts(entry)]
        told.extend((len(self._entries), text) for text in examples().nothing)
        labels, texts = zip(*told, strict=True)
        model = LinearSVC(C=_REGULARISATION, random_state=0).fit(self._vectors.fit_transform(texts), labels)
        weights, offsets = model.coef_, model.intercept_
        if len(weights) == 1:  # one entry only: the one row speaks for "nothing", its opposite for the entry
            weights, offsets = np.vstack((-weights, weights)), np.concatenate((-offsets, offsets))
        # One subtraction now instead of one a question: what is kept is by how much each entry outdoes "nothing of these".
        self._weights = np.ascontiguousarray((weights[:-1] - weights[-1]).T, dtype=np.float32)
        self._offsets = offsets[:-1] - offsets[-1]

    def search(self, text: str, *, region: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """Entries a question is about, best first; none when the best does not answer it.

        `region` is the asker's GB/T 2260 code; a place named in the question counts before it. Entries for elsewhere sink.
        """
        if not self._entries:
            return ()
        if bare(text) in _without_answer():
            return ()
        place = named_place(fold(text))
        margins = self._margins(text, place.code if place else region)
        if margins is None or margins.max() < _MARGIN:
            return ()
        called = self._called(bare(text))
        margins = margins + _CALLED * called
        if place is None and region is not None and region[:2] + "0000" in regions():
            # Something answers: what is done where the asker is fits as well as if they had named the place.
            as_if_named = self._margins(f"{_plain_place(region)} {text}", region)
            margins = margins if as_if_named is None else np.where(self._local, np.maximum(margins, as_if_named), margins)
        scores = [_score(float(margin)) for margin in margins]
        order = sorted(range(len(scores)), key=lambda at: (-scores[at], self._entries[at].id))
        if not self._answers(order[0], text, called):
            return ()
        carrying = self._shared.carrying(text)
        about = (at for at in order if scores[at] > 0 and (called[at] or self._shared.shares(carrying, at)))
        return tuple(Hit(self._entries[at].id, scores[at]) for at in islice(about, limit))

    def likeness(self, text: str, other: str) -> float:
        """How alike two questions are by how every entry fits them, from -1 to 1; 0 where one of them is about nothing that is here."""
        one, two = (self._margins(words, None) if self._entries else None for words in (text, other))
        if one is None or two is None or min(one.max(), two.max()) < _MARGIN:
            return 0.0
        one, two = one - one.mean(), two - two.mean()
        length = float(np.linalg.norm(one) * np.linalg.norm(two))
        return float(one @ two) / length if length > 0 else 0.0

    def not_told(self, text: str) -> str | None:
        """What a text calls by a name of which nothing is told here; None where it calls an offer that is here as well."""
        return None if (self._called(bare(text)) * self._offers).any() else not_here(text)

    def pledged(self, thing: str) -> bool:
        """Whether anything is told of such a thing where pledges are spoken of."""
        return any(stands_in(head(thing), self._texts[at]) for at in self._shared.told_with("#pledge"))

    def knows(self, term: str) -> bool:
        """Whether a term, as its asker writes it, stands anywhere in what is told of the entries or asked about them."""
        return stands_in(synonyms().spelt(fold(term)), self._told)

    @cached_property
    def _told(self) -> str:
        concepts = (word for word, _ in (*synonyms().zh, *synonyms().en))
        return "\n".join((*self._texts, fold("\n".join(concepts))))

    def _margins(self, text: str, region: str | None) -> Margins | None:
        """By how much each entry outdoes "nothing of these"; None when no word of the text is known."""
        row = self._vectors.transform([text])
        if row.nnz == 0:
            return None
        called = bare(text)
        named = np.array([_NAMED * (called in names) for names in self._names])
        margins: Margins = (row @ self._weights).ravel() + self._offsets + named - self._ended + self._by_place(text, region)
        return margins

    def _answers(self, best: int, text: str, called: Margins) -> bool:
        """Whether what fits best is what is asked: it shares more than the words of the trade, and tells of what is called by name."""
        missing = self.not_told(text)
        told = missing is None or missing.lower() in self._texts[best]
        return told and (bool(called[best]) or self._shared.shares(self._shared.carrying(text), best))

    def _called(self, text: str) -> Margins:
        """1 for each entry with a name in the text that no longer name of another holds, else 0."""
        said = {name for names in self._names for name in names if len(name) >= _NAME_AT_LEAST and name in text}
        longest = {name for name in said if not any(name in other for other in said if other != name)}
        return np.array([float(not names.isdisjoint(longest)) for names in self._names])

    def _by_place(self, text: str, region: str | None) -> Margins:
        if region is None:
            return np.zeros(len(self._entries))
        here = _HERE_ASKED_FOR if _ASKS_FOR_HERE & synonyms().concepts(fold(text)) else _HERE
        bonus = {place: _place_bonus(place, region, here) for place in set(self._places)}
        return np.array([bonus[place] for place in self._places])


@cache
def _without_answer() -> frozenset[str]:
    """Questions known to have none, word for word: "loan" alone is about everything, hence about nothing."""
    return frozenset(map(bare, examples().nothing))


def _analyse(text: str) -> list[str]:
    return list(tokens(text))


def _texts(entry: Entry) -> Iterator[str]:
    """What is told of an entry, a name or a question at a time; the small print of a language is one text, so that no line of it shouts."""
    yield from (entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en, entry.summary.zh, entry.summary.en)
    for language in ("zh", "en"):
        yield " / ".join((*_source(entry, language), *(item[language] for item in entry.confirm)))
    yield from examples().entries.get(entry.id, ())


def _source(entry: Entry, language: str) -> Iterator[str]:
    source = entry.source
    yield source.issuer[language]
    if source.title:
        yield source.title[language]
    if source.number:
        yield source.number
    if entry.provider:
        yield entry.provider.name[language]


def _plain_place(region: str) -> str:
    """A region's city by name, else its province: a district's own name may be that of districts elsewhere, as 鼓楼区 is."""
    city = region[:4] + "00"
    name = region_name(city) if city in regions() else ""
    return name if name and named_place(fold(name)) else region_name(region[:2] + "0000")


def _place_bonus(within: str, region: str, here: float) -> float:
    if within == COUNTRY:
        return 0.0
    return here if contains(within, region) or contains(region, within) else -_ELSEWHERE


def _score(margin: float) -> float:
    return round(1 / (1 + math.exp(-_STEEPNESS * (margin - _MARGIN))), 4)
