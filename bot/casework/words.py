"""What is said in a case: the owner's words to the staff, theirs to the owner, and notes that only staff see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.casework.cases import claim, current
from bot.casework.clocks import next_by
from bot.casework.owners import reword_told, tell
from bot.casework.ports import Desk
from bot.conversation.answers.desk_said import answer_words
from bot.conversation.model import Attachment
from bot.desk.model import Author, Case, Member, Said, SharedFile, Taken
from bot.storage.desk.cases import adjust
from bot.storage.desk.people import bank_of, member_of
from bot.storage.desk.words import add_said, note_mirror, reword


@dataclass(frozen=True)
class Words:
    """A message to add to a case: words, a file or both; where it was written, if that is a chat of Telegram.

    `content` is that of a file which did not come by Telegram: it goes to the owner and is not kept.
    """

    text: str | None = None
    file: SharedFile | None = None
    chat: int | None = None
    message: int | None = None
    content: bytes | None = field(default=None, repr=False)

    @property
    def attached(self) -> Attachment | None:
        """The file to send with its content."""
        return None if self.file is None or self.content is None else Attachment(self.file.name, self.content)


def answer(connection: Connection, desk: Desk, case: Case, member: Member, words: Words, now: datetime) -> Said:
    """Staff answer the owner. A case that nobody has is theirs with it. Raises Taken when it is closed or gone."""
    return add_answers(connection, desk, case, member, [words], now)[0]


def add_answers(connection: Connection, desk: Desk, case: Case, member: Member, words: Sequence[Words], now: datetime) -> list[Said]:
    """As answer, with several files as one set: the words are with the first. Raises Taken."""
    desk.store.change_dialogue(connection, case.owner)  # first of all: a closing at the same moment waits for this, or this for it
    case = current(connection, case.id)
    if case.status == "closed":
        raise Taken(case.id)
    if case.status == "open":
        case = claim(connection, desk, case, member, now)
    added = [_add(connection, case, "staff", one, now, member) for one in words]
    bank = bank_of(connection, case.bank)
    row = tell(
        connection,
        desk,
        case.owner,
        lambda language: [answer_words(bank, member, added[0], language)],
        now,
        [one.file for one in words if one.file is not None],
        [one.attached for one in words if one.attached is not None],
        case=case.id,
        bank=case.bank,
        with_person=True,
    )
    if row is not None:
        for said in added:
            note_mirror(connection, said.id, row)
    first = {"first_answered_at": now} if case.first_answered_at is None else {}
    adjust(connection, case.id, turn="owner", waiting_since=None, respond_by=None, warned_at=None, escalated_at=None, **first)
    return [_shown(connection, desk, case, replace(said, mirror=row)) for said in added]


def note(connection: Connection, desk: Desk, case: Case, member: Member, words: Words, now: datetime) -> Said:
    """Something that only the staff of the bank see."""
    return _shown(connection, desk, case, _add(connection, case, "note", words, now, member))


def heard(connection: Connection, desk: Desk, case: Case, words: Words, now: datetime) -> Said:
    """The owner says something to the staff; from the first word that waits the clock of the next answer runs."""
    said = _add(connection, case, "owner", words, now, None)
    bank = bank_of(connection, case.bank)
    waits: dict[str, Any] = {}
    if case.waiting_since is None and bank is not None:
        waits = {"waiting_since": now, "respond_by": next_by(bank, now)}
    adjust(connection, case.id, turn="staff", **waits)
    return _shown(connection, desk, case, said)


def amend(connection: Connection, desk: Desk, said: Said, text: str, now: datetime) -> Said:
    """Whoever said something edited it: the other side sees the new words."""
    case = current(connection, said.case)
    if said.author == "staff":
        member = member_of(connection, said.staff) if said.staff is not None else None
        bank = bank_of(connection, case.bank)
        anew = replace(said, text=text)
        reword_told(connection, desk, case.owner, said.mirror, lambda language: answer_words(bank, member, anew, language), now, said.file)
    reword(connection, said.id, text, now)
    amended = replace(said, text=text, edited_at=now)
    desk.mirror.amended(connection, case, amended)
    return amended


def _add(connection: Connection, case: Case, author: Author, words: Words, now: datetime, member: Member | None) -> Said:
    by = None if member is None else member.id
    return add_said(connection, case.id, author, now, text=words.text, file=words.file, staff=by, chat=words.chat, message=words.message)


def _shown(connection: Connection, desk: Desk, case: Case, said: Said) -> Said:
    now_is = current(connection, case.id)
    desk.mirror.said(connection, now_is, said)
    desk.mirror.changed(connection, now_is)
    return said
