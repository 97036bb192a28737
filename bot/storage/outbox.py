"""The outbox: every outgoing message is a row before it leaves, and stays one until it is known what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.storage.chats import Chats
from bot.storage.database import insert_new
from bot.storage.moments import utc
from bot.storage.posts import KINDS, Alongside, Closing, Lane, Outcome, Post
from bot.storage.tables import outbox, owners

#: The last words to somebody who erased everything: nothing of them is to stay.
_NOBODYS = outbox.c.owner_id.is_(None) & (outbox.c.kind == "reply")


class Outbox(Chats):
    """What goes out, over one database."""

    def post(
        self,
        connection: Connection,
        owner: str | None,
        chat_id: int,
        messages: Sequence[Mapping[str, Any]],
        now: datetime,
        kind: str = "reply",
    ) -> None:
        """Put messages into the outbox, one row each; they leave after the transaction commits."""
        if messages:
            chat_id, lane = self.address(connection, chat_id), KINDS[kind].lane
            common = {"owner_id": owner, "chat_id": chat_id, "kind": kind, "lane": lane, "created_at": now}
            connection.execute(insert(outbox), [{**common, "message": dict(message)} for message in messages])

    def post_one(
        self,
        connection: Connection,
        owner: str | None,
        chat_id: int,
        message: Mapping[str, Any],
        now: datetime,
        kind: str,
        edits: int | None = None,
    ) -> int:
        """Put one message into the outbox and give its row; with `edits` it takes the place of that row's message."""
        values = {"owner_id": owner, "kind": kind, "lane": KINDS[kind].lane, "created_at": now, "edits": edits, "message": dict(message)}
        statement = insert(outbox).values(chat_id=self.address(connection, chat_id), **values).returning(outbox.c.id)
        return int(connection.execute(statement).scalar_one())

    def start_progress(self, owner: str | None, chat_id: int, text: str, now: datetime) -> int:
        """A message that will be edited as the work goes on; gives the row to name in update_progress."""
        values = {"owner_id": owner, "chat_id": chat_id, "kind": "progress", "lane": Lane.LIVE, "created_at": now}
        with self.engine.begin() as connection:
            if owner is not None:  # somebody whose first message is a file is not known yet
                insert_new(connection, owners, id=owner, created_at=now)
            statement = insert(outbox).values(**values, message={"text": text, "buttons": []}).returning(outbox.c.id)
            return int(connection.execute(statement).scalar_one())

    def update_progress(self, row_id: int, text: str, now: datetime) -> None:
        """Another text for a message; of several that wait, only the newest is sent. Nothing happens when the message was erased."""
        with self.engine.begin() as connection:
            row = connection.execute(select(outbox.c.owner_id, outbox.c.chat_id).where(outbox.c.id == row_id)).one_or_none()
            if row is None:
                return
            connection.execute(delete(outbox).where(outbox.c.edits == row_id, outbox.c.closed_at.is_(None)))
            values = {"owner_id": row.owner_id, "chat_id": row.chat_id, "kind": "progress", "lane": Lane.LIVE, "created_at": now}
            connection.execute(insert(outbox).values(**values, edits=row_id, message={"text": text, "buttons": []}))

    def unsent(self) -> list[tuple[int, int, dict[str, Any]]]:
        """Messages waiting to leave, oldest first: (row, chat, message)."""
        query = select(outbox.c.id, outbox.c.chat_id, outbox.c.message).where(outbox.c.closed_at.is_(None)).order_by(outbox.c.id)
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def waiting_chats(self) -> list[int]:
        """Chats that messages wait for, the one that waits longest first."""
        query = select(outbox.c.chat_id).where(outbox.c.closed_at.is_(None)).group_by(outbox.c.chat_id).order_by(func.min(outbox.c.id))
        with self.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def waiting(self, lane: Lane, limit: int) -> list[int]:
        """The rows that wait in a lane, oldest first, so many at most."""
        query = select(outbox.c.id).where(outbox.c.closed_at.is_(None), outbox.c.lane == lane).order_by(outbox.c.id).limit(limit)
        with self.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def posts(self, rows: Sequence[int]) -> list[Post]:
        """Rows in full, oldest first; those that were closed meanwhile are left out, and edits whose original has not come to an end."""
        if not rows:
            return []
        original = outbox.alias("original")
        query = (
            select(outbox, original.c.message_id.label("original_message_id"))
            .outerjoin(original, outbox.c.edits == original.c.id)
            .where(outbox.c.id.in_(rows), outbox.c.closed_at.is_(None))
            .where(outbox.c.edits.is_(None) | original.c.closed_at.is_not(None))
            .order_by(outbox.c.id)
        )
        with self.engine.connect() as connection:
            return [_post(row) for row in connection.execute(query)]

    def start_posts(self, ids: Iterable[int], now: datetime | None) -> None:
        """Note that messages are about to leave, and so may have arrived if nothing more is heard of them; None takes it back."""
        rows = [{"row": row} for row in ids]
        if rows:
            with self.engine.begin() as connection:
                connection.execute(update(outbox).where(outbox.c.id == bindparam("row")).values(started_at=now), rows)

    def close_posts(self, closings: Sequence[Closing], now: datetime, alongside: Alongside | None = None) -> None:
        """Mark messages with what became of them and drop their texts; rows of nobody (an owner erased) go altogether.

        What is done `alongside` commits with it.
        """
        if not closings:
            return
        rows = [{"row": item.id, "outcome": item.outcome, "message_id": item.message_id, "reason": item.reason} for item in closings]
        open_ = (outbox.c.id == bindparam("row")) & outbox.c.closed_at.is_(None)
        known: dict[str, Any] = {name: bindparam(name) for name in ("outcome", "message_id", "reason")}
        values = {"closed_at": now, "message": {}, **known}
        with self.engine.begin() as connection:
            connection.execute(update(outbox).where(open_).values(**values), rows)
            connection.execute(delete(outbox).where(_NOBODYS, outbox.c.id.in_([item.id for item in closings])))
            if alongside:
                alongside(connection, closings)

    def park_doubtful(self, now: datetime) -> int:
        """After a crash: close what was about to leave and may have arrived, where such messages are not sent again; gives how many."""
        once = [name for name, kind in KINDS.items() if kind.parks]
        mine = outbox.c.closed_at.is_(None) & outbox.c.started_at.is_not(None) & outbox.c.kind.in_(once)
        with self.engine.begin() as connection:
            return connection.execute(update(outbox).where(mine).values(closed_at=now, outcome="unknown", message={})).rowcount

    def close_chat(self, connection: Connection, chat_id: int, outcome: Outcome, now: datetime) -> None:
        """Close every message that waits for a chat, as close_posts does with one."""
        waiting = (outbox.c.chat_id == chat_id) & outbox.c.closed_at.is_(None)
        connection.execute(delete(outbox).where(waiting & _NOBODYS))
        connection.execute(update(outbox).where(waiting).values(closed_at=now, outcome=outcome, message={}))

    def give_up_chat(self, chat_id: int, now: datetime) -> None:
        """A chat that takes nothing any more: what waits for it is closed as unsubscribed."""
        with self.engine.begin() as connection:
            self.note_unreachable(connection, chat_id, now)
            self.close_chat(connection, chat_id, "unsubscribed", now)

    def move_chat(self, old: int, new: int, now: datetime, alongside: Callable[[Connection, int, int], None] | None = None) -> None:
        """A group that became a supergroup: what waits for it, and what will be posted to its old number, goes to the new one."""
        with self.engine.begin() as connection:
            self.redirect(connection, old, new, now)
            if alongside:
                alongside(connection, old, new)

    def redirect(self, connection: Connection, old: int, new: int, now: datetime) -> None:
        """As move_chat, within a transaction."""
        self.note_move(connection, old, new, now)
        waiting = (outbox.c.chat_id == old) & outbox.c.closed_at.is_(None)
        connection.execute(update(outbox).where(waiting).values(chat_id=new))

    def sent_since(self, moment: datetime) -> list[tuple[int, datetime]]:
        """What left lately, for a sender that has just started: (chat, when)."""
        query = select(outbox.c.chat_id, outbox.c.closed_at).where(outbox.c.closed_at >= moment, outbox.c.outcome.in_(["sent", "unknown"]))
        with self.engine.connect() as connection:
            return [(row.chat_id, utc(row.closed_at)) for row in connection.execute(query)]

    def outcomes(self) -> dict[str | None, int]:
        """How many rows ended in each state; None counts those that still wait."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(outbox.c.outcome, func.count()).group_by(outbox.c.outcome))
            return {row[0]: row[1] for row in rows}


def _post(row: Any) -> Post:
    return Post(
        id=row.id,
        chat_id=row.chat_id,
        kind=row.kind,
        message=row.message,
        created_at=utc(row.created_at),
        doubtful=row.started_at is not None,
        is_edit=row.edits is not None,
        edits=row.original_message_id,
    )
