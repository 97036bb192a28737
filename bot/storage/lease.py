"""The sender's lease: however many processes serve one database, one of them sends. A dead holder's lease is free at once."""

from __future__ import annotations

import asyncio
import fcntl
import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

#: The lease's number among PostgreSQL's advisory locks; any number will do that nothing else uses.
_NUMBER = 7_305_871_964
_LOOK_AGAIN = 1.0


class LeaseLost(RuntimeError):
    """The database let go of the lease, so that another process may be sending by now."""


@asynccontextmanager
async def sending_lease(engine: Engine, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> AsyncIterator[Callable[[], None]]:
    """Waits until this process is the one that sends, and stays it while the block runs.

    Gives a check that raises LeaseLost; it blocks for a round trip to the database. PostgreSQL holds the lease with a connection,
    SQLite (whose processes are on one machine) with a lock on a file beside the database.
    """
    holder: _Advisory | _FileLock = _Advisory(engine) if engine.dialect.name == "postgresql" else _FileLock(engine.url.database)
    try:
        while not await asyncio.to_thread(holder.take):
            await sleep(_LOOK_AGAIN)
        yield holder.check
    finally:
        await asyncio.to_thread(holder.release)


class _Holder(ABC):
    """One at a time, and nothing after the end: a task that is cancelled leaves its thread behind, which may still be taking."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._ended = False

    def take(self) -> bool:
        with self._one_at_a_time:
            return not self._ended and self._take()

    def release(self) -> None:
        with self._one_at_a_time:
            self._ended = True
            self._release()

    @abstractmethod
    def _take(self) -> bool: ...

    @abstractmethod
    def _release(self) -> None: ...


class _Advisory(_Holder):
    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine
        self._connection: Connection | None = None

    def _take(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # the pool may lend it to nobody else: its lock would go along
        if connection.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": _NUMBER}).scalar():
            self._connection = connection
            return True
        connection.close()
        return False

    def check(self) -> None:
        assert self._connection is not None
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError as error:
            raise LeaseLost("the connection that held the sender's lease is gone") from error

    def _release(self) -> None:
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None


class _FileLock(_Holder):
    def __init__(self, database: str | None) -> None:
        super().__init__()
        self._path = Path(f"{database}.sender") if database and database != ":memory:" else None
        self._file: int | None = None

    def _take(self) -> bool:
        if self._path is None:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    def check(self) -> None:
        """The system keeps a file's lock as long as the process lives."""

    def _release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
