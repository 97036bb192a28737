"""What the use cases need from outside: the rows, and whoever shows cases to the staff."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import Connection

from bot.desk.model import Case, Said
from bot.storage.store import Store


class Mirror(Protocol):
    """Shows cases in the staff's group. Each call only writes rows of the outbox, in the transaction of what it shows."""

    def opened(self, connection: Connection, case: Case) -> None:
        """A case is new at its bank."""
        ...

    def said(self, connection: Connection, case: Case, said: Said) -> None:
        """A message was added to a case: the owner's, a note, or an answer; where it was written already, nothing is to be shown."""
        ...

    def amended(self, connection: Connection, case: Case, said: Said) -> None:
        """A message of a case has other words now."""
        ...

    def changed(self, connection: Connection, case: Case) -> None:
        """Who has a case, its status, its clock or whose turn it is: its title and buttons are to follow."""
        ...

    def erased(self, connection: Connection, case: Case) -> None:
        """The owner takes everything along; called while the case's rows are still there."""
        ...


class NoMirror:
    """For installations without a group: the console and the commands read the rows."""

    def opened(self, connection: Connection, case: Case) -> None:
        pass

    def said(self, connection: Connection, case: Case, said: Said) -> None:
        pass

    def amended(self, connection: Connection, case: Case, said: Said) -> None:
        pass

    def changed(self, connection: Connection, case: Case) -> None:
        pass

    def erased(self, connection: Connection, case: Case) -> None:
        pass


@dataclass(frozen=True)
class Desk:
    """What every use case works with."""

    store: Store
    mirror: Mirror = field(default_factory=NoMirror)
