"""A real Chromium for tests of pages: one a file, and a page of it at one width."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
).split()
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The running browser. Skips the test where there is none; fails it where there must be one."""
    if not CHROMIUM.exists():
        if os.environ.get("REQUIRE_CHROMIUM"):
            pytest.fail("REQUIRE_CHROMIUM is set but Chromium is not installed")
        pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@contextlib.asynccontextmanager
async def page_at(browser: Browser, size: dict[str, int], locale: str, complains: tuple[str, ...]) -> AsyncIterator[tuple[Page, list[str]]]:
    """A fresh page, and what goes wrong on it: errors of its scripts, and lines on its console of the kinds named."""
    context = await browser.new_context(viewport=size, locale=locale, has_touch=size == PHONE)
    page = await context.new_page()
    page.set_default_timeout(10_000)
    expect.set_options(timeout=20_000)  # a busy machine is no fault of a page
    troubles: list[str] = []

    def note(line: ConsoleMessage) -> None:
        if line.type in complains:
            troubles.append(line.text)

    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", note)
    yield page, troubles
    await context.close()
