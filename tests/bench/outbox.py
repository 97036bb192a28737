"""Waiting messages delivered through a strict Telegram: 30 messages a second in all, one a second in a chat.

The clock is real, and a call is answered after the round trip of a network. First everything leaves undisturbed; then again while
people chat with the advisor, whose answers are not to wait for the broadcast; then while the sending process is killed with -9 again
and again: a message under way at a kill may arrive twice, never not at all.
"""

from __future__ import annotations

import asyncio
import gc
import random
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import insert

from bot.channels.telegram.bot import bot_at
from bot.simulator import Person, World, running
from bot.simulator.limits import OVERALL, Limits
from bot.storage.database import open_database
from bot.storage.store import Store
from bot.storage.tables import owners
from tests.bench._killing import emptied
from tests.bench._lines import Figure, Size, at_least, at_most, percentile, rounded
from tests.bench._telegram import PATIENCE, serving

#: Share of the 30 messages a second that Telegram allows.
TARGET_RATE = 0.97
#: Seconds from a call to its answer.
ROUND_TRIP = 0.02
#: Seconds; while a broadcast is under way, and the pauses between what people write.
TARGET_LIVE_P95, _TALK_EVERY = 1.0, 0.5
#: Messages that leave before the pace is steady, and the seconds without any message that mean a restart.
_FIRST, _RESTART = 60, 0.5
#: Decides after which messages the sender is killed.
_SEED = 20261121


@dataclass
class Counted(Limits):
    """Strict limits that note when a message was let pass, and how many were not."""

    passed: list[float] = field(default_factory=list)
    refused: int = 0

    def admit(self, now: float, chat_id: int, is_group: bool, count: int = 1, paid: bool = False) -> int:
        """As Limits does."""
        wait = super().admit(now, chat_id, is_group, count, paid)
        if wait:
            self.refused += 1
        else:
            self.passed.append(now)
        return wait


@dataclass(frozen=True)
class Tally:
    """What became of the waiting messages."""

    delivered: int
    lost: int
    duplicates: int
    refused: int
    rate: float  #: messages a second, outside restarts
    in_flight: int  #: had arrived at a kill without being noted as sent
    kills: int
    live: list[float]  #: seconds from what people wrote to the first answer


def run(size: Size) -> Iterator[Figure]:
    """One message to each of many chats: undisturbed, while people chat, and with kills."""
    messages, kills = size.pick(450, 10_000), size.pick(4, 50)
    allowed = OVERALL.count / OVERALL.seconds
    versus = f"the {allowed:.0f} messages a second that are allowed, a round trip of {ROUND_TRIP * 1000:.0f} ms"
    calm = _pass(messages, 0, talks=False)
    yield at_least("delivered", calm.delivered, "messages", messages)
    yield at_most("lost", calm.lost, "messages", 0)
    yield at_most("refused_by_rate", calm.refused, "calls", 0)
    yield at_most("duplicates", calm.duplicates, "messages", 0)
    yield at_least("rate", rounded(calm.rate / allowed), "share", TARGET_RATE, versus)
    alone, during = (_pass(count, 0, talks=True) for count in (0, size.pick(450, 3_000)))
    without = f"{rounded(percentile(alone.live, 95))} s without a broadcast, {len(alone.live)} messages"
    yield at_most("live_p95_in_broadcast", rounded(percentile(during.live, 95)), "s", TARGET_LIVE_P95, without)
    yield at_most("live_refused_by_rate", during.refused, "calls", 0)
    yield Figure("rate_while_people_chat", rounded(during.rate / allowed), "share", versus=versus)
    killed = _pass(messages, kills, talks=False)
    yield Figure("killed_kills", killed.kills, "kills")
    yield at_most("killed_lost", killed.lost, "messages", 0)
    inside = f"{killed.in_flight} messages had arrived at a kill without being noted as sent"
    yield at_most("killed_duplicates", killed.duplicates, "messages", killed.in_flight, inside)
    yield at_most("killed_refused_by_rate", killed.refused, "calls", 0)
    yield at_least("killed_rate", rounded(killed.rate / allowed), "share", TARGET_RATE, f"{versus}; outside restarts")


