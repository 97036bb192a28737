"""The simulator's clock: real, faster than real, or moved by hand, so that no test has to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from typing import Protocol


class Clock(Protocol):
    """Unix seconds, and a pause of so many of them."""

    def now(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The time of the machine, `factor` times as fast; 1.0 is real time."""

    def __init__(self, factor: float = 1.0) -> None:
        if factor <= 0:
            raise ValueError("a clock runs forward: its factor is above 0")
        self._factor = factor
        self._wall, self._start = time.time(), time.monotonic()

    def now(self) -> float:
        return self._wall + (time.monotonic() - self._start) * self._factor

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(seconds, 0.0) / self._factor)


class ManualClock:
    """A clock that stands still until it is advanced; sleepers wake in the order of their hours."""

    def __init__(self, start: float = 1_800_000_000.0) -> None:
        self._now = start
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waker: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + seconds, waker))
        try:
            await waker
        finally:
            self._sleepers = [sleeper for sleeper in self._sleepers if sleeper[1] is not waker]

    def advance(self, seconds: float) -> None:
        """Move the time on by `seconds` and wake those whose time has come."""
        self._now += seconds
        for due, waker in sorted(self._sleepers, key=lambda sleeper: sleeper[0]):
            if due <= self._now and not waker.done():
                waker.set_result(None)


class Signal:
    """Something others wait for: a new update, a new event."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    def wait(self) -> asyncio.Future[None]:
        """What happens from now on, even before the future is awaited, is not missed."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        waiter.add_done_callback(self._waiting.discard)
        return waiter


async def whichever(clock: Clock, news: Awaitable[None], seconds: float) -> None:
    """Wait until the news comes, but not longer than so many seconds of the clock."""
    waits = {asyncio.ensure_future(news), asyncio.ensure_future(clock.sleep(seconds))}
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
