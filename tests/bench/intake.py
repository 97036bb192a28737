"""Updates of many chats, taken in and answered while the serving process is killed with -9 again and again.

Each owner tells the number of employees, another one each time, so that the stored transcript shows what was lost, answered twice
or answered in another order than it was written; and each dialogue must be the one of an owner who is answered alone. There is no
language server and little knowledge: this is about intake, not about understanding. Replies leave unpaced; `outbox` is about pace.

Measured are polling, a webhook, and two webhook workers on one PostgreSQL: each update goes to either of them at random, a chat's
updates one after the other, to the other one too while one is dead.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from bot.conversation.heard import Heard
from bot.service import Advisor
from bot.simulator import Person, World, running
from bot.storage.database import open_database
from bot.storage.store import Store
from tests.bench._firms import small_world
from tests.bench._lines import Figure, Missing, Size, at_most, rounded
from tests.bench._telegram import LOOK_AGAIN, PATIENCE, Serving, count, serving
from tests.bench._workers import Workers
from tests.ports import free_port
from tests.postgres import NOT_INSTALLED, empty_database, postgres_running, server_programs

#: Updates that wait for an answer at any time: more than one poll brings (100), so that kills fall between fetching and storing.
_BACKLOG = 120
_ANSWERED = "SELECT count(*) FROM updates WHERE done_at IS NOT NULL"
_UNSENT = "SELECT count(*) FROM outbox WHERE closed_at IS NULL"


@dataclass(frozen=True)
class Load:
    """How much is written, and how often the serving process is killed meanwhile."""

    updates: int
    chats: int
    kills: int


@dataclass(frozen=True)
class Tally:
    """What became of what was written."""

    lost: int  #: texts that no turn heard
    answered_twice: int  #: further turns for a text that had one
    order_inversions: int  #: neighbouring turns of a chat in another order than their texts were written
    dialogues_differing: int  #: owners who heard something else than one who is answered alone
    unseen: int  #: stored replies that are not in the owner's chat
    resent: int  #: messages in owners' chats beyond the stored replies; `outbox` holds these against what was in flight
    kills: int
    seconds: float


def run(size: Size) -> Iterator[Figure]:
    """What was lost, doubled and disordered with each way of taking updates in."""
    load = Load(size.pick(400, 10_000), size.pick(40, 1000), size.pick(5, 50))
    for mode in ("polling", "webhook"):
        with tempfile.TemporaryDirectory() as folder:
            tally = asyncio.run(_measure(load, mode == "webhook", Path(folder, "advisor.db")))
        yield from _figures(mode, load, tally)
        yield at_most(f"{mode}_replies_unseen", tally.unseen, "replies", 0)
        yield Figure(f"{mode}_replies_resent", tally.resent, "replies", versus=f"{tally.kills} kills")
    programs = server_programs()
    if programs is None:
        raise Missing(NOT_INSTALLED)
    with postgres_running(programs) as server, empty_database(server, "intake") as database:
        yield from _figures("two_workers", load, asyncio.run(_measure_workers(load, database)))


def _figures(mode: str, load: Load, tally: Tally) -> Iterator[Figure]:
    yield Figure(f"{mode}_updates", load.updates, "updates", versus=f"{load.chats} chats")
    yield Figure(f"{mode}_kills", tally.kills, "kills")
    yield at_most(f"{mode}_lost", tally.lost, "updates", 0)
    yield at_most(f"{mode}_answered_twice", tally.answered_twice, "updates", 0)
    yield at_most(f"{mode}_order_inversions", tally.order_inversions, "turns", 0)
    yield at_most(f"{mode}_dialogues_differing", tally.dialogues_differing, "dialogues", 0, "one owner answered alone")
    yield Figure(f"{mode}_updates_per_second", rounded(load.updates / tally.seconds), "updates/s", versus="kills and restarts included")


async def _measure_workers(load: Load, database: str) -> Tally:
    """Two workers; what they send is not looked at, for that one process sends is not intake's affair."""
    chance = random.Random(20261121)
    telegram = World()
    owners = [telegram.person(f"Owner {number}") for number in range(load.chats)]
    for owner in owners:
        owner.start()
    telegram.updates.drop()  # their chats are open; what they write the workers get from here
    store = Store(open_database(database))
    addresses = [f"http://127.0.0.1:{free_port()}/telegram" for _ in range(2)]
    async with running(telegram) as api, Workers.at_work(api, telegram.token, database, addresses, chance) as workers:
        start = time.monotonic()
        await workers.work_through(store, [owner.id for owner in owners], load.updates // load.chats, load.kills, _text)
        seconds = time.monotonic() - start
    tally = await _judged(load, owners, store, workers.kills, seconds)
    store.engine.dispose()
    return tally


async def _measure(load: Load, by_webhook: bool, database: Path) -> Tally:
    chance = random.Random(20261121)
    telegram = World()
    store = Store(open_database(f"sqlite:///{database}"))
    owners = [telegram.person(f"Owner {number}") for number in range(load.chats)]
    webhook = f"http://127.0.0.1:{free_port()}/telegram" if by_webhook else None
    async with running(telegram) as api, serving(api, telegram.token, database, webhook, paced=False) as served:
        start = time.monotonic()
        await _work_through(load, owners, served, database, chance)
        seconds = time.monotonic() - start
    tally = await _judged(load, owners, store, served.kills, seconds)
    store.engine.dispose()
    return tally


async def _work_through(load: Load, owners: list[Person], served: Serving, database: Path, chance: random.Random) -> None:
    """Have everything written, kill at random points of the work, and wait until all is answered or nothing moves any more."""
    order = [owner for owner in owners for _ in range(load.updates // load.chats)]
    chance.shuffle(order)
    number_of: Counter[int] = Counter()
    deaths = sorted(chance.sample(range(1, load.updates), load.kills), reverse=True)
    before, moved = (0, 0), time.monotonic()
    while time.monotonic() - moved < PATIENCE:
        now = count(database, _ANSWERED), count(database, _UNSENT)
        if now == (load.updates, 0):
            return
        if now != before:
            before, moved = now, time.monotonic()
        while order and number_of.total() - now[0] < _BACKLOG:
            owner = order.pop()
            number_of[owner.id] += 1
            owner.write(_text(number_of[owner.id]))
        if deaths and now[0] >= deaths[-1]:
            deaths.pop()
            await asyncio.sleep(chance.uniform(0, 0.1))
            await served.kill()
            moved = time.monotonic()
        await asyncio.sleep(LOOK_AGAIN)


async def _judged(load: Load, owners: list[Person], store: Store, kills: int, seconds: float) -> Tally:
    """Compare what was written with the stored transcripts, and these with what the owners see."""
    alone = await _alone(load.updates // load.chats)
    lost = twice = inversions = differing = unseen = resent = 0
    written = [_text(number) for number in range(1, load.updates // load.chats + 1)]
    for owner in owners:
        turns = store.transcript(f"tg:{owner.id}")
        heard = Counter(turn["heard"]["text"] for turn in turns)
        lost += sum(text not in heard for text in written)
        twice += sum(times - 1 for times in heard.values())
        places = [written.index(turn["heard"]["text"]) for turn in turns]
        inversions += sum(later < earlier for earlier, later in pairwise(places))
        differing += [_told(turn) for turn in turns] != alone
        said = Counter(reply["text"].strip() for turn in turns for reply in turn["said"])
        seen = Counter(message.text.strip() for message in owner.sees() if message.from_bot)
        unseen += (said - seen).total()
        resent += (seen - said).total()
    return Tally(lost, twice, inversions, differing, unseen, resent, kills, seconds)


async def _alone(texts: int) -> list[dict[str, Any]]:
    """The dialogue of an owner who writes the same, each text after the answer to the one before."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(open_database(f"sqlite:///{folder}/alone.db"))
        advisor = Advisor(store, small_world(), None)
        for number in range(1, texts + 1):
            await advisor.hear("tg:1", Heard(text=_text(number)), language="zh")
        turns = store.transcript("tg:1")
        store.engine.dispose()
    return [_told(turn) for turn in turns]


def _told(turn: dict[str, Any]) -> dict[str, Any]:
    return {name: turn[name] for name in ("heard", "said", "sources")}


def _text(number: int) -> str:
    return f"员工{10 + number}个人"
