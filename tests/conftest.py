"""What tests share: a database of each kind, the knowledge world, and a PostgreSQL server of their own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from bot.conversation.world import World
from bot.storage.database import open_database
from bot.storage.store import Store
from knowledge.pack import load_pack
from knowledge.search import SearchIndex
from scoring.card import default_card
from tests.postgres import NOT_INSTALLED, empty_database, postgres_running, server_programs

TODAY = date(2026, 11, 21)
# How long one example takes tells how busy the machine is, not whether the code is right.
settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")


@pytest.fixture(scope="session")
def world() -> World:
    pack = load_pack()
    assert pack.problems == ()
    return World(pack, SearchIndex(pack, TODAY), default_card())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a fresh PostgreSQL server, without a database."""
    programs = server_programs()
    if programs is None:
        if os.environ.get("REQUIRE_POSTGRES"):
            pytest.fail("REQUIRE_POSTGRES is set but PostgreSQL's server programs are not installed")
        pytest.skip(NOT_INSTALLED)
    with postgres_running(programs) as address:
        yield address


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'advisor.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    with empty_database(server, f"t{os.getpid()}_{abs(hash(request.node.nodeid)):x}") as address:
        yield address


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_database(database_url)
    yield Store(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def project() -> Path:
    return Path(sys.modules["bot"].__file__ or "").resolve().parent.parent
