"""Questions that people at a bank have answered before, found by a question in nearly the same words.

How alike two short questions are tells little of whether they ask the same: "a fee for paying early" and "for paying late" share most of
their words. So whoever shows what was found shows the question it answered as well, and what is only somewhat alike is for who has
nothing better to say.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge.search.examples import examples
from knowledge.search.words import bare, fold, tokens

#: How alike two questions must be, from 0 to 1: to be taken for the same, and to be worth showing to somebody who gets no other answer.
SAME, ALIKE = 0.75, 0.45
#: Two questions that name different figures are different: 30万 is not 300万.
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True)
class Asked:
    """An answer that staff of a bank gave, reviewed by a second person, and the wordings of its question, the plainest first.

    `bank` is the bank's name by language.
    """

    id: int
    language: str
    questions: tuple[str, ...]
    answer: str
    bank: Mapping[str, str]
    on: date


def asked_before(asked: Iterable[Asked], text: str, language: str, at_least: float = SAME) -> Asked | None:
    """What answers a question in its language, as alike as asked for; the most alike, and of several such the newest.

    Each is compared, for there are dozens, not thousands.
    """
    said, mine = bare(text), _weights(text)
    found = [
        (1.0 if said == bare(question) else _cosine(mine, _weights(question)), one.on, one.id, one)
        for one in asked
        if one.language == language
        for question in one.questions
        if _same_figures(text, question)
    ]
    best = max(found, key=lambda item: item[:3], default=None)
    return best[3] if said and best is not None and best[0] >= at_least else None


def _same_figures(text: str, question: str) -> bool:
    said, there = ([char for char in fold(words) if char in _DIGITS] for words in (text, question))
    return not said or not there or said == there


def _weights(text: str) -> Mapping[str, float]:
    common = _commonness()
    pieces = Counter(tokens(text))
    return {piece: (1 + math.log(count)) * (_rarest() - common.get(piece, 0.0)) for piece, count in pieces.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if not one or not other:
        return 0.0
    shared = sum(weight * other[piece] for piece, weight in one.items() if piece in other)
    return shared / math.sqrt(sum(x * x for x in one.values()) * sum(x * x for x in other.values()))


@cache
def _commonness() -> Mapping[str, float]:
    """The logarithm of how many of the example questions hold a piece: what everybody says says little."""
    questions = [question for of_entry in examples().entries.values() for question in of_entry]
    seen = Counter(piece for question in questions for piece in set(tokens(question)))
    return {piece: math.log(1 + count) for piece, count in seen.items()}


@cache
def _rarest() -> float:
    """The weight of a piece that no example holds; above that of the commonest one."""
    return 1 + max(_commonness().values(), default=0.0)
