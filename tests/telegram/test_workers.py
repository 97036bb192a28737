"""Order restored, what a dead process left, and several workers on one database giving the dialogues of one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.reception import Reception, Timing
from bot.conversation.world import World
from bot.service import Advisor
from bot.storage.database import open_database
from bot.storage.inbox import Letter
from bot.storage.store import Store
from tests.postgres import empty_database
from tests.telegram.fake_api import Deaf
from tests.telegram.test_webhook import heard, message

#: Long enough for any machine: it ends as soon as what is missing has come.
PATIENT = Timing(patience=30.0, gap_look=0.01, look_again=0.01, sweep=0.05, orphan_age=0.0)


def reception(advisor: Advisor, timing: Timing = PATIENT) -> Reception:
    return Reception(advisor, Deaf(), wake_sender=lambda: None, timing=timing)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "batches",
    [
        [[7, 8, 9]],
        [[9, 7, 8]],
        [[8, 7, 8, 7, 9, 9]],
        [[7], [9], [8]],
        [[7], [9], [9], [8], [7]],
        [[7], [9, 8], [8]],
        [[6], [9], [8], [7]],
    ],
    ids=str,
)
async def test_updates_that_come_in_another_order_or_twice_are_answered_in_theirs_once(
    advisor: Advisor, store: Store, batches: list[list[int]]
) -> None:
    at_work = reception(advisor)
    async with at_work.at_work():
        for batch in batches:
            await at_work.accept([message(number, f"/privacy {number}") for number in batch])
    numbers = sorted({number for batch in batches for number in batch})
    assert heard(store, "tg:1") == [f"/privacy {number}" for number in numbers]
    assert store.open_updates() == []


async def test_a_number_that_never_comes_holds_a_chat_up_for_a_moment_only(advisor: Advisor, store: Store) -> None:
    at_work = reception(advisor, Timing(patience=0.1))
    async with asyncio.timeout(60), at_work.at_work():
        for number in (7, 9, 10):
            await at_work.accept([message(number, f"/privacy {number}")])
    assert heard(store, "tg:1") == ["/privacy 7", "/privacy 9", "/privacy 10"]


async def test_what_comes_while_another_is_stored_is_stored_together(
    advisor: Advisor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, sizes = store.keep_updates, []

    def counted(letters: list[Letter], now: datetime) -> None:
        sizes.append(len(letters))
        keep(letters, now)

    monkeypatch.setattr(store, "keep_updates", counted)
    at_work = reception(advisor)
    async with at_work.at_work():
        await asyncio.gather(*(at_work.accept([message(number, "/privacy", chat=number)]) for number in range(1, 21)))
    assert sizes in ([1, 19], [20])
    assert all(heard(store, f"tg:{number}") == ["/privacy"] for number in range(1, 21))


async def test_what_a_process_that_died_left_is_taken_up_by_a_living_one(advisor: Advisor, store: Store) -> None:
    at_work = reception(advisor)
    async with asyncio.timeout(60), at_work.at_work():
        store.keep_updates([Letter(7, 1, json.dumps(message(7, "/privacy")))], datetime.now(UTC))
        while store.open_updates():
            await asyncio.sleep(0.01)
    assert heard(store, "tg:1") == ["/privacy"]


async def test_a_chat_beyond_telegrams_numbers_is_stored_and_skipped(advisor: Advisor, store: Store) -> None:
    at_work = reception(advisor)
    async with at_work.at_work():
        await at_work.accept([message(7, "x", chat=2**80), message(8, "/privacy")])
    assert store.open_updates() == []
    assert heard(store, "tg:1") == ["/privacy"]


# -- several workers ---------------------------------------------------------------------------------------------------------------

CHATS, TURNS, KILLS = 30, 5, 12


@pytest.fixture
def shared_database(postgres_server: str) -> Iterator[str]:
    with empty_database(postgres_server, "workers") as address:
        yield address


class Worker:
    """A reception with an engine of its own, which can be cut off in the middle of whatever it does."""

    def __init__(self, address: str, world: World) -> None:
        self._advisor = Advisor(Store(open_database(address)), world, None)
        self._start()

    def _start(self) -> None:
        self.reception, self.ready = reception(self._advisor), asyncio.Event()
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        async with self.reception.at_work():
            self.ready.set()
            await asyncio.Event().wait()

    async def kill(self) -> None:
        await self.end()
        self._start()

    async def end(self) -> None:
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    def close(self) -> None:
        self._advisor.store.engine.dispose()


@contextlib.asynccontextmanager
async def working(address: str, world: World, count: int) -> AsyncIterator[list[Worker]]:
    workers = [Worker(address, world) for _ in range(count)]
    try:
        yield workers
    finally:
        for worker in workers:
            await worker.end()
            worker.close()


def dialogues(store: Store) -> dict[int, list[Any]]:
    return {
        chat: [(turn["heard"], turn["said"], turn["sources"]) for turn in store.transcript(f"tg:{chat}")] for chat in range(1, CHATS + 1)
    }


@pytest.mark.postgres
async def test_two_workers_with_updates_routed_at_random_and_kills_give_the_dialogues_of_one(
    advisor: Advisor, store: Store, shared_database: str, world: World
) -> None:
    dice = random.Random(4711)
    coming = [chat for chat in range(1, CHATS + 1) for _ in range(TURNS)]
    dice.shuffle(coming)
    told: dict[int, int] = {}
    letters = []
    for number, chat in enumerate(coming, start=1000):
        told[chat] = told.get(chat, 0) + 1
        letters.append(message(number, f"员工{10 * chat + told[chat]}个人", chat=chat))
    alone = reception(advisor)
    async with alone.at_work():
        await alone.accept(letters)
    deaths = set(dice.sample(range(len(letters)), KILLS))
    together = Store(open_database(shared_database))
    async with asyncio.timeout(240), working(shared_database, world, 2) as workers:
        for index, update in enumerate(letters):
            for worker in {dice.choice(workers), dice.choice(workers)}:  # now and then both get it
                await worker.ready.wait()
                await worker.reception.accept([update])
            if index in deaths:
                await dice.choice(workers).kill()
        while together.open_updates():
            await asyncio.sleep(0.05)
    expected, given = dialogues(store), dialogues(together)
    posted = len(together.unsent())
    together.engine.dispose()
    assert given == expected
    assert posted == sum(len(said) for turns in given.values() for _, said, _ in turns)
