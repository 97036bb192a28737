"""What is known of the chats themselves: those that take nothing any more, and groups that got another number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from bot.storage.database import Database, insert_new
from bot.storage.tables import chats


class Chats(Database):
    """The chats of a bot, over one database."""

    def address(self, connection: Connection, chat_id: int) -> int:
        """Where a message to this chat has to go today. Only groups, whose numbers are negative, ever move."""
        if chat_id >= 0:
            return chat_id
        moved = connection.execute(select(chats.c.moved_to).where(chats.c.chat_id == chat_id)).scalar()
        return chat_id if moved is None else int(moved)

    def note_move(self, connection: Connection, old: int, new: int, now: datetime) -> None:
        """Remember a group's new number, also for what pointed to the old one through a still older one."""
        insert_new(connection, chats, chat_id=old, changed_at=now)
        earlier = (chats.c.chat_id == old) | (chats.c.moved_to == old)
        connection.execute(update(chats).where(earlier).values(moved_to=new, changed_at=now))

    def note_unreachable(self, connection: Connection, chat_id: int, now: datetime) -> None:
        """Remember that a chat takes nothing any more: its owner blocked the bot, or the bot was put out of a group."""
        insert_new(connection, chats, chat_id=chat_id, changed_at=now)
        connection.execute(update(chats).where(chats.c.chat_id == chat_id).values(unreachable=True, changed_at=now))

    def note_reachable(self, connection: Connection, chat_id: int) -> None:
        """The chat wrote again; nothing needs to be remembered of it then."""
        connection.execute(delete(chats).where(chats.c.chat_id == chat_id, chats.c.moved_to.is_(None)))

    def unreachable_chats(self) -> set[int]:
        """Chats that take nothing any more."""
        with self.engine.connect() as connection:
            return set(connection.execute(select(chats.c.chat_id).where(chats.c.unreachable)).scalars())
