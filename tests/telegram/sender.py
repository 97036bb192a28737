"""Rows in the outbox, and a sender of them to a Telegram that runs here."""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from telegram import Bot

from bot.channels.telegram.pace import UNLIMITED, Pace, Rates
from bot.channels.telegram.request import Request
from bot.channels.telegram.sender import Sender
from bot.simulator import Person, World
from bot.storage.store import Store
from bot.storage.tables import outbox
from tests.telegram.conftest import Haste

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def message(text: str) -> dict[str, Any]:
    return {"text": text, "buttons": []}


def post(store: Store, chat: int, *texts: str, kind: str = "reply", at: datetime = NOW) -> None:
    with store.begin() as connection:
        store.post(connection, None, chat, [message(text) for text in texts], at, kind)


def rows(store: Store) -> list[tuple[Any, ...]]:
    """(kind, chat, outcome, Telegram's number) of every row that is kept, oldest first."""
    query = select(outbox.c.kind, outbox.c.chat_id, outbox.c.outcome, outbox.c.message_id).order_by(outbox.c.id)
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def all_closed(store: Store) -> bool:
    return store.waiting_chats() == []


@asynccontextmanager
async def sending(
    store: Store, url: str, token: str, rates: Rates = UNLIMITED, read_timeout: float = 20.0, longest: float = math.inf
) -> AsyncIterator[Haste]:
    """A sender at work, on a clock that jumps over pauses."""
    haste = Haste(longest)
    request = Request(32, read_timeout)
    bot = Bot(token, base_url=f"{url}/bot", request=request)
    async with request:
        sender = Sender(bot, store, Pace(rates, haste.clock), now=lambda: NOW, sleep=haste.sleep, chance=random.Random(1))
        task = asyncio.create_task(sender.run())
        try:
            yield haste
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def until(holds: Any, seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


def started(world: World, count: int) -> list[Person]:
    people = [world.person(f"Owner {number}") for number in range(count)]
    for person in people:
        person.start()
    return people


def seen(person: Person) -> list[str]:
    return [item.text for item in person.sees() if item.from_bot]
