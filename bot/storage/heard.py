"""What owners wrote, turn by turn, for learning from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from bot.storage.tables import turns


@dataclass(frozen=True)
class HeardMessage:
    """One written message; `intent` is what it was taken for then, None where nothing could be."""

    turn: int
    at: datetime
    owner: str
    text: str
    intent: str | None


def heard_messages(engine: Engine) -> list[HeardMessage]:
    """Every written message that is stored, oldest first. What erased owners wrote is not."""
    columns = (turns.c.id, turns.c.at, turns.c.owner_id, turns.c.heard, turns.c.intent)
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).order_by(turns.c.id)).all()
    return [
        HeardMessage(row.id, row.at, row.owner_id, row.heard["text"], row.intent)
        for row in rows
        if isinstance(row.heard.get("text"), str) and row.heard["text"].strip()
    ]
