"""Progress on Telegram: one message that is edited while the work goes on, and closed when it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy.exc import OperationalError

from bot.channels.progress import DelayedProgress
from bot.channels.telegram.trouble import Sleep

logger = logging.getLogger(__name__)


class ProgressPosts(Protocol):
    """Where such messages are kept until they are sent; the sender edits a message at most about once a second."""

    def start_progress(self, owner: str | None, chat_id: int, text: str, now: datetime) -> int:
        """A message to send; gives its row."""
        ...

    def update_progress(self, row_id: int, text: str, now: datetime) -> None:
        """The text the message should have now."""
        ...


class TelegramProgress(DelayedProgress):
    """The progress of one piece of work in one chat.

    `done` and `stopped` are what the message says in the end, so that no half-finished one stays.
    """

    def __init__(
        self,
        posts: ProgressPosts,
        owner: str,
        chat_id: int,
        wake_sender: Callable[[], None],
        done: str,
        stopped: str,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        super().__init__(sleep)
        self._posts = posts
        self._owner = owner
        self._chat_id = chat_id
        self._wake_sender = wake_sender
        self._last_words = (done, stopped)
        self._row: int | None = None
        self._under_way: asyncio.Future[None] | None = None

    async def _show(self, text: str) -> None:
        self._under_way = asyncio.ensure_future(asyncio.to_thread(self._write_row, text))
        try:
            await asyncio.shield(self._under_way)
        except OperationalError:  # the work itself will find out whether the database answers
            logger.info("progress could not be shown: the database does not answer")
        else:
            self._wake_sender()

    def _write_row(self, text: str) -> None:
        now = datetime.now(UTC)
        if self._row is None:
            self._row = self._posts.start_progress(self._owner, self._chat_id, text, now)
        else:
            self._posts.update_progress(self._row, text, now)

    async def _end(self, failed: bool) -> None:
        if self._under_way is not None:  # the work was cancelled while a text was being written, and that goes on in its thread
            await asyncio.wait([self._under_way])
        if self._row is not None:
            await self._show(self._last_words[failed])
