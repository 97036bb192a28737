"""What the bench of the card in SQL compares: two databases with the same firms, scoring in Python, and a fitted library object."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from psycopg import Connection as Psycopg
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.pipeline import Pipeline, make_pipeline
from sqlalchemy import Boolean, Engine, Numeric, text
from sqlalchemy.types import Integer

from knowledge.firm import Firm
from knowledge.sql.columns import fact_columns
from scoring.card import score
from scoring.card_schema import Card
from scoring.questions import sound
from scoring.sql.query import scoring_text


def kept_in_postgres(engine: Engine, card: Card) -> None:
    """Score every stored firm into a table."""
    statement = scoring_text(card, "postgresql", "portfolio", "owner_id")
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL jit = off"))
        connection.exec_driver_sql("DROP TABLE IF EXISTS scored")
        connection.exec_driver_sql(f"CREATE UNLOGGED TABLE scored AS {statement}")


def kept_in_duckdb(connection: duckdb.DuckDBPyConnection, card: Card) -> None:
    """The same in DuckDB."""
    connection.execute(f"CREATE OR REPLACE TABLE scored AS {scoring_text(card, 'duckdb', 'portfolio', 'owner_id')}")


def copied_to_duckdb(engine: Engine, folder: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB database with the firms that PostgreSQL holds."""
    kinds = {column.name: _kind(column.type) for column in fact_columns()}
    names = ["owner_id", *kinds]
    file = folder / "firms.csv"
    with engine.connect() as connection, file.open("wb") as out:
        driver = connection.connection.driver_connection
        assert isinstance(driver, Psycopg)
        with driver.cursor() as cursor, cursor.copy(f"COPY portfolio ({', '.join(names)}) TO STDOUT (FORMAT csv)") as copy:
            for block in copy:
                out.write(block)
    database = duckdb.connect(str(folder / "firms.duckdb"))
    types = ", ".join(f"'{name}': '{kind}'" for name, kind in {"owner_id": "VARCHAR", **kinds}.items())
    database.execute(f"CREATE TABLE portfolio AS SELECT * FROM read_csv('{file}', header = false, columns = {{{types}}})")
    file.unlink()
    return database


def _kind(column_type: Any) -> str:
    if isinstance(column_type, Boolean):
        return "BOOLEAN"
    return "DOUBLE" if isinstance(column_type, Numeric | Integer) else "VARCHAR"


def fitted(firms: Sequence[Firm], card: Card) -> Pipeline:
    """A boosted model fitted on firms that defaulted as often as the card says: for its speed, not for what it says."""
    dice = random.Random(7)
    rows = [row(firm) for firm in firms]
    bad = [dice.random() < max(float(score(sound(firm), card).pd), 0.2) for firm in firms]
    model = make_pipeline(DictVectorizer(sparse=False), HistGradientBoostingClassifier(random_state=7))
    return model.fit(rows, np.array(bad))


def row(firm: Firm) -> dict[str, Any]:
    """A firm as the library takes it: numbers and words."""
    return {name: value if isinstance(value, str) else float(value) for name, value in firm.items() if not isinstance(value, tuple)}
