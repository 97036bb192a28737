"""Reading and writing what the advisor remembers. One turn commits in one transaction: facts, dialogue, transcript, replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.tables import dialogues, facts, outbox, owners, packs, turns, updates


class StaleDialogue(RuntimeError):
    """Another turn of the same owner committed in between; read again and redo the turn."""


@dataclass(frozen=True)
class StoredFact:
    """A current fact as plain JSON."""

    name: str
    value: Any
    source: str
    as_of: date
    approximate: bool


@dataclass(frozen=True)
class Remembered:
    """What is stored about an owner: the dialogue (None before the first turn), its version, and the current facts."""

    state: Mapping[str, Any] | None
    version: int
    facts: tuple[StoredFact, ...]


@dataclass(frozen=True)
class TurnRecord:
    """One turn to commit."""

    heard: Mapping[str, Any]
    intent: str | None
    said: Sequence[Mapping[str, Any]]
    sources: Sequence[str]
    pack_digest: str


@dataclass(frozen=True)
class Post:
    """A reply in the outbox: its row, its content, and when it was written."""

    id: int
    reply: dict[str, Any]
    created_at: datetime


class Store:
    """The repository over one database. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction that commits when left without an error."""
        return self.engine.begin()

    def recall(self, owner: str) -> Remembered:
        """What is stored about an owner."""
        with self.engine.connect() as connection:
            row = connection.execute(select(dialogues.c.state, dialogues.c.version).where(dialogues.c.owner_id == owner)).one_or_none()
            current = connection.execute(
                select(facts.c.name, facts.c.value, facts.c.source, facts.c.as_of, facts.c.approximate)
                .where(facts.c.owner_id == owner, facts.c.retired_at.is_(None))
                .order_by(facts.c.id)
            ).all()
        return Remembered(row.state if row else None, row.version if row else 0, tuple(StoredFact(*item) for item in current))

    def commit_turn(
        self,
        connection: Connection,
        owner: str,
        before: Remembered,
        state: Mapping[str, Any],
        known: Sequence[StoredFact],
        record: TurnRecord,
        now: datetime,
    ) -> None:
        """Write one turn. Raises StaleDialogue when the owner's dialogue moved on since it was recalled."""
        self._ensure_owner(connection, owner, now)
        self._write_dialogue(connection, owner, before.version, state)
        self._write_facts(connection, owner, before.facts, known, now)
        connection.execute(
            insert(turns).values(
                owner_id=owner,
                at=now,
                heard=dict(record.heard),
                intent=record.intent,
                said=list(record.said),
                sources=list(record.sources),
                pack_digest=record.pack_digest,
            )
        )

    def transcript(self, owner: str) -> list[dict[str, Any]]:
        """Every turn of an owner, oldest first, as plain JSON."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(turns).where(turns.c.owner_id == owner).order_by(turns.c.id)).mappings()
            return [{"at": row["at"].isoformat(), "heard": row["heard"], "said": row["said"], "sources": row["sources"]} for row in rows]

    def fact_history(self, owner: str) -> list[dict[str, Any]]:
        """Every value a fact of an owner ever had, oldest first, as plain JSON."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(facts).where(facts.c.owner_id == owner).order_by(facts.c.id)).mappings()
            return [
                {
                    "name": row["name"],
                    "value": row["value"],
                    "source": row["source"],
                    "as_of": row["as_of"].isoformat(),
                    "recorded_at": row["recorded_at"].isoformat(),
                    "retired_at": row["retired_at"].isoformat() if row["retired_at"] else None,
                }
                for row in rows
            ]

    def erase(self, connection: Connection, owner: str, chat_id: int | None = None) -> None:
        """Delete everything about an owner. Of the chat's updates only the numbers stay, so that none is taken in twice."""
        connection.execute(delete(owners).where(owners.c.id == owner))
        if chat_id is not None:
            connection.execute(update(updates).where(updates.c.chat_id == chat_id).values(body="", chat_id=None))

    def remember_pack(self, digest: str, entries: Mapping[str, Any], now: datetime) -> bool:
        """Keep a knowledge pack as it stands; True when it is new."""
        with self.engine.begin() as connection:
            return self._insert_new(connection, packs, digest=digest, loaded_at=now, entries=dict(entries))

    def _ensure_owner(self, connection: Connection, owner: str, now: datetime) -> None:
        self._insert_new(connection, owners, id=owner, created_at=now)

    def _insert_new(self, connection: Connection, table: Table, **values: Any) -> bool:
        """Insert a row; False when its key was there before."""
        dialect = postgresql if self.engine.dialect.name == "postgresql" else sqlite
        key = next(iter(table.primary_key.columns))
        statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(key)
        return connection.execute(statement).first() is not None

    def _write_dialogue(self, connection: Connection, owner: str, version: int, state: Mapping[str, Any]) -> None:
        if version == 0:
            written = self._insert_new(connection, dialogues, owner_id=owner, state=dict(state), version=1)
        else:
            mine = (dialogues.c.owner_id == owner) & (dialogues.c.version == version)
            statement = update(dialogues).where(mine).values(state=dict(state), version=version + 1)
            written = connection.execute(statement).rowcount == 1
        if not written:
            raise StaleDialogue(owner)

    def _write_facts(
        self, connection: Connection, owner: str, before: Sequence[StoredFact], known: Sequence[StoredFact], now: datetime
    ) -> None:
        fresh = [fact for fact in known if fact not in before]
        gone = {fact.name for fact in before if fact not in known}
        if gone:
            connection.execute(
                update(facts).where(facts.c.owner_id == owner, facts.c.name.in_(gone), facts.c.retired_at.is_(None)).values(retired_at=now)
            )
        for fact in fresh:
            connection.execute(
                insert(facts).values(
                    owner_id=owner,
                    name=fact.name,
                    value=fact.value,
                    source=fact.source,
                    as_of=fact.as_of,
                    approximate=fact.approximate,
                    recorded_at=now,
                )
            )

    # -- Telegram's mail: see bot.channels.telegram ---------------------------------------------------------------------------

    def keep_update(self, update_id: int, chat_id: int | None, body: str, now: datetime) -> bool:
        """Store an update before it is acknowledged; False when it was stored before."""
        with self.engine.begin() as connection:
            return self._insert_new(connection, updates, update_id=update_id, chat_id=chat_id, body=body, received_at=now)

    def open_updates(self) -> list[tuple[int, int | None, str]]:
        """Updates not yet dealt with, in the order Telegram numbered them."""
        query = select(updates.c.update_id, updates.c.chat_id, updates.c.body).where(updates.c.done_at.is_(None))
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query.order_by(updates.c.update_id))]

    def last_update(self) -> int | None:
        """The highest update number stored."""
        with self.engine.connect() as connection:
            return connection.execute(select(updates.c.update_id).order_by(updates.c.update_id.desc()).limit(1)).scalar()

    def close_update(self, connection: Connection, update_id: int, outcome: str, now: datetime) -> bool:
        """Mark an update as dealt with; False when it was before, and then the caller's work must not be done again."""
        mine = (updates.c.update_id == update_id) & updates.c.done_at.is_(None)
        return connection.execute(update(updates).where(mine).values(done_at=now, outcome=outcome)).rowcount == 1

    def forget_updates(self, connection: Connection, chat_id: int) -> None:
        """Leave only the numbers of a chat's updates that are dealt with, so that none is taken in twice. Later ones still wait."""
        done = (updates.c.chat_id == chat_id) & updates.c.done_at.is_not(None)
        connection.execute(update(updates).where(done).values(body="", chat_id=None))

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

    def close_post(self, row_id: int, outcome: str, now: datetime, written: datetime | None = None) -> None:
        """Mark a reply with what became of it and drop its text; a row of nobody (an owner erased) goes altogether.

        `written` is when the reply was written: SQLite gives an erased row's number to the next one, which still waits.
        """
        mine = outbox.c.id == row_id
        with self.engine.begin() as connection:
            row = connection.execute(select(outbox.c.owner_id, outbox.c.created_at).where(mine)).one_or_none()
            if row is None or (written is not None and _with_zone(row.created_at) != written):
                return
            if row.owner_id is None:
                connection.execute(delete(outbox).where(mine))
            else:
                connection.execute(update(outbox).where(mine).values(closed_at=now, outcome=outcome, reply={}))


def _with_zone(moment: datetime) -> datetime:
    """SQLite forgets that moments are in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
