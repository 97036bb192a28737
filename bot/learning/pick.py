"""Which of the stored messages a person should look at: those the model is unsure of, and those their owner corrected."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.learning.masking import mask
from bot.storage.heard import HeardMessage

#: Least confidence at which a guess needs no second look.
SURE = 0.60
_LONGEST = 400
_TAKEN_BACK = frozenset({"deny", "complain", "ask_human"})
_MISUNDERSTOOD = re.compile(
    r"不是这个意思|不是问|我问的是|答非所问|听不懂|没听懂|没看懂|理解错|搞错|弄错|说的不是"
    r"|\b(?:not what i (?:asked|meant)|i meant|i asked|you misunderst|wrong answer|that is not it|didn'?t ask)",
    re.IGNORECASE,
)
#: Asks the model: the intent and its confidence; None while it cannot be asked.
Guess = Callable[[str], Awaitable[tuple[str, float] | None]]


@dataclass(frozen=True)
class Doubt:
    """A message to be labelled: its text is masked; `why` is "unsure" or "corrected"."""

    turn: int
    text: str
    intent: str
    confidence: float
    why: str


async def doubts(messages: Sequence[HeardMessage], guess: Guess, labelled: Iterable[str]) -> list[Doubt]:
    """The messages worth a label, least sure first; texts that are labelled already, and repetitions, are left out."""
    seen, found = set(labelled), []
    for message, after in _with_next(messages):
        text = mask(message.text)
        if text in seen or len(text) > _LONGEST or message.text.startswith("/"):
            continue
        guessed = await guess(message.text)
        if guessed is None:
            continue
        intent, confidence = guessed
        corrected = after is not None and (after.intent in _TAKEN_BACK or _MISUNDERSTOOD.search(after.text) is not None)
        if corrected or confidence < SURE:
            seen.add(text)
            found.append(Doubt(message.turn, text, intent, round(confidence, 4), "corrected" if corrected else "unsure"))
    return sorted(found, key=lambda doubt: (doubt.confidence, doubt.turn))


def _with_next(messages: Sequence[HeardMessage]) -> list[tuple[HeardMessage, HeardMessage | None]]:
    """Each message with the one its owner wrote next."""
    pairs: list[tuple[HeardMessage, HeardMessage | None]] = []
    following: dict[str, HeardMessage] = {}
    for message in reversed(messages):
        pairs.append((message, following.get(message.owner)))
        following[message.owner] = message
    return pairs[::-1]
