"""Trouble that was ordered, as the library meets it."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from telegram.error import Forbidden, NetworkError, RetryAfter, TimedOut

from bot.simulator.faults import Faults
from bot.simulator.people import Person
from tests.simulator.local import Local, until


@pytest.fixture
def person(local: Local) -> Person:
    made = local.world.person("Wang")
    made.start()
    return made


def texts(person: Person) -> list[str]:
    return [seen.text for seen in person.sees()][1:]


async def test_flood_for_the_next_calls(local: Local, person: Person) -> None:
    local.world.faults.flood(7, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter, match="Retry in 0:00:07"):
            await local.bot.send_message(person.id, "x")
    await local.bot.send_message(person.id, "y")
    assert texts(person) == ["y"]


async def test_trouble_of_one_chat_and_one_method(local: Local, person: Person) -> None:
    other = local.world.person("Li")
    other.start()
    local.world.faults.forbid(chat_id=person.id, method="sendMessage")
    await local.bot.send_message(other.id, "x")
    await local.bot.send_chat_action(person.id, "typing")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await local.bot.send_message(person.id, "x")
    await local.bot.send_message(person.id, "y")


async def test_delivered_but_never_answered(local: Local, person: Person) -> None:
    local.world.faults.silence()
    with pytest.raises(TimedOut):
        await local.bot.send_message(person.id, "x", read_timeout=0.1)
    assert texts(person) == ["x"]


@pytest.mark.parametrize(("after", "seen"), [(False, []), (True, ["x"])])
async def test_a_cut_connection(local: Local, person: Person, after: bool, seen: list[str]) -> None:
    local.world.faults.drop(after=after)
    with pytest.raises(NetworkError, match="RemoteProtocolError"):
        await local.bot.send_message(person.id, "x")
    assert texts(person) == seen


async def test_any_other_refusal(local: Local, person: Person) -> None:
    local.world.faults.fail(502, "Bad Gateway")
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await local.bot.send_message(person.id, "x")


async def test_latency_counts_on_the_simulators_clock(local: Local, person: Person) -> None:
    local.world.faults.latency = 5.0
    call = asyncio.create_task(local.result("sendMessage", chat_id=person.id, text="x"))
    await asyncio.sleep(0.03)
    assert texts(person) == []
    local.clock.advance(5.0)
    await call
    assert texts(person) == ["x"]


async def test_the_end_of_the_simulator_ends_what_waits(local: Local, person: Person) -> None:
    local.world.faults.silence()
    waiting = asyncio.create_task(local.http.post(f"{local.base}/sendMessage", json={"chat_id": person.id, "text": "x"}))
    poll = asyncio.create_task(local.result("getUpdates", offset=-1, timeout=50, allowed_updates=[]))
    await until(lambda: texts(person) == ["x"])
    assert len(await poll) == 1
    local.world.close()
    with pytest.raises(httpx.RemoteProtocolError):
        await waiting


def test_polling_is_spared_unless_named() -> None:
    faults = Faults()
    faults.flood(1)
    assert faults.take("getUpdates", None) is None
    assert faults.take("sendMessage", 5) is not None
    faults.drop(method="getupdates")
    assert faults.take("getUpdates", None) is not None
    assert faults.waiting == []
