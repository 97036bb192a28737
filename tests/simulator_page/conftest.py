"""One browser for all tests of the page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.simulator.demo import demo_world
from bot.simulator.page import showing
from tests.browser import chromium, page_at
from tests.simulator_page.page import WIDTHS, Demo, EchoBot


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(params=WIDTHS, loop_scope="module")
async def demo(request: pytest.FixtureRequest, browser: Browser) -> AsyncIterator[Demo]:
    world = demo_world()
    async with (
        showing(world) as address,
        httpx.AsyncClient(timeout=30, verify=False) as http,
        page_at(browser, WIDTHS[request.param], "en-GB", ("error",)) as (page, troubles),
    ):
        bot = EchoBot(http, f"{address}/bot{world.token}")
        answering = asyncio.create_task(bot.run())
        page.on("dialog", lambda dialog: troubles.append("a dialog opened"))
        await page.goto(address)
        yield Demo(world, address, page, bot, troubles)
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)
    assert troubles == []
