"""The staff's groups: what members write in a topic goes to its owner, what they tap is done, and whoever is lost is told the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.casework.ports import Desk
from bot.casework.sets import answer_set
from bot.casework.words import Words, amend, note
from bot.channels.telegram.desk.reading import NOTE_MARK, GroupMoved, Happening, Tapped, TopicShut, Welcomed, Written
from bot.channels.telegram.desk.tapping import Tapping
from bot.channels.telegram.desk.wording import group_language, staff_text
from bot.conversation.world import World
from bot.desk.model import Bank, Case, Member, Taken
from bot.desk.rights import Action, may
from bot.storage.desk.cases import case_of
from bot.storage.desk.people import bank_in, member_by_telegram, members
from bot.storage.desk.topics import add_line, case_at, live_cases, may_hint, move_group, note_topic, shown_at, want
from bot.storage.desk.words import said_at

#: Whoever writes beside the topics is told so again after so long.
_GENERAL_AGAIN = timedelta(days=1)


class Groups:
    """What happens in the groups, carried out in the transaction that the caller gives."""

    def __init__(self, desk: Desk, world: Callable[[], World]) -> None:
        self._desk = desk
        self._store = desk.store
        self._tapping = Tapping(desk, world)

    def concerns(self, connection: Connection, happening: Happening) -> bool:
        """Whether it happened in the group of a bank."""
        if isinstance(happening, GroupMoved) or (isinstance(happening, Welcomed) and happening.anew):
            return True
        return bank_in(connection, happening.chat) is not None

    def happened(self, connection: Connection, happenings: Sequence[Happening], now: datetime) -> str | None:
        """Deal with an update, or with the files of one set; gives the words of the small window after a tap."""
        first = happenings[0]
        if isinstance(first, GroupMoved):
            self._store.redirect(connection, first.old, first.new, now)
            move_group(connection, first.old, first.new)
            return None
        bank = bank_in(connection, first.chat)
        if bank is None:
            self._tell_number(connection, first.chat, now)
            return None
        if isinstance(first, Welcomed):
            for case in live_cases(connection, bank.id):
                want(connection, self._store, case, first.chat, now)
        elif isinstance(first, TopicShut):
            self._shut(connection, bank, first, now)
        elif isinstance(first, Tapped):
            return self._tapping.tapped(connection, bank, first, now)
        else:
            self._written(connection, bank, [one for one in happenings if isinstance(one, Written)], now)
        return None

    def _tell_number(self, connection: Connection, chat: int, now: datetime) -> None:
        """A group that is no bank's yet: whoever let the bot in needs its number to make it one."""
        if may_hint(connection, chat, 0, "number", now):
            text = "\n\n".join(staff_text("group_number", language, number=chat) for language in ("zh", "en"))
            self._store.post(connection, None, chat, [{"text": text, "buttons": []}], now, "hint")

    def _shut(self, connection: Connection, bank: Bank, shut: TopicShut, now: datetime) -> None:
        """A topic that is closed by hand leaves its owner waiting: say so in it."""
        number = case_at(connection, shut.chat, shut.thread)
        case = None if number is None else case_of(connection, number)
        if case is None:
            return
        note_topic(connection, case.id, closed=shut.closed)
        if shut.closed and case.status != "closed":
            self._say(connection, bank, case, "still_open", now, number=case.id)

    def _written(self, connection: Connection, bank: Bank, written: Sequence[Written], now: datetime) -> None:
        first = written[0]
        member = member_by_telegram(connection, first.by.telegram_id)
        if member is None or member.bank not in (bank.id, None):
            self._greet(connection, bank, first, now)
            return
        if first.thread is None:
            if not first.edited:
                self._hint(connection, bank, first, "general", "in_general", now, _GENERAL_AGAIN)
            return
        number = case_at(connection, first.chat, first.thread)
        case = None if number is None else case_of(connection, number)
        if case is None:
            if may_hint(connection, first.chat, first.thread, "no case", now):
                self._post(connection, bank, first, "no_case", now)
        elif first.edited:
            self._edited(connection, bank, case, member, first, now)
        elif self._is_note(connection, case, first):
            self._note(connection, bank, case, member, written, now)
        else:
            self._answer(connection, bank, case, member, written, now)

    def _is_note(self, connection: Connection, case: Case, one: Written) -> bool:
        if (one.text or "").lstrip().startswith(NOTE_MARK):
            return True
        if one.answers is None:
            return False
        answered = said_at(connection, one.chat, one.answers) or shown_at(connection, case.id, one.answers)
        return answered is not None and answered.case == case.id and answered.author == "note"

    def _note(self, connection: Connection, bank: Bank, case: Case, member: Member, written: Sequence[Written], now: datetime) -> None:
        if not may(member, Action.NOTE, case):
            self._say(connection, bank, case, "not_noted", now)
            return
        for one in written:
            note(connection, self._desk, case, member, _words(one), now)

    def _answer(self, connection: Connection, bank: Bank, case: Case, member: Member, written: Sequence[Written], now: datetime) -> None:
        words = [_words(one) for one in written if one.text or one.file]
        if not may(member, Action.ANSWER, case):
            self._say(connection, bank, case, "not_sent_right", now)
        elif not words:
            self._say(connection, bank, case, "not_sent_kind", now)
        else:
            try:
                with connection.begin_nested():
                    answer_set(connection, self._desk, case, member, words, now)
            except Taken:  # closed, perhaps a moment ago
                self._say(connection, bank, case, "not_sent_closed", now)

    def _edited(self, connection: Connection, bank: Bank, case: Case, member: Member, one: Written, now: datetime) -> None:
        said = said_at(connection, one.chat, one.message)
        if said is None or said.case != case.id or said.staff != member.id or not one.text:
            return  # what was not passed on has nothing to be changed
        if said.author == "staff" and case.status == "closed":
            self._say(connection, bank, case, "edit_not_sent", now)
        elif (text := _without_mark(one.text) if said.author == "note" else one.text) != said.text:
            amend(connection, self._desk, said, text, now)

    def _greet(self, connection: Connection, bank: Bank, one: Written, now: datetime) -> None:
        """Whoever is on no list of this bank is told once how they get there."""
        if one.edited or not may_hint(connection, one.chat, one.by.telegram_id, "stranger", now):
            return
        language = self._language(connection, bank)
        name, telegram = one.by.name, one.by.telegram_id
        self._post(connection, bank, one, "stranger", now, name=name, bank=bank.name[language], telegram=telegram)

    def _hint(self, connection: Connection, bank: Bank, one: Written, hint: str, key: str, now: datetime, again: timedelta) -> None:
        if may_hint(connection, one.chat, one.by.telegram_id, hint, now, again):
            self._post(connection, bank, one, key, now, name=one.by.name)

    def _post(self, connection: Connection, at: Bank, one: Written, key: str, now: datetime, **values: object) -> None:
        """Say something where it was written, outside of any case."""
        text = staff_text(key, self._language(connection, at), **values)
        where = {} if one.thread is None else {"thread": one.thread}
        self._store.post(connection, None, one.chat, [{"text": text, "buttons": [], **where}], now, "hint")

    def _say(self, connection: Connection, bank: Bank, case: Case, key: str, now: datetime, **values: object) -> None:
        """Say something in the topic of a case."""
        add_line(connection, case.id, {"text": staff_text(key, self._language(connection, bank), **values)}, now)
        self._desk.mirror.changed(connection, case)

    def _language(self, connection: Connection, bank: Bank) -> str:
        return group_language(members(connection, bank.id))


def _words(one: Written) -> Words:
    words = Words(one.text or None, one.file, one.chat, one.message)
    return replace(words, text=_without_mark(one.text)) if one.text and one.text.lstrip().startswith(NOTE_MARK) else words


def _without_mark(text: str) -> str:
    return text.lstrip().removeprefix(NOTE_MARK).strip()
