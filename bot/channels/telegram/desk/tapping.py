"""The buttons of a topic: each is a use case of the desk, tried by whoever may; of two who tap at once one is told who was first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.casework.cases import assign, claim, close, holder, release, reopen
from bot.casework.ports import Desk
from bot.casework.words import Words, answer
from bot.channels.telegram.desk.filing import file_messages
from bot.channels.telegram.desk.reading import Tapped
from bot.channels.telegram.desk.wording import canned_text, group_language, staff_text
from bot.conversation.world import World
from bot.desk.clocks import Hours
from bot.desk.model import Bank, Case, Member, Taken
from bot.desk.rights import Action, may
from bot.storage.desk.canned import canned_for
from bot.storage.desk.cases import case_of, pack_of
from bot.storage.desk.looks import note_look
from bot.storage.desk.people import member_by_telegram, member_of, members
from bot.storage.desk.topics import add_line, note_topic

#: What each button needs the right to.
_RIGHTS = {
    "claim": Action.CLAIM,
    "release": Action.RELEASE,
    "assign": Action.ASSIGN,
    "close": Action.CLOSE,
    "reopen": Action.REOPEN,
    "canned": Action.ANSWER,
    "note": Action.NOTE,
    "file": Action.EXPORT_PACK,
    "back": Action.LOOK,
}


class Tapping:
    """Carries out what members tap."""

    def __init__(self, desk: Desk, world: Callable[[], World]) -> None:
        self._desk = desk
        self._world = world
        self._do: dict[str, Callable[[Connection, Bank, Case, Member, int, datetime], str]] = {
            "claim": self._claim,
            "release": self._release,
            "assign": self._assign,
            "close": self._close,
            "reopen": self._reopen,
            "canned": self._canned,
            "note": self._note,
            "file": self._file,
            "back": self._back,
        }

    def tapped(self, connection: Connection, bank: Bank, tap: Tapped, now: datetime) -> str:
        """Do it; gives the words of the small window that the member sees."""
        member, case = member_by_telegram(connection, tap.by.telegram_id), case_of(connection, tap.case)
        if member is None:
            return staff_text("pop_stranger", group_language(members(connection, bank.id)))
        language = member.language
        if case is None or case.bank != bank.id or tap.action not in _RIGHTS:  # a button of another group's case is nobody's here
            return staff_text("pop_gone", language)
        if not may(member, _RIGHTS[tap.action], case):
            return staff_text("pop_may_not", language)
        try:
            with connection.begin_nested():
                return self._do[tap.action](connection, bank, case, member, tap.argument, now)
        except Taken:
            first = holder(connection, case.id)
            if tap.action == "claim" and first is not None:
                return staff_text("pop_first", language, name=first.name)
            return staff_text("pop_changed", language)

    def _claim(self, connection: Connection, _bank: Bank, case: Case, member: Member, _argument: int, now: datetime) -> str:
        claim(connection, self._desk, case, member, now)
        return staff_text("pop_claimed", member.language, number=case.id)

    def _release(self, connection: Connection, _bank: Bank, case: Case, member: Member, _argument: int, now: datetime) -> str:
        release(connection, self._desk, case, member, now)
        return staff_text("pop_done", member.language)

    def _assign(self, connection: Connection, bank: Bank, case: Case, member: Member, argument: int, now: datetime) -> str:
        """Without a number the members are offered; with one it is theirs."""
        if not argument:
            return self._offer(connection, case, member, "assign")
        to = member_of(connection, argument)
        if to is None or to.bank != bank.id:
            raise Taken(case.id)  # they left since the buttons were drawn
        note_topic(connection, case.id, menu="")
        assign(connection, self._desk, case, member, to, now)
        return staff_text("pop_done", member.language)

    def _close(self, connection: Connection, _bank: Bank, case: Case, member: Member, _argument: int, now: datetime) -> str:
        note_topic(connection, case.id, menu="")
        close(connection, self._desk, case, member, now)
        return staff_text("pop_done", member.language)

    def _reopen(self, connection: Connection, _bank: Bank, case: Case, member: Member, _argument: int, now: datetime) -> str:
        reopen(connection, self._desk, case, member, now)
        return staff_text("pop_done", member.language)

    def _canned(self, connection: Connection, bank: Bank, case: Case, member: Member, argument: int, now: datetime) -> str:
        """Without a number the answers are offered; with one it goes to the owner, filled from the case."""
        known = {canned.id: canned for canned in canned_for(connection, bank.id)}
        if not known:
            return staff_text("pop_no_canned", member.language)
        if not argument:
            return self._offer(connection, case, member, "canned")
        if argument not in known:
            raise Taken(case.id)
        note_topic(connection, case.id, menu="")
        text = canned_text(known[argument].text(case.language), case, bank, member)
        answer(connection, self._desk, case, member, Words(text), now)
        return staff_text("pop_done", member.language)

    def _note(self, _c: Connection, _bank: Bank, _case: Case, member: Member, _argument: int, _now: datetime) -> str:
        return staff_text("pop_note", member.language)

    def _file(self, connection: Connection, bank: Bank, case: Case, member: Member, _argument: int, now: datetime) -> str:
        """The firm at a glance and its rating report, as far as the owner lets this bank see it; the owner sees who looked."""
        today = Hours.of(bank.hours).local(now).date()
        messages = file_messages(self._world(), pack_of(connection, case.id), member.language, today)
        for message in messages:
            add_line(connection, case.id, message, now)
        if messages:
            note_look(connection, case, member, "pdf", now)
            self._desk.mirror.changed(connection, case)
        return staff_text("pop_done" if messages else "file_none", member.language)

    def _back(self, connection: Connection, _bank: Bank, case: Case, member: Member, _argument: int, _now: datetime) -> str:
        return self._offer(connection, case, member, "")

    def _offer(self, connection: Connection, case: Case, member: Member, menu: str) -> str:
        note_topic(connection, case.id, menu=menu)
        self._desk.mirror.changed(connection, case)
        return staff_text("pop_done", member.language) if not menu else ""
