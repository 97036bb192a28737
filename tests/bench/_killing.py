"""Waiting for a broadcast to end while its sending process is killed with SIGKILL at random."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from bot.storage.posts import Lane
from bot.storage.store import Store
from bot.storage.tables import outbox
from tests.bench._telegram import LOOK_AGAIN, Serving, count

#: Seconds in which calls under way at a kill arrive; less than a restart takes.
_SETTLE = 0.15
#: A kill comes up to so many seconds after the message that it is tied to, so that it falls anywhere in the work.
_LATE = 0.5
_CLOSED = f"SELECT count(*) FROM outbox WHERE closed_at IS NOT NULL AND lane = {Lane.BULK:d}"


async def emptied(
    database: Path,
    store: Store,
    served: Serving,
    *,
    messages: int,
    kills: int,
    chance: random.Random,
    patience: float,
    is_there: Callable[[int], bool],
) -> int:
    """Wait until all messages of a broadcast have ended, or none has for `patience` seconds; kills the sender so many times on the way.

    Gives how many messages were in flight at a kill: open in the outbox although `is_there` finds them in their chat.
    """
    deaths = sorted(chance.sample(range(1, messages), kills))
    in_flight, before, moved = 0, -1, time.monotonic()
    while time.monotonic() - moved < patience:
        closed = await asyncio.to_thread(count, database, _CLOSED)
        if closed >= messages:
            break
        if closed != before:
            before, moved = closed, time.monotonic()
        if deaths and closed >= deaths[0]:
            deaths.pop(0)
            await asyncio.sleep(chance.uniform(0, _LATE))
            await served.kill()
            await asyncio.sleep(_SETTLE)
            in_flight += sum(map(is_there, _open_chats(store)))
            moved = time.monotonic()
        await asyncio.sleep(LOOK_AGAIN)
    return in_flight


def _open_chats(store: Store) -> set[int]:
    """The chats with a message that is not noted as sent or given up."""
    with store.engine.connect() as connection:
        return set(connection.execute(select(outbox.c.chat_id).where(outbox.c.closed_at.is_(None))).scalars())
