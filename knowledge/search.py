"""Owners' words to entries: a TF-IDF index over names, everyday names and summaries, in Chinese and English alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.entries import Entry, Standing
from knowledge.regions import COUNTRY, contains, region_name

#: How much more a word in a name counts than one in the summary.
_NAME_WEIGHT = 3
#: Added when a whole everyday name occurs in the question; longer names say more.
_ALIAS_BONUS = 0.35
_ENDED_FACTOR = 0.6
_ELSEWHERE_FACTOR = 0.3
#: Who names a place wants what is done there, before what is done everywhere.
_NAMED_PLACE_BONUS = 0.4
#: A place alone is no subject: something of the entry itself must have been named too.
_NAMED_PLACE_FLOOR = 0.15
_WORD = re.compile(r"[a-z0-9]+(?:[-'.&][a-z0-9]+)*|[\u4e00-\u9fff]+")
#: Words of asking, not of the subject: they would tie every question to every entry.
_ASKING = frozenset(
    "what is are the a an of for to in on and or my me i you your can could do does how much many please tell about which get it "
    "this that there have has with if be am we our any some who when where".split()
)
_ASKING_ZH = re.compile(
    r"什么|怎么|怎样|如何|多少|请问|一下|可以|能不能|是不是|有没有|哪个|哪些|我们|我的|你们|这个|那个|吗|呢|啊|吧|的|了"
)


@dataclass(frozen=True)
class Hit:
    """An entry found and how well it fits, between 0 and about 1.5."""

    entry: str
    score: float


class SearchIndex:
    """An index over a fixed set of entries, as they stand on a date."""

    def __init__(self, entries: Iterable[Entry], on: date) -> None:
        self._entries = tuple(entries)
        self._standing = [entry.standing(on) for entry in self._entries]
        self._places = [_place_names(entry) for entry in self._entries]
        self._aliases = [tuple(dict.fromkeys(_aliases(entry))) for entry in self._entries]
        self._vectors = TfidfVectorizer(analyzer=tokens, sublinear_tf=True, dtype=np.float32)
        if self._entries:
            self._matrix = self._vectors.fit_transform([_document(entry) for entry in self._entries])

    def search(self, text: str, *, region: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """Entries a question is about, best first. `region` is the asker's GB/T 2260 code; entries for elsewhere sink."""
        if not self._entries or not any(True for _ in tokens(text)):
            return ()
        similarity = (self._matrix @ self._vectors.transform([text]).T).toarray().ravel()
        folded = fold(text)
        hits = []
        for index, entry in enumerate(self._entries):
            score = float(similarity[index]) + _ALIAS_BONUS * _alias_fit(self._aliases[index], folded)
            if self._standing[index] is not Standing.IN_FORCE:
                score *= _ENDED_FACTOR
            if score > _NAMED_PLACE_FLOOR and any(name in folded for name in self._places[index]):
                score += _NAMED_PLACE_BONUS
            score *= _place_factor(entry, region)
            if score > 0:
                hits.append(Hit(entry.id, round(score, 4)))
        return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.entry))[:limit])


def fold(text: str) -> str:
    """One form for full-width and half-width, upper and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> Iterator[str]:
    """Han runs as one to three characters, Latin words whole and as letter groups that survive a typing slip."""
    for run in _WORD.findall(_ASKING_ZH.sub(" ", fold(text))):
        if "\u4e00" <= run[0] <= "\u9fff":
            yield from (run[i : i + n] for n in (1, 2, 3) for i in range(len(run) - n + 1))
        elif run not in _ASKING:
            yield run
            padded = f"^{run}$"
            yield from (padded[i : i + 4] for i in range(len(padded) - 3))


def _aliases(entry: Entry) -> Iterator[str]:
    for name in (entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en):
        folded = fold(name)
        if len(folded) >= (2 if re.search(r"[\u4e00-\u9fff]", folded) else 3):
            yield folded


def _document(entry: Entry) -> str:
    names = " / ".join((entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en))
    return " / ".join([names] * _NAME_WEIGHT + [entry.summary.zh, entry.summary.en])


def _alias_fit(aliases: tuple[str, ...], folded: str) -> float:
    """0 when no everyday name occurs in the question, up to 1 for one that makes up most of it."""
    found = [alias for alias in aliases if _occurs(alias, folded)]
    return max((min(1.0, 0.5 + len(alias) / max(len(folded), 1)) for alias in found), default=0.0)


def _place_names(entry: Entry) -> tuple[str, ...]:
    """The usual names of the one place an entry is for; none for the whole country."""
    if entry.region.within == COUNTRY:
        return ()
    return region_name(entry.region.within, "zh").rstrip("省市"), fold(region_name(entry.region.within, "en"))


def _place_factor(entry: Entry, region: str | None) -> float:
    if region is None or entry.region.within == COUNTRY:
        return 1.0
    near = contains(entry.region.within, region) or contains(region, entry.region.within)
    return 1.0 if near else _ELSEWHERE_FACTOR


def _occurs(alias: str, folded: str) -> bool:
    if alias not in folded:
        return False  # most often so, and cheaper than a pattern for each of a thousand names
    if re.search(r"[\u4e00-\u9fff]", alias):
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(alias)}(?![a-z0-9])", folded) is not None
