"""Bringing bulletins to Telegram: every second or two what is due goes into the outbox, a little ahead of the sender."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office
from bot.channels.telegram.trouble import patiently

LOOK_EVERY = 2.0


async def bring_out(
    office: Callable[[], Office], now: Callable[[], datetime], wake_sender: Callable[[], None], every: float = LOOK_EVERY
) -> None:
    """Until cancelled; `every` is in seconds, `office` gives one with what is known by then. Safe in several processes at once."""
    while True:
        if await patiently(lambda: advance(office(), now())):
            wake_sender()
        await asyncio.sleep(every)
