"""What a turn of the owner asks of the desk, carried out in the turn's own transaction, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.casework.cases import Request, cancel, current, move, open_for, rate, reopen
from bot.casework.expectations import expectation
from bot.casework.ports import Desk
from bot.casework.words import Words, amend, heard
from bot.conversation.answers.desk_said import told_words
from bot.conversation.desk import DeskChange, Passed, Verb
from bot.conversation.model import Dialogue, Reply
from bot.conversation.texts import say
from bot.desk.model import Case, Event, SharedFile, Taken
from bot.storage.desk.cases import adjust, case_of, note_event
from bot.storage.desk.people import bank_of
from bot.storage.desk.words import said_by_id

#: What asks for the firm's file.
WITH_FILE = frozenset({Verb.OPEN, Verb.SHOW, Verb.MOVE})


@dataclass(frozen=True)
class Carried:
    """What is to be said after the turn's own replies, and the dialogue as it is then."""

    replies: tuple[Reply, ...]
    dialogue: Dialogue


def carry_out(
    connection: Connection, desk: Desk, owner: str, change: DeskChange, dialogue: Dialogue, pack: Mapping[str, Any], now: datetime
) -> Carried:
    """Do what a turn asked for. `pack` is the firm's file as far as the owner lets it be seen.

    Raises Taken when staff did something to the case since the turn began: the turn is then to be redone on what they left.
    """
    match change.verb:
        case Verb.OPEN:
            return _open(connection, desk, owner, change, dialogue, pack, now)
        case Verb.SHOW:
            case = _mine(connection, owner, dialogue.case)
            adjust(connection, case.id, pack=dict(pack))
            note_event(connection, case.id, Event.SHOWN, now)
            desk.mirror.changed(connection, case)
        case Verb.SAY:
            case = _mine(connection, owner, dialogue.case)
            for one in change.passed:
                heard(connection, desk, current(connection, case.id), _words(one), now)
            return _told(connection, change, current(connection, case.id), dialogue, now)
        case Verb.AMEND:
            _amend(connection, desk, owner, change, now)
        case Verb.CANCEL:
            cancel(connection, desk, _mine(connection, owner, change.case), now)
        case Verb.MOVE:
            return _move(connection, desk, owner, change, dialogue, pack, now)
        case Verb.RATE | Verb.AGAIN:
            return _afterwards(connection, desk, owner, change, dialogue, now)
    return Carried((), dialogue)


def _open(
    connection: Connection, desk: Desk, owner: str, change: DeskChange, dialogue: Dialogue, pack: Mapping[str, Any], now: datetime
) -> Carried:
    wish = change.wish
    assert wish is not None
    bank = bank_of(connection, wish.bank)
    if bank is None:  # its desk was closed while the owner was deciding
        return Carried((_nobody(dialogue),), dialogue.but(with_person=False, hushed=False))
    request = Request(owner, wish.reason, wish.about, wish.question, dialogue.language, pack)
    case = open_for(connection, desk, request, bank, now)
    return _told(connection, change, case, dialogue.but(case=case.id, bank=bank.id), now)


def _move(
    connection: Connection, desk: Desk, owner: str, change: DeskChange, dialogue: Dialogue, pack: Mapping[str, Any], now: datetime
) -> Carried:
    bank = bank_of(connection, change.bank or "")
    if bank is None:
        return Carried((_nobody(dialogue),), dialogue)
    case = move(connection, desk, _mine(connection, owner, change.case), None, bank, now, pack)
    return _told(connection, change, case, dialogue.but(case=case.id, bank=bank.id), now)


def _afterwards(connection: Connection, desk: Desk, owner: str, change: DeskChange, dialogue: Dialogue, now: datetime) -> Carried:
    """Buttons under the news that a case was closed, which may be pressed much later, or copied from somebody else."""
    case = case_of(connection, change.case or 0)
    if case is None or case.owner != owner:
        with_person = dialogue.case is not None and dialogue.with_person
        return Carried((Reply(say("stale_button", dialogue.language)),), dialogue.but(with_person=with_person))
    if change.verb is Verb.AGAIN:
        case = reopen(connection, desk, case, None, now)
        return _told(connection, change, case, dialogue.but(case=case.id, bank=case.bank), now)
    rate(connection, case, change.rating or 0)
    return _told(connection, change, case, dialogue, now)


def _amend(connection: Connection, desk: Desk, owner: str, change: DeskChange, now: datetime) -> None:
    said = None if change.said is None else said_by_id(connection, change.said)
    if said is not None and said.author == "owner" and current(connection, said.case).owner == owner:
        amend(connection, desk, said, change.passed[0].text or "", now)


def _mine(connection: Connection, owner: str, number: int | None) -> Case:
    """A case of this owner. Raises Taken when there is none of that number, as when somebody presses a button that is not theirs."""
    case = current(connection, number or 0)
    if case.owner != owner:
        raise Taken(case.id)
    return case


def _told(connection: Connection, change: DeskChange, case: Case, dialogue: Dialogue, now: datetime) -> Carried:
    bank = bank_of(connection, case.bank)
    if change.told is None or bank is None:
        return Carried((), dialogue)
    when = expectation(connection, bank, now, dialogue.language)
    return Carried((told_words(change.told, case, bank, when, dialogue),), dialogue)


def _nobody(dialogue: Dialogue) -> Reply:
    return Reply(say("desk_gone", dialogue.language))


def _words(passed: Passed) -> Words:
    file = None if passed.file is None else SharedFile(passed.file, passed.kind, passed.size, passed.file_id)
    return Words(passed.text or None, file, passed.chat, passed.message)
