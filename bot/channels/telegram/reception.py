"""Taking updates in, however they come: each is stored, and each chat is answered in order."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.files import Receiver
from bot.channels.telegram.messages import Incoming, blocked, chat_of, incoming, outgoing
from bot.channels.telegram.trouble import Sleep, patiently, place_of, wait_for_database
from bot.conversation.model import Reply
from bot.conversation.texts import say
from bot.service import Advisor, Outcome

logger = logging.getLogger(__name__)

#: Takes one update, as Telegram sent it; it may be acknowledged when this returns.
Accept = Callable[[dict[str, Any]], Awaitable[None]]

_AT_ONCE = 64
#: An answer that takes longer than this, in seconds, shows the owner that it is being written.
_TYPING_AFTER = 1.0


class AlreadyAnsweredError(RuntimeError):
    """The update was dealt with before; the turn that would answer it again is rolled back."""


class Reception:
    """Stores updates before they are acknowledged, and has each chat answered in order."""

    def __init__(
        self,
        advisor: Advisor,
        bot: Bot,
        wake_sender: Callable[[], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._advisor = advisor
        self._store = advisor.store
        self._bot = bot
        self._wake_sender = wake_sender
        self._sleep = sleep
        self._receiver = Receiver(advisor, bot, wake_sender, advisor.store, sleep)
        self._chats: dict[int, asyncio.Queue[tuple[int, str]]] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._tasks: asyncio.TaskGroup | None = None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Answers while the block runs: first what an earlier run stored but did not answer, then whatever is accepted."""
        async with asyncio.TaskGroup() as self._tasks:
            for update_id, chat_id, body in await patiently(self._store.open_updates, self._sleep):
                await self._dispatch(update_id, chat_id, body)
            yield

    async def accept(self, raw: dict[str, Any]) -> None:
        """Store an update, and have it answered if it is new; when this returns, it may be acknowledged."""
        update_id, chat_id, body = raw["update_id"], chat_of(raw), json.dumps(raw)
        if await self._keep(update_id, chat_id, body):
            await self._dispatch(update_id, chat_id, body)

    async def _keep(self, update_id: int, chat_id: int | None, body: str) -> bool:
        """Store an update; True when it is to be answered."""
        failures = 0
        while True:
            try:
                new = await asyncio.to_thread(self._store.keep_update, update_id, chat_id, body, datetime.now(UTC))
            except OperationalError:
                failures += 1
                await wait_for_database(failures, self._sleep)
            else:
                return new or failures > 0  # a failed try may have stored it after all; nothing is answered twice in any case

    async def _dispatch(self, update_id: int, chat_id: int | None, body: str) -> None:
        if chat_id is None:
            await self._close(update_id, "skipped")
            return
        queue = self._chats.get(chat_id)
        if queue is None:
            queue = self._chats[chat_id] = asyncio.Queue()
            self._aside(self._serve_chat(chat_id, queue))
        queue.put_nowait((update_id, body))

    async def _serve_chat(self, chat_id: int, queue: asyncio.Queue[tuple[int, str]]) -> None:
        """Answer what waits for one chat, one after the other; leaves when nothing waits."""
        while not queue.empty():
            update_id, body = queue.get_nowait()
            async with self._room:
                await self._answer(update_id, chat_id, body)
        del self._chats[chat_id]

    async def _answer(self, update_id: int, chat_id: int, body: str) -> None:
        failures = 0
        while True:
            try:
                await self._try_to_answer(update_id, chat_id, body)
                return
            except OperationalError:
                failures += 1
                await wait_for_database(failures, self._sleep)

    async def _try_to_answer(self, update_id: int, chat_id: int, body: str) -> None:
        """Answer one update, or apologise; either closes it. Raises OperationalError when the database does not answer."""
        meant: Incoming | None = None
        try:
            update = Update.de_json(json.loads(body), self._bot)
            meant = incoming(update)
            if blocked(update):
                await asyncio.to_thread(self._give_up, update_id, chat_id)
                return
            if meant is None:
                await self._close(update_id, "skipped")
                return
            async with self._signs_of_life(meant):
                await self._hear(update_id, meant)
        except OperationalError:
            raise
        except AlreadyAnsweredError:
            logger.info("update %s came twice", update_id)
        except Exception as error:  # whatever goes wrong with one message must not stop the others; nothing personal is logged
            logger.error("update %s could not be answered: %s", update_id, place_of(error))
            await asyncio.to_thread(self._apologise, update_id, chat_id, meant)
        self._wake_sender()

    async def _hear(self, update_id: int, meant: Incoming) -> None:
        """One turn; its replies and the closing of the update commit with it."""

        def alongside(connection: Connection, outcome: Outcome) -> None:
            now = datetime.now(UTC)
            if not self._store.close_update(connection, update_id, "answered", now):
                raise AlreadyAnsweredError
            if outcome.erased:
                self._store.forget_updates(connection, meant.chat_id)
            self._store.note_reachable(connection, meant.chat_id)
            owner = None if outcome.erased else meant.owner
            self._store.post(connection, owner, meant.chat_id, outgoing(outcome.replies), now)

        await self._receiver.hear(meant, alongside)

    def _give_up(self, update_id: int, chat_id: int) -> None:
        """The owner blocked the bot: nothing that waits for this chat can arrive, and no text of it is kept."""
        now = datetime.now(UTC)
        with self._store.begin() as connection:
            if self._store.close_update(connection, update_id, "blocked", now):
                self._store.note_unreachable(connection, chat_id, now)
                self._store.close_chat(connection, chat_id, "unsubscribed", now)
                logger.info("a chat blocked this bot; what waited for it is closed")

    def _apologise(self, update_id: int, chat_id: int, meant: Incoming | None) -> None:
        """Close the update as failed; the owner of a private chat, whose id is positive, hears that it failed."""
        state = self._store.recall(meant.owner).state if meant else None
        language = (state or {}).get("language") or (meant.language if meant else None) or "zh"
        now = datetime.now(UTC)
        with self._store.begin() as connection:
            if self._store.close_update(connection, update_id, "failed", now) and chat_id > 0:
                self._store.post(connection, None, chat_id, outgoing([Reply(say("trouble", language))]), now)

    @asynccontextmanager
    async def _signs_of_life(self, meant: Incoming) -> AsyncIterator[None]:
        """Stops a pressed button's spinner, and shows that an answer is being written when it takes long."""
        if meant.callback_id:
            self._aside(self._acknowledge_press(meant.callback_id))
        typing = self._aside(self._type(meant.chat_id))
        try:
            yield
        finally:
            typing.cancel()

    def _aside(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start a task that ends with this reception at the latest."""
        assert self._tasks is not None
        return self._tasks.create_task(work)

    async def _type(self, chat_id: int) -> None:
        await asyncio.sleep(_TYPING_AFTER)
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
        except TelegramError as error:
            logger.info("the typing sign could not be shown: %s", type(error).__name__)

    async def _acknowledge_press(self, callback_id: str) -> None:
        """Too late or twice does no harm."""
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as error:
            logger.info("a press could not be acknowledged: %s", type(error).__name__)

    async def _close(self, update_id: int, outcome: str) -> None:
        def write() -> None:
            with self._store.begin() as connection:
                self._store.close_update(connection, update_id, outcome, datetime.now(UTC))

        await patiently(write, self._sleep)
