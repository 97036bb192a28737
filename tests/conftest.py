"""What tests share: a database of each kind, the knowledge world, and a PostgreSQL server of their own."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from bot.conversation.world import World
from bot.storage.database import open_database
from bot.storage.store import Store
from nlu.model import NluPaths, model_path
from scoring.card import default_card
from tests.databases import postgres_model, ready_sqlite
from tests.memory import use_memory_for_temporary_files
from tests.postgres import NOT_INSTALLED, empty_database, postgres_running, server_programs
from tests.shipped import searched, shipped

use_memory_for_temporary_files()

# Nothing is wrong with an example that took long on a machine with much to do.
_usual = settings.get_profile(settings.get_current_profile_name())
settings.register_profile("patient", _usual, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# Processes that run tests beside each other must name them alike, even by what stands in a set; another seed for each run all the same.
os.environ.setdefault("PYTHONHASHSEED", str(random.SystemRandom().randrange(1, 2**32)))

#: Marks of tests that work with what is slow.
_SLOW = ("rasa", "chromium", "photos")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Beside others, files with slow tests come first: at the end short ones are left, and no process waits long for another."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        slow = {item.path for item in items if any(item.get_closest_marker(name) for name in _SLOW)}
        items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def world() -> World:
    pack = shipped()
    assert pack.problems == ()
    return World(pack, searched(), default_card())


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


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: str) -> Iterator[str]:
    """The name of a database with every table and no row, to copy."""
    with postgres_model(postgres_server) as name:
        yield name


EACH_KIND = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(params=EACH_KIND)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind, as migrations find it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'advisor.db'}"
        return
    with empty_database(request.getfixturevalue("postgres_server"), f"t{uuid4().hex}") as address:
        yield address


@pytest.fixture(params=EACH_KIND)
def ready_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind with every table and no row; a fifth of the time that migrations take."""
    if request.param == "sqlite":
        yield ready_sqlite(tmp_path / "advisor.db")
        return
    server, tables = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_tables")
    with empty_database(server, f"t{uuid4().hex}", tables) as address:
        yield address


@pytest.fixture
def store(ready_url: str) -> Iterator[Store]:
    engine = open_database(ready_url)
    yield Store(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def project() -> Path:
    return Path(sys.modules["bot"].__file__ or "").resolve().parent.parent


@pytest.fixture(scope="session")
def language_paths(project: Path) -> NluPaths:
    """Where the language server's environment, data and models are."""
    paths = NluPaths.of(project)
    if not paths.python.exists():
        if os.environ.get("REQUIRE_RASA"):
            pytest.fail("REQUIRE_RASA is set but the language environment is missing")
        pytest.skip("the language environment is missing; run `make setup`")
    return paths


@pytest.fixture
def trained_home(language_paths: NluPaths, tmp_path: Path) -> Path:
    """A home of the advisor with the trained model, where there is one: a command started in it else trains for a minute or two."""
    home = tmp_path / "home"
    (home / "nlu").mkdir(parents=True)
    if model_path(language_paths).is_file():
        shutil.copy(model_path(language_paths), home / "nlu")
    return home
