"""A plan with dates for a credit record that has to be put right, and what of it is due on a day."""

from __future__ import annotations

import re
from datetime import date

from bot.conversation.answers import facts
from bot.conversation.asking import question_buttons, question_text, results_button
from bot.conversation.model import Answer, Button, Reply
from bot.conversation.texts import say
from bot.conversation.world import Scene
from knowledge.firm import Firm
from knowledge.formats import day
from scoring.card_schema import Wording
from scoring.monitoring.plan import Step, plan
from scoring.monitoring.signs import Kind
from scoring.monitoring.warning import Rescored, rescore

_WANTS = re.compile(
    r"(?:修复|恢复|挽救|补救|养好?)[^，。？]{0,6}(?:征信|信用)|(?:征信|信用)[^，。？]{0,8}(?:修复|恢复|补救|养|变好|怎么办)"
    r"|逾期[^，。？]{0,8}(?:怎么办|补救|修复)"
    r"|\b(?:repair|fix|mend|rebuild|restore|improve)\b[^.?]{0,20}\bcredit\b(?! (?:line|limit))",
    re.IGNORECASE,
)
#: What is pending while the plan waits for what is late.
PENDING = "repair"
#: What is not asked for in order to get a plan: a warning against frauds, a word explained.
_OTHERWISE = frozenset({"ask_scam_check", "ask_definition", "ask_privacy", "complain", "ask_human"})
#: What of a firm's facts is in need of repair, the first unknown of which is asked for.
_MENDED = ("overdue_12m", "blacklisted", "tax_arrears", "in_litigation")


def wants_repair(text: str, intent: str | None) -> bool:
    return intent not in _OTHERWISE and _WANTS.search(text) is not None


def repair(scene: Scene) -> Answer:
    """The plan from today; what is not known yet is asked for first."""
    language, rescored = scene.language, _rescored(scene)
    understood = facts.understood(scene)
    if not rescored.signs:
        unknown = next((name for name in _MENDED if name not in scene.dialogue.firm), None)
        if unknown is None:
            return Answer(
                (*understood, Reply(say("repair_nothing", language), (results_button(language),))), scene.dialogue.but(pending=None)
            )
        question = Reply(question_text(unknown, language), question_buttons(unknown, language))
        return Answer((*understood, Reply(say("repair_unknown", language)), question), scene.dialogue.but(asking=unknown, pending=PENDING))
    lines = [say("repair_head", language), *(say("repair_sign", language, text=_of(sign.wording, language)) for sign in rescored.signs)]
    lines += [_line(step, language) for step in plan(rescored, scene.today)]
    reply = Reply("\n".join(lines), (Button("b:plan", say("b_plan", language)), results_button(language)))
    return Answer((*understood, reply), scene.dialogue.but(puzzled=0, pending=None), aside=True)


def goes_on(before: Firm, now: Firm) -> bool:
    """Whether something was told of which the plan speaks."""
    return any(before.get(name) != now.get(name) for name in _MENDED)


def plan_due(scene: Scene) -> tuple[Reply | None, date | None]:
    """What of the plan is due today, and the next day of it; nothing where there is no plan, or nothing is left to mend."""
    language, begun = scene.language, scene.dialogue.plan_from
    rescored = _rescored(scene)
    if begun is None or not rescored.signs:
        return None, None
    steps = plan(rescored, date.fromisoformat(begun))
    reached = [step for step in steps if step.due <= scene.today]
    ahead = [step for step in steps if step.due > scene.today]
    if not reached:
        return None, ahead[0].due if ahead else None
    latest = [step for step in reached if step.due == reached[-1].due]
    lines = [say("plan_due", language, text=_of(step.wording, language)) for step in latest]
    if ahead:
        lines.append(say("plan_next", language, day=day(ahead[0].due, language), text=_of(ahead[0].wording, language)))
    else:
        lines.append(say("plan_last", language))
    return Reply("\n".join(lines), (results_button(language),)), ahead[0].due if ahead else None


def _rescored(scene: Scene) -> Rescored:
    """The firm against itself without what needs repair: what that costs it."""
    firm = scene.dialogue.firm
    return rescore(firm.without(*(name for name in _MENDED if name in firm)), firm, scene.world.card)


def _line(step: Step, language: str) -> str:
    key = "repair_review" if step.kind is Kind.REVIEW else "repair_step"
    return say(key, language, day=day(step.due, language), text=_of(step.wording, language))


def _of(wording: Wording, language: str) -> str:
    return wording.zh if language == "zh" else wording.en
