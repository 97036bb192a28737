"""Clocks watched: staff are warned before a promise breaks, the deputy and the owner hear when it has. Each once, also over restarts."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from importlib import resources

import yaml
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.casework.owners import KIND, tell
from bot.casework.ports import Desk
from bot.conversation.model import Button, Reply
from bot.desk.clocks import Hours, Targets, is_open
from bot.desk.model import GENERAL, Bank, Case
from bot.desk.waiting import ANSWER, END, Step, passed
from bot.storage.desk.cases import adjust, case_of
from bot.storage.desk.people import every_bank, member_of, members
from bot.storage.desk.statistics import first_answers
from bot.storage.desk.waiting import Mark, mark, marks_of, running
from bot.storage.desk.words import add_said
from knowledge.formats import day

logger = logging.getLogger(__name__)

#: A promise broken at closing time is owned up to while it is fresh; otherwise people hear of it when the desk opens.
_FRESH = timedelta(minutes=30)
_ALTERNATIVES = 2
_TOLD_OWNER = (Step.LATE, Step.STALE, Step.LATE_END)


@dataclass(frozen=True)
class _Place:
    """A bank, and what its clocks go by."""

    bank: Bank
    hours: Hours
    targets: Targets


def watch(desk: Desk, now: datetime) -> int:
    """Say what is to be said of every clock by now; gives of how many cases. Safe in several processes."""
    with desk.store.engine.connect() as connection:
        places = {bank.id: _Place(bank, Hours.of(bank.hours), Targets.of(bank.hours)) for bank in every_bank(connection)}
        found = [(case, places[case.bank]) for case in running(connection) if case.bank in places]
        reached = [(case, place) for case, place in found if passed(case, place.hours, place.targets, now)]
        marks = marks_of(connection, [case.id for case, _ in reached])
    due = [(case, place) for case, place in reached if _next(case, place, marks.get(case.id, set()), now)]
    return sum(_try_to_say(desk, case, place, now) for case, place in due)


def _next(case: Case, place: _Place, said: set[Mark], now: datetime) -> list[tuple[Step, datetime]]:
    """The points to speak of: of each clock the last that was passed, where it was not said."""
    points = passed(case, place.hours, place.targets, now)
    if not is_open(place.hours, now) and not any(timedelta(0) <= now - target < _FRESH for _, target in points):
        return []
    last = [[point for point in points if point[0] in clock][-1:] for clock in (ANSWER, END)]
    return [(step, target) for found in last for step, target in found if (step, target.isoformat()) not in said]


def _try_to_say(desk: Desk, case: Case, place: _Place, now: datetime) -> bool:
    try:
        with desk.store.begin() as connection:
            return _say(connection, desk, case, place, now)
    except OperationalError:
        raise
    except Exception as error:  # whatever is wrong with one case must not keep the others; nothing personal is logged
        logger.error("a clock could not be told: %s", type(error).__name__)
        return False


def _say(connection: Connection, desk: Desk, seen: Case, place: _Place, now: datetime) -> bool:
    """With the owner's dialogue locked first, as everywhere, the case is read again: an answer may have come meanwhile."""
    if desk.store.change_dialogue(connection, seen.owner) is None:
        return False
    case = case_of(connection, seen.id)
    if case is None or case.bank != place.bank.id:
        return False
    points = _next(case, place, marks_of(connection, [case.id]).get(case.id, set()), now)
    for step, target in points:
        _tell(connection, desk, case, place, step, target, now)
        mark(connection, case.id, step, target, now)
    if points:
        desk.mirror.changed(connection, case_of(connection, case.id) or case)
    return bool(points)


def _tell(connection: Connection, desk: Desk, case: Case, place: _Place, step: Step, target: datetime, now: datetime) -> None:
    staff = members(connection, place.bank.id)
    language = next((member.language for member in staff), "zh")
    note = add_said(connection, case.id, "note", now, text=_text(f"note_{step}", language, due=_moment(target, place, now, language)))
    desk.mirror.said(connection, case, note)
    if step in (Step.WARN, Step.LATE, Step.STALE):
        adjust(connection, case.id, warned_at=case.warned_at or now, escalated_at=case.escalated_at or (None if step is Step.WARN else now))
    if step in _TOLD_OWNER:
        for deputy in (member for member in staff if member.deputy and member.telegram_id is not None):
            _tell_deputy(connection, desk, case, place, step, target, now, deputy.telegram_id or 0, deputy.language)
        if case.turn == "staff":
            tell(connection, desk, case.owner, partial(_owner_words, connection, case, place, step, target, now), now)


def _tell_deputy(
    connection: Connection, desk: Desk, case: Case, place: _Place, step: Step, target: datetime, now: datetime, chat: int, language: str
) -> None:
    holder = member_of(connection, case.assignee) if case.assignee is not None else None
    who = _text("taken_by", language, name=holder.name) if holder else _text("nobody", language)
    due = _moment(target, place, now, language)
    text = _text(f"deputy_{step}", language, bank=place.bank.name[language], number=case.id, due=due, who=who)
    desk.store.post_one(connection, None, chat, {"text": text, "buttons": []}, now, KIND)


def _owner_words(
    connection: Connection, case: Case, place: _Place, step: Step, target: datetime, now: datetime, language: str
) -> list[Reply]:
    due = _moment(target, place, now, language)
    text = _text(f"owner_{step}", language, bank=place.bank.name[language], number=case.id, due=due)
    if step is Step.LATE_END:
        return [Reply(text)]
    others = alternatives(connection, case, now)
    ways = [Button(f"o:move:{bank.id}", _text("ask_instead", language, bank=bank.name[language])) for bank in others]
    return [Reply(text, (*ways, Button("o:cancel", _text("withdraw", language))))]


def alternatives(connection: Connection, case: Case, now: datetime) -> list[Bank]:
    """Desks that could answer instead, the general one first; none where somebody waits too long as well.

    What is about one bank's product no other bank can answer, so only the general desk is left then.
    """
    others = [bank for bank in every_bank(connection) if bank.id != case.bank and (case.about is None or bank.id == GENERAL)]
    others.sort(key=lambda bank: (bank.id != GENERAL, bank.id))
    return [bank for bank in others if not first_answers(connection, bank, now).stale][:_ALTERNATIVES]


def _moment(target: datetime, place: _Place, now: datetime, language: str) -> str:
    """A time of today, else with its day."""
    at, today = place.hours.local(target), place.hours.local(now).date()
    clock = f"{at.hour}:{at.minute:02}"
    return clock if at.date() == today else f"{day(at.date(), language)} {clock}"


def _text(key: str, language: str, **values: object) -> str:
    return _texts()[key][language].format(**values)


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(resources.files("bot.casework").joinpath("watching.yaml").read_text("utf-8"))
    return loaded
