"""Versions of the knowledge: every entry as it was written, when it was written or loaded and by whom, and what was said from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import yaml
from sqlalchemy import Connection, select
from sqlalchemy import insert as plain_insert

from bot.storage.database import Database, insert_new
from bot.storage.tables import facts, pack_events, packs, turns
from knowledge.pack import Kept, Pack, pack_of

Event = Literal["written", "loaded"]
Guard = Callable[[Mapping[str, Kept]], None]


@dataclass(frozen=True)
class Version:
    """One event of a version; the author and the note are there when somebody wrote it with them."""

    digest: str
    at: datetime
    event: Event
    author: str | None
    note: str | None


@dataclass(frozen=True)
class StoredTurn:
    """What was said in one turn, and from which version."""

    number: int
    at: datetime
    heard: Mapping[str, Any]
    said: tuple[Mapping[str, Any], ...]
    sources: tuple[str, ...]
    digest: str


class NoVersion(LookupError):
    """No stored version, or more than one, is meant; the message is what was asked for."""


class Packs(Database):
    """The versions in one database."""

    def keep(
        self,
        pack: Pack,
        now: datetime,
        event: Event = "loaded",
        author: str | None = None,
        note: str | None = None,
        guard: Guard | None = None,
    ) -> bool:
        """Keep a version with its event, in one transaction; False when it was the last one already.

        `guard` sees the last version before another takes its place, and refuses by raising: then nothing is kept.
        """
        with self.engine.begin() as connection:
            last = _last(connection)
            if last is not None and last.digest == pack.digest and event == "loaded":
                _note_load(connection, last, now)
                return False
            if guard is not None and last is not None and last.digest != pack.digest:
                guard(_kept(connection, last.digest))
            entries = {entry_id: {"file": item.file, "text": item.text} for entry_id, item in pack.kept.items()}
            insert_new(connection, packs, digest=pack.digest, loaded_at=now, entries=entries)
            _add_event(connection, pack.digest, now, event, author, note)
        return True

    def versions(self) -> list[tuple[Version, int]]:
        """Every event, newest first, with how many entries its version holds."""
        with self.engine.connect() as connection:
            sizes = {row.digest: len(row.entries) for row in connection.execute(select(packs.c.digest, packs.c.entries))}
            events = connection.execute(_EVENTS).all()
        return [(Version(*row), sizes[row.digest]) for row in events]

    def last(self) -> Version | None:
        """The newest event."""
        with self.engine.connect() as connection:
            return _last(connection)

    def answering_at(self, moment: datetime) -> Version | None:
        """The version that answers were given from at a moment: the last one loaded by then."""
        query = _EVENTS.where(pack_events.c.at <= moment, pack_events.c.event == "loaded").limit(1)
        with self.engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return Version(*row) if row else None

    def find(self, start: str) -> str:
        """The digest that begins so. Raises NoVersion."""
        with self.engine.connect() as connection:
            found = connection.scalars(select(packs.c.digest).where(packs.c.digest.startswith(start.lower(), autoescape=True))).all()
        if len(found) != 1:
            raise NoVersion(start)
        return str(found[0])

    def pack(self, digest: str) -> Pack:
        """A version as it stood. Raises NoVersion."""
        with self.engine.connect() as connection:
            return pack_of(_kept(connection, digest), digest)

    def turn(self, number: int) -> StoredTurn | None:
        """A stored turn by its number."""
        with self.engine.connect() as connection:
            row = connection.execute(select(turns).where(turns.c.id == number)).one_or_none()
        if row is None:
            return None
        return StoredTurn(row.id, row.at, row.heard, tuple(row.said), tuple(row.sources), row.pack_digest)

    def firms(self) -> Iterator[Mapping[str, Any]]:
        """The current facts of every owner as plain JSON, without saying whose they are."""
        query = select(facts.c.owner_id, facts.c.name, facts.c.value).where(facts.c.retired_at.is_(None)).order_by(facts.c.owner_id)
        with self.engine.connect().execution_options(stream_results=True) as connection:
            owner, known = None, dict[str, Any]()
            for row in connection.execute(query):
                if row.owner_id != owner and known:
                    yield known
                    known = {}
                owner = row.owner_id
                known[row.name] = row.value
            if known:
                yield known


_COLUMNS = (pack_events.c.digest, pack_events.c.at, pack_events.c.event, pack_events.c.author, pack_events.c.note)
_EVENTS = select(*_COLUMNS).order_by(pack_events.c.id.desc())


def _last(connection: Connection) -> Version | None:
    row = connection.execute(_EVENTS.limit(1)).one_or_none()
    return Version(*row) if row else None


def _note_load(connection: Connection, last: Version, now: datetime) -> None:
    """A version that an author wrote is loaded for the first time."""
    if last.event == "written":
        _add_event(connection, last.digest, now, "loaded", last.author, last.note)


def _add_event(connection: Connection, digest: str, now: datetime, event: Event, author: str | None, note: str | None) -> None:
    connection.execute(plain_insert(pack_events), {"digest": digest, "at": now, "event": event, "author": author, "note": note})


def _kept(connection: Connection, digest: str) -> dict[str, Kept]:
    entries = connection.execute(select(packs.c.entries).where(packs.c.digest == digest)).scalar_one_or_none()
    if entries is None:
        raise NoVersion(digest)
    return {entry_id: _as_kept(entry_id, raw) for entry_id, raw in entries.items()}


def _as_kept(entry_id: str, raw: Mapping[str, Any]) -> Kept:
    """Versions of the first release hold an entry's fields without its rule; they are told as a file without one."""
    if set(raw) == {"file", "text"}:
        return Kept(raw["file"], raw["text"])
    fields = {key: value for key, value in raw.items() if value not in (None, [], {})}
    if isinstance(valid := fields.get("valid"), dict):
        fields["valid"] = {("from" if key == "from_" else key): value for key, value in valid.items() if value is not None}
    return Kept(f"{entry_id}.yaml", yaml.safe_dump(fields, allow_unicode=True, sort_keys=False))
