"""The outbox's sender: takes waiting replies in order and hands them to Telegram."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.messages import keyboard, split
from bot.storage.store import Store

logger = logging.getLogger(__name__)

#: Telegram lets a bot write about thirty messages a second in all.
_PAUSE = 1 / 28
_RETRY_AFTER = 2.0
_TRIES = 8


class Sender:
    """Sends what waits in the outbox, oldest first, and marks each row with what became of it."""

    def __init__(self, bot: Bot, store: Store, now: Callable[[], datetime] | None = None) -> None:
        self._bot = bot
        self._store = store
        self._now = now or (lambda: datetime.now(UTC))
        self._waiting = asyncio.Event()
        self._waiting.set()

    def wake(self) -> None:
        """Something new is in the outbox."""
        self._waiting.set()

    async def run(self) -> None:
        """Send until cancelled."""
        while True:
            await self._waiting.wait()
            self._waiting.clear()
            for row, chat, reply in await asyncio.to_thread(self._store.unsent):
                outcome = await self._deliver(chat, reply)
                await asyncio.to_thread(self._store.close_post, row, outcome, self._now())
                await asyncio.sleep(_PAUSE)

    async def _deliver(self, chat: int, reply: dict[str, Any]) -> str:
        for attempt in range(_TRIES):
            try:
                await self._send(chat, reply)
                return "sent"
            except RetryAfter as error:
                seconds = error.retry_after if isinstance(error.retry_after, int | float) else error.retry_after.total_seconds()
                await asyncio.sleep(float(seconds))
            except Forbidden:
                return "unsubscribed"
            except BadRequest as error:
                logger.error("Telegram refused a reply: %s", error.message)
                return "dead"
            except NetworkError:
                await asyncio.sleep(min(_RETRY_AFTER * 2**attempt, 60.0))
            except TelegramError as error:
                logger.error("a reply could not be sent: %s", type(error).__name__)
                return "dead"
        return "dead"

    async def _send(self, chat: int, reply: dict[str, Any]) -> None:
        pieces = list(split(reply["text"]))
        for piece in pieces[:-1]:
            await self._bot.send_message(chat, piece)
        if pieces:
            await self._bot.send_message(chat, pieces[-1], reply_markup=keyboard(reply["buttons"]))
        for item in reply["files"]:
            await self._bot.send_document(chat, base64.b64decode(item["content"]), filename=item["name"])
