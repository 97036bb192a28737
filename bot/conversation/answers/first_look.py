"""What fits, asked for in words: the whole list where it helps, a short look where little is known yet or nothing is new."""

from __future__ import annotations

import re

from bot.conversation.answers.plain import nothing_to_note
from bot.conversation.answers.results import ENOUGH, show_results
from bot.conversation.asking import ask_next
from bot.conversation.model import Answer, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.eligibility import Status
from nlu.cues import frames
from nlu.text import normalise

#: With fewer of the facts that tell offers apart, nearly all of a list would be "cannot tell yet".
_ENOUGH_FOR_A_LIST = 3
#: What a list that was shown before is asked for again by.
_ASKS_FOR_LIST = re.compile(
    r"贷|借|钱|款|结果|方案|产品|推荐|看|查|补贴|政策|担保|利[息率]"
    r"|\b(?:loans?|lend|borrow|money|cash|credit|fund\w*|financ\w*|results?|list|offers?|options?|show|see|find|recommend|suggest|again|help|fits?)\b",
    re.IGNORECASE,
)


def what_fits(scene: Scene) -> Answer:
    """The results; a short look for who has only begun to tell, and no second list for words that ask for none."""
    dialogue = scene.dialogue
    if dialogue.shown and not scene.taken.changes and not _asks(scene.text):
        return nothing_to_note(scene)
    known = sum(name in dialogue.firm for name in ENOUGH)
    if dialogue.shown or not scene.taken.changes or not 0 < known < _ENOUGH_FOR_A_LIST:
        return show_results(scene)
    counts = {status.value: sum(match.status is status for match in scene.matches) for status in Status}
    after, question = ask_next(scene)
    if not question:
        return show_results(scene)
    return Answer((Reply(say("first_look", scene.language, **counts)), *question), after)


def _asks(text: str) -> bool:
    return frames.QUESTION.search(normalise(text)) is not None or _ASKS_FOR_LIST.search(text) is not None
