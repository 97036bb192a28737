"""Several webhook workers of one bot on one database, and what Telegram and a load balancer do in front of them."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import httpx
from sqlalchemy import func, select

from bot.channels.telegram.webhook import SECRET_HEADER, secret_of
from bot.storage.store import Store
from bot.storage.tables import updates
from tests.bench._telegram import LOOK_AGAIN, PATIENCE, Serving, serving

#: Updates on their way at any time; Telegram keeps as many connections to a webhook.
_CONNECTIONS = 40
#: Updates that wait for an answer at any time.
_BACKLOG = 120
#: Seconds after which an update that was not acknowledged is brought again.
_BRING_AGAIN = 0.02


class Workers:
    """The workers as the front sees them: every update goes to one of them at random, until one acknowledges it."""

    def __init__(self, served: Sequence[Serving], addresses: Sequence[str], client: httpx.AsyncClient, chance: random.Random) -> None:
        self._served, self._addresses, self._client, self._chance = served, addresses, client, chance
        self._in_order: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    @classmethod
    @contextlib.asynccontextmanager
    async def at_work(cls, api: str, token: str, database: str, addresses: Sequence[str], chance: random.Random) -> AsyncIterator[Workers]:
        """One worker listening at each address while the block runs."""
        headers, limits = {SECRET_HEADER: secret_of(token)}, httpx.Limits(max_connections=_CONNECTIONS)
        async with contextlib.AsyncExitStack() as stack:
            served = [await stack.enter_async_context(serving(api, token, database, address, paced=False)) for address in addresses]
            client = await stack.enter_async_context(httpx.AsyncClient(headers=headers, limits=limits, timeout=PATIENCE))
            yield cls(served, addresses, client, chance)

    @property
    def kills(self) -> int:
        """How many workers were killed so far."""
        return sum(one.kills for one in self._served)

    async def work_through(self, store: Store, chats: Sequence[int], texts: int, kills: int, text: Callable[[int], str]) -> None:
        """Bring so many texts of each chat in random order of chats, kill workers at random points of the work, and wait until all
        is answered or nothing moves any more."""
        coming = [chat for chat in chats for _ in range(texts)]
        self._chance.shuffle(coming)
        told: defaultdict[int, int] = defaultdict(int)
        deaths = sorted(self._chance.sample(range(1, len(coming)), kills), reverse=True)
        number, before, moved = 0, 0, time.monotonic()
        async with asyncio.TaskGroup() as bringing:
            while before < len(coming) and time.monotonic() - moved < PATIENCE:
                answered = await asyncio.to_thread(_answered, store)
                if answered != before:
                    before, moved = answered, time.monotonic()
                while number < len(coming) and number - answered < _BACKLOG:
                    chat = coming[number]
                    number += 1
                    told[chat] += 1
                    bringing.create_task(self._bring(_update(number, chat, text(told[chat])), chat))
                if deaths and answered >= deaths[-1]:
                    deaths.pop()
                    await asyncio.sleep(self._chance.uniform(0, 0.1))
                    await self._chance.choice(self._served).kill()
                    moved = time.monotonic()
                await asyncio.sleep(LOOK_AGAIN)

    async def _bring(self, update: dict[str, Any], chat: int) -> None:
        """Bring an update until it is acknowledged; the next one of its chat comes after it."""
        async with self._in_order[chat]:
            while not await self._acknowledged(self._chance.choice(self._addresses), update):
                await asyncio.sleep(_BRING_AGAIN)

    async def _acknowledged(self, address: str, update: dict[str, Any]) -> bool:
        try:
            return (await self._client.post(address, json=update)).is_success
        except httpx.TransportError:
            return False


def _answered(store: Store) -> int:
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.count()).where(updates.c.done_at.is_not(None))).scalar_one())


def _update(number: int, chat: int, text: str) -> dict[str, Any]:
    owner = {"id": chat, "is_bot": False, "first_name": "Owner", "language_code": "zh-hans"}
    message = {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": "private"}, "from": owner, "text": text}
    return {"update_id": number, "message": message}
