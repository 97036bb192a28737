"""The pack, an office over an empty store, and two of its officers."""

from __future__ import annotations

import pytest

from bot.broadcasting.office import Office
from bot.conversation.world import World
from bot.desk.model import Member
from bot.storage.store import Store
from knowledge.pack import Pack
from tests.bulletins.written import FITS, NO, OPEN, firm, officers


@pytest.fixture(scope="session")
def pack(world: World) -> Pack:
    return world.pack


@pytest.fixture
def office(store: Store, pack: Pack) -> Office:
    return Office(store, pack)


@pytest.fixture
def two(office: Office) -> tuple[Member, Member]:
    return officers(office.store)


@pytest.fixture
def firms(office: Office) -> list[str]:
    """Three eligible firms that listen, then one that does not, one that cannot be told and one that is not eligible."""
    known = [(FITS, "zh"), (FITS, "en"), (FITS, "zh"), (FITS, None), (OPEN, "zh"), (NO, "zh")]
    return [firm(office.store, number, facts, language) for number, (facts, language) in enumerate(known, start=1)]
