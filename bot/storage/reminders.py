"""Reminders: which owner is to hear of which entry on which day, and whether that has been said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from bot.storage.database import Database, insert_new
from bot.storage.tables import reminders


@dataclass(frozen=True)
class Due:
    """A reminder whose day has come; `chat_id` where the channel brings messages by itself."""

    owner: str
    entry: str
    chat_id: int | None


class Reminders(Database):
    """What owners asked to be reminded of, over one database. One for each owner and entry."""

    def set_reminder(self, connection: Connection, owner: str, entry: str, due_on: date, now: datetime) -> None:
        """Note a reminder; one for the same entry takes the new day."""
        if not insert_new(connection, reminders, owner_id=owner, entry=entry, due_on=due_on, created_at=now):
            mine = (reminders.c.owner_id == owner) & (reminders.c.entry == entry)
            connection.execute(update(reminders).where(mine).values(due_on=due_on, created_at=now, said_at=None))

    def cancel_reminder(self, connection: Connection, owner: str, entry: str) -> None:
        connection.execute(delete(reminders).where(reminders.c.owner_id == owner, reminders.c.entry == entry))

    def address_reminders(self, connection: Connection, owner: str, chat_id: int) -> None:
        """Say where an owner's reminders go, on a channel that brings messages by itself."""
        connection.execute(update(reminders).where(reminders.c.owner_id == owner).values(chat_id=chat_id))

    def due_reminders(self, today: date, limit: int, owner: str | None = None) -> Sequence[Due]:
        """What is to be said by now, longest due first: to one owner, or to everybody that a channel can bring it to."""
        whose = reminders.c.owner_id == owner if owner is not None else reminders.c.chat_id.is_not(None)
        query = (
            select(reminders.c.owner_id, reminders.c.entry, reminders.c.chat_id)
            .where(reminders.c.said_at.is_(None), reminders.c.due_on <= today, whose)
            .order_by(reminders.c.due_on, reminders.c.owner_id, reminders.c.entry)
            .limit(limit)
        )
        with self.engine.connect() as connection:
            return [Due(*row) for row in connection.execute(query)]

    def take_reminder(self, connection: Connection, due: Due, now: datetime) -> bool:
        """Mark a reminder as said; False when it was said or cancelled meanwhile."""
        mine = (reminders.c.owner_id == due.owner) & (reminders.c.entry == due.entry) & reminders.c.said_at.is_(None)
        return connection.execute(update(reminders).where(mine).values(said_at=now)).rowcount == 1

    def reminders_of(self, owner: str) -> list[dict[str, Any]]:
        """Every reminder of an owner as plain JSON, by day."""
        query = select(reminders).where(reminders.c.owner_id == owner).order_by(reminders.c.due_on, reminders.c.entry)
        with self.engine.connect() as connection:
            return [
                {"entry": row.entry, "due_on": row.due_on.isoformat(), "said_at": row.said_at.isoformat() if row.said_at else None}
                for row in connection.execute(query)
            ]
