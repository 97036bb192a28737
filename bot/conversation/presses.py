"""Buttons. An id is a letter, or a word, and its arguments, so it fits Telegram's 64 bytes and survives a restart of the advisor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.conversation.answers import (
    after_loan,
    bulletin,
    card,
    desk,
    desk_talk,
    entry,
    facts,
    money,
    news,
    papers,
    plain,
    rating,
    referral,
    reminders,
    results,
    signals,
    warning,
)
from bot.conversation.answers.beside import WISHES
from bot.conversation.answers.groups import GROUPS
from bot.conversation.answers.table import table_pressed
from bot.conversation.asking import question_buttons, question_text, recall_question
from bot.conversation.facts import replace_value
from bot.conversation.model import Answer, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.entries import Entry
from knowledge.firm import FactError, FactType, FactValue, spec_of, vocabulary


def press(scene: Scene, button: str) -> Answer:
    """Answer a pressed button. One that means nothing any more gets a sentence, not an error."""
    letter, _, rest = button.partition(":")
    handler = _HANDLERS.get(letter)
    if letter != "f":  # whatever is said next, a yes is no longer about figures of a file
        scene = scene.with_dialogue(scene.dialogue.but(checking=None, amending=None))
    answer = handler(scene, rest) if handler else None
    answer = bulletin.skipped(scene.dialogue, answer) if answer else None
    return recall_question(answer) if answer else Answer((Reply(say("stale_button", scene.language)),), scene.dialogue)


def _give(scene: Scene, rest: str) -> Answer | None:
    """a:fact:value answers the question; w:fact:value moves a correction to the fact that was meant."""
    name, _, raw = rest.partition(":")
    try:
        value = _value(name, raw)
    except FactError:
        return None
    taken = replace_value(scene.dialogue.firm, name, value, scene.today)
    recent = tuple(n for n in scene.dialogue.recent if n != name)
    asking = None if scene.dialogue.asking == name else scene.dialogue.asking
    dialogue = scene.dialogue.but(firm=taken.firm, asking=asking, recent=(*recent, name))
    told = Scene(scene.world, dialogue, scene.today, scene.understanding, taken)
    return bulletin.settled(told, scene.dialogue) or facts.take_facts(told)


def _move_correction(scene: Scene, rest: str) -> Answer | None:
    """The figure was meant for another fact: give the corrected one its earlier value back, and set the other."""
    name = rest.partition(":")[0]
    wrong = next((n for n in reversed(scene.dialogue.recent) if n in scene.dialogue.firm and n != name), None)
    restored = scene.dialogue.corrected
    if restored is not None and wrong == restored.name:
        scene = scene.with_dialogue(scene.dialogue.but(firm=scene.dialogue.firm.having(restored), corrected=None))
    return _give(scene, rest)


def _edit(scene: Scene, name: str) -> Answer | None:
    if name not in vocabulary():
        return None
    language = scene.language
    return Answer((Reply(question_text(name, language), question_buttons(name, language)),), scene.dialogue.but(asking=name))


def _value(name: str, raw: str) -> FactValue:
    """A button's text as a typed value. Raises FactError."""
    spec = spec_of(name)
    value: Any = raw
    if spec.type is FactType.FLAG:
        value = {"true": True, "false": False}.get(raw)
    elif spec.type is FactType.CHOICES:
        value = [raw]
    elif spec.type in (FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT):
        try:
            value = Decimal(raw)
        except InvalidOperation as error:
            raise FactError(f"{name}: not a number") from error
    return spec.parse(value)


def _about(answer: Callable[[Entry, Scene], Answer]) -> Callable[[Scene, str], Answer | None]:
    def handler(scene: Scene, entry_id: str) -> Answer | None:
        found = scene.world.pack.get(entry_id)
        return answer(found, scene) if found else None

    return handler


def _results(scene: Scene, group: str) -> Answer | None:
    if not group:
        return results.show_results(scene)
    return results.show_group(scene, group) if group in GROUPS else None


def _table(scene: Scene, terms: str) -> Answer | None:
    reply = table_pressed(terms, scene.language)
    return Answer((reply,), scene.dialogue, aside=True) if reply else None


def _erase(scene: Scene, choice: str) -> Answer | None:
    if scene.dialogue.pending != plain.ERASE:
        return None
    return plain.erase(scene) if choice == "yes" else plain.deny(scene)


_HANDLERS: Mapping[str, Callable[[Scene, str], Answer | None]] = {
    "a": _give,
    "w": _move_correction,
    "e": _edit,
    "s": lambda scene, name: plain.skip(name, scene) if name in vocabulary() else None,
    "l": lambda scene, language: plain.speak(language, scene) if language in plain.LANGUAGES else None,
    "m": _results,
    "n": _about(entry.describe),
    "d": _about(entry.entry_documents),
    "p": _about(entry.entry_process),
    "t": _about(reminders.set_reminder),
    "z": _about(reminders.cancel_reminder),
    "k": lambda scene, wish: results.reorder(scene, wish) if wish in WISHES else None,
    "f": papers.pressed,
    "h": lambda scene, _: desk.person(scene),
    "b": after_loan.pressed,
    "o": desk_talk.pressed,
    "y": _table,
    "c": lambda scene, _: card.show_card(scene),
    "g": rating.pressed,
    "v": signals.pressed,
    "i": lambda scene, _: money.improve(scene),
    "j": warning.pressed,
    "q": lambda scene, _: plain.affirm(scene),
    "r": lambda scene, _: plain.restart(scene),
    "news": news.pressed,
    "share": referral.pressed,
    "u": lambda scene, _: plain.undo_restart(scene),
    "x": _erase,
}
