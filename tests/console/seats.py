"""Somebody before the console in a real Chromium, on a phone and on a desk."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from bot.casework.ports import Desk
from bot.channels.console.app import console_app
from bot.channels.console.parts import Console
from bot.conversation.world import World
from bot.storage.database import open_database
from bot.storage.desk.doors import begin_visit, speak
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from tests.console.clock import Clock
from tests.console.serving import serving
from tests.console.staged import Staged

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()
WIDTHS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}


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
    if not CHROMIUM.exists():
        if os.environ.get("REQUIRE_CHROMIUM"):
            pytest.fail("REQUIRE_CHROMIUM is set but Chromium is not installed")
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(params=WIDTHS, loop_scope="module")
async def seat(
    request: pytest.FixtureRequest, browser: Browser, world: World, tmp_path: Path, stage: tuple[Path, Staged]
) -> AsyncIterator[Seat]:
    path, there = stage
    shutil.copy(path, tmp_path / "advisor.db")
    engine = open_database(f"sqlite:///{tmp_path / 'advisor.db'}")
    mine, clock = replace(there, desk=Desk(Store(engine))), Clock()
    async with serving(lambda address: console_app(Console(mine.desk, world, clock, address))) as address:
        context = await browser.new_context(viewport=WIDTHS[request.param], locale="zh-CN", has_touch=request.param == "phone")
        page = await context.new_page()
        page.set_default_timeout(10_000)
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if line.type in ("error", "warning") else None)
        yield Seat(mine, clock, address, page, troubles)
        await context.close()
    engine.dispose()
    assert troubles == []
