"""What can go wrong around Telegram, and how it is said without a token, an address or an owner's words."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from telegram.error import RetryAfter
from telegram.warnings import PTBUserWarning

logger = logging.getLogger(__name__)

Sleep = Callable[[float], Awaitable[None]]
T = TypeVar("T")

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0


class TelegramUnusable(RuntimeError):
    """Telegram does not let this bot work; the message says in one sentence what to do."""


def keep_libraries_quiet() -> None:
    """Silence the libraries below: they log addresses, which contain the token, and payloads. Their errors reach us as exceptions."""
    for name in ("aiohttp", "telegram", "uvicorn"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    # It advises its own method, which parses the updates; they are stored as Telegram sent them.
    warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'", PTBUserWarning)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone, in seconds."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def backoff(failures: int, longest: float = _LONGEST_PAUSE) -> float:
    """Seconds to wait after so many failures in a row: 1, 2, 4, ... up to the longest."""
    return float(min(_FIRST_PAUSE * 2 ** min(failures - 1, 16), longest))


def place_of(error: BaseException) -> str:
    """The kind of an error and the line it comes from, and nothing of what it says: that may quote an owner."""
    frames = extract_tb(error.__traceback__)
    return f"{type(error).__name__} ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else type(error).__name__


async def patiently(work: Callable[[], T], sleep: Sleep = asyncio.sleep) -> T:
    """Do something with the database in a thread, again and again while the database itself does not answer."""
    failures = 0
    while True:
        try:
            return await _to_its_end(work)
        except OperationalError:
            failures += 1
            await wait_for_database(failures, sleep)


async def _to_its_end(work: Callable[[], T]) -> T:
    """Do something in a thread; who is cancelled meanwhile leaves when it is done, so that its connection is given back."""
    thread = asyncio.ensure_future(asyncio.to_thread(work))
    try:
        return await asyncio.shield(thread)
    except asyncio.CancelledError:
        await asyncio.wait([thread])
        if not thread.cancelled():
            thread.exception()  # nobody waits for it any more
        raise


async def wait_for_database(failures: int, sleep: Sleep) -> None:
    """Say that the database does not answer, and wait a little longer each time."""
    pause = backoff(failures)
    logger.warning("the database does not answer; trying again in %.0f s", pause)
    await sleep(pause)
