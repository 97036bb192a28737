"""What bulletins brought about, counted over firms: who got one, looked, is eligible now and applied; and what was asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, String, and_, case, cast, func, or_, select

from bot.bulletins.model import Ending
from bot.storage.bulletins.tables import bulletin_rows
from bot.storage.tables import outbox, portfolio, turns


class Told(NamedTuple):
    """Of the firms of one group that got one bulletin: how many there are, looked, were found eligible, and say that they applied."""

    bulletin: int
    group: str
    told: int
    opened: int
    eligible: int
    applied: int


def told(connection: Connection, numbers: Collection[int], group: ColumnElement[Any]) -> list[Told]:
    """By bulletin and group; the group of firms that did not say it is empty."""
    arrived = or_(bulletin_rows.c.ending == Ending.SENT, and_(bulletin_rows.c.ending.is_(None), outbox.c.outcome == "sent"))
    fits = func.sum(case((bulletin_rows.c.found == "eligible", 1), else_=0))
    counts = (func.count(), func.count(bulletin_rows.c.opened_at), fits, func.count(bulletin_rows.c.applied_at))
    joined = bulletin_rows.outerjoin(outbox, outbox.c.id == bulletin_rows.c.post_id)
    joined = joined.outerjoin(portfolio, portfolio.c.owner_id == bulletin_rows.c.owner_id)
    key = group.label("key")
    query = select(bulletin_rows.c.bulletin_id, key, *counts).select_from(joined).where(bulletin_rows.c.bulletin_id.in_(numbers), arrived)
    rows = connection.execute(query.group_by(bulletin_rows.c.bulletin_id, key))
    return [Told(number, key or "", *map(int, counted)) for number, key, *counted in rows]


def asked_about(
    connection: Connection, entry: str, intents: Collection[str], among: ColumnElement[bool], since: datetime
) -> dict[str, int]:
    """How many firms asked what about an entry since a moment, by the intent of their words."""
    about = cast(turns.c.sources, String).contains(f'"{entry}"', autoescape=True)
    query = (
        select(turns.c.intent, func.count(turns.c.owner_id.distinct()).label("firms"))
        .join(portfolio, portfolio.c.owner_id == turns.c.owner_id)
        .where(turns.c.at >= since, turns.c.intent.in_(intents), about, among)
        .group_by(turns.c.intent)
    )
    return {row.intent: int(row.firms) for row in connection.execute(query)}
