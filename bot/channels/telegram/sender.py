"""The outbox's sender: hands waiting replies to Telegram, in order within a chat, and no chat waits for another's trouble."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.messages import keyboard, split
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.trouble import Sleep, TelegramUnusable, backoff, patiently, place_of, seconds_of
from bot.storage.outbox import Post
from bot.storage.store import Store

logger = logging.getLogger(__name__)

Part = Callable[[], Awaitable[object]]

#: An answer that could not leave for so long is no longer wanted.
_TOO_OLD = timedelta(days=1)
_LONGEST_PAUSE = 60.0
#: Seconds that messages under way get to arrive when the program ends; one cut off would be sent twice.
_GOODBYE = 5.0


class Sender:
    """Sends what waits in the outbox, oldest first within a chat, and marks each row with what became of it.

    A row is sent at least once: if Telegram took a message but its answer was lost, the message goes out again.
    """

    def __init__(
        self,
        bot: Bot,
        store: Store,
        pace: Pace | None = None,
        now: Callable[[], datetime] | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._store = store
        self._pace = pace or Pace()
        self._now = now or (lambda: datetime.now(UTC))
        self._sleep = sleep
        self._busy: set[int] = set()
        self._under_way: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()
        self._news.set()

    def wake(self) -> None:
        """Something new is in the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Send until cancelled. Raises TelegramUnusable (in a group) when Telegram no longer takes the token."""
        try:
            async with asyncio.TaskGroup() as tasks:
                while True:
                    await self._news.wait()
                    self._news.clear()
                    for chat in await patiently(self._store.waiting_chats, self._sleep):
                        if chat not in self._busy:
                            self._busy.add(chat)
                            tasks.create_task(self._empty(chat))
        finally:
            await self._let_arrive()

    async def _empty(self, chat: int) -> None:
        """Send what waits for one chat, one after the other."""
        try:
            while post := await patiently(partial(self._store.next_post, chat), self._sleep):
                outcome = await self._deliver(chat, post)
                if outcome is not None:
                    await self._close(post, outcome)
        finally:
            self._busy.discard(chat)
            self.wake()  # a reply may have come in just before this chat was free again

    async def _deliver(self, chat: int, post: Post) -> str | None:
        """What to close a row with; None when sending its last part closed it, or it was erased meanwhile."""
        try:
            parts = list(self._parts(chat, post.reply))
        except Exception as error:  # a row that cannot be read must not stop the others
            logger.error("reply %s cannot be sent: %s", post.id, place_of(error))
            return "dead"
        done = failures = 0
        while done < len(parts):
            if self._now() - post.created_at > _TOO_OLD:
                return "dead"
            last = done == len(parts) - 1
            try:
                async with self._pace.turn(chat):
                    await self._unbroken(self._send(parts[done], post if last else None))
                done, failures = done + 1, 0
                continue
            except RetryAfter as error:
                await self._sleep(seconds_of(error))
            except TelegramError as error:
                outcome = _final(post.id, error)
                if outcome is not None:
                    return outcome
                failures += 1
                await self._sleep(backoff(failures, _LONGEST_PAUSE))
            if await patiently(partial(self._store.next_post, chat), self._sleep) != post:
                return None
        return None if parts else "dead"

    def _parts(self, chat: int, reply: dict[str, Any]) -> Iterator[Part]:
        """A reply as the messages it takes: the text in pieces, the keyboard under the last, then the files."""
        pieces = list(split(reply["text"]))
        for number, piece in enumerate(pieces, start=1):
            buttons = keyboard(reply["buttons"]) if number == len(pieces) else None
            yield partial(self._bot.send_message, chat, piece, reply_markup=buttons)
        for item in reply["files"]:
            yield partial(self._bot.send_document, chat, base64.b64decode(item["content"], validate=True), filename=item["name"])

    async def _send(self, part: Part, closes: Post | None) -> None:
        await part()
        if closes is not None:
            await self._close(closes, "sent")

    async def _close(self, post: Post, outcome: str) -> None:
        close = partial(self._store.close_post, post.id, outcome, self._now())
        await patiently(close, self._sleep)

    async def _unbroken(self, sending: Awaitable[None]) -> None:
        """Sending and noting that it was sent are not torn apart when this task is cancelled."""
        task = asyncio.ensure_future(sending)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.shield(task)

    async def _let_arrive(self) -> None:
        """Give the messages under way a moment to arrive."""
        under_way = set(self._under_way)
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=_GOODBYE)
            for task in late:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)


def _final(row: int, error: TelegramError) -> str | None:
    """What a refusal means for a reply; None when it is worth another try. Raises TelegramUnusable."""
    if isinstance(error, InvalidToken):
        raise TelegramUnusable("Telegram no longer takes this TELEGRAM_BOT_TOKEN; get a new one from @BotFather") from None
    if isinstance(error, Forbidden):
        return "unsubscribed"
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return None
    logger.error("Telegram refused reply %s: %s", row, type(error).__name__)
    return "dead"
