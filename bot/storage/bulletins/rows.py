"""Bulletins in rows. Whoever changes one names the version that they read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, true, update

from bot.bulletins.model import Bulletin, Changed, Draft, Status
from bot.storage.bulletins.tables import bulletin_events, bulletins
from bot.storage.desk.tables import staff
from bot.storage.moments import utc


def add(connection: Connection, draft: Draft, author: int, now: datetime) -> Bulletin:
    """A new draft."""
    values = {"draft": draft.plain(), "status": Status.DRAFT, "version": 1, "author_id": author, "corrects_id": draft.corrects}
    row = connection.execute(insert(bulletins).values(**values).returning(bulletins)).one()
    _note(connection, row.id, "written", author, draft.digest(), now)
    return _bulletin(row)


def bulletin_of(connection: Connection, number: int) -> Bulletin | None:
    row = connection.execute(select(bulletins).where(bulletins.c.id == number)).one_or_none()
    return None if row is None else _bulletin(row)


def every_bulletin(connection: Connection, *among: Status) -> list[Bulletin]:
    """The newest first; only those in some states where any are named."""
    query = select(bulletins).order_by(bulletins.c.id.desc())
    if among:
        query = query.where(bulletins.c.status.in_(among))
    return [_bulletin(row) for row in connection.execute(query)]


def change(connection: Connection, bulletin: Bulletin, event: str, by: int | None, now: datetime, **values: Any) -> Bulletin:
    """Change a bulletin as it was read. Raises Changed when it is not like that any more."""
    mine = (bulletins.c.id == bulletin.id) & (bulletins.c.version == bulletin.version)
    changed = update(bulletins).where(mine).values(version=bulletin.version + 1, **values).returning(bulletins)
    row = connection.execute(changed).one_or_none()
    if row is None:
        raise Changed(bulletin.id)
    after = _bulletin(row)
    _note(connection, after.id, event, by, after.draft.digest(), now)
    return after


def lock(connection: Connection, number: int, *among: Status) -> Bulletin | None:
    """The bulletin, which nobody else can change until this transaction ends; None where it is gone, or in none of these states."""
    mine = (bulletins.c.id == number) & (bulletins.c.status.in_(among) if among else true())
    row = connection.execute(update(bulletins).where(mine).values(version=bulletins.c.version).returning(bulletins)).one_or_none()
    return None if row is None else _bulletin(row)


def approved_digest(connection: Connection, number: int) -> str | None:
    """Of the draft that the second officer saw."""
    return connection.execute(select(bulletins.c.approved_digest).where(bulletins.c.id == number)).scalar()


def office_of(connection: Connection, number: int) -> str | None:
    """The name of the office that a bulletin is from."""
    wrote = bulletins.join(staff, staff.c.id == bulletins.c.author_id)
    return connection.execute(select(staff.c.office).select_from(wrote).where(bulletins.c.id == number)).scalar()


def events_of(connection: Connection, number: int) -> list[Mapping[str, Any]]:
    """What happened to a bulletin, in its order."""
    query = select(bulletin_events).where(bulletin_events.c.bulletin_id == number).order_by(bulletin_events.c.id)
    return [{**row._mapping, "at": utc(row.at)} for row in connection.execute(query)]


def _note(connection: Connection, number: int, event: str, by: int | None, digest: str, now: datetime) -> None:
    connection.execute(insert(bulletin_events).values(bulletin_id=number, event=event, staff_id=by, digest=digest, at=now))


def _bulletin(row: Any) -> Bulletin:
    return Bulletin(
        row.id,
        Draft.of(row.draft),
        Status(row.status),
        row.version,
        row.author_id,
        row.approver_id,
        utc(row.approved_at),
        utc(row.started_at),
        bool(row.complete),
        utc(row.ended_at),
        None if row.approved_draft is None else Draft.of(row.approved_draft),
    )
