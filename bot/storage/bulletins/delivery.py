"""From whom a bulletin is for to rows of the outbox, and what became of each. Every step can be done again after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, func, insert, literal, select, update

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


def post(connection: Connection, number: int, messages: Mapping[str, Mapping[str, Any]], kind: str, room: int, now: datetime) -> int:
    """Put the next rows into the outbox, so many at most, each in its language; gives how many.

    The row of the outbox and the note of it commit together, so nobody gets a bulletin twice.
    """
    query = (
        select(bulletin_rows.c.owner_id, bulletin_rows.c.chat_id, bulletin_rows.c.language)
        .where(_waits(number))
        .order_by(bulletin_rows.c.owner_id)
        .limit(room)
    )
    rows = connection.execute(query).all() if room > 0 else []
    if not rows:
        return 0
    common = {"kind": kind, "lane": KINDS[kind].lane, "created_at": now}
    values = [{**common, "owner_id": row.owner_id, "chat_id": row.chat_id, "message": dict(messages[row.language])} for row in rows]
    ids = connection.execute(insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True), values).scalars().all()
    mine = (bulletin_rows.c.bulletin_id == number) & (bulletin_rows.c.owner_id == bindparam("whose"))
    noted = [{"whose": row.owner_id, "post": post_id} for row, post_id in zip(rows, ids, strict=True)]
    connection.execute(update(bulletin_rows).where(mine).values(post_id=bindparam("post")), noted)
    return len(rows)


def drop_muted(connection: Connection, number: int, topic: str | None) -> None:
    """Who muted the topic, or everything, since the rows were made is not told any more."""
    gone = bulletin_rows.c.owner_id.not_in(listening(topic))
    connection.execute(update(bulletin_rows).where(_waits(number), gone).values(ending=Ending.UNSUBSCRIBED))


def drop_waiting(connection: Connection, number: int, ending: Ending) -> None:
    """What has not been put into the outbox ends here."""
    connection.execute(update(bulletin_rows).where(_waits(number)).values(ending=ending))


def halt(connection: Connection, number: int) -> None:
    """Nothing more of a bulletin leaves, but for what is under way; the sender looks at the outbox several times a second."""
    drop_waiting(connection, number, Ending.STOPPED)
    connection.execute(update(outbox).where(outbox.c.id.in_(_posts(number)), outbox.c.closed_at.is_(None)).values(lane=_HALTED))


def settle_halted(connection: Connection, number: int, now: datetime) -> None:
    """What was halted and has not come to an end by now did not leave; what may have arrived is unknown."""
    halted = (outbox.c.lane == _HALTED) & outbox.c.closed_at.is_(None)
    mine = halted & outbox.c.id.in_(_posts(number))
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
    query = select(func.count()).where(outbox.c.id.in_(_posts(number)), outbox.c.closed_at.is_(None))
    return int(connection.execute(query).scalar_one())


def is_waiting(connection: Connection, number: int) -> bool:
    """Whether there are rows that have not been put into the outbox."""
    return connection.execute(select(bulletin_rows.c.owner_id).where(_waits(number)).limit(1)).first() is not None


def _waits(number: int) -> ColumnElement[bool]:
    return and_(bulletin_rows.c.bulletin_id == number, bulletin_rows.c.post_id.is_(None), bulletin_rows.c.ending.is_(None))


def _posts(number: int) -> Select[tuple[int]]:
    return select(bulletin_rows.c.post_id).where(bulletin_rows.c.bulletin_id == number, bulletin_rows.c.post_id.is_not(None))
