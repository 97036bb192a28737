"""From whom a bulletin is for to rows of the outbox, and what became of each. Every step can be done again after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, exists, func, insert, literal, select, update

from bot.bulletins.model import Ending
from bot.storage.bulletins.subscribers import listening
from bot.storage.bulletins.tables import bulletin_rows
from bot.storage.outbox import KINDS
from bot.storage.tables import outbox

#: A lane that no sender looks at: what was halted stays there until it is known what was under way.
_HALTED = 9
#: How a row of the outbox ended, as a bulletin tells it.
_ENDINGS = {"sent": Ending.SENT, "unsubscribed": Ending.UNSUBSCRIBED, "dead": Ending.FAILED, "unknown": Ending.UNKNOWN}


def gather(connection: Connection, number: int, whom: Select[Any], limit: int) -> bool:
    """Give the next firms their rows, so many at most, in the order of their owners; True when there are no more.

    `whom` gives owner, chat and language. The caller holds the bulletin's lock.
    """
    owner, chat, language = whom.selected_columns
    last = select(func.max(bulletin_rows.c.owner_id)).where(bulletin_rows.c.bulletin_id == number).scalar_subquery()
    after = owner > func.coalesce(last, "")
    batch = whom.with_only_columns(literal(number), owner, chat, language).where(after).order_by(owner).limit(limit)
    adding = insert(bulletin_rows).from_select(["bulletin_id", "owner_id", "chat_id", "language"], batch)
    return connection.execute(adding, execution_options={"preserve_rowcount": True}).rowcount < limit


@dataclass(frozen=True)
class Outgoing:
    """A bulletin's message in each language, as a kind of the outbox, for those who listen to a topic."""

    messages: Mapping[str, Mapping[str, Any]]
    kind: str
    topic: str | None


def post(connection: Connection, number: int, outgoing: Outgoing, room: int, now: datetime) -> int:
    """Put the next rows into the outbox, so many at most; gives how many. Who has muted it meanwhile is not told.

    The row of the outbox and the note of it commit together, so nobody gets a bulletin twice. The caller holds the bulletin's lock.
    """
    listens = bulletin_rows.c.owner_id.in_(listening(outgoing.topic)).label("listens")
    query = select(bulletin_rows.c.owner_id, bulletin_rows.c.chat_id, bulletin_rows.c.language, listens)
    rows = connection.execute(query.where(_waits(number)).order_by(bulletin_rows.c.owner_id).limit(max(room, 0))).all()
    mine = (bulletin_rows.c.bulletin_id == number) & (bulletin_rows.c.owner_id == bindparam("whose"))
    if gone := [{"whose": row.owner_id} for row in rows if not row.listens]:
        connection.execute(update(bulletin_rows).where(mine).values(ending=Ending.UNSUBSCRIBED), gone)
    told = [row for row in rows if row.listens]
    if told:
        common = {"kind": outgoing.kind, "lane": KINDS[outgoing.kind].lane, "created_at": now}
        texts = {language: dict(message) for language, message in outgoing.messages.items()}
        values = [{**common, "owner_id": row.owner_id, "chat_id": row.chat_id, "message": texts[row.language]} for row in told]
        ids = connection.execute(insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True), values).scalars().all()
        noted = [{"whose": row.owner_id, "post": post_id} for row, post_id in zip(told, ids, strict=True)]
        connection.execute(update(bulletin_rows).where(mine).values(post_id=bindparam("post")), noted)
    return len(told)


def drop_waiting(connection: Connection, number: int, ending: Ending) -> None:
    """What has not been put into the outbox ends here."""
    connection.execute(update(bulletin_rows).where(_waits(number)).values(ending=ending))


def halt(connection: Connection, number: int) -> None:
    """Nothing more of a bulletin leaves, but for what is under way; the sender looks at the outbox several times a second."""
    drop_waiting(connection, number, Ending.STOPPED)
    connection.execute(update(outbox).where(outbox.c.closed_at.is_(None), _brings(number)).values(lane=_HALTED))


def settle_halted(connection: Connection, number: int, now: datetime) -> None:
    """What was halted and has not come to an end by now did not leave; what may have arrived is unknown."""
    mine = (outbox.c.lane == _HALTED) & outbox.c.closed_at.is_(None) & _brings(number)
    connection.execute(update(outbox).where(mine, outbox.c.started_at.is_not(None)).values(closed_at=now, outcome="unknown", message={}))
    left = select(outbox.c.id).where(mine)
    stopped = (bulletin_rows.c.bulletin_id == number) & bulletin_rows.c.post_id.in_(left)
    connection.execute(update(bulletin_rows).where(stopped).values(ending=Ending.STOPPED))
    connection.execute(update(outbox).where(mine).values(closed_at=now, outcome="dead", message={}))


def endings(connection: Connection, number: int) -> dict[Ending, int]:
    """How many rows ended how; all of them together are whom the bulletin is for."""
    found = case(
        (bulletin_rows.c.ending.is_not(None), bulletin_rows.c.ending),
        *((outbox.c.outcome == outcome, ending.value) for outcome, ending in _ENDINGS.items()),
        else_=Ending.WAITING.value,
    ).label("found")
    query = (
        select(found, func.count())
        .select_from(bulletin_rows.outerjoin(outbox, outbox.c.id == bulletin_rows.c.post_id))
        .where(bulletin_rows.c.bulletin_id == number)
        .group_by(found)
    )
    counted = {Ending(name): count for name, count in connection.execute(query)}
    return {ending: counted.get(ending, 0) for ending in Ending}


def under_way(connection: Connection, number: int) -> int:
    """How many rows of the outbox have not come to an end."""
    query = select(func.count()).select_from(outbox).where(outbox.c.closed_at.is_(None), _brings(number))
    return int(connection.execute(query).scalar_one())


def is_waiting(connection: Connection, number: int) -> bool:
    """Whether there are rows that have not been put into the outbox."""
    return connection.execute(select(bulletin_rows.c.owner_id).where(_waits(number)).limit(1)).first() is not None


def _waits(number: int) -> ColumnElement[bool]:
    return and_(bulletin_rows.c.bulletin_id == number, bulletin_rows.c.post_id.is_(None), bulletin_rows.c.ending.is_(None))


def _brings(number: int) -> ColumnElement[bool]:
    """Whether a row of the outbox is a bulletin's. Asked of the open ones, which are few, and not of all that ever were."""
    return exists().where(bulletin_rows.c.post_id == outbox.c.id, bulletin_rows.c.bulletin_id == number)
