"""Shows cases in the staff's groups: each thing that happens to a case has its topic brought up to date, by rows of the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection

from bot.casework.ports import Desk
from bot.desk.model import Case, Said
from bot.storage.desk.people import bank_of
from bot.storage.desk.topics import KIND, topic_of, want
from bot.storage.store import Store


class TelegramMirror:
    """The port bot.casework.ports.Mirror. Where a bank has no group, nothing is shown."""

    def __init__(self, store: Store, now: Callable[[], datetime] | None = None) -> None:
        self._store = store
        self._now = now or (lambda: datetime.now(UTC))

    def opened(self, connection: Connection, case: Case) -> None:
        self._want(connection, case)

    def said(self, connection: Connection, case: Case, said: Said) -> None:  # noqa: ARG002 - what is to be shown stands in the rows
        self._want(connection, case)

    def amended(self, connection: Connection, case: Case, said: Said) -> None:  # noqa: ARG002 - likewise
        self._want(connection, case)

    def changed(self, connection: Connection, case: Case) -> None:
        self._want(connection, case)

    def erased(self, connection: Connection, case: Case) -> None:
        topic = topic_of(connection, case.id)
        if topic is not None and topic.thread is not None:
            self._store.post_one(connection, None, topic.chat, {"drop": topic.thread}, self._now(), KIND)

    def _want(self, connection: Connection, case: Case) -> None:
        bank = bank_of(connection, case.bank)
        if bank is not None and bank.group_chat is not None:
            want(connection, self._store, case.id, bank.group_chat, self._now())


def telegram_desk(store: Store) -> Desk:
    """The desk whose cases are shown in the staff's groups on Telegram."""
    return Desk(store, TelegramMirror(store))
