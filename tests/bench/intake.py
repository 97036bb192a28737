"""Updates of many chats, taken in and answered while the serving process is killed with -9 again and again.

Each owner tells the number of employees, another one each time, so that the stored transcript shows what was lost, answered twice
or answered in another order than it was written. There is no language server: this is about intake, not about understanding.
Replies leave unpaced; `outbox` is about pace. Both ways of taking updates in are measured, polling and webhook.
"""

from __future__ import annotations

import asyncio
import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bot.simulator import Person, World, running
from bot.storage.database import open_database
from bot.storage.store import Store
from tests.bench._lines import Figure, Size, at_most, rounded
from tests.bench._telegram import LOOK_AGAIN, PATIENCE, Serving, count, serving

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
        yield Figure(f"{mode}_updates", load.updates, "updates", versus=f"{load.chats} chats")
        yield Figure(f"{mode}_kills", tally.kills, "kills")
        yield at_most(f"{mode}_lost", tally.lost, "updates", 0)
        yield at_most(f"{mode}_answered_twice", tally.answered_twice, "updates", 0)
        yield at_most(f"{mode}_order_inversions", tally.order_inversions, "turns", 0)
        yield at_most(f"{mode}_replies_unseen", tally.unseen, "replies", 0)
        yield Figure(f"{mode}_replies_resent", tally.resent, "replies", versus=f"{tally.kills} kills")
        yield Figure(f"{mode}_updates_per_second", rounded(load.updates / tally.seconds), "updates/s", versus="kills and restarts included")


async def _measure(load: Load, by_webhook: bool, database: Path) -> Tally:
    chance = random.Random(20261121)
    telegram = World()
    store = Store(open_database(f"sqlite:///{database}"))
    owners = [telegram.person(f"Owner {number}") for number in range(load.chats)]
    webhook = f"http://127.0.0.1:{_free_port()}/telegram" if by_webhook else None
    async with running(telegram) as api, serving(api, telegram.token, database, webhook, paced=False) as served:
        start = time.monotonic()
        await _work_through(load, owners, served, database, chance)
        seconds = time.monotonic() - start
    tally = _judged(load, owners, store, served.kills, seconds)
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


def _judged(load: Load, owners: list[Person], store: Store, kills: int, seconds: float) -> Tally:
    """Compare what was written with the stored transcripts, and these with what the owners see."""
    lost = twice = inversions = unseen = resent = 0
    written = [_text(number) for number in range(1, load.updates // load.chats + 1)]
    for owner in owners:
        turns = store.transcript(f"tg:{owner.id}")
        heard = Counter(turn["heard"]["text"] for turn in turns)
        lost += sum(text not in heard for text in written)
        twice += sum(times - 1 for times in heard.values())
        places = [written.index(turn["heard"]["text"]) for turn in turns]
        inversions += sum(later < earlier for earlier, later in pairwise(places))
        said = Counter(reply["text"].strip() for turn in turns for reply in turn["said"])
        seen = Counter(message.text.strip() for message in owner.sees() if message.from_bot)
        unseen += (said - seen).total()
        resent += (seen - said).total()
    return Tally(lost, twice, inversions, unseen, resent, kills, seconds)


def _text(number: int) -> str:
    return f"员工{10 + number}个人"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
