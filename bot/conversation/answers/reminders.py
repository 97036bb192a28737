"""Reminders: offered where an entry opens on a day to come, noted, cancelled, and what is said when the day has come."""

from __future__ import annotations

from datetime import date

from bot.conversation.answers.warning import STEP, step_due
from bot.conversation.asking import results_button
from bot.conversation.model import Answer, Button, Dialogue, ReminderChange, Reply
from bot.conversation.render import match_lines
from bot.conversation.texts import say
from bot.conversation.world import Scene, World
from knowledge.calendar import brought_forward
from knowledge.eligibility import Status
from knowledge.entries import Entry
from knowledge.formats import day
from knowledge.unlock import Unlock


def reminder_buttons(way: Unlock | None, language: str, *, named: bool = False) -> tuple[Button, ...]:
    """The offer to be reminded, where an entry opens on a day; with the entry's name where several are in sight."""
    if way is None or way.on is None or way.too_late is not None:
        return ()
    label = say("remind_button", language, on=day(way.on, language))
    return (Button(f"t:{way.entry.id}", f"{label} · {way.entry.name[language]}" if named else label),)


def set_reminder(entry: Entry, scene: Scene) -> Answer:
    """Note the day on which an entry opens; when it no longer waits for a day, say how it stands instead."""
    language, way = scene.language, scene.unlock(entry)
    if way is None or way.on is None or way.too_late is not None:
        return Answer((_standing(entry, scene),), scene.dialogue, (entry.id,), aside=True)
    text = say("remind_set", language, on=day(way.on, language), name=entry.name[language])
    buttons = (Button(f"z:{entry.id}", say("remind_cancel", language)),)
    return Answer((Reply(text, buttons),), scene.dialogue, (entry.id,), reminders=(ReminderChange(entry.id, way.on),), aside=True)


def cancel_reminder(entry: Entry, scene: Scene) -> Answer:
    text = say("remind_cancelled", scene.language, name=entry.name[scene.language])
    return Answer((Reply(text),), scene.dialogue, (entry.id,), reminders=(ReminderChange(entry.id, None),), aside=True)


def due_reply(world: World, dialogue: Dialogue, entry_id: str, today: date) -> tuple[Reply, tuple[str, ...]]:
    """What is said on the day, with the entry judged anew on what the owner has told by then, and the entries it drew on.

    `entry_id` may also name a step of a plan.
    """
    if entry_id.startswith(STEP):
        return step_due(world, dialogue, entry_id.removeprefix(STEP)), ()
    language, entry = dialogue.language, world.pack.get(entry_id)
    if entry is None:
        return Reply(say("remind_gone", language), (results_button(language),)), ()
    known = dialogue.but(firm=brought_forward(dialogue.firm, today))
    scene = Scene.wordless(world, known, today)
    fits = scene.match(entry).status is Status.ELIGIBLE
    head = say("remind_due_fits" if fits else "remind_due", language, name=entry.name[language])
    shown = _standing(entry, scene)
    return Reply(f"{head}\n\n{shown.text}", shown.buttons), (entry.id,)


def _standing(entry: Entry, scene: Scene) -> Reply:
    """How an entry stands for the firm, with what can be done about it."""
    language, way = scene.language, scene.unlock(entry)
    lines = match_lines(scene.match(entry), language, scene.today, scene.world.pack, way)
    buttons = (
        Button(f"n:{entry.id}", say("b_detail", language)),
        Button(f"p:{entry.id}", say("b_process", language)),
        *reminder_buttons(way, language),
    )
    return Reply("\n".join(lines), buttons)
