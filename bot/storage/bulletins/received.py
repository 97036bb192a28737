"""What an owner got, and what they did with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update

from bot.bulletins.model import Draft, Ending
from bot.storage.bulletins.tables import bulletin_rows, bulletins
from bot.storage.moments import utc
from bot.storage.tables import outbox

_WHOLE = (
    select(bulletin_rows, bulletins.c.draft, outbox.c.outcome, outbox.c.created_at, outbox.c.closed_at)
    .join(bulletins, bulletins.c.id == bulletin_rows.c.bulletin_id)
    .outerjoin(outbox, outbox.c.id == bulletin_rows.c.post_id)
)


@dataclass(frozen=True)
class Received:
    """A bulletin that an owner got or may have got: its words, when the firm was chosen, whether it fitted then, and what was asked."""

    bulletin: int
    draft: Draft
    chosen_at: datetime | None
    told_at: datetime | None
    fits: bool | None
    asked: str | None


def received(connection: Connection, owner: str, limit: int) -> Sequence[Received]:
    """The bulletins of an owner that arrived or may have, the newest first."""
    arrived = or_(bulletin_rows.c.ending == Ending.SENT, outbox.c.outcome.in_(("sent", "unknown")))
    query = _WHOLE.where(bulletin_rows.c.owner_id == owner, arrived).order_by(bulletin_rows.c.bulletin_id.desc()).limit(limit)
    return [_received(row) for row in connection.execute(query)]


def received_one(connection: Connection, number: int, owner: str) -> Received | None:
    """A bulletin as this owner was or is to be told it; None where it is not theirs."""
    row = connection.execute(_WHOLE.where(bulletin_rows.c.bulletin_id == number, bulletin_rows.c.owner_id == owner)).one_or_none()
    return None if row is None else _received(row)


def note_looked(connection: Connection, number: int, owner: str, found: str, now: datetime) -> None:
    """The owner looked whether it applies; the first look counts for when, the last for what it said."""
    first = func.coalesce(bulletin_rows.c.opened_at, now)
    connection.execute(update(bulletin_rows).where(_mine(number, owner)).values(opened_at=first, found=found))


def note_applied(connection: Connection, number: int, owner: str, now: datetime) -> None:
    """The owner says that they applied."""
    connection.execute(update(bulletin_rows).where(_mine(number, owner), bulletin_rows.c.applied_at.is_(None)).values(applied_at=now))


def everything_received(connection: Connection, owner: str) -> list[Mapping[str, Any]]:
    """Every row of an owner as plain JSON, also of what never arrived."""
    rows = connection.execute(_WHOLE.where(bulletin_rows.c.owner_id == owner).order_by(bulletin_rows.c.bulletin_id)).mappings()
    return [
        {
            "bulletin": row["bulletin_id"],
            "entry": row["draft"]["entry"],
            "title": row["draft"]["title"].get(row["language"]),
            "language": row["language"],
            "chosen_at": _iso(row["chosen_at"]),
            "eligible_then": row["fits"],
            "asked": row["asked"],
            "held_until": _iso(row["due_at"]),
            "outcome": row["ending"] or row["outcome"],
            "ended_at": _iso(row["closed_at"]),
            "looked_at": _iso(row["opened_at"]),
            "found": row["found"],
            "applied_at": _iso(row["applied_at"]),
        }
        for row in rows
    ]


def _received(row: Row[Any]) -> Received:
    chosen = utc(row.chosen_at)
    return Received(row.bulletin_id, Draft.of(row.draft), chosen, utc(row.created_at) or chosen, row.fits, row.asked)


def _mine(number: int, owner: str) -> Any:
    return (bulletin_rows.c.bulletin_id == number) & (bulletin_rows.c.owner_id == owner)


def _iso(moment: datetime | None) -> str | None:
    found = utc(moment)
    return found.isoformat() if found else None
