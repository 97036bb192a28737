"""What was said in jest and is taken back. Pure."""

from __future__ import annotations

import re

from bot.conversation.model import Dialogue
from knowledge.firm import Fact

_IN_JEST = re.compile(
    r"(?:跟你|和你|跟您)?(?:开(?:个|了个)?玩笑|逗(?:你|您)(?:玩)?|瞎说|乱说|瞎编|胡说|说着玩)(?:的|呢|啦|哈|一下)"
    r"|\b(?:just |only )?(?:kidding|joking)\b|\bthat was a joke\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[吗么?？]|你(?:是|在|不是)|您(?:是|在|不是)|\bare you\b", re.IGNORECASE)


def said_in_jest(text: str) -> bool:
    """Whether the words take back what was said before as a joke."""
    return _IN_JEST.search(text) is not None and not _ASKS.search(text)


def without_jest(text: str, dialogue: Dialogue) -> tuple[Dialogue, Fact | None]:
    """The dialogue without the fact that was told last, where the words take it back, and that fact."""
    last = next((fact for name in reversed(dialogue.recent[-1:]) if (fact := dialogue.firm.fact(name)) is not None), None)
    if last is None or not said_in_jest(text):
        return dialogue, None
    recent = tuple(name for name in dialogue.recent if name != last.name)
    return dialogue.but(firm=dialogue.firm.without(last.name), recent=recent), last
