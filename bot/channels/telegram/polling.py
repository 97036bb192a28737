"""Long polling: asking Telegram for updates, again and again; all that came are stored before the next are asked for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.messages import KINDS
from bot.channels.telegram.reception import Accept
from bot.channels.telegram.trouble import Sleep, TelegramUnusable, backoff, seconds_of

logger = logging.getLogger(__name__)

POLL_SECONDS = 25
_LONGEST_PAUSE = 15.0
#: An advisor that is just being replaced by this one may still be asking for updates for a moment.
_CONFLICTS_BORNE = 5


async def remove_webhook(bot: Bot, tell: Callable[[str], None]) -> None:
    """Telegram gives no updates to a bot that polls while a webhook is set; what waits there is not lost."""
    try:
        if (await bot.get_webhook_info()).url:
            await bot.delete_webhook(drop_pending_updates=False)
            tell("this bot had a webhook and TELEGRAM_WEBHOOK_URL is not set: the webhook was removed, updates are polled from now on")
    except TelegramError as error:  # whatever it is, polling meets it next and knows what to do
        logger.warning("it could not be seen whether a webhook is set: %s", type(error).__name__)


class Poller:
    """Asks for updates and hands over what comes, all at once."""

    def __init__(self, bot: Bot, accept: Accept, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._accept = accept
        self._sleep = sleep
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled. Raises TelegramUnusable when Telegram does not let this bot poll."""
        offset: int | None = None  # Telegram starts with what it does not know to be stored; what is stored is not taken twice
        while True:
            if raws := await self._poll(offset):
                await self._accept(raws)
                offset = max(raw["update_id"] for raw in raws) + 1

    async def _poll(self, offset: int | None) -> list[dict[str, Any]]:
        """The next updates. Asking with an offset acknowledges all before it, and those are stored by now."""
        wanted = {"timeout": POLL_SECONDS, "allowed_updates": KINDS} | ({"offset": offset} if offset is not None else {})
        try:
            updates: list[dict[str, Any]] = await self._bot.do_api_request("getUpdates", api_kwargs=wanted, read_timeout=POLL_SECONDS + 10)
        except TelegramError as error:
            self._failures += 1
            await self._sleep(self._pause_after(error))
            return []
        self._failures = 0
        return updates

    def _pause_after(self, error: TelegramError) -> float:
        """Seconds until the next try. Raises TelegramUnusable when trying again is useless."""
        if isinstance(error, InvalidToken | EndPointNotFound):
            raise TelegramUnusable("Telegram no longer takes this TELEGRAM_BOT_TOKEN; get a new one from @BotFather") from None
        if isinstance(error, Conflict):
            if "webhook" in error.message.lower():
                raise TelegramUnusable("this bot has a webhook set; remove it with Telegram's deleteWebhook, then start again") from None
            if self._failures > _CONFLICTS_BORNE:
                raise TelegramUnusable("another program is reading this bot's updates; stop it, then start again") from None
        pause = seconds_of(error) if isinstance(error, RetryAfter) else backoff(self._failures, _LONGEST_PAUSE)
        logger.warning("no updates from Telegram (%s); trying again in %.0f s", type(error).__name__, pause)
        return pause
