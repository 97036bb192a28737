"""English nouns and verbs by the trade they speak of, from lexicon/nouns.yaml, and how the words of a text are looked up in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from nlu.cues.load import table

#: The longest entry has this many words.
_LONGEST = 3


@cache
def nouns(kind: str) -> frozenset[str]:
    """The words of one class, in the singular, parts joined by _."""
    return frozenset(table("nouns")[kind].split())


@cache
def _by_word(block: str) -> Mapping[str, str]:
    """Each word of a block with the industry it stands under; the first stands."""
    found: dict[str, str] = {}
    for industry, words in table("nouns")[block].items():
        for word in words.split():
            found.setdefault(word, industry)
    return found


def in_phrases(kind: str) -> frozenset[str]:
    """Words of a clause that are no goods, by the part they play."""
    return frozenset(table("nouns")["phrase"][kind].split())


def singular(word: str) -> str:
    """A guess: umbrellas, boxes, batteries, knives."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ves") and len(word) > 4 and word[:-1] not in _ENDS_IN_VE:
        return word[:-3] + ("fe" if word[:-3].endswith(("ni", "li", "wi")) else "f")
    if word.endswith(("ches", "shes", "sses", "xes", "zes", "toes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


_ENDS_IN_VE = frozenset("glove valve stove sleeve olive chive sieve dove curve".split())
_KINDS = ("ware", "grocery", "dish", "crop", "beast", "service", "stuff", "gear", "place")


def head_of(words: Sequence[str]) -> tuple[str, int] | None:
    """The industry that the end of a noun phrase names as a kind of business, and how many words say so."""
    for width in range(min(_LONGEST, len(words)), 0, -1):
        tail = "_".join(words[-width:])
        industry = _by_word("heads").get(tail)
        if industry:
            return industry, width
    return None


def staff_of(words: Sequence[str]) -> str | None:
    """The industry whose people stand at the end of a phrase: eighteen knitters."""
    tails = ("_".join(words[-width:]) for width in (2, 1))
    return next((_by_word("staff")[tail] for tail in tails if tail in _by_word("staff")), None)


def kind_of(words: Sequence[str], kinds: Sequence[str] = _KINDS) -> tuple[str, int] | None:
    """The class of goods at the end of a noun phrase, and how many words name it; the longest stands."""
    for width in range(min(_LONGEST, len(words)), 0, -1):
        *front, last = words[-width:]
        tails = ("_".join((*front, singular(last))), "_".join((*front, last)))
        kind = next((kind for kind in kinds for tail in tails if tail in nouns(kind)), None)
        if kind:
            return kind, width
    return None


def deed_of(word: str) -> str | None:
    """The industry of what a verb in any of its forms does: makes, selling, dyed."""
    verbs = _by_word("verbs")
    stems = [word]
    if word.endswith("ing"):
        stem = word[:-3]
        stems += [stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else stem]
    elif word.endswith("s"):
        stems += [word[:-1], word[:-2]]
    return next((verbs[stem] for stem in stems if stem in verbs), None)
