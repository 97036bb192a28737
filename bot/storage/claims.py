"""Claims: which chats this process is serving, so that other processes leave them alone meanwhile.

A claim saves doing the same work twice, and nothing rests on it: what is kept is decided where an update is closed.
"""

from __future__ import annotations

import contextlib
from threading import Lock

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

#: Advisory locks are one space for all that use a database: a class number above, the chat below. Chat ids have 52 bits and a sign.
_CLASS, _CHAT_BITS = 1, 53
_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_GIVE_BACK = text("SELECT pg_advisory_unlock(:key)")


def key_of(chat_id: int) -> int:
    """The number of a chat's lock, the same in every process: 64 bits with a sign."""
    return (_CLASS << _CHAT_BITS) + chat_id % (1 << _CHAT_BITS)


class Claims:
    """Advisory locks of PostgreSQL, held by one connection that is used for nothing else; they end with it. Usable from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._one_at_a_time = Lock()
        self._ended = False

    @classmethod
    def over(cls, engine: Engine) -> Claims | None:
        """None where a database belongs to one process alone."""
        return cls(engine) if engine.dialect.name == "postgresql" else None

    def take(self, chat_id: int) -> bool:
        """Claim a chat; False when another process has it. Without a connection everything can be claimed."""
        with self._one_at_a_time:
            if self._ended:  # a task that was cancelled leaves its thread behind, which may still be taking
                return False
            try:
                return bool(self._connected().execute(_TAKE, {"key": key_of(chat_id)}).scalar())
            except DBAPIError:
                self._let_go()
                return True

    def give_back(self, chat_id: int) -> None:
        """End a claim. One that was lost with its connection is gone already."""
        with self._one_at_a_time:
            if self._connection is None:
                return
            try:
                self._connection.execute(_GIVE_BACK, {"key": key_of(chat_id)})
            except DBAPIError:
                self._let_go()

    def close(self) -> None:
        """End all claims, for good."""
        with self._one_at_a_time:
            self._ended = True
            self._let_go()

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()  # the pool may lend it to nobody else: its locks would go along
            self._connection = connection
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(DBAPIError):
                self._connection.close()
            self._connection = None
