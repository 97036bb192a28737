"""Opening the database: the engine with its pragmas, and bringing its tables up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cache, partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, Insert, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from bot.storage.durable import DurableConnection, Log
from knowledge.sql.working_out import ratio_sign

MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseError(RuntimeError):
    """The database cannot be opened. The message says what to do next and contains no password."""


def open_database(url: str) -> Engine:
    """An engine for a database whose tables are up to date. Creates a missing SQLite file and its folder. Raises DatabaseError."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseError("DATABASE_URL is not a database address such as postgresql://user@host/name") from error
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseError("DATABASE_URL must name a PostgreSQL or an SQLite database")
    if parsed.get_backend_name() == "sqlite" and parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    # An error of the database must not carry what owners said into a log.
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    else:
        engine = create_engine(parsed, connect_args={"factory": DurableConnection}, hide_parameters=True)
        log = Log(Path(parsed.database)) if parsed.database not in (None, "", ":memory:") else None
        event.listen(engine, "connect", partial(_prepare_sqlite, log))
    try:
        upgrade(engine)
    except OperationalError as error:
        where = parsed.render_as_string(hide_password=True)
        raise DatabaseError(f"the database {where} does not answer: check DATABASE_URL and that it is running") from error
    return engine


class Database:
    """What every repository shares: the engine, and its transactions."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction that commits when left without an error."""
        return self.engine.begin()


def insert_new(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert a row; False when its key was there before."""
    return connection.execute(_inserting_new(connection.dialect.name, table), values).first() is not None


@cache
def _inserting_new(dialect_name: str, table: Table) -> Insert:
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    key = next(iter(table.primary_key.columns))
    statement: Insert = dialect.insert(table).on_conflict_do_nothing().returning(key)
    return statement


def insert_each(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows in their order; those whose key was there before stay as they are."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), [dict(row) for row in rows])


def upgrade(engine: Engine) -> None:
    """Bring the tables up to date with the migrations."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _prepare_sqlite(log: Log | None, connection: DurableConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    connection.create_function("ratio_sign", 3, ratio_sign, deterministic=True)
    connection.log = log
