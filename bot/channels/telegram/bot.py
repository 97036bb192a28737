"""Serving Telegram by long polling: one task takes updates in and has them answered, one sends what was answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.menu import offer_commands
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.reception import POLL_SECONDS, Reception
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.trouble import Sleep, TelegramUnusable, backoff, keep_libraries_quiet, seconds_of
from bot.service import Advisor

__all__ = ["TelegramUnusable", "serve"]

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_CONNECTIONS = 64


async def serve(
    advisor: Advisor, token: str, api: str, tell: Callable[[str], None], pace: Pace | None = None, sleep: Sleep = asyncio.sleep
) -> None:
    """Serve until cancelled; `tell` gets progress as lines. Raises TelegramUnusable when Telegram does not let this bot work."""
    if not _TOKEN.fullmatch(token):
        raise TelegramUnusable("TELEGRAM_BOT_TOKEN is not a token; copy it from @BotFather, it looks like 123456:ABC-def")
    keep_libraries_quiet()
    bot = _bot(token, api)
    try:
        await _introduce(bot, tell, sleep)
        await offer_commands(bot)
        tell(f"serving Telegram as @{bot.username}; Ctrl-C stops")
        sender = Sender(bot, advisor.store, pace, sleep=sleep)
        reception = Reception(advisor, bot, sender.wake, sleep)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(sender.run())
            tasks.create_task(reception.run())
    except BaseExceptionGroup as group:
        unusable = _one_of(group)
        if unusable is None:
            raise
        raise unusable from None
    finally:
        await bot.shutdown()


def _bot(token: str, api: str) -> Bot:
    request = HTTPXRequest(connection_pool_size=_CONNECTIONS, pool_timeout=10, connect_timeout=10, read_timeout=20, write_timeout=20)
    polling = HTTPXRequest(connection_pool_size=1, connect_timeout=10, read_timeout=POLL_SECONDS + 10)
    return Bot(token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=request, get_updates_request=polling)


async def _introduce(bot: Bot, tell: Callable[[str], None], sleep: Sleep) -> None:
    """Ask Telegram who this bot is, until it answers. Raises TelegramUnusable when it does not know the token."""
    failures = 0
    while True:
        try:
            await bot.initialize()
            return
        except InvalidToken:  # its text quotes the token
            raise TelegramUnusable("Telegram does not know this TELEGRAM_BOT_TOKEN; check it with @BotFather") from None
        except TelegramError as error:
            failures += 1
            pause = seconds_of(error) if isinstance(error, RetryAfter) else backoff(failures)
            tell(f"Telegram does not answer ({type(error).__name__}); trying again in {pause:.0f} s")
            await sleep(pause)


def _one_of(group: BaseExceptionGroup[BaseException]) -> TelegramUnusable | None:
    """The TelegramUnusable within a task group's errors."""
    for error in group.exceptions:
        found = _one_of(error) if isinstance(error, BaseExceptionGroup) else error
        if isinstance(found, TelegramUnusable):
            return found
    return None
