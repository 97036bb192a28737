"""From whom a bulletin is for to rows of the outbox, and what became of each. Every step can be done again after a crash."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, DateTime, Select, and_, case, exists, func, insert, literal, select, text, update

from bot.bulletins.model import Ending
from bot.storage.bulletins.tables import bulletin_rows, subscriptions
from bot.storage.tables import outbox

#: A lane that no sender looks at: what was halted stays there until it is known what was under way.
_HALTED = 9
#: How a row of the outbox ended, as a bulletin tells it.
_ENDINGS = {"sent": Ending.SENT, "unsubscribed": Ending.UNSUBSCRIBED, "dead": Ending.FAILED, "unknown": Ending.UNKNOWN}


def gather(connection: Connection, number: int, whom: Select[Any], some: int, now: datetime) -> bool:
    """Give the next firms their rows, some and less than twice as many, in the order of their owners; True when there are no more.

    `whom` gives owner, chat, language, and whether the firm fits, of owners who have a subscription. It is asked of one range of owners
    after the other, so that the work grows with the firms and not with the steps. The caller holds the bulletin's lock.
    """
    owner, chat, language, fits = whom.selected_columns
    row = whom.with_only_columns(literal(number), owner, chat, language, fits, literal(now, DateTime(timezone=True)))
    if connection.dialect.name == "postgresql":
        # Compiling a rule of a thousand comparisons to machine code takes longer than it saves.
        connection.execute(text("SET LOCAL jit = off"))
    last = connection.execute(select(func.max(bulletin_rows.c.owner_id)).where(bulletin_rows.c.bulletin_id == number)).scalar() or ""
    added = 0
    while added < some:
        until = _after(connection, last, some)
        these = row.where(owner > last) if until is None else row.where(owner > last, owner <= until)
        adding = insert(bulletin_rows).from_select(["bulletin_id", "owner_id", "chat_id", "language", "fits", "chosen_at"], these)
        added += connection.execute(adding, execution_options={"preserve_rowcount": True}).rowcount
        if until is None:
            return True
        last = until
    return False


def _after(connection: Connection, owner: str, some: int) -> str | None:
    """The subscriber that comes so many after an owner; None where there are fewer."""
    after = select(subscriptions.c.owner_id).where(subscriptions.c.owner_id > owner).order_by(subscriptions.c.owner_id)
    return connection.execute(after.offset(some - 1).limit(1)).scalar()


def drop_waiting(connection: Connection, number: int, ending: Ending) -> None:
    """What has not been put into the outbox ends here."""
    connection.execute(update(bulletin_rows).where(waits(number)).values(ending=ending))


def halt(connection: Connection, number: int) -> None:
    """Nothing more of a bulletin leaves, but for what is under way; the sender looks at the outbox several times a second."""
    drop_waiting(connection, number, Ending.STOPPED)
    connection.execute(update(outbox).where(outbox.c.closed_at.is_(None), _brings(number)).values(lane=_HALTED))


def settle_halted(connection: Connection, number: int, now: datetime) -> None:
    """What was halted and has not come to an end by now did not leave; what may have arrived is unknown.

    Other bulletins that were to leave in the same message are put out anew.
    """
    drop_waiting(connection, number, Ending.STOPPED)
    mine = (outbox.c.lane == _HALTED) & outbox.c.closed_at.is_(None) & _brings(number)
    connection.execute(update(outbox).where(mine, outbox.c.started_at.is_not(None)).values(closed_at=now, outcome="unknown", message={}))
    # These rows first, as an owner who mutes something takes them: the two of them never wait for one another.
    left = connection.execute(select(outbox.c.id).where(mine).with_for_update()).scalars().all()
    stopped = (bulletin_rows.c.bulletin_id == number) & bulletin_rows.c.post_id.in_(left)
    connection.execute(update(bulletin_rows).where(stopped).values(ending=Ending.STOPPED))
    beside = (bulletin_rows.c.bulletin_id != number) & bulletin_rows.c.post_id.in_(left) & bulletin_rows.c.ending.is_(None)
    connection.execute(update(bulletin_rows).where(beside).values(post_id=None, due_at=now))
    connection.execute(update(outbox).where(outbox.c.id.in_(left)).values(closed_at=now, outcome="dead", message={}))


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


def is_waiting(connection: Connection, number: int, *, held: bool = True) -> bool:
    """Whether there are rows that have not been put into the outbox; without `held` those that are held back for later do not count."""
    mine = waits(number) if held else waits(number) & bulletin_rows.c.due_at.is_(None)
    return connection.execute(select(bulletin_rows.c.owner_id).where(mine).limit(1)).first() is not None


def waits(number: int) -> ColumnElement[bool]:
    """Whether a row has not been put into the outbox and has not ended."""
    return and_(bulletin_rows.c.bulletin_id == number, bulletin_rows.c.post_id.is_(None), bulletin_rows.c.ending.is_(None))


def _brings(number: int) -> ColumnElement[bool]:
    """Whether a row of the outbox is a bulletin's. Asked of the open ones, which are few, and not of all that ever were."""
    return exists().where(bulletin_rows.c.post_id == outbox.c.id, bulletin_rows.c.bulletin_id == number)
