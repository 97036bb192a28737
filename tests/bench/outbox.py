"""Waiting replies delivered through a strict Telegram: 30 messages a second in all, one a second in a chat after a short burst.

The clock is real. First everything leaves undisturbed, then again with the delay of a network before each call, then once more
with that delay while the sending process is killed with -9 again and again; a killed message may arrive twice, never not at all.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from bot.simulator import Person, World, running
from bot.simulator.limits import OVERALL, Limits
from bot.storage.database import open_database
from bot.storage.store import Store
from bot.storage.tables import outbox, owners
from tests.bench._lines import Figure, Size, at_least, at_most, rounded
from tests.bench._telegram import LOOK_AGAIN, PATIENCE, Serving, count, serving

#: Share of the 30 messages a second that Telegram allows.
TARGET_RATE = 0.9
#: Seconds a call takes to reach Telegram, where a delay is simulated.
DELAY = 0.05
_UNSENT = "SELECT count(*) FROM outbox WHERE closed_at IS NULL"
#: Seconds in which calls under way at a kill arrive; less than a restart takes.
_SETTLE = 0.15


@dataclass
class Counted(Limits):
    """Strict limits that note when a message was let pass, and how many were not."""

    passed: list[float] = field(default_factory=list)
    refused: int = 0

    def admit(self, now: float, chat_id: int, is_group: bool, count: int = 1) -> int:
        """As Limits does."""
        wait = super().admit(now, chat_id, is_group, count)
        if wait:
            self.refused += 1
        else:
            self.passed.append(now)
        return wait


@dataclass(frozen=True)
class Tally:
    """What became of the waiting replies."""

    delivered: int
    lost: int
    duplicates: int
    refused: int
    rate: float  #: messages a second
    in_flight: int  #: had arrived at a kill without being noted as sent
    kills: int


def run(size: Size) -> Iterator[Figure]:
    """One message to each of many chats: undisturbed, with a network's delay, and with kills."""
    messages, kills = size.pick(240, 10_000), size.pick(4, 40)
    allowed = OVERALL.count / OVERALL.seconds
    calm = _pass(messages, 0.0, 0)
    yield at_least("delivered", calm.delivered, "messages", messages)
    yield at_most("lost", calm.lost, "messages", 0)
    yield at_most("refused_by_rate", calm.refused, "calls", 0)
    yield at_most("duplicates", calm.duplicates, "messages", 0)
    versus = f"the {allowed:.0f} messages a second that are allowed"
    yield at_least("rate", rounded(calm.rate / allowed), "share", TARGET_RATE, versus)
    late = _pass(messages, DELAY, 0)
    yield at_most("delayed_lost", late.lost, "messages", 0)
    yield at_most("delayed_refused_by_rate", late.refused, "calls", 0)
    yield Figure("delayed_rate", rounded(late.rate / allowed), "share", versus=f"{versus}, each {DELAY * 1000:.0f} ms under way")
    killed = _pass(messages, DELAY, kills)
    yield Figure("killed_kills", killed.kills, "kills")
    yield at_most("killed_lost", killed.lost, "messages", 0)
    versus = f"{killed.in_flight} messages had arrived at a kill without being noted as sent"
    yield at_most("killed_duplicates", killed.duplicates, "messages", killed.in_flight, versus)
    yield Figure("killed_refused_by_rate", killed.refused, "calls", versus="a restarted sender does not know what has just left")


def _pass(messages: int, delay: float, kills: int) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_deliver(messages, delay, kills, Path(folder, "advisor.db")))


async def _deliver(messages: int, delay: float, kills: int, database: Path) -> Tally:
    telegram, limits = World(), Counted(on=True)
    telegram.limits, telegram.faults.latency = limits, delay
    people = [telegram.person(f"Owner {number}") for number in range(messages)]
    for person in people:
        person.start()
    telegram.updates.drop()  # nobody waits for an answer; their chats are open
    store = Store(open_database(f"sqlite:///{database}"))
    _fill(store, people)
    async with running(telegram) as api, serving(api, telegram.token, database) as served:
        in_flight = await _empty(messages, kills, served, store, people, database)
        killed = served.kills
    arrived = [_arrived(person) for person in people]
    store.engine.dispose()
    lost, extra = sum(times == 0 for times in arrived), sum(max(times - 1, 0) for times in arrived)
    return Tally(messages - lost, lost, extra, limits.refused, _rate(limits.passed), in_flight, killed)


def _fill(store: Store, people: list[Person]) -> None:
    """One reply to everybody, waiting."""
    now = datetime.now(UTC)
    with store.begin() as connection:
        for person in people:
            owner = f"tg:{person.id}"
            connection.execute(insert(owners).values(id=owner, created_at=now))
            store.post(connection, owner, person.id, [{"text": _text(person), "buttons": [], "files": []}], now)


async def _empty(messages: int, kills: int, served: Serving, store: Store, people: list[Person], database: Path) -> int:
    """Wait until the outbox is empty or nothing moves any more, killing at random points; returns what was in flight at kills."""
    chance = random.Random(20261121)
    deaths = sorted(chance.sample(range(1, messages), kills))
    in_flight: Counter[int] = Counter()
    before, moved = -1, time.monotonic()
    while time.monotonic() - moved < PATIENCE:
        left = count(database, _UNSENT)
        if left == 0:
            break
        if left != before:
            before, moved = left, time.monotonic()
        if deaths and messages - left >= deaths[0]:
            deaths.pop(0)
            await asyncio.sleep(chance.uniform(0, 0.5))
            await served.kill()
            await asyncio.sleep(_SETTLE)
            in_flight.update(_arrived_but_open(store, people))
            moved = time.monotonic()
        await asyncio.sleep(LOOK_AGAIN)
    return in_flight.total()


def _arrived_but_open(store: Store, people: list[Person]) -> list[int]:
    """Chats whose message is there but not noted as sent."""
    with store.engine.connect() as connection:
        waiting = set(connection.execute(select(outbox.c.chat_id).where(outbox.c.closed_at.is_(None))).scalars())
    return [person.id for person in people if person.id in waiting and _arrived(person)]


def _arrived(person: Person) -> int:
    """How often the reply stands in its chat."""
    return sum(message.from_bot and message.text == _text(person) for message in person.sees())


def _text(person: Person) -> str:
    return f"第{person.id}号：您的申请材料已备齐，可以去银行了。"


def _rate(passed: list[float]) -> float:
    """Messages a second, from the mean time that half of them take: messages leave in bursts, and none of these is to flatter."""
    half = len(passed) // 2
    spans = [later - earlier for earlier, later in zip(passed, passed[half:], strict=False)]
    return half * len(spans) / sum(spans) if half else 0.0
