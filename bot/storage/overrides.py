"""The log of decisions against the card's grade: rows are added and read, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, or_, select

from bot.storage.moments import utc
from bot.storage.tables import facts, owners, score_overrides
from scoring.monitoring.overriding import Override, OverrideError

# Asked for at every turn, so put together once.
_LATEST = (
    select(score_overrides.c.at, score_overrides.c.by_whom, score_overrides.c.from_grade, score_overrides.c.to_grade)
    .where(score_overrides.c.owner_id == bindparam("owner"))
    .order_by(score_overrides.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class StoredOverride:
    """An owner's latest override with the facts, as plain JSON, that were known when it was decided."""

    at: datetime
    by: str
    from_grade: str
    to_grade: str
    facts: Mapping[str, Any]


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
    return [Override(utc(row[0]), *row[1:]) for row in rows]


def latest_override(connection: Connection, owner: str) -> StoredOverride | None:
    """An owner's latest override; whether it still holds is for the reader to say."""
    row = connection.execute(_LATEST, {"owner": owner}).one_or_none()
    if row is None:
        return None
    known = select(facts.c.name, facts.c.value).where(
        facts.c.owner_id == owner, facts.c.recorded_at <= row.at, or_(facts.c.retired_at.is_(None), facts.c.retired_at > row.at)
    )
    then = {fact.name: fact.value for fact in connection.execute(known)}
    return StoredOverride(utc(row.at), row.by_whom, row.from_grade, row.to_grade, then)
