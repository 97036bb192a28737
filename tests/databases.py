"""Databases whose tables are there from the start: the migrations build one of each kind, and every test gets a copy."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage.database import open_database
from tests.postgres import empty_database


@cache
def _built() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "advisor.db"
        open_database(f"sqlite:///{path}").dispose()
        assert list(Path(folder).iterdir()) == [path], "nothing may wait in a log beside the file"
        return path.read_bytes()


def ready_sqlite(path: Path) -> str:
    """A new SQLite database at a path, with every table and no row; gives its address."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_built())
    return f"sqlite:///{path}"


@contextlib.contextmanager
def postgres_model(server: str) -> Iterator[str]:
    """The database that others of a PostgreSQL server are copied from; gives its name."""
    with empty_database(server, "model") as address:
        open_database(address).dispose()
        yield "model"
