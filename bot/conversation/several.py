"""Two questions in one message: each is understood by itself, unless one of them contains the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.model import Part, Understanding
from bot.conversation.wanted import wanted_in
from nlu.cues import frames
from nlu.text import normalise

#: A guess on a part this sure is believed.
_SURE = 0.6
_PARTS_AT_MOST, _LONG = 3, 90
_CLAUSE = re.compile(
    r"[？?。；;！!\n]+|[，,](?!\d)|(?:另外|还有|顺便)(?=[^，。]{2})"
    r"|(?<=\S) (?:and|also|plus) (?=(?:how|what|which|do|does|can|is|are|when|who)\b)",
    re.IGNORECASE,
)
_PART_AT_LEAST = 3
#: The results tell sums and rates, too: who asks for both asks for them.
_CONTAINS = {"ask_match": frozenset({"ask_terms", "ask_compare", "cheaper"})}


def questions_in(text: str) -> tuple[str, ...]:
    """The clauses that ask, where there are several; none of a long story."""
    if len(text) > _LONG:
        return ()
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if clause and len(clause.strip()) >= _PART_AT_LEAST]
    asking = tuple(clause for clause in clauses if _asks(normalise(clause)))
    return asking if 1 < len(asking) <= _PARTS_AT_MOST else ()


def _asks(clause: str) -> bool:
    return frames.QUESTION.search(clause) is not None or frames.LEFT_OPEN.search(clause) is not None


def wanted_of(text: str, intent: str, confidence: float) -> str | None:
    """What one part asks for, where that is plain."""
    return wanted_in(text) or (intent if confidence >= _SURE and intent.startswith("ask_") else None)


def joined_up(understanding: Understanding, parts: Sequence[Part]) -> Understanding:
    """A message's understanding with those of its parts; as it was where they ask for one thing."""
    intents = {part.intent for part in parts}
    if len(intents) <= 1:
        return understanding
    for whole, within in _CONTAINS.items():
        if whole in intents and intents <= within | {whole}:
            return replace(understanding, intent=whole, confidence=1.0)
    return replace(understanding, intent=parts[0].intent, confidence=1.0, topics=parts[0].topics, parts=tuple(parts))
