"""How fast a bulletin leaves just now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.storage.bulletins.tables import bulletin_rows
from bot.storage.tables import outbox


def ended_since(connection: Connection, number: int, since: datetime) -> int:
    """How many of a bulletin's messages came to an end since a moment."""
    query = (
        select(func.count())
        .select_from(bulletin_rows.join(outbox, outbox.c.id == bulletin_rows.c.post_id))
        .where(bulletin_rows.c.bulletin_id == number, outbox.c.closed_at >= since)
    )
    return int(connection.execute(query).scalar_one())
