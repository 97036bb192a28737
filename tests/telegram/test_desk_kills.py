"""The serving process killed with -9 in the middle of hand-overs: no word is lost, and none comes twice beyond those under way."""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path

from bot.channels.telegram.sender import IN_FLIGHT
from bot.simulator import World, running
from bot.simulator.people import Person
from bot.storage.database import open_database
from bot.storage.store import Store
from tests.bench._telegram import serving
from tests.telegram.desk_room import Room, at_rest, case_for, owner_of, room_of, thread_of, until

#: Kills and words; more of them with SIZE=full.
KILLS, ROUNDS = (40, 400) if os.environ.get("SIZE") == "full" else (5, 40)


async def test_a_kill_at_any_moment_loses_no_word(tmp_path: Path) -> None:
    database = tmp_path / "advisor.db"
    engine = open_database(f"sqlite:///{database}")
    telegram, store, dice = World(), Store(engine), random.Random(26)
    room = room_of(telegram, store)
    owners = [owner_of(telegram, store, name) for name in ("甲", "乙", "丙")]
    cases = [case_for(store, owner, room) for owner in owners]
    kills = sorted(dice.sample(range(ROUNDS), KILLS))
    async with running(telegram) as url, serving(url, telegram.token, database, paced=False) as served:
        await until(lambda: all(thread_of(store, case) is not None for case in cases), 30)
        for number in range(ROUNDS):
            which = number % len(owners)
            owners[which].write(f"客{number}。")
            room.manager.write(f"答{number}。", chat=room.group.id, thread=thread_of(store, cases[which]))
            await asyncio.sleep(dice.uniform(0, 0.1))
            if number in kills:
                await served.kill()
        await served.ready()
        await until(lambda: len(telegram.updates) == 0 and at_rest(store), 40)
        killed = served.kills
    threads = [thread_of(store, case) for case in cases]
    engine.dispose()
    assert killed == KILLS
    twice = 0
    for which, owner in enumerate(owners):
        mine = range(which, ROUNDS, len(owners))
        twice += _all_there([f"答{number}。" for number in mine], _from_bot(owner, None, room))
        twice += _all_there([f"客{number}。" for number in mine], _from_bot(room.manager, threads[which], room))
    assert twice <= KILLS * IN_FLIGHT


def _from_bot(person: Person, thread: int | None, room: Room) -> list[str]:
    seen = person.sees() if thread is None else person.sees(room.group.id, thread)
    return [one.text for one in seen if one.from_bot]


def _all_there(words: list[str], texts: list[str]) -> int:
    """Each word arrived; gives how many messages brought only what had come before."""
    there: set[str] = set()
    twice = 0
    for text in texts:
        brought = {word for word in words if word in text}
        twice += bool(brought) and brought <= there
        there |= brought
    assert there == set(words)
    return twice
