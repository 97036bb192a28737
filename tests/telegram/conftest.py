"""A fake Telegram for each test, and the advisor serving it."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager

import pytest

from bot.channels.telegram.bot import serve
from bot.channels.telegram.desk.mirror import TelegramMirror
from bot.channels.telegram.pace import UNLIMITED, Pace
from bot.conversation.world import World
from bot.service import Advisor
from bot.simulator import World as LocalTelegram
from bot.simulator import running
from bot.storage.store import Store
from tests.telegram.desk_room import owner_of, room_of, served
from tests.telegram.desk_scene import Scene
from tests.telegram.fake_api import TOKEN, FakeTelegram, fake_telegram

Serving = Callable[[], AbstractAsyncContextManager[list[float]]]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as fake:
        yield fake


@pytest.fixture
def advisor(store: Store, world: World) -> Advisor:
    return Advisor(store, world, nlu=None, mirror=TelegramMirror(store))


class Haste:
    """A clock for programs that wait much: each pause is noted, and time jumps over it."""

    def __init__(self, longest: float = math.inf) -> None:
        """Pauses longer than so many seconds do not end before go_on is called."""
        self.pauses: list[float] = []
        self._ahead = 0.0
        self._longest = longest
        self.began = self.clock()

    def clock(self) -> float:
        return time.monotonic() + self._ahead

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0.001)
        while seconds > self._longest:
            await asyncio.sleep(0.01)
        self._ahead += seconds

    now = clock

    def go_on(self) -> None:
        """Every pause ends at once."""
        self._longest = math.inf


@pytest.fixture
def serving(advisor: Advisor, telegram: FakeTelegram) -> Serving:
    """`async with serving() as pauses` runs the channel; it notes the pauses it would make instead of making them."""

    @contextlib.asynccontextmanager
    async def run() -> AsyncIterator[list[float]]:
        haste = Haste()
        task = asyncio.create_task(serve(advisor, TOKEN, telegram.url, lambda _: None, Pace(UNLIMITED, haste.clock), haste.sleep))
        try:
            yield haste.pauses
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return run


@pytest.fixture
async def local() -> AsyncIterator[tuple[LocalTelegram, str]]:
    """A Telegram that runs here, and its address."""
    world = LocalTelegram()
    async with running(world) as url:
        yield world, url


@pytest.fixture
async def scene(store: Store, advisor: Advisor) -> AsyncIterator[Scene]:
    """A bank, an owner, and the bot serving them."""
    telegram = LocalTelegram()
    async with running(telegram) as url:
        made = Scene(telegram, store, room_of(telegram, store), owner_of(telegram, store), url)
        async with served(advisor, telegram, url):
            yield made
