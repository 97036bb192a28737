"""Questions that staff of a bank have answered before, told with the question they answered and who answered when."""

from __future__ import annotations

from bot.conversation.model import Answer, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.formats import day
from knowledge.search.asked import ALIKE, SAME, Likeness, asked_before


def answered_before(scene: Scene) -> Answer | None:
    """The answer to what is nearly word for word such a question."""
    return _told(scene, SAME)


def something_like(scene: Scene) -> Answer | None:
    """The answer to a question that is somewhat alike, or asks the same in other words: for who gets no other."""
    return _told(scene, ALIKE, scene.world.index.likeness)


def _told(scene: Scene, at_least: float, likeness: Likeness | None = None) -> Answer | None:
    found = asked_before(scene.world.asked, scene.text, scene.language, at_least, likeness)
    if found is None:
        return None
    language = scene.language
    values = {"question": found.questions[0], "answer": found.answer, "bank": found.bank[language], "on": day(found.on, language)}
    return Answer((Reply(say("asked_before", language, **values)),), scene.dialogue, (f"faq-{found.id}",), aside=True)
