"""Answers to words about the talk: a goodbye, no hurry, heard wrongly, not understood, for somebody else."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.answers import facts
from bot.conversation.answers.reminders import reminder_buttons
from bot.conversation.asking import news_button, open_question, question_text, results_button
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.render import fact_line
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.firm import vocabulary

_EDITS = 6
_LISTED_EDITS = 12
_REMINDERS_OFFERED = 2


def goodbye(scene: Scene) -> Answer:
    """Who leaves is asked nothing more, and told what is kept and how to go on."""
    known = len(scene.dialogue.firm)
    text = say("goodbye", scene.language, count=known) if known else say("goodbye_new", scene.language)
    return Answer((Reply(text, (results_button(scene.language),) if known else ()),), scene.dialogue.but(asking=None, pending=None))


def no_hurry(scene: Scene) -> Answer:
    """Who wants to look round first may; the open question waits."""
    return Answer((Reply(say("no_hurry", scene.language)),), scene.dialogue.but(reminded=None), aside=True)


def remind_me(scene: Scene) -> Answer:
    """Who wants to be written to on a day hears of what there are reminders, with those that can be set now."""
    ways = (way for way in scene.unlocks.values() if way.on is not None and way.too_late is None)
    offered = [button for way in sorted(ways, key=lambda way: str(way.on)) for button in reminder_buttons(way, scene.language, named=True)]
    buttons = (*offered[:_REMINDERS_OFFERED], *(() if scene.dialogue.news is not None else (news_button(scene.language),)))
    return Answer((Reply(say("remind_me", scene.language), buttons),), scene.dialogue.but(reminded=None), aside=True)


def misheard(scene: Scene) -> Answer:
    """Heard wrongly: nothing is taken, and what was said last can be put right by a tap."""
    language, recent = scene.language, scene.dialogue.recent[-_EDITS:]
    edits = tuple(Button(f"e:{name}", say("edit_button", language, label=vocabulary()[name].label[language])) for name in recent)
    return Answer((Reply(say("misheard_edit" if edits else "misheard", language), edits),), scene.dialogue)


def on_the_way(key: str) -> Callable[[Scene], Answer]:
    """A handler that says one text; where facts were told as well, the questions go on behind it."""

    def handler(scene: Scene) -> Answer:
        told = Reply(say(key, scene.language))
        return facts.carry_on(scene, (told,)) if scene.taken.changes else Answer((told,), scene.dialogue, aside=True)

    return handler


def unclear(scene: Scene) -> Answer:
    """Who did not understand gets the open question in other words: why it is asked and that it may be left out."""
    language, asking = scene.language, scene.dialogue.asking
    if asking is None:
        return Answer((Reply(say("unclear", language)),), scene.dialogue)
    label, question = vocabulary()[asking].label[language], question_text(asking, language)
    buttons = open_question(scene.dialogue, "back_to").buttons
    return Answer((Reply(say("unclear_question", language, label=label, question=question), buttons),), scene.dialogue)


def noted(scene: Scene) -> Answer:
    """Everything that has been noted of the firm; the newest can be put right by a tap."""
    language, known = scene.language, scene.dialogue.firm.facts
    if not known:
        return Answer((Reply(say("noted_nothing", language)),), scene.dialogue, aside=True)
    lines = [say("noted_so_far", language), *(fact_line(fact, language) for fact in known.values()), say("noted_hint", language)]
    names = list(known)[-_LISTED_EDITS:]
    edits = tuple(Button(f"e:{name}", say("edit_button", language, label=vocabulary()[name].label[language])) for name in names)
    return Answer((Reply("\n".join(lines), edits),), scene.dialogue, aside=True)
