"""The owner is told of a fall with a dated plan, and may be reminded of its steps; a person's decision that figures ended is told, too."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.conversation.asking import results_button
from bot.conversation.decision import ended_text
from bot.conversation.early import watched
from bot.conversation.model import Answer, Button, Dialogue, ReminderChange, Reply
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene, World
from knowledge.formats import day
from scoring.monitoring.plan import plan, step_wording
from scoring.monitoring.signs import signs
from scoring.monitoring.warning_text import warning_text

#: Begins the name of a reminder that is of a step of a plan and not of an entry.
STEP = "plan:"
#: A step asks for what a fact no longer says.
_SETTLED = (None, False, 0)


def with_news(answer: Answer, before: Dialogue, world: World, today: date, correcting: bool) -> Answer:
    """The answer with what the turn's figures did to the grade, told before the open question."""
    ended = _ended(before, answer.dialogue, world)
    seen = watched(before, answer.dialogue, world.card, correcting)
    dialogue, told = seen.dialogue, list(ended)
    if seen.fall is not None:
        steps = plan(seen.fall, today)
        dialogue = dialogue.but(plan=tuple((step.wording.key, step.due.isoformat()) for step in steps))
        button = Button("v:on", say("repair_remind_button", dialogue.language))
        told.append(Reply(warning_text(seen.fall, steps, dialogue.language), (button,)))
    if not told:
        return replace(answer, dialogue=dialogue)
    at = next((i for i, reply in enumerate(answer.replies) if _asks(reply, dialogue)), len(answer.replies))
    return replace(answer, replies=(*answer.replies[:at], *told, *answer.replies[at:]), dialogue=dialogue)


def _asks(reply: Reply, dialogue: Dialogue) -> bool:
    return dialogue.asking is not None and any(button.id == f"s:{dialogue.asking}" for button in reply.buttons)


def _ended(before: Dialogue, after: Dialogue, world: World) -> list[Reply]:
    """A person's decision that held before this turn's figures and does not hold with them."""
    decision = before.decision
    if decision is None or not after.firm or not decision.stands(before.firm, world.card) or decision.stands(after.firm, world.card):
        return []
    return [Reply(ended_text(decision, after.language))]


def pressed(scene: Scene, rest: str) -> Answer | None:
    """v:on notes a reminder for every step of the latest plan that lies ahead; v:off takes them back."""
    language, dialogue = scene.language, scene.dialogue
    steps = [(key, on) for key, iso in dialogue.plan if (on := date.fromisoformat(iso)) > scene.today]
    if not steps or rest not in ("on", "off"):
        return None
    if rest == "off":
        changes = tuple(ReminderChange(STEP + key, None) for key, _ in steps)
        return Answer((Reply(say("repair_remind_cancelled", language)),), dialogue, reminders=changes, aside=True)
    changes = tuple(ReminderChange(STEP + key, on) for key, on in steps)
    days = joined([day(on, language) for on in dict.fromkeys(on for _, on in steps)], language)
    reply = Reply(say("repair_remind_set", language, days=days), (Button("v:off", say("remind_cancel", language)),))
    return Answer((reply,), dialogue, reminders=changes, aside=True)


def step_due(world: World, dialogue: Dialogue, key: str) -> Reply:
    """What is said on the day of a step: the step, or that it is settled by what was told since."""
    language, wording = dialogue.language, step_wording(world.card, key)
    if wording is None:
        return Reply(say("remind_gone", language), (results_button(language),))
    fact = next((sign.fact for sign in signs() for act in sign.acts if act.wording.key == key), None)
    settled = fact is not None and dialogue.firm.get(fact) in _SETTLED
    step = wording.zh if language == "zh" else wording.en
    text = say("repair_due_settled", language, step=step) if settled else say("repair_due", language, step=step)
    return Reply(text, (Button("i", say("b_improve", language)),))
