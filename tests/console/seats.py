"""Somebody before the console in a real Chromium, on a phone and on a desk."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from bot.casework.ports import Desk
from bot.channels.console.app import console_app
from bot.channels.console.parts import Console
from bot.conversation.world import World
from bot.storage.database import open_database
from bot.storage.desk.doors import begin_visit, speak
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from tests.browser import DESK, PHONE, chromium, page_at
from tests.console.clock import Clock
from tests.console.serving import serving
from tests.console.staged import Staged

WIDTHS = {"phone": PHONE, "desk": DESK}


@dataclass
class Seat:
    """Somebody before the console at one width."""

    staged: Staged
    clock: Clock
    address: str
    page: Page
    troubles: list[str]

    async def sign_in(self, who: str, language: str = "zh") -> None:
        member = self.staged.members[who]
        with self.staged.desk.store.begin() as connection:
            speak(connection, member.id, language)
            secret = begin_visit(connection, member, self.clock.now)
        await self.page.context.add_cookies([{"name": "visit", "value": secret, "url": self.address}])

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.address}{path}")

    def path_of(self, name: str) -> str:
        return f"/cases/{self.staged.cases[name].id}"

    def bulletin(self, name: str, rest: str = "") -> str:
        return f"/bulletins/{self.staged.bulletins[name].id}{rest}"

    def said(self, name: str) -> list[tuple[str, str | None]]:
        with self.staged.desk.store.begin() as connection:
            return [(one.author, one.text) for one in said_in(connection, self.staged.cases[name].id)]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(params=WIDTHS, loop_scope="module")
async def seat(
    request: pytest.FixtureRequest, browser: Browser, world: World, tmp_path: Path, stage: tuple[Path, Staged]
) -> AsyncIterator[Seat]:
    path, there = stage
    shutil.copy(path, tmp_path / "advisor.db")
    engine = open_database(f"sqlite:///{tmp_path / 'advisor.db'}")
    mine, clock = replace(there, desk=Desk(Store(engine))), Clock()
    async with (
        serving(lambda address: console_app(Console(mine.desk, world, clock, address, tmp_path))) as address,
        page_at(browser, WIDTHS[request.param], "zh-CN", ("error", "warning")) as (page, troubles),
    ):
        yield Seat(mine, clock, address, page, troubles)
    engine.dispose()
    assert troubles == []
