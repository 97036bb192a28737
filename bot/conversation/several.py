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
#: Longer messages, in characters, tell a story; English needs more of them than Chinese.
_PARTS_AT_MOST, _LONG_HAN, _LONG = 3, 110, 200
_HAN = re.compile("[\u4e00-\u9fff]")
_CLAUSE = re.compile(
    r"[？?。；;！!\n]+|\bq ?\d\b[.:)]?|(?:(?<=\s)|^)[1-4][.)] |[，,](?!\d)|(?:另外|还有|顺便)(?=[^，。]{2})"
    r"|(?<=\S) (?:and|also|plus) (?=(?:how|what|which|do|does|can|could|will|would|should|must|is|are|when|who|where)\b)",
    re.IGNORECASE,
)
#: 利息高不高
_A_NOT_A = re.compile(r"([\u4e00-\u9fff])不\1")
#: A space where others write a comma.
_DICTATED = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_PART_AT_LEAST = 3
#: Leans on the clause before it: 先找哪家，为什么.
_LEANS = re.compile(
    r"那?(?:为什么|为啥|凭什么|怎么样|咋样|怎么办|行不行|可以吗|行吗|对吗|是吗|好不好|影响大吗|大不大)|(?:and )?(?:why|how so|is that ok)"
)
#: The results tell sums and rates, too: who asks for both asks for them.
_CONTAINS = {"ask_match": frozenset({"ask_terms", "ask_compare", "cheaper"})}


def questions_in(text: str) -> tuple[str, ...]:
    """The clauses that ask, where there are several; none of a long story."""
    if len(text) > (_LONG_HAN if _HAN.search(text) else _LONG):
        return ()
    clauses = [clause.strip() for clause in _CLAUSE.split(_DICTATED.sub("，", text)) if clause and len(clause.strip()) >= _PART_AT_LEAST]
    asking = tuple(clause for clause in clauses if _asks(normalise(clause)))
    return asking if 1 < len(asking) <= _PARTS_AT_MOST else ()


def _asks(clause: str) -> bool:
    if _LEANS.fullmatch(clause.strip()):
        return False
    return frames.QUESTION.search(clause) is not None or _A_NOT_A.search(clause) is not None or frames.LEFT_OPEN.search(clause) is not None


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
