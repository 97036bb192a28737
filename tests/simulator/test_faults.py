"""Trouble that was ordered, as the library meets it."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from telegram.error import ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.simulator.faults import Faults, Kind
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


async def test_a_group_that_moved_by_order_names_the_new_chat(local: Local, person: Person) -> None:
    group = local.world.group("Plain", person, supergroup=False)
    group.add_bot()
    local.world.faults.migrate(-1005, chat_id=group.id)
    with pytest.raises(ChatMigrated) as caught:
        await local.bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == -1005
    await local.bot.send_message(group.id, "y")


async def test_a_group_moves_while_it_is_written_to(local: Local, person: Person) -> None:
    group = local.world.group("Plain", person, supergroup=False)
    group.add_bot()
    local.world.updates.drop()
    local.world.faults.migrate()
    with pytest.raises(ChatMigrated) as caught:
        await local.bot.send_message(group.id, "x")
    new = caught.value.new_chat_id
    await local.bot.send_message(new, "x")
    assert [seen.text for seen in person.sees(new)][-1] == "x"
    told = [update["message"] for update in await local.result("getUpdates")]
    assert [(message["chat"]["id"], message["chat"]["type"]) for message in told] == [(group.id, "group"), (new, "supergroup")]
    assert (told[0]["migrate_to_chat_id"], told[1]["migrate_from_chat_id"]) == (new, group.id)


RATES = {"flood": 0.1, "forbid": 0.1, "fail": 0.1, "migrate": 0.05, "silence": 0.05, "drop": 0.05, "drop_after": 0.05}


def met(faults: Faults, calls: int) -> list[tuple[Kind, int] | None]:
    taken = [faults.take("sendMessage", 5) for _ in range(calls)]
    return [fault and (fault.kind, fault.refusal.code if fault.refusal else 0) for fault in taken]


def test_faults_at_random_are_the_same_for_the_same_seed_and_as_frequent_as_ordered() -> None:
    first, again, other = Faults(), Faults(), Faults()
    first.at_random(7, RATES)
    again.at_random(7, RATES)
    other.at_random(8, RATES)
    again.doubles()
    again.wants_disorder()
    again.take("getUpdates", None)
    faults = met(first, 4000)
    assert met(again, 4000) == faults != met(other, 4000)
    kinds = [(Kind.REFUSE, 429), (Kind.REFUSE, 403), (Kind.REFUSE, 502)]
    kinds += [(kind, 0) for kind in (Kind.MIGRATE, Kind.SILENCE, Kind.DROP, Kind.DROP_AFTER)]
    for kind, rate in zip(kinds, RATES.values(), strict=True):
        assert faults.count(kind) == pytest.approx(4000 * rate, rel=0.25)
    first.clear()
    assert met(first, 100) == [None] * 100


def test_updates_at_random_twice_and_in_another_order() -> None:
    faults = Faults()
    faults.at_random(1, {"duplicate": 0.5, "disorder": 0.25})
    assert met(faults, 50) == [None] * 50
    assert sum(faults.doubles() for _ in range(1000)) == pytest.approx(500, rel=0.2)
    assert sum(faults.wants_disorder() for _ in range(1000)) == pytest.approx(250, rel=0.2)


def test_what_was_ordered_comes_before_what_comes_at_random() -> None:
    faults = Faults()
    faults.at_random(1, {"flood": 1.0})
    faults.forbid()
    assert met(faults, 2) == [(Kind.REFUSE, 403), (Kind.REFUSE, 429)]


@pytest.mark.parametrize("rates", [{"flod": 0.1}, {"flood": 1.1}, {"flood": -0.1}, {"flood": 0.6, "drop": 0.6}])
def test_rates_that_make_no_sense(rates: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        Faults().at_random(1, rates)


async def test_all_that_is_sent_through_random_trouble_is_answered_or_not_as_it_was_done(local: Local, person: Person) -> None:
    """Whatever the client was told, what it was told is true: refused is not there, done is there once, silence may be either."""
    local.world.faults.at_random(3, {"flood": 0.2, "fail": 0.2, "drop": 0.1, "drop_after": 0.1, "duplicate": 0.3, "disorder": 0.3})
    told: dict[str, bool] = {}
    for number in range(60):
        try:
            told[str(number)] = (await local.call("sendMessage", chat_id=person.id, text=str(number)))["ok"]
        except httpx.RemoteProtocolError:
            continue
    there = texts(person)
    assert {True, False} == set(told.values())
    assert len(told) < 60
    assert all((text in there) == ok for text, ok in told.items())
    assert len(there) == len(set(there))
