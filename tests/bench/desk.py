"""How long an owner waits for what staff wrote in a topic, while a broadcast goes out through a strict Telegram.

Thirty messages a second in all, one a second in a chat, twenty a minute in a group; the clock is real, and a call is answered after the
round trip of a network. First without a broadcast, then with one.
"""

from __future__ import annotations

import asyncio
import gc
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bot.conversation.kept import dialogue_to_json
from bot.conversation.model import Dialogue
from bot.desk.model import Bank, Member, Reason, Role
from bot.simulator import World
from bot.simulator.forum import open_topic
from bot.simulator.groups import Group
from bot.simulator.people import Person
from bot.storage.database import open_database
from bot.storage.desk.cases import adjust, open_case
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.desk.tables import topics
from bot.storage.posts import Lane
from bot.storage.store import Store, TurnRecord
from bot.storage.tables import owners
from tests.bench._lines import Figure, Size, at_least, at_most, percentile, rounded
from tests.bench._telegram import PATIENCE, serving
from tests.bench.outbox import Counted, network

#: Seconds from a staff's word in the topic to its owner's chat; and between two answers.
TARGET_P95, _EVERY = 1.0, 0.4
_BANK = "len-icbc"


@dataclass(frozen=True)
class Tally:
    """Seconds that each answer took, how many did not come, what Telegram refused, and what was left of the broadcast at the end."""

    took: list[float]
    lost: int
    refused: int
    left: int


def run(size: Size) -> Iterator[Figure]:
    """Answers to many owners, one after the other, each from the topic of its case."""
    answers, broadcast = size.pick(40, 300), size.pick(1_200, 8_000)
    alone, during = _pass(answers, 0), _pass(answers, broadcast)
    without = f"{rounded(percentile(alone.took, 95))} s without a broadcast, {len(alone.took)} answers"
    yield at_least("answers", len(during.took), "answers", answers)
    yield at_most("lost", during.lost, "answers", 0)
    yield at_most("answer_p95_in_broadcast", rounded(percentile(during.took, 95)), "s", TARGET_P95, without)
    yield Figure("answer_p50_in_broadcast", rounded(percentile(during.took, 50)), "s")
    yield at_most("refused_by_rate", during.refused, "calls", 0)
    yield at_least("broadcast_left_at_the_end", during.left, "messages", 1, "so that every answer met it")


def _pass(answers: int, broadcast: int) -> Tally:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_answer(answers, broadcast, Path(folder, "advisor.db")))


async def _answer(answers: int, broadcast: int, database: Path) -> Tally:
    telegram, limits = World(), Counted(on=True)
    telegram.limits = limits
    store = Store(open_database(f"sqlite:///{database}"))
    manager = telegram.person("李经理")
    group = telegram.group("客服", manager, forum=True)
    group.add_bot()
    people = [telegram.person(f"Owner {number}") for number in range(answers)]
    crowd = [telegram.person(f"Reader {number}") for number in range(broadcast)]
    for person in (*people, *crowd):
        person.start()
    telegram.updates.drop()
    threads = _fill(telegram, store, group, manager, people, crowd)
    gc.collect()
    gc.freeze()
    took: list[float] = []
    async with network(telegram) as api, serving(api, telegram.token, database):
        await asyncio.sleep(2.0)  # the broadcast is under way by then
        for number, (person, thread) in enumerate(zip(people, threads, strict=True)):
            waited = await _one(manager, group, person, thread, f"第{number}号，可以办。")
            took += [waited] if waited is not None else []
            await asyncio.sleep(_EVERY)
        left = len(store.waiting(Lane.BULK, 100_000))
    store.engine.dispose()
    return Tally(took, answers - len(took), limits.refused, left)


async def _one(manager: Person, group: Group, person: Person, thread: int, text: str) -> float | None:
    """Seconds until an answer stands in its owner's chat; None when it does not come."""
    manager.write(text, chat=group.id, thread=thread)
    since = time.monotonic()
    while time.monotonic() - since < PATIENCE:
        if any(seen.from_bot and text in seen.text for seen in person.sees()):
            return time.monotonic() - since
        await asyncio.sleep(0.005)
    return None


def _fill(telegram: World, store: Store, group: Group, manager: Person, people: list[Person], crowd: list[Person]) -> list[int]:
    """A case and its topic for each owner, and a message that waits for everybody in the crowd; gives the topics' numbers."""
    now, threads = datetime.now(UTC), []
    with store.begin() as connection:
        keep_bank(connection, Bank(_BANK, {"zh": "工商银行", "en": "ICBC"}, group.id, {}))
        add_member(connection, Member(0, _BANK, "李经理", Role.AGENT, telegram_id=manager.id))
    for person in people:
        owner = f"tg:{person.id}"
        with store.begin() as connection:
            state = dialogue_to_json(Dialogue())
            store.commit_turn(connection, owner, store.recall(owner), state, [], TurnRecord({}, None, [], [], "0" * 64), now)
            case = open_case(
                connection,
                owner=owner,
                bank=_BANK,
                reason=Reason.ASKED,
                about=None,
                question="能办吗",
                language="zh",
                pack={},
                now=now,
                respond_by=now + timedelta(hours=3),
                resolve_by=now + timedelta(days=5),
            )
            made = open_topic(telegram, group.chat, telegram.bot, f"#{case.id}")
            shown = {"thread_id": made.id, "head_id": 0, "head": "", "title": "", "titled_at": now}
            connection.execute(insert(topics).values(case_id=case.id, chat_id=group.id, **shown))
            adjust(connection, case.id, topic=made.id)
        threads.append(made.id)
    with store.begin() as connection:
        for person in crowd:
            connection.execute(insert(owners).values(id=f"tg:{person.id}", created_at=now))
            store.post(connection, f"tg:{person.id}", person.id, [{"text": "新政策", "buttons": []}], now, "bulletin")
    telegram.updates.drop()
    return threads
