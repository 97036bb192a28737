"""What the search sees of a text: pieces of its words, the concepts they stand for and the place it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations

from knowledge.search.places import named_place
from knowledge.search.synonyms import synonyms

_WORD = re.compile(r"[a-z0-9]+(?:[-'.&][a-z0-9]+)*|[\u4e00-\u9fff]+")
#: Words of asking, not of the subject: they would tie every question to every entry.
_ASKING = frozenset(
    "what is are the a an of for to in on and or my me i you your can could do does how much many please tell about which get it "
    "this that there have has with if be am we our any some who when where".split()
)
_ASKING_ZH = re.compile(
    r"什么|怎么|怎样|如何|多少|请问|一下|可以|能不能|是不是|有没有|哪个|哪些|我们|我的|你们|这个|那个|吗|呢|啊|吧|的|了"
)


def fold(text: str) -> str:
    """One form for full-width and half-width, upper and lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def bare(text: str) -> str:
    """A text without its punctuation, its spaces and its words of asking: what is left of a question that is a name."""
    return "".join(plain_words(fold(text)))


def plain_words(folded: str) -> list[str]:
    """The runs of Han characters and the Latin words of a folded text, without those of asking."""
    return [run for run in _WORD.findall(_ASKING_ZH.sub(" ", folded)) if run not in _ASKING]


def tokens(text: str) -> Iterator[str]:
    """The pieces of a text, with repeats.

    Han runs as one to three characters, Latin words whole, in pairs, and as letter groups that survive a typing slip. A place becomes
    its code and its province's, so that every town of a province speaks for what is done there. A concept counts twice: it is surer
    than any one of its words. Two concepts also count together: what a question is about is rarely said by one ("new hires" and "loan").
    """
    words = synonyms().spelt(fold(text))
    concepts = [f"#{concept}" for concept in sorted(synonyms().concepts(words))]
    place = named_place(words)
    places = [] if place is None else list(dict.fromkeys((f"@{place.code}", f"@{place.code[:2]}0000")))
    pieces = list(_pieces(words if place is None else words.replace(place.name, " ")))
    if not pieces and place is None:
        return  # only words of asking: they are about nothing
    yield from pieces
    yield from (*places, *concepts, *concepts)
    yield from map("".join, combinations((*concepts, *places), 2))


def _pieces(words: str) -> Iterator[str]:
    before = ""
    for run in _WORD.findall(_ASKING_ZH.sub(" ", words)):
        if "\u4e00" <= run[0] <= "\u9fff":
            yield from (run[i : i + n] for n in (1, 2, 3) for i in range(len(run) - n + 1))
            before = ""
            continue
        if run not in _ASKING:
            yield run
            padded = f"^{run}$"
            yield from (padded[i : i + 4] for i in range(len(padded) - 3))
        if before and not (run in _ASKING and before in _ASKING):
            yield f"{before} {run}"
        before = run
