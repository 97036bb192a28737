"""The stored firms side by side, one wide row an owner, kept with the owner's facts: what a rule is asked of all at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Insert, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError

from bot.bulletins.groups import in_fives, told
from bot.storage.database import DatabaseError
from bot.storage.tables import portfolio
from knowledge.firm import vocabulary
from knowledge.sql.columns import Columns, TruthExpression, stored_values

#: The columns that a rule is compiled over, by fact.
FIRM_COLUMNS: Columns = {name: portfolio.c[name] for name in vocabulary()}


@dataclass(frozen=True)
class Audience:
    """How many stored firms an expression is true of, cannot tell of, and is false of."""

    eligible: int
    unknown: int
    ineligible: int

    @property
    def total(self) -> int:
        return self.eligible + self.unknown + self.ineligible

    def __add__(self, other: Audience) -> Audience:
        return Audience(self.eligible + other.eligible, self.unknown + other.unknown, self.ineligible + other.ineligible)

    def told(self, language: str) -> tuple[str, ...]:
        """The three counts as officers read them, none of which tells of a few firms."""
        return tuple(told(count, language) for count in (self.eligible, self.unknown, self.ineligible))

    def in_fives(self) -> Audience:
        """As it may be told of firms."""
        return Audience(in_fives(self.eligible), in_fives(self.unknown), in_fives(self.ineligible))


def keep_firm(connection: Connection, owner: str, known: Mapping[str, Any]) -> None:
    """Write what is known of an owner's firm, its facts as plain JSON, in place of what was known before."""
    connection.execute(_keeping(connection.dialect.name), {"owner_id": owner, **stored_values(known)})


def count_audience(engine: Engine, truth: TruthExpression, among: ColumnElement[bool] | None = None) -> Audience:
    """Count every stored firm, or those `among` is true of, by what the expression says of it, in one pass.

    Raises DatabaseError when the database breaks off.
    """
    query = select(truth.label("truth")).select_from(portfolio)
    tried = (query if among is None else query.where(among)).subquery()
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                # Compiling a rule of a thousand comparisons to machine code takes longer than it saves.
                connection.execute(text("SET LOCAL jit = off"))
            rows = connection.execute(select(tried.c.truth, func.count()).group_by(tried.c.truth)).all()
    except OperationalError as error:
        raise DatabaseError("the database broke off the count: check that it is running, then ask again") from error
    counts = {None if verdict is None else bool(verdict): count for verdict, count in rows}
    return Audience(counts.get(True, 0), counts.get(None, 0), counts.get(False, 0))


@cache
def _keeping(dialect_name: str) -> Insert:
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    statement = dialect.insert(portfolio)
    kept: Insert = statement.on_conflict_do_update(
        index_elements=[portfolio.c.owner_id], set_={name: statement.excluded[name] for name in vocabulary()}
    )
    return kept
