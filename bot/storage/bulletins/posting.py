"""Rows whose turn it is, and what is noted of each as it goes out, is held back, or ends. The caller holds the bulletin's lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from bot.bulletins.model import Ending
from bot.storage.bulletins.delivery import waits
from bot.storage.bulletins.subscribers import listening
from bot.storage.bulletins.tables import bulletin_rows, bulletins, subscriptions
from bot.storage.moments import utc
from bot.storage.posts import KINDS
from bot.storage.tables import outbox

#: Owners asked about with one statement.
_AT_ONCE = 500


@dataclass(frozen=True)
class Waiting:
    """A firm that waits for a bulletin; `chat` is None where it is fetched, `fits` where the rule cannot tell yet."""

    bulletin: int
    owner: str
    chat: int | None
    language: str
    fits: bool | None
    weekly: int
    digest: bool


@dataclass(frozen=True)
class Parcel:
    """One message for an owner, with the bulletins that it brings and the fact that it asks for."""

    owner: str
    chat: int
    bulletins: tuple[int, ...]
    message: Mapping[str, Any]
    asked: str | None = None


_ROW = (
    select(
        bulletin_rows.c.bulletin_id,
        bulletin_rows.c.owner_id,
        bulletin_rows.c.chat_id,
        bulletin_rows.c.language,
        bulletin_rows.c.fits,
        func.coalesce(subscriptions.c.weekly, 3),
        func.coalesce(subscriptions.c.digest, False),
    )
    .outerjoin(subscriptions, subscriptions.c.owner_id == bulletin_rows.c.owner_id)
    .order_by(bulletin_rows.c.owner_id, bulletin_rows.c.bulletin_id)
)


def next_rows(connection: Connection, number: int, limit: int) -> list[Waiting]:
    """The next that were not held back, so many at most."""
    query = _ROW.where(waits(number), bulletin_rows.c.due_at.is_(None)).limit(max(limit, 0))
    return [_waiting(row) for row in connection.execute(query)]


def due_rows(connection: Connection, numbers: Sequence[int], now: datetime, limit: int) -> list[Waiting]:
    """All that is held back for owners of whom some is due, so many owners at most, the owners in order."""
    held = or_(*(waits(number) for number in numbers)) & bulletin_rows.c.due_at.is_not(None)
    due = select(bulletin_rows.c.owner_id).where(held, bulletin_rows.c.due_at <= now).distinct().order_by(bulletin_rows.c.owner_id)
    query = _ROW.where(held, bulletin_rows.c.owner_id.in_(due.limit(max(limit, 0))))
    return [_waiting(row) for row in connection.execute(query)]


def listeners(connection: Connection, owners: Iterable[str], topic: str | None, region: str | None) -> set[str]:
    """Those of these owners who want to hear of it."""
    found: set[str] = set()
    for some in _parts(owners):
        found |= {row.owner_id for row in connection.execute(listening(topic, region).where(subscriptions.c.owner_id.in_(some)))}
    return found


def told_since(connection: Connection, owners: Iterable[str], moment: datetime) -> dict[str, list[datetime]]:
    """When each of these owners was sent a message of news since then, the oldest first; corrections do not count."""
    found: dict[str, list[datetime]] = defaultdict(list)
    counts = or_(outbox.c.outcome.is_(None), outbox.c.outcome.in_(("sent", "unknown")))
    for some in _parts(owners):
        query = (
            select(bulletin_rows.c.owner_id, outbox.c.id, outbox.c.created_at)
            .join(outbox, outbox.c.id == bulletin_rows.c.post_id)
            .join(bulletins, bulletins.c.id == bulletin_rows.c.bulletin_id)
            .where(bulletin_rows.c.owner_id.in_(some), outbox.c.created_at > moment, counts, bulletins.c.corrects_id.is_(None))
            .distinct()
            .order_by(outbox.c.created_at)
        )
        for row in connection.execute(query):
            created = utc(row.created_at)
            assert created is not None
            found[row.owner_id].append(created)
    return found


def put_out(connection: Connection, parcels: Sequence[Parcel], kind: str, now: datetime) -> None:
    """Put messages into the outbox. The rows there and the notes of them commit together, so nobody gets a bulletin twice."""
    if not parcels:
        return
    common = {"kind": kind, "lane": KINDS[kind].lane, "created_at": now}
    values = [{**common, "owner_id": parcel.owner, "chat_id": parcel.chat, "message": dict(parcel.message)} for parcel in parcels]
    ids = connection.execute(insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True), values).scalars().all()
    noted = [
        {"whose": parcel.owner, "which": number, "post": post, "fact": parcel.asked}
        for parcel, post in zip(parcels, ids, strict=True)
        for number in parcel.bulletins
    ]
    connection.execute(update(bulletin_rows).where(_one()).values(post_id=bindparam("post"), asked=bindparam("fact")), noted)


def hold(connection: Connection, held: Sequence[tuple[Waiting, datetime]]) -> None:
    """Hold rows back until a moment."""
    if held:
        rows = [{"whose": row.owner, "which": row.bulletin, "until": moment} for row, moment in held]
        connection.execute(update(bulletin_rows).where(_one()).values(due_at=bindparam("until")), rows)


def end(connection: Connection, ended: Sequence[Waiting], ending: Ending, asked: Mapping[str, str | None] | None = None) -> None:
    """Rows that end without going through the outbox."""
    if ended:
        facts = asked or {}
        rows = [{"whose": row.owner, "which": row.bulletin, "fact": facts.get(row.owner)} for row in ended]
        connection.execute(update(bulletin_rows).where(_one()).values(ending=ending, asked=bindparam("fact")), rows)


def _one() -> Any:
    return (bulletin_rows.c.owner_id == bindparam("whose")) & (bulletin_rows.c.bulletin_id == bindparam("which"))


def _parts(owners: Iterable[str]) -> Iterable[list[str]]:
    whole = list(owners)
    return (whole[start : start + _AT_ONCE] for start in range(0, len(whole), _AT_ONCE))


def _waiting(row: Any) -> Waiting:
    return Waiting(row[0], row[1], row[2], row[3], row[4], int(row[5]), bool(row[6]))
