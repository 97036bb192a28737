"""The answers to questions about borrowing in general, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.answers.entry import in_short
from bot.conversation.common import Common, common_questions
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene


def handlers() -> Mapping[str, Callable[[Scene], Answer]]:
    """One handler for each question, by its intent."""
    return {intent: _answering(question) for intent, question in common_questions().items()}


def _answering(question: Common) -> Callable[[Scene], Answer]:
    def handler(scene: Scene) -> Answer:
        entry = scene.world.pack.get(question.entry) if question.entry else None
        if entry is not None:
            return in_short(entry, scene)
        return _told(question, scene)

    return handler


def _told(question: Common, scene: Scene) -> Answer:
    """The text with a button for each entry behind it; what the talk was about stays so."""
    language = scene.language
    told_now = {change.fact.name for change in scene.taken.changes}
    if question.of_other and not scene.dialogue.of_other and scene.dialogue.firm.facts.keys() - told_now:
        return Answer((Reply(say("other_apart", language)),), scene.dialogue, aside=True)
    text = (question.text or {})[language]
    known = [entry for entry in map(scene.world.pack.get, question.about) if entry is not None]
    buttons = tuple(Button(f"n:{entry.id}", entry.name[language]) for entry in known)
    dialogue = scene.dialogue.but(of_other=True) if question.of_other else scene.dialogue
    return Answer((Reply(text, buttons),), dialogue, tuple(entry.id for entry in known), aside=True)