def _pass(messages: int, kills: int, *, talks: bool) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_deliver(messages, kills, talks, Path(folder, "advisor.db")))


async def _deliver(messages: int, kills: int, talks: bool, database: Path) -> Tally:
    telegram, limits = World(), Counted(on=True)
    telegram.limits = limits
    people = [telegram.person(f"Owner {number}") for number in range(messages)]
    chatting = [telegram.person(f"Chatting {number}") for number in range(20)]
    for person in (*people, *chatting):
        person.start()
    telegram.updates.drop()  # nobody waits for an answer; their chats are open
    store = Store(open_database(f"sqlite:///{database}"))
    _fill(store, people)
    by_chat = {person.id: person for person in people}
    live: list[float] = []
    gc.collect()
    gc.freeze()  # the simulator's thousands of people are not to hold it up
    async with network(telegram) as api, serving(api, telegram.token, database) as served:
        talking = asyncio.create_task(_talk(telegram, chatting, live)) if talks else None
        in_flight = await emptied(
            database,
            store,
            served,
            messages=messages,
            kills=kills,
            chance=random.Random(_SEED),
            patience=PATIENCE,
            is_there=lambda chat: _arrived(by_chat[chat]) > 0,
        )
        if talking is not None:
            await talking
        killed = served.kills
    arrived = [_arrived(person) for person in people]
    store.engine.dispose()
    lost, extra = sum(times == 0 for times in arrived), sum(max(times - 1, 0) for times in arrived)
    return Tally(messages - lost, lost, extra, limits.refused, rate(limits.passed), in_flight, killed, live)


@asynccontextmanager
async def network(telegram: World) -> AsyncIterator[str]:
    """The simulator at a distance: its own time to answer is part of the round trip."""
    async with running(telegram) as api:
        async with bot_at(api, telegram.token) as bot:
            took = []
            for _ in range(50):
                start = time.perf_counter()
                await bot.get_me()
                took.append(time.perf_counter() - start)
        telegram.faults.latency = max(ROUND_TRIP - percentile(took, 50), 0.0)
        yield api


async def _talk(telegram: World, people: list[Person], live: list[float]) -> None:
    """People write one after the other; notes how long each waits for the first answer."""
    await asyncio.sleep(2.0)  # the broadcast is under way by then
    for number, person in enumerate(people, start=10):
        before = len(person.sees())
        person.write(f"员工{number}个人")
        since = time.monotonic()
        while not any(seen.from_bot for seen in person.sees()[before:]) and time.monotonic() - since < PATIENCE:
            await asyncio.sleep(0.005)
        live.append(time.monotonic() - since)
        await asyncio.sleep(_TALK_EVERY)


def _fill(store: Store, people: list[Person]) -> None:
    """One message to everybody, waiting."""
    now = datetime.now(UTC)
    with store.begin() as connection:
        for person in people:
            owner = f"tg:{person.id}"
            connection.execute(insert(owners).values(id=owner, created_at=now))
            store.post(connection, owner, person.id, [{"text": _text(person), "buttons": []}], now, "bulletin")


def _arrived(person: Person) -> int:
    """How often the reply stands in its chat."""
    return sum(message.from_bot and message.text == _text(person) for message in person.sees())


def _text(person: Person) -> str:
    return f"第{person.id}号：您的申请材料已备齐，可以去银行了。"


def rate(passed: list[float]) -> float:
    """Messages a second once under way: the time from a process's start to its first message does not count."""
    gaps = [later - earlier for earlier, later in pairwise(passed[_FIRST:])]
    busy = [gap for gap in gaps if gap < _RESTART]
    return len(busy) / sum(busy) if busy else 0.0
