"""The inbox: updates are kept from before they are acknowledged until they are answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.storage.database import Database, insert_new
from bot.storage.tables import updates


class Inbox(Database):
    """What comes in, over one database."""

    def keep_update(self, update_id: int, chat_id: int | None, body: str, now: datetime) -> bool:
        """Store an update before it is acknowledged; False when it was stored before."""
        with self.engine.begin() as connection:
            return insert_new(connection, updates, update_id=update_id, chat_id=chat_id, body=body, received_at=now)

    def open_updates(self) -> list[tuple[int, int | None, str]]:
        """Updates not yet dealt with, in the order Telegram numbered them."""
        query = select(updates.c.update_id, updates.c.chat_id, updates.c.body).where(updates.c.done_at.is_(None))
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query.order_by(updates.c.update_id))]

    def close_update(self, connection: Connection, update_id: int, outcome: str, now: datetime) -> bool:
        """Mark an update as dealt with; False when it was before, and then the caller's work must not be done again."""
        mine = (updates.c.update_id == update_id) & updates.c.done_at.is_(None)
        return connection.execute(update(updates).where(mine).values(done_at=now, outcome=outcome)).rowcount == 1

    def forget_updates(self, connection: Connection, chat_id: int) -> None:
        """Leave only the numbers of a chat's updates that are dealt with, so that none is taken in twice. Later ones still wait."""
        done = (updates.c.chat_id == chat_id) & updates.c.done_at.is_not(None)
        connection.execute(update(updates).where(done).values(body="", chat_id=None))
