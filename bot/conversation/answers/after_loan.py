"""After the loan, in the same chat: reminders before it falls due, a look back twice a year, and a change of repayment.

The clocks are kept as reminders under names that no entry has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.conversation.answers import desk, money
from bot.conversation.answers.repair import PENDING, goes_on, repair, wants_repair
from bot.conversation.asking import results_button
from bot.conversation.desk import Wish
from bot.conversation.model import Answer, Button, Dialogue, ReminderChange, Reply
from bot.conversation.render import fact_line, match_lines
from bot.conversation.texts import joined, say
from bot.conversation.world import Scene, World
from bot.desk.model import Reason
from bot.desk.routing import bank_for
from knowledge.calendar import COUNTDOWN, brought_forward
from knowledge.firm import Fact, Firm
from knowledge.formats import day, fact_label

#: Names of the clocks among the reminders.
DUE, LOOK_BACK = "~due", "~look-back"
CLOCKS = frozenset({DUE, LOOK_BACK})
#: Days before a loan falls due on which its owner is reminded, and between two looks back.
AHEAD, HALF_A_YEAR = (60, 30, 7), 182
_RENEWAL = "prg-renewal-2024-13"
#: What changes most within half a year, in the order worth asking.
_LOOKED_AT = ("annual_revenue", "monthly_inflow", "employees", "existing_loans", "overdue_12m")
_LOOKED_AT_ONCE = 3
_CHANGE = re.compile(
    r"(?:改|变更|调整|延长|推迟|延后|缓一?缓|减少|降低|调低)[^，。？！]{0,8}(?:还款|月供|还贷|还本)"
    r"|(?:还款|月供|还贷)[^，。？！]{0,8}(?:改|变更|调整|调低|推迟|延后|缓|少还|降)|(?:延期|暂缓|推迟|晚点)还(?:款|本|贷)|先还利息|只还利息"
    r"|\b(?:change|reschedule|restructure|postpone|defer|delay|lower|reduce|pause)\b[^.?]{0,25}\b(?:repay\w*|instal\w+|payments?)"
    r"|\b(?:payment|repayment) (?:holiday|break)\b|\bpay (?:only )?(?:the )?interest (?:only|for now)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class OnTheDay:
    """What is said on the day of a clock, the entries it drew on, and the day on which the clock strikes next."""

    reply: Reply | None
    sources: tuple[str, ...] = ()
    again: date | None = None


def instead(scene: Scene, intent: str | None) -> Answer | None:
    """A plan for the credit record, where that is what somebody asks for."""
    return repair(scene) if wants_repair(scene.text, intent) else None


def beside(answer: Answer, scene: Scene) -> Answer:
    """A person of the bank for who wants another way to repay."""
    return desk.offered(answer, scene, Reason.REPAYMENT, "desk_offer_repayment") if _CHANGE.search(scene.text) else answer


def went_on(answer: Answer, before: Dialogue, world: World, today: date) -> Answer:
    """The plan for the credit record, once what it waited for was told; what was understood stays in front of it."""
    dialogue = answer.dialogue
    if before.pending != PENDING or not goes_on(before.firm, dialogue.firm):
        return answer
    waits = dialogue.but(pending=None, asking=None)
    plan = repair(Scene.wordless(world, waits, today))
    return replace(plan, replies=(*answer.replies[:1], *plan.replies))


def clocks_set(answer: Answer, before: Dialogue, today: date) -> Answer:
    """Set the clocks of a loan whose due date was told with this turn, and say so; stop them once it is gone. `before` is as of today."""
    dialogue = answer.dialogue
    due = due_date(dialogue.firm, today)
    if due == due_date(before.firm, today):
        return answer
    if due is None:
        return replace(answer, reminders=(*answer.reminders, ReminderChange(DUE, None)))
    if DUE in dialogue.muted:
        return answer
    language, ahead = dialogue.language, [days for days in AHEAD if due - timedelta(days) > today]
    changes = [ReminderChange(DUE, next_day(due, today))]
    if LOOK_BACK not in dialogue.muted:
        changes.append(ReminderChange(LOOK_BACK, today + timedelta(HALF_A_YEAR)))
    ways = (Button(f"n:{_RENEWAL}", say("b_renewal", language)), Button("b:mute:due", say("b_mute", language)))
    if ahead:
        text = say("due_set", language, due=day(due, language), ahead=joined([str(days) for days in ahead], language))
    else:
        text = say("due_close", language, due=day(due, language), days=(due - today).days)
        ways = (ways[0], Button("b:change", say("b_change", language)))
    return replace(answer, replies=_before_question(answer, Reply(text, ways)), reminders=(*answer.reminders, *changes))


def _before_question(answer: Answer, reply: Reply) -> tuple[Reply, ...]:
    """An open question stays last, so that it is what the owner answers."""
    asking = answer.dialogue.asking
    asks = asking is not None and bool(answer.replies) and any(one.id == f"s:{asking}" for one in answer.replies[-1].buttons)
    return (*answer.replies[:-1], reply, answer.replies[-1]) if asks else (*answer.replies, reply)


def due_date(firm: Firm, today: date) -> date | None:
    """The day the loan falls due; None where none is known, or it is past."""
    days = firm.get(COUNTDOWN)
    return today + timedelta(days) if isinstance(days, int) and 0 < days < 40_000 else None


def next_day(due: date, today: date) -> date:
    """The next day on which the owner is reminded; the last of them is the day itself."""
    return min(on for on in (*(due - timedelta(days) for days in AHEAD), due) if on > today)


# -- on the day ----------------------------------------------------------------------------------------------------------------


def on_the_day(world: World, dialogue: Dialogue, clock: str, today: date) -> OnTheDay:
    """What a clock says today, on what the owner has told by now."""
    known = dialogue.but(firm=brought_forward(dialogue.firm, today))
    scene = Scene.wordless(world, known, today)
    if clock == DUE:
        return _falls_due(scene)
    return OnTheDay(_look_back(scene), again=today + timedelta(HALF_A_YEAR))


def _falls_due(scene: Scene) -> OnTheDay:
    language, today, firm = scene.language, scene.today, scene.dialogue.firm
    if COUNTDOWN not in firm:
        return OnTheDay(None)
    due = due_date(firm, today)
    ways = [Button("b:change", say("b_change", language)), Button("b:paid", say("b_paid", language))]
    if due is None:
        return OnTheDay(Reply(say("due_today", language), tuple(ways)))
    lines = [say("due_ahead", language, due=day(due, language), days=(due - today).days)]
    renewal = scene.world.pack.get(_RENEWAL)
    if renewal is not None:
        lines += ["", *match_lines(scene.match(renewal), language, today, scene.world.pack, scene.unlock(renewal))]
        ways.insert(0, Button(f"n:{_RENEWAL}", say("b_renewal", language)))
    ways.append(Button("b:mute:due", say("b_mute", language)))
    return OnTheDay(Reply("\n".join(lines), tuple(ways)), (_RENEWAL,) if renewal is not None else (), next_day(due, today))


def _look_back(scene: Scene) -> Reply:
    language, facts = scene.language, _looked_at(scene.dialogue)
    stop = Button("b:mute:look-back", say("b_no_questions", language))
    if not facts:
        return Reply(say("look_back_new", language), (results_button(language), stop))
    lines = [say("look_back", language), *(fact_line(fact, language) for fact in facts), say("look_back_ask", language)]
    edits = tuple(Button(f"e:{fact.name}", say("edit_button", language, label=fact_label(fact.name, language))) for fact in facts)
    return Reply("\n".join(lines), (*edits, Button("b:same", say("b_same", language)), stop))


def _looked_at(dialogue: Dialogue) -> list[Fact]:
    known = (dialogue.firm.fact(name) for name in _LOOKED_AT)
    return [fact for fact in known if fact is not None][:_LOOKED_AT_ONCE]


# -- buttons -------------------------------------------------------------------------------------------------------------------


def pressed(scene: Scene, rest: str) -> Answer | None:
    """b:<what>. None where it means nothing any more."""
    dialogue, language = scene.dialogue, scene.language
    match rest:
        case "mute:due" | "mute:look-back":
            clock = DUE if rest == "mute:due" else LOOK_BACK
            muted = tuple(dict.fromkeys((*dialogue.muted, clock)))
            changes = (ReminderChange(clock, None),)
            return Answer((Reply(say("muted", language)),), dialogue.but(muted=muted), reminders=changes, aside=True)
        case "paid" if COUNTDOWN in dialogue.firm:
            paid = dialogue.but(firm=dialogue.firm.without(COUNTDOWN))
            reply = Reply(say("paid", language), (results_button(language),))
            return Answer((reply,), paid, reminders=(ReminderChange(DUE, None),))
        case "same":
            today = (replace(fact, as_of=scene.today) for fact in _looked_at(dialogue))
            reply = Reply(say("same", language), (results_button(language),))
            return Answer((reply,), dialogue.but(firm=dialogue.firm.having(*today)))
        case "change":
            return _change(scene)
    return None


def _change(scene: Scene) -> Answer:
    """Another way to repay is agreed with a person; where nobody is there, what to do is told."""
    bank = bank_for(scene.world.pack, scene.world.banks, None)
    if bank is None or scene.dialogue.case is not None:
        return money.renewal(scene) if bank is None else desk.person(scene)
    return desk.asked(Wish(Reason.REPAYMENT, bank.id, None, say("repayment_question", scene.language)), scene)
