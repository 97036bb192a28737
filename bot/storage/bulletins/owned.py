"""What bulletins keep of an owner, as plain JSON: whether they listen, and what they were sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from bot.bulletins.model import Draft
from bot.storage.bulletins.tables import bulletin_rows, bulletins, muted_topics, subscriptions


def bulletins_to(connection: Connection, owner: str) -> dict[str, Any]:
    """The owner's subscription with the topics they do not want, None where there is none, and every bulletin that was meant for them."""
    listens = connection.execute(select(subscriptions).where(subscriptions.c.owner_id == owner)).one_or_none()
    muted = connection.execute(select(muted_topics.c.topic).where(muted_topics.c.owner_id == owner).order_by(muted_topics.c.topic))
    meant = (
        select(bulletins.c.id, bulletins.c.draft, bulletin_rows.c.language, bulletin_rows.c.ending)
        .join(bulletin_rows, bulletin_rows.c.bulletin_id == bulletins.c.id)
        .where(bulletin_rows.c.owner_id == owner)
        .order_by(bulletins.c.id)
    )
    return {
        "subscription": None
        if listens is None
        else {"since": _written(listens.at), "muted_at": _written(listens.muted_at), "muted": list(muted.scalars())},
        "bulletins": [
            {"number": row.id, "entry": row.draft["entry"], "text": Draft.of(row.draft).text(row.language), "ending": row.ending}
            for row in connection.execute(meant)
        ],
    }


def _written(moment: datetime | None) -> str | None:
    """SQLite forgets that moments are in UTC."""
    return None if moment is None else (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
