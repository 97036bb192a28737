"""Entries of policy officers in rows. Whoever changes one names the version that they read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.bulletins.entries import EntryDraft, EntryStatus
from bot.bulletins.model import Changed
from bot.storage.bulletins.tables import entry_drafts
from bot.storage.desk.tables import staff
from bot.storage.moments import utc
from knowledge.pack import Later

_DRAFT = entry_drafts.c.status == EntryStatus.DRAFT


def add_entry(connection: Connection, text: str, author: int, now: datetime) -> EntryDraft:
    """A new draft."""
    values = {"text": text, "status": EntryStatus.DRAFT, "version": 1, "author_id": author, "written_at": now}
    return _draft(connection.execute(insert(entry_drafts).values(**values).returning(entry_drafts)).one())


def entry_of(connection: Connection, number: int) -> EntryDraft | None:
    row = connection.execute(select(entry_drafts).where(entry_drafts.c.id == number)).one_or_none()
    return None if row is None else _draft(row)


def every_entry(connection: Connection) -> list[EntryDraft]:
    """The newest first."""
    return [_draft(row) for row in connection.execute(select(entry_drafts).order_by(entry_drafts.c.id.desc()))]


def change_entry(connection: Connection, draft: EntryDraft, **values: Any) -> EntryDraft:
    """Change a draft as it was read. Raises Changed when it is not like that any more."""
    mine = (entry_drafts.c.id == draft.id) & (entry_drafts.c.version == draft.version) & _DRAFT
    changed = update(entry_drafts).where(mine).values(version=draft.version + 1, **values).returning(entry_drafts)
    row = connection.execute(changed).one_or_none()
    if row is None:
        raise Changed(draft.id)
    return _draft(row)


def take_entry(connection: Connection, draft: EntryDraft, later: Later, approver: int, now: datetime) -> EntryDraft:
    """Approve a draft as it was read; it stands behind all that were approved before.

    Raises Changed, also where another was approved in the very same moment: what it would stand in for may be another text now.
    """
    order = select(func.coalesce(func.max(entry_drafts.c.taken), 0) + 1).scalar_subquery()
    values = {"status": EntryStatus.APPROVED, "approver_id": approver, "decided_at": now}
    try:
        return change_entry(connection, draft, **values, entry_id=later.entry, replaces=later.replaces, taken=order)
    except IntegrityError:
        raise Changed(draft.id) from None


def region_written_for(connection: Connection, draft: EntryDraft) -> str | None:
    """The region of who wrote a draft, also where they work here no more."""
    return connection.execute(select(staff.c.region).where(staff.c.id == draft.author)).scalar()


def newest_taken(connection: Connection) -> int:
    """Grows with every entry that is approved."""
    return int(connection.execute(select(func.coalesce(func.max(entry_drafts.c.taken), 0))).scalar_one())


def taken_entries(connection: Connection) -> list[Later]:
    """All that were approved, in that order."""
    columns = (entry_drafts.c.entry_id, entry_drafts.c.text, entry_drafts.c.replaces)
    query = select(*columns).where(entry_drafts.c.taken.is_not(None)).order_by(entry_drafts.c.taken)
    return [Later(*row) for row in connection.execute(query)]


def _draft(row: Any) -> EntryDraft:
    written, decided = utc(row.written_at), utc(row.decided_at)
    assert written is not None
    return EntryDraft(row.id, row.text, EntryStatus(row.status), row.version, row.author_id, written, row.approver_id, decided)
