"""SQLite commits that wait for the disk together.

SQLite itself makes each commit wait for a disk write of its own while nobody else may write. Here the log is written by SQLite
(`synchronous=NORMAL`) and brought to the disk afterwards, by one write for all commits that wait for it. What is promised is the same as
with `synchronous=FULL`: when `commit` returns, the commit survives a loss of power. Others may read it a moment earlier.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path


class Log:
    """The write-ahead log of one database, in the order in which commits reach it."""

    def __init__(self, database: Path) -> None:
        self._file = database.with_name(f"{database.name}-wal")
        self._committed = self._on_disk = 0
        self._counting, self._writing = threading.Lock(), threading.Lock()

    def settle(self) -> None:
        """Return when every commit made so far is on the disk."""
        with self._counting:
            self._committed += 1
            mine = self._committed
        with self._writing:
            if self._on_disk >= mine:
                return  # whoever wrote meanwhile wrote this commit, too
            reached = self._committed
            self._write()
            self._on_disk = reached

    def _write(self) -> None:
        """Raises OperationalError, as SQLite does when a disk fails."""
        try:
            # Opened each time: SQLite removes the file with its last connection. It keeps no lock on it that closing would lose.
            log = os.open(self._file, os.O_RDONLY)
            try:
                os.fsync(log)
            finally:
                os.close(log)
        except OSError as error:
            raise sqlite3.OperationalError("disk I/O error") from error


class DurableConnection(sqlite3.Connection):
    """A connection whose commits return once they are on the disk; without a log, as for a database in memory, at once."""

    log: Log | None = None

    def commit(self) -> None:
        """Commit, and wait for the disk if anything was written."""
        wrote = self.in_transaction
        super().commit()
        if wrote and self.log is not None:
            self.log.settle()
