"""A fresh simulator for each test that talks to one."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.simulator.local import Local, local_telegram


@pytest.fixture
async def local(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Local]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # as the bot asks the library for
    async with local_telegram() as running:
        yield running
