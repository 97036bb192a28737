"""The answers to questions about borrowing in general, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.answers.entry import in_short
from bot.conversation.common import PREFIX, Common, common_questions
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
    if question.intent in scene.dialogue.told:
        text = (question.again or {}).get(language) or say("common_again", language)
        return Answer((Reply(text),), scene.dialogue, aside=True)
    text = (question.text or {})[language]
    known = [entry for entry in map(scene.world.pack.get, question.about) if entry is not None]
    buttons = tuple(Button(f"n:{entry.id}", entry.name[language]) for entry in known)
    # Of these the latest counts, and those that have other words for a second time.
    told = tuple(one for one in scene.dialogue.told if not one.startswith(PREFIX) or _has_other_words(one))
    dialogue = scene.dialogue.but(told=(*told, question.intent), of_other=question.of_other or scene.dialogue.of_other)
    return Answer((Reply(text, buttons),), dialogue, tuple(entry.id for entry in known), aside=True)


def _has_other_words(intent: str) -> bool:
    question = common_questions().get(intent)
    return question is not None and question.again is not None
