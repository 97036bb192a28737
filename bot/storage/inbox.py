"""The inbox: updates are kept from before they are acknowledged until they are answered. It is the queue that chats are served from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection, and_, exists, func, select, update

from bot.storage.database import Database, insert_each
from bot.storage.moments import utc
from bot.storage.tables import updates

#: Update numbers missing right before an update are worth waiting for only in small gaps: larger ones are no accident of delivery.
REACH = 64
#: Numbers seen longer ago say nothing about what is under way now.
_FRESH = timedelta(minutes=1)


@dataclass(frozen=True)
class Letter:
    """An update as it came: its number, its chat (None for kinds that belong to none), its text as Telegram sent it."""

    update_id: int
    chat_id: int | None
    body: str


@dataclass(frozen=True)
class Opened:
    """The update a chat gets answered next, and when a gap of numbers before it was noticed: None where nothing is missing."""

    letter: Letter
    gap_since: datetime | None


class Inbox(Database):
    """What comes in, over one database."""

    def keep_updates(self, letters: Sequence[Letter], now: datetime) -> None:
        """Store updates before they are acknowledged, all or none; those stored before stay as they are.

        What belongs to no chat gets no answer and is dealt with at once.
        """
        rows = [
            {
                "update_id": letter.update_id,
                "chat_id": letter.chat_id,
                "body": letter.body,
                "received_at": now,
                "done_at": now if letter.chat_id is None else None,
                "outcome": "skipped" if letter.chat_id is None else None,
            }
            # In one order everywhere: two processes that store the same updates must not wait for each other.
            for letter in sorted(letters, key=lambda letter: letter.update_id)
        ]
        if rows:
            with self.engine.begin() as connection:
                insert_each(connection, updates, rows)

    def next_update(self, chat_id: int, look_for_gaps: bool = False) -> Opened | None:
        """The earliest update of a chat that is not dealt with."""
        query = (
            select(updates.c.update_id, updates.c.body, updates.c.received_at)
            .where(updates.c.chat_id == chat_id, updates.c.done_at.is_(None))
            .order_by(updates.c.update_id)
            .limit(1)
        )
        with self.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            gap_since = self._gap_before(connection, row.update_id, utc(row.received_at)) if look_for_gaps else None
        return Opened(Letter(row.update_id, chat_id, row.body), gap_since)

    def waiting_updates(self, chat_id: int) -> list[tuple[Letter, datetime]]:
        """All updates of a chat that are not dealt with, in order, each with the moment it came."""
        query = (
            select(updates.c.update_id, updates.c.body, updates.c.received_at)
            .where(updates.c.chat_id == chat_id, updates.c.done_at.is_(None))
            .order_by(updates.c.update_id)
        )
        with self.engine.connect() as connection:
            return [(Letter(row.update_id, chat_id, row.body), utc(row.received_at)) for row in connection.execute(query)]

    def open_chats(self, before: datetime | None = None) -> list[int]:
        """Chats with an update that is not dealt with, stored before a moment if one is given; the earliest update first."""
        waiting = and_(updates.c.done_at.is_(None), updates.c.chat_id.is_not(None))
        if before is not None:
            waiting &= updates.c.received_at < before
        query = select(updates.c.chat_id).where(waiting).group_by(updates.c.chat_id).order_by(func.min(updates.c.update_id))
        with self.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def open_updates(self) -> list[tuple[int, int | None, str]]:
        """Updates not yet dealt with, in the order Telegram numbered them."""
        query = select(updates.c.update_id, updates.c.chat_id, updates.c.body).where(updates.c.done_at.is_(None))
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query.order_by(updates.c.update_id))]

    def close_update(self, connection: Connection, letter: Letter, outcome: str, now: datetime) -> bool:
        """Mark an update as dealt with. False when it was before, or an earlier one of its chat is still open:
        then the caller's work must not be kept. All order and all "once" rest on this, however many processes answer."""
        earlier = updates.alias()
        overtaken = exists().where(earlier.c.chat_id == letter.chat_id, earlier.c.update_id < letter.update_id, earlier.c.done_at.is_(None))
        mine = and_(updates.c.update_id == letter.update_id, updates.c.done_at.is_(None), ~overtaken)
        return connection.execute(update(updates).where(mine).values(done_at=now, outcome=outcome)).rowcount == 1

    def forget_updates(self, connection: Connection, chat_id: int) -> None:
        """Leave only the numbers of a chat's updates that are dealt with, so that none is taken in twice. Later ones still wait."""
        done = (updates.c.chat_id == chat_id) & updates.c.done_at.is_not(None)
        connection.execute(update(updates).where(done).values(body="", chat_id=None))

    def _gap_before(self, connection: Connection, update_id: int, received: datetime) -> datetime | None:
        before = updates.c.update_id.between(update_id - REACH, update_id - 1) & (updates.c.received_at > received - _FRESH)
        row = connection.execute(select(func.min(updates.c.update_id), func.count()).where(before)).one()
        if row[1] == 0 or update_id - row[0] == row[1]:
            return None  # the usual case costs no more than this
        rows = connection.execute(select(updates.c.update_id, updates.c.received_at).where(before))
        return latest_gap({number: utc(at) for number, at in rows} | {update_id: received})


def latest_gap(seen: Mapping[int, datetime]) -> datetime | None:
    """When the highest gap was noticed, which is when the first number above it came. None where no number is missing in between.

    A number that never comes so delays only what comes right after it, not the next 64 updates.
    """
    first = datetime.max.replace(tzinfo=UTC)
    for number, below in pairwise(sorted(seen, reverse=True)):
        first = min(first, seen[number])
        if number - below > 1:
            return first
    return None
