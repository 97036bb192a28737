"""What was said in a case, in rows, and where each message is shown on the other side."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.desk.model import Author, Said, SharedFile
from bot.storage.desk.tables import case_messages
from bot.storage.moments import utc
from bot.storage.tables import outbox


def add_said(
    connection: Connection,
    case_id: int,
    author: Author,
    now: datetime,
    *,
    text: str | None = None,
    file: SharedFile | None = None,
    staff: int | None = None,
    chat: int | None = None,
    message: int | None = None,
) -> Said:
    """Add a message to a case. Raises IntegrityError for one that was added before, by its chat and number."""
    values = {
        "case_id": case_id,
        "at": now,
        "author": author,
        "staff_id": staff,
        "text": text,
        "file": None if file is None else vars(file),
        "chat_id": chat,
        "message_id": message,
    }
    return said_of(connection.execute(insert(case_messages).values(**values).returning(case_messages)).one())


def said_in(connection: Connection, case_id: int, after: int = 0) -> list[Said]:
    """What was said in a case after a message, oldest first."""
    query = select(case_messages).where(case_messages.c.case_id == case_id, case_messages.c.id > after).order_by(case_messages.c.id)
    return [said_of(row) for row in connection.execute(query)]


def said_by_id(connection: Connection, said_id: int) -> Said | None:
    row = connection.execute(select(case_messages).where(case_messages.c.id == said_id)).one_or_none()
    return said_of(row) if row else None


def said_at(connection: Connection, chat: int, message: int) -> Said | None:
    """The message that was written under a number of a chat, or that is shown there."""
    written = (case_messages.c.chat_id == chat) & (case_messages.c.message_id == message)
    row = connection.execute(select(case_messages).where(written)).one_or_none()
    if row is None:
        shown = (outbox.c.chat_id == chat) & (outbox.c.message_id == message)
        row = connection.execute(select(case_messages).join(outbox, case_messages.c.mirror_id == outbox.c.id).where(shown)).one_or_none()
    return said_of(row) if row else None


def note_mirror(connection: Connection, said_id: int, outbox_row: int) -> None:
    """The row of the outbox that shows a message on the other side."""
    connection.execute(update(case_messages).where(case_messages.c.id == said_id).values(mirror_id=outbox_row))


def reword(connection: Connection, said_id: int, text: str, now: datetime) -> None:
    """Its author edited a message."""
    connection.execute(update(case_messages).where(case_messages.c.id == said_id).values(text=text, edited_at=now))


def said_of(row: Any) -> Said:
    """A row of case_messages."""
    return Said(
        id=row.id,
        case=row.case_id,
        at=utc(row.at),
        author=row.author,
        staff=row.staff_id,
        text=row.text,
        file=SharedFile(**row.file) if row.file else None,
        chat=row.chat_id,
        message=row.message_id,
        mirror=row.mirror_id,
        edited_at=utc(row.edited_at) if row.edited_at else None,
    )
