"""Flags and choices that a whole clause says, from lexicon/sayings.yaml: 拿的是个体照, 从B滑到C. Nothing learnt takes these away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.firm import FactType, FactValue, vocabulary
from nlu.cues import words
from nlu.facts import Mention
from nlu.reading.collateral import NOT_OWN, TAKEN
from nlu.reading.scope import Scope

#: A fact, its value, and the words that say it.
Said = tuple[str, FactValue, re.Match[str]]


def sayings(scope: Scope) -> Iterator[Said]:
    """What the clauses say, the fact's first value in the table first; of a list every item is one saying."""
    for name, table in words.SAYINGS.items():
        for value, pattern in table:
            match = next((hit for hit in pattern.finditer(scope.norm) if _says(scope, name, value, hit)), None)
            if match is None:
                continue
            yield name, _value(name, value), match
            if vocabulary()[name].type is not FactType.CHOICES:
                break


def _says(scope: Scope, name: str, value: str, match: re.Match[str]) -> bool:
    """Whether the words state something; what is lacking or held stands even in a question, what money is for or is pledged does not."""
    if name == "collateral" and (TAKEN.search(scope.clause_text(match.start())) or _of_others(scope, value, match)):
        return False
    return scope.states(*match.span()) and not scope.asked(match.start(), plain=value == "none" or name not in ("purpose", "collateral"))


def _of_others(scope: Scope, value: str, match: re.Match[str]) -> bool:
    """房子是租的，机器可以押: whether what the words name of this kind is rented or somebody else's."""
    things = [
        thing for kind, pattern in words.CHOICES["collateral"] if kind == value for thing in pattern.finditer(scope.norm, *match.span())
    ]
    return bool(things) and all(NOT_OWN.match(scope.norm, thing.end()) for thing in things)


def _value(name: str, value: str) -> FactValue:
    kind = vocabulary()[name].type
    return value == "yes" if kind is FactType.FLAG else (value,) if kind is FactType.CHOICES else value


def with_sayings(scope: Scope, found: list[Mention], text: str) -> list[Mention]:
    """The mentions with what whole clauses say instead of what single words do; a list keeps what else is told."""
    for name, value, match in sayings(scope):
        before = [mention for mention in found if mention.name == name]
        if isinstance(value, tuple) and before and isinstance(before[0].value, tuple) and value != ("none",):
            together = {*value, *before[0].value} - {"none"}
            value = tuple(choice for choice in vocabulary()[name].choices if choice in together)
        found = [mention for mention in found if mention.name != name]
        found.append(Mention(name, value, match.start(), match.end(), text[match.start() : match.end()], told=True))
    return found
