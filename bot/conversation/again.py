"""What was told already is told shorter, or as the next step, when it is asked for again. Pure."""

from __future__ import annotations

from bot.conversation.model import Dialogue
from bot.conversation.texts import catalogue, say

#: How the keys of a second and a third telling end.
_ENDINGS = ("", "_again", "_once_more")


def said_again(key: str, dialogue: Dialogue, **values: object) -> tuple[str, Dialogue]:
    """The words for what is told the first, the second or a later time, and the dialogue that remembers it."""
    times = min(dialogue.told.count(key), len(_ENDINGS) - 1)
    known = next(name for ending in reversed(_ENDINGS[: times + 1]) if (name := key + ending) in catalogue())
    told = dialogue.told if times == len(_ENDINGS) - 1 else (*dialogue.told, key)
    return say(known, dialogue.language, **values), dialogue.but(told=told)
