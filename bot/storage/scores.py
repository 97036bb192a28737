"""The stored firms scored where they lie, by the card as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from bot.storage.database import DatabaseError
from bot.storage.portfolio import FIRM_COLUMNS
from bot.storage.tables import portfolio
from scoring.card_schema import Card
from scoring.reach import Bound
from scoring.sql.query import scored_firms


@dataclass(frozen=True, slots=True)
class StoredScore:
    """What the card says of a stored firm. `points`, `pd` and `coverage` are not rounded; `grade` is the one that is shown,
    and `bound` says that the probability is where data stop (`scoring.reach`)."""

    owner: str
    points: float
    log_odds: float
    pd: float
    grade: str
    coverage: float
    bound: Bound | None


def score_stored(engine: Engine, card: Card, owner: str | None = None) -> Iterator[StoredScore]:
    """The score of every stored firm, or of one owner's. Raises DatabaseError when the database breaks off."""
    statement = scored_firms(card, portfolio.c.owner_id, FIRM_COLUMNS, fenced=engine.dialect.name == "postgresql")
    if owner is not None:
        statement = statement.where(statement.selected_columns[0] == owner)
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                # Compiling some hundred bins to machine code takes longer than it saves.
                connection.execute(text("SET LOCAL jit = off"))
            for row in connection.execution_options(yield_per=10_000).execute(statement):
                yield StoredScore(*row)
    except OperationalError as error:
        raise DatabaseError("the database broke off the scoring: check that it is running, then ask again") from error
