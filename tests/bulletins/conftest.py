"""The pack, an office over an empty store, and two of its officers."""

from __future__ import annotations

import pytest

from bot.broadcasting.office import Office
from bot.conversation.world import World
from bot.desk.model import Member
from bot.storage.store import Store
from knowledge.pack import Pack
from tests.bulletins.written import officers


@pytest.fixture(scope="session")
def pack(world: World) -> Pack:
    return world.pack


@pytest.fixture
def office(store: Store, pack: Pack) -> Office:
    return Office(store, pack)


@pytest.fixture
def two(office: Office) -> tuple[Member, Member]:
    return officers(office.store)
