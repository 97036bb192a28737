"""The pace of sending, on a clock that only moves when somebody waits."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest

from bot.channels.telegram.pace import Pace


class Clock:
    """Time passes by sleeping; the earliest sleeper wakes first."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self._sleepers.append((self.now + seconds, woken))
        await woken.wait()

    async def run(self, work: asyncio.Future[object]) -> None:
        while not work.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort(key=lambda item: item[0])
                self.now, woken = self._sleepers.pop(0)
                woken.set()


async def arrivals(chats: list[int], took: float) -> dict[int, list[float]]:
    """When messages to these chats, all wanted at once, arrived; each takes so many seconds on its way."""
    clock, arrived = Clock(), defaultdict(list)
    pace = Pace(clock=clock, sleep=clock.sleep)

    async def send(chat: int) -> None:
        async with pace.turn(chat):
            await clock.sleep(took)
            arrived[chat].append(clock.now)

    await clock.run(asyncio.ensure_future(asyncio.gather(*(send(chat) for chat in chats))))
    return arrived


@pytest.mark.parametrize("took", [0.01, 0.4, 1.7])
async def test_never_more_than_28_arrive_within_a_second(took: float) -> None:
    times = sorted(time for chat in (await arrivals(list(range(150)), took)).values() for time in chat)
    assert len(times) == 150
    assert all(later - earlier > 1.0 for earlier, later in zip(times, times[28:], strict=False))
    assert times[-1] <= (150 / 28 + 1) * (1.01 + took)


async def test_a_chat_gets_a_short_burst_and_then_one_a_second() -> None:
    times = (await arrivals([1] * 10, 0.01))[1]
    assert [round(time) for time in times] == [0, 0, 0, 0, 1, 2, 3, 4, 5, 6]


async def test_a_busy_chat_does_not_hold_up_another() -> None:
    arrived = await arrivals([1] * 10 + [2], 0.01)
    assert arrived[2][0] < 0.1
