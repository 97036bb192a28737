"""Clocks, and the simulator as a program of its own."""

from __future__ import annotations

import asyncio
import signal
import sys
import time

import httpx
import pytest

from bot.simulator.clock import ManualClock, Signal, SystemClock, whichever
from bot.simulator.server import running
from bot.simulator.world import World


async def test_sleepers_wake_when_their_time_has_come() -> None:
    clock, woken = ManualClock(0.0), []

    async def sleeper(seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    tasks = [asyncio.create_task(sleeper(seconds)) for seconds in (3.0, 1.0, 2.0, 0.0)]
    for moment, expected in ((0.0, [0.0]), (1.0, [0.0, 1.0]), (2.0, [0.0, 1.0, 3.0, 2.0])):
        clock.advance(moment)
        await asyncio.sleep(0.01)
        assert sorted(woken) == sorted(expected)
    await asyncio.gather(*tasks)


async def test_a_signal_is_not_missed_before_it_is_awaited() -> None:
    clock, news = ManualClock(), Signal()
    waiting = whichever(clock, news.wait(), 99.0)
    news.notify()
    await asyncio.wait_for(waiting, 1)


async def test_a_fast_clock_is_that_much_faster() -> None:
    clock = SystemClock(1000.0)
    before = clock.now()
    await asyncio.wait_for(clock.sleep(20.0), 5)
    assert clock.now() - before >= 20.0
    with pytest.raises(ValueError):
        SystemClock(0)


async def test_a_taken_port_is_an_error() -> None:
    async with running(World()) as address:
        with pytest.raises(OSError):
            async with running(World(), int(address.rpartition(":")[2])):
                pass


async def test_the_program_prints_one_line_and_ends_when_told() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.simulator",
        "--port",
        "0",
        "--token",
        "5:abc_def",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    address = line.split()[4]
    async with httpx.AsyncClient(verify=False) as http:
        assert (await http.get(f"{address}/bot5:abc_def/getMe")).json()["result"]["id"] == 5
    process.send_signal(signal.SIGTERM)
    rest, complaints = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, rest, complaints) == (0, b"", b"")


async def test_a_second_call_on_the_same_connection_is_answered_at_once() -> None:
    """Not after the 40 ms for which a client may delay its acknowledgement; the quickest of several, for machines under load."""
    world = World()
    async with running(world) as address, httpx.AsyncClient(verify=False) as http:
        times = []
        for _ in range(20):
            start = time.perf_counter()
            await http.get(f"{address}/bot{world.token}/getMe")
            times.append(time.perf_counter() - start)
    assert min(times[1:]) < 0.03
