"""Answering one stored update: its meaning, the turn, and what is committed with it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.composing import Composing
from bot.channels.telegram.desk.door import asks_for_console, console_link
from bot.channels.telegram.desk.groups import Groups
from bot.channels.telegram.desk.mirror import telegram_desk
from bot.channels.telegram.desk.reading import Happening, Tapped, happening, in_group
from bot.channels.telegram.files import Receiver
from bot.channels.telegram.messages import Incoming, blocked, incoming, outgoing
from bot.channels.telegram.trouble import Sleep, place_of, wait_for_database
from bot.committing import Outcome
from bot.conversation.model import Reply
from bot.conversation.texts import say
from bot.service import Advisor
from bot.storage.bulletins.subscribers import address_bulletins
from bot.storage.inbox import Letter

logger = logging.getLogger(__name__)

#: An answer that takes longer than this, in seconds, shows the owner that it is being written.
_TYPING_AFTER = 1.0


class OutOfTurnError(RuntimeError):
    """The update was dealt with elsewhere, or one before it is open: the turn that would answer it now is rolled back."""


class Answering:
    """Answers updates. Each ends closed, or as it was when it is not its turn; who calls looks at the database for what is next."""

    def __init__(
        self,
        advisor: Advisor,
        bot: Bot,
        wake_sender: Callable[[], None],
        sleep: Sleep = asyncio.sleep,
        console: str | None = None,
        stars: int = 0,
    ) -> None:
        """`console` is the address of the console, where there is one that staff can be shown the way to; `stars` as in Office."""
        self._receiver = Receiver(advisor, bot, wake_sender, advisor.store, sleep)
        self._groups = Groups(telegram_desk(advisor.store), lambda: advisor.world)
        self._composing = Composing(advisor.store, lambda: advisor.world, stars)
        self._store = advisor.store
        self._bot = bot
        self._wake_sender = wake_sender
        self._sleep = sleep
        self._console = console
        self._tasks: asyncio.TaskGroup | None = None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Where the signs of life are given that no answer waits for."""
        async with asyncio.TaskGroup() as self._tasks:
            yield

    async def answer(self, letter: Letter, others: Sequence[Letter] = ()) -> None:
        """Answer an update, or apologise; `others` are the further files of its album, answered with it.

        Waits while the database does not answer.
        """
        failures = 0
        while True:
            try:
                await self._try_to_answer(letter, others)
                return
            except OperationalError:
                failures += 1
                await wait_for_database(failures, self._sleep)

    async def _try_to_answer(self, letter: Letter, others: Sequence[Letter]) -> None:
        meant: Incoming | None = None
        try:
            update = self._update(letter)
            meant = incoming(update)
            if blocked(update):
                await asyncio.to_thread(self._give_up, letter)
                return
            if in_group(update):
                await self._hear_group((letter, *others), (update, *(self._update(other) for other in others)))
                self._wake_sender()
                return
            if meant is None:
                await asyncio.to_thread(self._skip, letter)
                return
            if asks_for_console(meant) and await asyncio.to_thread(self._show_the_way, letter, meant):
                self._wake_sender()
                return
            if await asyncio.to_thread(self._compose, letter, meant):
                if meant.callback_id:
                    self._aside(self._acknowledge_press(meant.callback_id))
                self._wake_sender()
                return
            async with self._signs_of_life(meant):
                more = [incoming(self._update(other)) for other in others]
                await self._hear((letter, *others), meant, [one for one in more if one is not None])
        except OperationalError:
            raise
        except OutOfTurnError:
            logger.info("update %s was not to be answered now", letter.update_id)
            return
        except Exception as error:  # whatever goes wrong with one message must not stop the others; nothing personal is logged
            logger.error("update %s could not be answered: %s", letter.update_id, place_of(error))
            await asyncio.to_thread(self._apologise, (letter, *others), meant)
        self._wake_sender()

    async def _hear(self, letters: Sequence[Letter], meant: Incoming, more: Sequence[Incoming]) -> None:
        """One turn; its replies and the closing of the updates commit with it."""

        def alongside(connection: Connection, outcome: Outcome) -> None:
            now = datetime.now(UTC)
            if not all(self._store.close_update(connection, letter, "answered", now) for letter in letters):
                raise OutOfTurnError
            if outcome.erased:
                self._store.forget_updates(connection, meant.chat_id)
            self._store.note_reachable(connection, meant.chat_id)
            owner = None if outcome.erased else meant.owner
            if outcome.reminds:
                self._store.address_reminders(connection, meant.owner, meant.chat_id)
            if outcome.listens:
                address_bulletins(connection, meant.owner, meant.chat_id)
            self._store.post(connection, owner, meant.chat_id, outgoing(outcome.replies), now)

        await self._receiver.hear(meant, alongside, more)

    async def _hear_group(self, letters: Sequence[Letter], updates: Sequence[Update]) -> None:
        """What happened in a staff's group, and the closing of the updates with it."""
        found = [one for one in map(happening, updates) if one is not None]
        words = await asyncio.to_thread(self._commit_group, letters, found)
        for tap in found:
            if isinstance(tap, Tapped):
                self._aside(self._acknowledge_press(tap.query, words))

    def _commit_group(self, letters: Sequence[Letter], found: Sequence[Happening]) -> str | None:
        now = datetime.now(UTC)
        with self._store.begin() as connection:
            concerns = bool(found) and self._groups.concerns(connection, found[0])
            outcome = "answered" if concerns else "skipped"
            if not all(self._store.close_update(connection, letter, outcome, now) for letter in letters):
                raise OutOfTurnError
            return self._groups.happened(connection, found, now) if concerns else None

    def _show_the_way(self, letter: Letter, meant: Incoming) -> bool:
        """To the console; False where there is none, or for somebody who is not of the staff."""
        if self._console is None:
            return False
        now = datetime.now(UTC)
        with self._store.begin() as connection:
            reply = console_link(connection, meant, self._console, now)
            if reply is None:
                return False
            if not self._store.close_update(connection, letter, "answered", now):
                raise OutOfTurnError
            self._store.post(connection, None, meant.chat_id, outgoing([reply]), now)
        return True

    def _compose(self, letter: Letter, meant: Incoming) -> bool:
        """What an officer writes about a bulletin; False for everybody else."""

        def close(connection: Connection) -> None:
            if not self._store.close_update(connection, letter, "answered", datetime.now(UTC)):
                raise OutOfTurnError

        return self._composing.answer(meant, close, datetime.now(UTC))

    def _update(self, letter: Letter) -> Update:
        return Update.de_json(json.loads(letter.body), self._bot)

    def _skip(self, letter: Letter) -> None:
        with self._store.begin() as connection:
            self._store.close_update(connection, letter, "skipped", datetime.now(UTC))

    def _give_up(self, letter: Letter) -> None:
        """The owner blocked the bot: nothing that waits for this chat can arrive, and no text of it is kept."""
        now = datetime.now(UTC)
        with self._store.begin() as connection:
            if letter.chat_id is not None and self._store.close_update(connection, letter, "blocked", now):
                self._store.note_unreachable(connection, letter.chat_id, now)
                self._store.close_chat(connection, letter.chat_id, "unsubscribed", now)
                logger.info("a chat blocked this bot; what waited for it is closed")

    def _apologise(self, letters: Sequence[Letter], meant: Incoming | None) -> None:
        """Close the updates as failed; the owner of a private chat, whose id is positive, hears that it failed."""
        state = self._store.recall(meant.owner).state if meant else None
        language = (state or {}).get("language") or (meant.language if meant else None) or "zh"
        now = datetime.now(UTC)
        with self._store.begin() as connection:
            closed = [self._store.close_update(connection, letter, "failed", now) for letter in letters]
            chat_id = letters[0].chat_id
            if any(closed) and chat_id is not None and chat_id > 0:
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
        """Start a task that ends with this work at the latest."""
        assert self._tasks is not None
        return self._tasks.create_task(work)

    async def _type(self, chat_id: int) -> None:
        await asyncio.sleep(_TYPING_AFTER)
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
        except TelegramError as error:
            logger.info("the typing sign could not be shown: %s", type(error).__name__)

    async def _acknowledge_press(self, callback_id: str, words: str | None = None) -> None:
        """With words that show for a moment. Too late or twice does no harm."""
        try:
            await self._bot.answer_callback_query(callback_id, words or None)
        except TelegramError as error:
            logger.info("a press could not be acknowledged: %s", type(error).__name__)
