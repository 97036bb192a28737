"""Watching the desk's clocks while Telegram is served: once a minute what they call for goes into the outbox.

Packs that have expired are emptied once a day; nobody can read them before that either.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

from bot.casework.ports import Desk
from bot.casework.referring import empty_expired
from bot.casework.watching import watch
from bot.channels.telegram.trouble import patiently

LOOK_EVERY = 60.0


async def watch_clocks(desk: Desk, now: Callable[[], datetime], wake_sender: Callable[[], None], every: float = LOOK_EVERY) -> None:
    """Until cancelled; `every` is in seconds. What is said commits with its having been said, so it is neither lost nor doubled."""
    swept: date | None = None
    while True:
        if swept != now().date():
            await patiently(lambda: empty_expired(desk, now()))
            swept = now().date()
        if await patiently(lambda: watch(desk, now())):
            wake_sender()
        await asyncio.sleep(every)
