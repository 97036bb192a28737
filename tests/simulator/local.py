"""A simulator on loopback for a test, its world, and both ways to call it: raw HTTP and the library the bot uses."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import httpx
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.simulator.clock import ManualClock
from bot.simulator.server import running
from bot.simulator.world import World


@dataclass(frozen=True)
class Local:
    """The running simulator. Its clock stands still until `clock.advance` moves it."""

    world: World
    clock: ManualClock
    url: str
    http: httpx.AsyncClient
    bot: Bot

    @property
    def base(self) -> str:
        return f"{self.url}/bot{self.world.token}"

    async def call(self, method: str, **values: Any) -> dict[str, Any]:
        """The body of the answer to a call with JSON; its status must agree with it."""
        response = await self.http.post(f"{self.base}/{method}", json=values)
        body: dict[str, Any] = response.json()
        assert response.status_code == (200 if body["ok"] else body["error_code"])
        return body

    async def result(self, method: str, **values: Any) -> Any:
        body = await self.call(method, **values)
        assert body["ok"], body
        return body["result"]

    async def refusal(self, method: str, **values: Any) -> tuple[int, str]:
        body = await self.call(method, **values)
        assert not body["ok"], body
        return body["error_code"], body["description"]


@contextlib.asynccontextmanager
async def local_telegram() -> AsyncIterator[Local]:
    clock = ManualClock()
    world = World(clock=clock)
    async with running(world) as url:
        # Reading the certificates of the world takes longer than most tests, and there is nothing to verify on loopback.
        requests = [HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2)]
        bot = Bot(world.token, f"{url}/bot", f"{url}/file/bot", request=requests[0], get_updates_request=requests[1])
        async with httpx.AsyncClient(timeout=10, verify=False) as http, bot:
            world.calls.clear()  # the library asks who it is
            yield Local(world, clock, url, http, bot)


async def until(fits: Callable[[], bool], each: Callable[[], None] = lambda: None) -> None:
    """Let the loop run until something holds, doing `each` in between; fails after about five seconds."""
    for turn in itertools.count():
        if fits():
            return
        assert turn < 1000, "it never came to hold"
        each()
        await asyncio.sleep(0.005)
