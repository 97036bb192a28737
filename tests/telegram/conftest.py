"""A fake Telegram for each test, and the advisor serving it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.channels.telegram.bot import serve
from bot.channels.telegram.pace import Pace
from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.store import Store
from tests.telegram.fake_api import TOKEN, FakeTelegram, fake_telegram

Serving = Callable[[], AbstractAsyncContextManager[list[float]]]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as fake:
        yield fake


@pytest.fixture
def advisor(store: Store, world: World) -> Advisor:
    return Advisor(store, world, nlu=None)


@pytest.fixture
def serving(advisor: Advisor, telegram: FakeTelegram) -> Serving:
    """`async with serving() as pauses` runs the channel; it notes the pauses it would make instead of making them."""

    @contextlib.asynccontextmanager
    async def run() -> AsyncIterator[list[float]]:
        pauses: list[float] = []

        async def pause(seconds: float) -> None:
            pauses.append(seconds)
            await asyncio.sleep(0.001)

        pace = Pace(per_second=100_000, chat_interval=0.0)
        task = asyncio.create_task(serve(advisor, TOKEN, telegram.url, lambda _: None, pace, pause))
        try:
            yield pauses
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return run
