"""The console over a staged desk, and browsers without a screen that are signed in at it."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from bot.casework.ports import Desk
from bot.channels.console.app import console_app
from bot.channels.console.parts import Console
from bot.conversation.world import World
from bot.desk.model import Member
from bot.storage.database import open_database
from bot.storage.desk.doors import begin_visit
from bot.storage.store import Store
from tests.console.bulletin_stage import with_bulletins
from tests.console.clock import Clock
from tests.console.seats import browser, seat
from tests.console.staged import Staged, staged

__all__ = ["browser", "seat"]

ADDRESS = "http://desk.test"


@dataclass
class Desked:
    """The console, what is staged behind it, and its clock."""

    console: Console
    staged: Staged
    clock: Clock = field(default_factory=Clock)

    @property
    def store(self) -> Store:
        return self.staged.desk.store

    @asynccontextmanager
    async def browser(self, member: Member | str | None = None, address: str = ADDRESS) -> AsyncIterator[Browser]:
        """A browser, signed in as somebody if one is named."""
        transport = httpx.ASGITransport(app=console_app(self.console))
        async with httpx.AsyncClient(transport=transport, base_url=address) as http:
            browser = Browser(http)
            if member is not None:
                who = self.staged.members[member] if isinstance(member, str) else member
                with self.store.begin() as connection:
                    http.cookies.set("visit", begin_visit(connection, who, self.clock.now), domain="desk.test")
                browser.csrf = await browser.token()
            yield browser


@dataclass
class Browser:
    """Sends forms with the token of the page, as a browser does."""

    http: httpx.AsyncClient
    csrf: str = ""

    async def token(self) -> str:
        page = (await self.http.get("/keys")).text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        return found[1] if found else ""

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self.http.get(path, headers=headers)

    async def post(self, path: str, **form: str) -> httpx.Response:
        return await self.http.post(path, data={"csrf": self.csrf, **form})


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory, world: World) -> tuple[Path, Staged]:
    """The staged desk as a file, of which every test gets its own copy."""
    path = tmp_path_factory.mktemp("desk") / "advisor.db"
    engine = open_database(f"sqlite:///{path}")
    there = with_bulletins(staged(Store(engine), world), world.pack)
    engine.dispose()
    return path, there


@pytest.fixture
def another(tmp_path: Path, world: World, stage: tuple[Path, Staged]) -> Iterator[Callable[[], Desked]]:
    """Makes a staged desk anew, as often as it is called."""
    (path, there), opened = stage, list[Engine]()

    def make() -> Desked:
        copy = tmp_path / f"advisor{len(opened)}.db"
        shutil.copy(path, copy)
        opened.append(open_database(f"sqlite:///{copy}"))
        mine, clock = replace(there, desk=Desk(Store(opened[-1]))), Clock()
        return Desked(Console(mine.desk, world, clock, ADDRESS), mine, clock)

    yield make
    for engine in opened:
        engine.dispose()


@pytest.fixture
def desked(another: Callable[[], Desked]) -> Desked:
    return another()
