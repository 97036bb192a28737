"""Questions that people at a bank have answered before, found by a question in nearly the same words, or about just the same things.

How alike two short questions are tells little of whether they ask the same: "a fee for paying early" and "for paying late" share most of
their words. So whoever shows what was found shows the question it answered as well, and what is only somewhat alike is for who has
nothing better to say.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from knowledge.search.examples import examples
from knowledge.search.words import bare, fold, tokens

#: How alike two questions must be, from 0 to 1: to be taken for the same, and to be worth showing to somebody who gets no other answer.
SAME, ALIKE = 0.75, 0.45
#: Of what is only to be worth showing: in other words, of which so much is shared, it may also be about just the same entries. Measured on
#: tests/data/questions_valid.jsonl, where no question finds one about something else; below it a fee for paying early and the days of
#: paying early are the same.
IN_OTHER_WORDS, _SHARED = 0.85, 0.1
#: Two questions that name different figures are different: 30万 is not 300万, and one time is not three times.
_FIGURES = re.compile(r"\d|[零一二两三四五六七八九十百千](?=[零一二两三四五六七八九十百千万]*[次回年月天日个家万元成倍期])")
#: How alike two questions are by the entries that fit them, as SearchIndex.likeness tells it.
Likeness = Callable[[str, str], float]


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


def asked_before(
    asked: Iterable[Asked], text: str, language: str, at_least: float = SAME, likeness: Likeness | None = None
) -> Asked | None:
    """What answers a question in its language, as alike as asked for; the most alike, and of several such the newest.

    With `likeness`, where no wording is alike, what is asked in other words. Each is compared, for there are dozens, not thousands.
    """
    said, mine = bare(text), _weights(text)
    found = [
        (1.0 if said == bare(question) else _cosine(mine, _weights(question)), one.on, one.id, one, question)
        for one in asked
        if one.language == language
        for question in one.questions
        if _same_figures(text, question)
    ]
    best = max(found, key=lambda item: item[:3], default=None)
    if not said or best is None:
        return None
    if best[0] >= at_least or likeness is None:
        return best[3] if best[0] >= at_least else None
    others = [(likeness(text, question), on, number, one) for shared, on, number, one, question in found if shared >= _SHARED]
    nearest = max(others, key=lambda item: item[:3], default=None)
    return nearest[3] if nearest is not None and nearest[0] >= IN_OTHER_WORDS else None


def _same_figures(text: str, question: str) -> bool:
    said, there = (_FIGURES.findall(fold(words)) for words in (text, question))
    return not said or not there or said == there


@lru_cache(maxsize=2048)
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
