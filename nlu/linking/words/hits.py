"""Every place where the lexicon's words stand in a message, whatever part they play there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from nlu.cues import words
from nlu.cues.patterns import Pattern
from nlu.linking.words.statements import IN_WORDS, statement

#: By statement the places of its words, in text order.
Hits = Mapping[str, tuple[re.Match[str], ...]]


def hits_in(norm: str) -> Hits:
    """The lexicon's words in a normalised text, by the statement they would make."""
    found: dict[str, list[re.Match[str]]] = defaultdict(list)
    for said, pattern in _LEXICON:
        found[said] += pattern.finditer(norm)
    return {said: tuple(sorted(places, key=lambda match: match.start())) for said, places in found.items() if places}


def _lexicon() -> Iterator[tuple[str, Pattern]]:
    for fact in IN_WORDS:
        yield from ((statement(fact, value), pattern) for value, pattern in words.CHOICES.get(fact, ()))
        yield from ((statement(fact, value), pattern) for value, pattern in words.FLAGS.get(fact, ()))
        yield from ((statement(fact, True), pattern) for _, pattern in words.TOPICS.get(fact, ()))
    yield from ((statement("purpose", value), pattern) for value, pattern in words.PURPOSE_OBJECTS)
    yield from ((statement("tax_grade", grade), pattern) for grade, pattern in words.TAX_GRADE)
    yield statement("collateral", "none"), words.COLLATERAL_NONE
    yield statement("collateral", "real_estate"), words.OWNS_HOUSE


_LEXICON = tuple(_lexicon())
