"""The outbox: replies are kept from the turn they belong to until they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from bot.storage.database import Database
from bot.storage.tables import outbox


@dataclass(frozen=True)
class Post:
    """A reply in the outbox: its row, its content, and when it was written."""

    id: int
    reply: dict[str, Any]
    created_at: datetime


class Outbox(Database):
    """What goes out, over one database."""

    def post(self, connection: Connection, owner: str | None, chat_id: int, replies: Sequence[Mapping[str, Any]], now: datetime) -> None:
        """Put replies into the outbox; they leave after the transaction commits."""
        for reply in replies:
            connection.execute(insert(outbox).values(owner_id=owner, chat_id=chat_id, reply=dict(reply), created_at=now))

    def unsent(self) -> list[tuple[int, int, dict[str, Any]]]:
        """Replies waiting to leave, oldest first: (row, chat, reply)."""
        query = select(outbox.c.id, outbox.c.chat_id, outbox.c.reply).where(outbox.c.closed_at.is_(None)).order_by(outbox.c.id)
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def waiting_chats(self) -> list[int]:
        """Chats with replies waiting to leave, the one that waits longest first."""
        query = select(outbox.c.chat_id).where(outbox.c.closed_at.is_(None)).group_by(outbox.c.chat_id).order_by(func.min(outbox.c.id))
        with self.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def next_post(self, chat_id: int) -> Post | None:
        """The reply that leaves next for a chat."""
        waiting = (outbox.c.chat_id == chat_id) & outbox.c.closed_at.is_(None)
        query = select(outbox.c.id, outbox.c.reply, outbox.c.created_at).where(waiting).order_by(outbox.c.id).limit(1)
        with self.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return Post(row.id, row.reply, _with_zone(row.created_at)) if row else None

    def close_post(self, row_id: int, outcome: str, now: datetime) -> None:
        """Mark a reply with what became of it and drop its text; a row of nobody (an owner erased) goes altogether."""
        mine = outbox.c.id == row_id
        with self.engine.begin() as connection:
            row = connection.execute(select(outbox.c.owner_id).where(mine)).one_or_none()
            if row is None:
                return
            if row.owner_id is None:
                connection.execute(delete(outbox).where(mine))
            else:
                connection.execute(update(outbox).where(mine).values(closed_at=now, outcome=outcome, reply={}))

    def close_chat(self, connection: Connection, chat_id: int, outcome: str, now: datetime) -> None:
        """Close every reply that waits for a chat, as close_post does with one."""
        waiting = (outbox.c.chat_id == chat_id) & outbox.c.closed_at.is_(None)
        connection.execute(delete(outbox).where(waiting & outbox.c.owner_id.is_(None)))
        connection.execute(update(outbox).where(waiting).values(closed_at=now, outcome=outcome, reply={}))


def _with_zone(moment: datetime) -> datetime:
    """SQLite forgets that moments are in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
