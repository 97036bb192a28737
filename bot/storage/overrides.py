"""The log of decisions against the card's grade: rows are added and read, never changed."""

from __future__ import annotations

from datetime import UTC

from sqlalchemy import Engine, insert, select

from bot.storage.tables import owners, score_overrides
from scoring.monitoring.overriding import Override, OverrideError


def keep_override(engine: Engine, override: Override) -> None:
    """Add a decision to the log. Raises OverrideError when nothing is stored about its firm."""
    with engine.begin() as connection:
        if connection.execute(select(owners.c.id).where(owners.c.id == override.firm)).first() is None:
            raise OverrideError(f"nothing is stored about a firm {override.firm!r}")
        values = {name: getattr(override, name) for name in ("at", "from_grade", "to_grade", "why", "card")}
        connection.execute(insert(score_overrides).values(owner_id=override.firm, by_whom=override.by, **values))


def kept_overrides(engine: Engine) -> list[Override]:
    """Every decision, oldest first."""
    columns = ("at", "owner_id", "by_whom", "from_grade", "to_grade", "why", "card")
    with engine.connect() as connection:
        rows = connection.execute(select(*(score_overrides.c[name] for name in columns)).order_by(score_overrides.c.id)).all()
    # SQLite keeps no time zone; everything is written in UTC.
    return [Override(row[0] if row[0].tzinfo else row[0].replace(tzinfo=UTC), *row[1:]) for row in rows]
