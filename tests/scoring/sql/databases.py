"""The three databases that the card's SQL must say the same in: firms go in as plain JSON, what the card says of each comes out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb
from sqlalchemy import Boolean, Engine, String, Text

from bot.storage.database import insert_new, open_database
from bot.storage.portfolio import FIRM_COLUMNS, keep_firm
from bot.storage.tables import owners, portfolio
from knowledge.sql.columns import fact_columns, stored_values
from scoring.card_schema import Card
from scoring.sql.query import scored_firms, scoring_text

Raw = dict[str, Any]
#: A firm's points, log_odds, pd, grade, coverage and bound.
Said = tuple[float, float, float, str, float, str | None]
Ask = Callable[[Card, Sequence[Raw]], list[Said]]
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def stored(engine: Engine) -> Ask:
    """Firms stored as turns store them, in a database of the advisor's own; nothing stays."""

    def ask(card: Card, firms: Sequence[Raw]) -> list[Said]:
        statement = scored_firms(card, portfolio.c.owner_id, FIRM_COLUMNS, fenced=engine.dialect.name == "postgresql")
        with engine.connect() as connection:
            for number, raw in enumerate(firms):
                insert_new(connection, owners, id=str(number), created_at=NOW)
                keep_firm(connection, str(number), raw)
            rows = connection.execute(statement).all()
            connection.rollback()
        return _in_order([tuple(row) for row in rows])

    return ask


@contextlib.contextmanager
def advisors(address: str) -> Iterator[Ask]:
    """A database of the advisor's own."""
    engine = open_database(address)
    yield stored(engine)
    engine.dispose()


def in_duckdb(connection: duckdb.DuckDBPyConnection) -> Ask:
    """Firms in a table of a bank's own, asked by the statement as text."""
    connection.execute(f"CREATE TABLE firms (firm VARCHAR, {', '.join(f'{one.name} {_duckdb_type(one.type)}' for one in fact_columns())})")
    names = [one.name for one in fact_columns()]

    def ask(card: Card, firms: Sequence[Raw]) -> list[Said]:
        connection.execute("DELETE FROM firms")
        rows = [[str(number), *(values[name] for name in names)] for number, values in enumerate(map(stored_values, firms))]
        connection.executemany(f"INSERT INTO firms VALUES ({', '.join('?' * (len(names) + 1))})", rows)
        return _in_order(connection.execute(scoring_text(card, "duckdb", "firms", "firm")).fetchall())

    return ask


def _duckdb_type(column_type: Any) -> str:
    """DuckDB's NUMERIC has three digits after the point; doubles hold any fact as closely as the card reads it."""
    return "BOOLEAN" if isinstance(column_type, Boolean) else "VARCHAR" if isinstance(column_type, String | Text) else "DOUBLE"


def _in_order(rows: Sequence[tuple[Any, ...]]) -> list[Said]:
    by_number = {int(firm): said for firm, *said in rows}
    return [tuple(by_number[number]) for number in range(len(rows))]  # type: ignore[misc]
