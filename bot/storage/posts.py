"""Messages of the outbox: their kinds, the rows as they are read, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Literal

from sqlalchemy import Connection

#: The final states of a row. `unknown`: it may have arrived, nobody can tell, and it is not sent again.
Outcome = Literal["sent", "unsubscribed", "dead", "unknown"]


class Lane(IntEnum):
    """Who goes first: somebody waits for what is live; what is bulk takes the room that is left; what is paid for has its own."""

    LIVE = 0
    BULK = 1
    PAID = 2


@dataclass(frozen=True)
class Kind:
    """How messages of a kind are delivered.

    `parks`: when a message may have arrived or not, it ends as unknown; otherwise it is sent again, perhaps for the second time.
    `lifetime`: a message that could not leave for so long is no longer wanted.
    """

    lane: Lane
    parks: bool
    lifetime: timedelta


#: An answer twice is a nuisance, none is a failure; a progress line that nobody can edit any more is not worth a second one.
KINDS: Mapping[str, Kind] = {
    "reply": Kind(Lane.LIVE, parks=False, lifetime=timedelta(days=1)),
    "answer": Kind(Lane.LIVE, parks=False, lifetime=timedelta(days=7)),
    # A case's topic in the staff's group is behind its case: the row says which case, and what is to be done is found out as it leaves.
    "desk": Kind(Lane.LIVE, parks=False, lifetime=timedelta(days=30)),
    # What a group is told beside its topics; said late it would puzzle, said twice it would annoy.
    "hint": Kind(Lane.LIVE, parks=True, lifetime=timedelta(hours=1)),
    "progress": Kind(Lane.LIVE, parks=True, lifetime=timedelta(minutes=10)),
    "reminder": Kind(Lane.BULK, parks=False, lifetime=timedelta(days=3)),
    "bulletin": Kind(Lane.BULK, parks=False, lifetime=timedelta(days=3)),
    "bulletin_once": Kind(Lane.BULK, parks=True, lifetime=timedelta(days=3)),
    "bulletin_paid": Kind(Lane.PAID, parks=False, lifetime=timedelta(days=3)),
    "bulletin_paid1": Kind(Lane.PAID, parks=True, lifetime=timedelta(days=3)),
}


@dataclass(frozen=True)
class Post:
    """A message in the outbox.

    `message` is what to send, as bot.channels.telegram.messages makes it; `edits` is Telegram's number of the message that it takes
    the place of, with `is_edit` also set when that number is not known (its original never arrived); `doubtful`: an earlier try may
    have arrived.
    """

    id: int
    chat_id: int
    kind: str
    message: Mapping[str, Any]
    created_at: datetime
    doubtful: bool = False
    is_edit: bool = False
    edits: int | None = None

    @property
    def how(self) -> Kind:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Closing:
    """What became of a row; Telegram's number of the message where one is known.

    `ending`: what the channel knows beyond that, for whoever acts on it in the same transaction. `reason`: why it is dead.
    """

    id: int
    outcome: Outcome
    message_id: int | None = None
    kind: str = ""
    ending: object = None
    reason: str | None = None


#: Acts on what became of rows, in the transaction that writes it down.
Alongside = Callable[[Connection, Sequence[Closing]], None]
