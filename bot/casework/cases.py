"""What people do with a case. Each function is one step of one transaction; whoever is too late gets Taken, and nothing has happened.

An owner is told of what concerns them, and the staff's group is shown what changed. Who may do what is for the caller: bot.desk.rights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.casework.clocks import next_by, opening_clocks
from bot.casework.owners import tell
from bot.casework.ports import Desk
from bot.conversation.answers.desk_said import closed_words, moved_words, reopened_words
from bot.desk.model import Bank, Case, Ended, Event, Member, Reason, Taken
from bot.storage.desk.cases import adjust, case_of, cases_where, change, open_case, open_case_of
from bot.storage.desk.people import bank_of, member_of
from bot.storage.desk.tables import cases


@dataclass(frozen=True)
class Request:
    """What a case is opened with. `pack` is the firm's file as far as the owner lets it be seen."""

    owner: str
    reason: Reason
    about: str | None
    question: str
    language: str
    pack: Mapping[str, Any]


def open_for(connection: Connection, desk: Desk, request: Request, bank: Bank, now: datetime) -> Case:
    """A new case at a bank, shown to its staff. The owner's dialogue is for the caller. Raises Taken while the owner has another open."""
    if (other := open_case_of(connection, request.owner)) is not None:
        raise Taken(other.id)
    respond_by, resolve_by = opening_clocks(bank, now)
    case = open_case(connection, bank=bank.id, now=now, respond_by=respond_by, resolve_by=resolve_by, **vars(request))
    desk.mirror.opened(connection, case)
    return case


def current(connection: Connection, case_id: int) -> Case:
    """The case as it is now. Raises Taken when it is gone with its owner."""
    case = case_of(connection, case_id)
    if case is None:
        raise Taken(case_id)
    return case


def holder(connection: Connection, case_id: int) -> Member | None:
    """Who has a case: whom to name to somebody who was too late."""
    case = case_of(connection, case_id)
    return None if case is None or case.assignee is None else member_of(connection, case.assignee)


def claim(connection: Connection, desk: Desk, case: Case, member: Member, now: datetime) -> Case:
    """Take a case that nobody has."""
    _must(case, case.status == "open")
    return _shown(connection, desk, change(connection, case, Event.CLAIMED, now, member.id, status="claimed", assignee_id=member.id))


def assign(connection: Connection, desk: Desk, case: Case, by: Member, to: Member, now: datetime) -> Case:
    """Give a case to somebody, whoever has it."""
    _must(case, case.status != "closed")
    return _shown(connection, desk, change(connection, case, Event.ASSIGNED, now, by.id, status="claimed", assignee_id=to.id))


def release(connection: Connection, desk: Desk, case: Case, by: Member, now: datetime) -> Case:
    """Give a case back to everybody."""
    _must(case, case.status == "claimed")
    return _shown(connection, desk, change(connection, case, Event.RELEASED, now, by.id, status="open", assignee_id=None))


def release_all(connection: Connection, desk: Desk, member: Member, now: datetime) -> int:
    """Give back every case that somebody has, as when they leave; gives how many."""
    held = cases_where(connection, cases.c.assignee_id == member.id, cases.c.status == "claimed")
    for case in held:
        release(connection, desk, case, member, now)
    return len(held)


def close(connection: Connection, desk: Desk, case: Case, by: Member | None, now: datetime, outcome: Ended = Ended.ANSWERED) -> Case:
    """End a case: the owner is told, asked how it was, and talks with the advisor again."""
    _must(case, case.status != "closed")
    bank = _bank(connection, case.bank)
    tell(
        connection, desk, case.owner, partial(closed_words, case, bank, outcome), now, case=None, bank=None, with_person=False, hushed=False
    )
    return _shown(connection, desk, _end(connection, case, Event.CLOSED, by, now, outcome))


def cancel(connection: Connection, desk: Desk, case: Case, now: datetime) -> Case:
    """The owner needs nobody any more. The dialogue is for the caller, for it is the owner's own turn."""
    _must(case, case.status != "closed")
    return _shown(connection, desk, _end(connection, case, Event.CANCELLED, None, now, Ended.CANCELLED))


def reopen(connection: Connection, desk: Desk, case: Case, by: Member | None, now: datetime) -> Case:
    """A closed case goes on, with the clocks of a further question. `by` None: the owner, whose dialogue is for the caller.

    Raises Taken when it is not closed, or the owner has another one open meanwhile.
    """
    _must(case, case.status == "closed")
    bank = _bank(connection, case.bank)
    if by is not None:
        told = partial(reopened_words, case, bank)
        tell(connection, desk, case.owner, told, now, case=case.id, bank=case.bank, with_person=True)
    if (other := open_case_of(connection, case.owner)) is not None:
        raise Taken(other.id)
    status = "open" if case.assignee is None else "claimed"
    waits = {"turn": "staff", "waiting_since": now, "respond_by": next_by(bank, now)} if by is None else {}
    _, resolve_by = opening_clocks(bank, now)
    ended = {"closed_at": None, "outcome": None, "resolve_by": resolve_by, "warned_at": None, "escalated_at": None}
    by_whom = None if by is None else by.id
    return _shown(connection, desk, change(connection, case, Event.REOPENED, now, by_whom, status=status, **ended, **waits))


def move(connection: Connection, desk: Desk, case: Case, by: Member | None, to: Bank, now: datetime, pack: Mapping[str, Any]) -> Case:
    """Hand a case to another bank: it ends here, and a new one begins there with nothing but the question and what `pack` lets be seen.

    What was said and noted here stays here. `by` None: the owner asked for it, whose dialogue is for the caller.
    """
    _must(case, case.status != "closed" and to.id != case.bank)
    if by is not None:  # first of all, so that everybody locks the dialogue before the case
        desk.store.change_dialogue(connection, case.owner)
    ended = _end(connection, case, Event.MOVED, by, now, Ended.MOVED)
    desk.mirror.changed(connection, ended)
    moved = open_for(connection, desk, Request(case.owner, case.reason, case.about, case.question, case.language, pack), to, now)
    if by is not None:
        tell(connection, desk, case.owner, partial(moved_words, moved, to), now, case=moved.id, bank=to.id)
    return moved


def rate(connection: Connection, case: Case, rating: int) -> None:
    """The owner says how they were served, 1 to 5; the last word counts."""
    adjust(connection, case.id, rating=rating)


def _end(connection: Connection, case: Case, event: Event, by: Member | None, now: datetime, outcome: Ended) -> Case:
    ended = {"status": "closed", "closed_at": now, "outcome": outcome.value, "waiting_since": None, "respond_by": None}
    return change(connection, case, event, now, None if by is None else by.id, **ended)


def _bank(connection: Connection, bank_id: str) -> Bank:
    bank = bank_of(connection, bank_id)
    if bank is None:
        raise LookupError(f"bank {bank_id} is not set up any more")
    return bank


def _must(case: Case, holds: bool) -> None:
    if not holds:
        raise Taken(case.id)


def _shown(connection: Connection, desk: Desk, case: Case) -> Case:
    desk.mirror.changed(connection, case)
    return case
