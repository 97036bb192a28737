"""Reading and writing what the advisor remembers. One turn commits in one transaction: facts, dialogue, transcript, replies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.storage.database import insert_new
from bot.storage.inbox import Inbox
from bot.storage.outbox import Outbox
from bot.storage.overrides import StoredOverride, latest_override
from bot.storage.portfolio import keep_firm
from bot.storage.reminders import Reminders
from bot.storage.tables import dialogues, facts, owners, turns

# What every turn asks for is put together once: that takes longer than running it.
_DIALOGUE = select(dialogues.c.state, dialogues.c.version).where(dialogues.c.owner_id == bindparam("owner"))
_CURRENT_FACTS = (
    select(facts.c.name, facts.c.value, facts.c.source, facts.c.as_of, facts.c.approximate)
    .where(facts.c.owner_id == bindparam("owner"), facts.c.retired_at.is_(None))
    .order_by(facts.c.id)
)
_MOVE_ON = update(dialogues).where(dialogues.c.owner_id == bindparam("owner"), dialogues.c.version == bindparam("read"))


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
    """What is stored about an owner: the dialogue (None before the first turn), its version, the current facts, and the latest override."""

    state: Mapping[str, Any] | None
    version: int
    facts: tuple[StoredFact, ...]
    override: StoredOverride | None = None


@dataclass(frozen=True)
class TurnRecord:
    """One turn to commit."""

    heard: Mapping[str, Any]
    intent: str | None
    said: Sequence[Mapping[str, Any]]
    sources: Sequence[str]
    pack_digest: str


class Store(Inbox, Outbox, Reminders):
    """The repository over one database: the owners' memory beside their mail and their reminders. Safe to use from several threads."""

    def recall(self, owner: str) -> Remembered:
        """What is stored about an owner."""
        with self.engine.connect() as connection:
            row = connection.execute(_DIALOGUE, {"owner": owner}).one_or_none()
            current = connection.execute(_CURRENT_FACTS, {"owner": owner}).all()
            override = latest_override(connection, owner) if row else None
        return Remembered(row.state if row else None, row.version if row else 0, tuple(StoredFact(*item) for item in current), override)

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
        self.keep_memory(connection, owner, before, state, known, now)
        self.note_turn(connection, owner, record, now)

    def keep_memory(
        self,
        connection: Connection,
        owner: str,
        before: Remembered,
        state: Mapping[str, Any],
        known: Sequence[StoredFact],
        now: datetime,
    ) -> None:
        """Write what is remembered after a turn. Raises StaleDialogue when the owner's dialogue moved on since it was recalled."""
        if before.version == 0:
            insert_new(connection, owners, id=owner, created_at=now)
        self._write_dialogue(connection, owner, before.version, state)
        changed = self._write_facts(connection, owner, before.facts, known, now)
        if changed or before.version == 0:
            keep_firm(connection, owner, {fact.name: fact.value for fact in known})

    def change_dialogue(
        self, connection: Connection, owner: str, change: Callable[[Mapping[str, Any]], Mapping[str, Any]] = lambda state: state
    ) -> Mapping[str, Any] | None:
        """Change the state of a dialogue outside a turn; a turn that is under way is then redone. Gives the state as it was.

        The row is locked from the first statement on, so that the changes of several people come one after the other. None where there
        is no dialogue: an owner who erased everything.
        """
        mine = dialogues.c.owner_id == owner
        moved = update(dialogues).where(mine).values(version=dialogues.c.version + 1).returning(dialogues.c.state)
        state: Mapping[str, Any] | None = connection.execute(moved).scalar_one_or_none()
        if state is not None:
            connection.execute(update(dialogues).where(mine).values(state=dict(change(state))))
        return state

    def note_turn(self, connection: Connection, owner: str, record: TurnRecord, now: datetime) -> None:
        """Add to an owner's transcript."""
        connection.execute(
            insert(turns),
            {
                "owner_id": owner,
                "at": now,
                "heard": dict(record.heard),
                "intent": record.intent,
                "said": list(record.said),
                "sources": list(record.sources),
                "pack_digest": record.pack_digest,
            },
        )

    def transcript(self, owner: str, latest: int | None = None) -> list[dict[str, Any]]:
        """Every turn of an owner, or so many of the latest, oldest first, as plain JSON."""
        query = select(turns).where(turns.c.owner_id == owner).order_by(turns.c.id.desc()).limit(latest)
        with self.engine.connect() as connection:
            rows = reversed(connection.execute(query).mappings().all())
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

    def erase(self, connection: Connection, owner: str) -> None:
        """Delete everything about an owner; what a channel keeps of its own it forgets itself, see Inbox.forget_updates."""
        connection.execute(delete(owners).where(owners.c.id == owner))

    def _write_dialogue(self, connection: Connection, owner: str, version: int, state: Mapping[str, Any]) -> None:
        if version == 0:
            written = insert_new(connection, dialogues, owner_id=owner, state=dict(state), version=1)
        else:
            moved = {"owner": owner, "read": version, "state": dict(state), "version": version + 1}
            written = connection.execute(_MOVE_ON, moved).rowcount == 1
        if not written:
            raise StaleDialogue(owner)

    def _write_facts(
        self, connection: Connection, owner: str, before: Sequence[StoredFact], known: Sequence[StoredFact], now: datetime
    ) -> bool:
        """Retire what is no longer known and add what is new; False when nothing changed."""
        fresh = [fact for fact in known if fact not in before]
        gone = {fact.name for fact in before if fact not in known}
        if gone:
            connection.execute(
                update(facts).where(facts.c.owner_id == owner, facts.c.name.in_(gone), facts.c.retired_at.is_(None)).values(retired_at=now)
            )
        if fresh:
            connection.execute(insert(facts), [{"owner_id": owner, "recorded_at": now, **vars(fact)} for fact in fresh])
        return bool(fresh or gone)
