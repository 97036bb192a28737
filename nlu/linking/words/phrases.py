"""A message as text features for the linear model: its word runs, and what stands around the lexicon's words in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from nlu.linking.view import View
from nlu.linking.words.hits import Hits
from nlu.linking.words.statements import fact_of
from nlu.reading.scope import Scope

_TOKEN = re.compile(r"[a-z][a-z'-]*|[一-鿿]|\d+|[^\sa-z一-鿿\d]")
_LONGEST_RUN = 4
_START, _END = "^", "$"
#: How many places of the same words are looked at, and how many characters around each.
_PLACES, _AROUND = 3, 14


@dataclass(frozen=True, slots=True)
class Token:
    """A Han character, a Latin word, a mark, or `0` for a number, with its place in the text."""

    word: str
    start: int
    end: int


def tokens_of(norm: str) -> list[Token]:
    """The tokens of a normalised text between a mark for its start and one for its end."""
    found = [Token("0" if match[0].isdigit() else match[0], *match.span()) for match in _TOKEN.finditer(norm)]
    return [Token(_START, 0, 0), *found, Token(_END, len(norm), len(norm))]


def message_phrases(view: View, hits: Hits) -> frozenset[str]:
    """Text features of a whole message. Those that do not come from its own words alone begin with X."""
    tokens = [token.word for token in tokens_of(view.norm)]
    framed = {f"Xf:{name}" for _, _, name in view.frames}
    return frozenset((*runs(tokens), *around(view.norm, view.scope, hits), *framed, f"Xa:{view.asking or ''}"))


def runs(tokens: Sequence[str]) -> Iterator[str]:
    """Runs of one to four tokens."""
    for size in range(1, _LONGEST_RUN + 1):
        for start in range(len(tokens) - size + 1):
            yield " ".join(tokens[start : start + size])


def around(norm: str, scope: Scope, hits: Hits) -> Iterator[str]:
    """Which words of the lexicon stand there, whether they state something, and what stands beside them."""
    kinds = Counter(fact_of(said) for said in hits)
    yield from (f"Xn:{fact}:{count}" for fact, count in kinds.items())
    for said, places in hits.items():
        yield f"Xh:{said}"
        yield f"Xs:{said}:{any(scope.states(*match.span()) and not scope.asked(match.start()) for match in places)}"
        for match in islice(places, _PLACES):
            yield from _beside(norm, said, match)


def _beside(norm: str, said: str, match: re.Match[str]) -> Iterator[str]:
    before = [_START, _START, _START, *_words(norm[max(0, match.start() - _AROUND) : match.start()])][-3:]
    behind = [*_words(norm[match.end() : match.end() + _AROUND]), _END, _END][:2]
    fact = fact_of(said)
    for side, word in (("l1", before[2:]), ("l2", before[1:]), ("l3", before), ("r1", behind[:1]), ("r2", behind)):
        yield f"{side}:{fact}:{' '.join(word)}"
        if len(word) == 1:
            yield f"{side}:{said}:{word[0]}"


def _words(text: str) -> list[str]:
    return ["0" if word.isdigit() else word for word in _TOKEN.findall(text)]
