"""A case in a bank's group: its owner, its staff, and the topic they meet in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.simulator import World
from bot.simulator.people import Person
from bot.storage.store import Store
from tests.telegram.desk_room import (
    Room,
    at_rest,
    case_for,
    thread_of,
    until,
)


@dataclass
class Scene:
    world: World
    store: Store
    room: Room
    owner: Person
    url: str


async def settled(scene: Scene) -> None:
    await until(lambda: len(scene.world.updates) == 0 and at_rest(scene.store))


async def topic(scene: Scene) -> tuple[int, int]:
    """A case with its topic: (number of the case, number of the topic)."""
    case = case_for(scene.store, scene.owner, scene.room)
    await until(lambda: thread_of(scene.store, case) is not None)
    await settled(scene)
    thread = thread_of(scene.store, case)
    assert thread is not None
    return case.id, thread
