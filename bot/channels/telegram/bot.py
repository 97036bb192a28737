"""Long polling for one bot: store, acknowledge, answer each chat in order."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from telegram import Bot, Update
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.messages import Incoming, chat_of, incoming
from bot.channels.telegram.sender import Sender
from bot.conversation.model import Reply
from bot.conversation.texts import say
from bot.service import Advisor, Outcome

logger = logging.getLogger(__name__)

_KINDS = ["message", "callback_query"]
_POLL_SECONDS = 25
_AT_ONCE = 64


class TelegramUnusable(RuntimeError):
    """Telegram does not accept this bot; the message says what to do."""


async def serve(advisor: Advisor, token: str, api: str, tell: Callable[[str], None]) -> None:
    """Serve until cancelled. Raises TelegramUnusable when the token is refused."""
    request = HTTPXRequest(connection_pool_size=16)
    polling = HTTPXRequest(connection_pool_size=1, read_timeout=_POLL_SECONDS + 10)
    bot = Bot(token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=request, get_updates_request=polling)
    try:
        async with bot:
            tell(f"serving Telegram as @{bot.username}; Ctrl-C stops")
            sender = Sender(bot, advisor.store)
            desk = Reception(advisor, bot, sender)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(sender.run())
                tasks.create_task(desk.run())
    except InvalidToken as error:
        raise TelegramUnusable("Telegram does not know this TELEGRAM_BOT_TOKEN; check it with @BotFather") from error


class Reception:
    """Takes updates in, stores them before they are acknowledged, and has each chat answered in order."""

    def __init__(self, advisor: Advisor, bot: Bot, sender: Sender) -> None:
        self._advisor = advisor
        self._bot = bot
        self._sender = sender
        self._chats: dict[int, asyncio.Queue[tuple[int, str]]] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def run(self) -> None:
        """First what an earlier run stored but did not answer, then whatever comes."""
        async with asyncio.TaskGroup() as tasks:
            for update_id, chat_id, body in await asyncio.to_thread(self._advisor.store.open_updates):
                await self._dispatch(tasks, update_id, chat_id, body)
            last = await asyncio.to_thread(self._advisor.store.last_update)
            offset = last + 1 if last is not None else None
            while True:
                for raw in await self._poll(offset):
                    offset = raw["update_id"] + 1
                    chat_id, body = chat_of(raw), json.dumps(raw, ensure_ascii=False)
                    if await asyncio.to_thread(self._advisor.store.keep_update, raw["update_id"], chat_id, body, datetime.now(UTC)):
                        await self._dispatch(tasks, raw["update_id"], chat_id, body)

    async def _poll(self, offset: int | None) -> list[dict[str, Any]]:
        """The next updates. Asking with an offset acknowledges all before it, and those are stored by now."""
        wanted = {"timeout": _POLL_SECONDS, "allowed_updates": _KINDS} | ({"offset": offset} if offset is not None else {})
        try:
            updates: list[dict[str, Any]] = await self._bot.do_api_request("getUpdates", api_kwargs=wanted, read_timeout=_POLL_SECONDS + 10)
            return updates
        except RetryAfter as error:
            await asyncio.sleep(float(error.retry_after if isinstance(error.retry_after, int) else error.retry_after.total_seconds()))
        except NetworkError as error:
            logger.warning("Telegram does not answer (%s); trying again", type(error).__name__)
            await asyncio.sleep(3)
        return []

    async def _dispatch(self, tasks: asyncio.TaskGroup, update_id: int, chat_id: int | None, body: str) -> None:
        if chat_id is None:
            await self._close(update_id, "skipped")
            return
        queue = self._chats.get(chat_id)
        if queue is None:
            queue = self._chats[chat_id] = asyncio.Queue()
            tasks.create_task(self._serve_chat(chat_id, queue))
        queue.put_nowait((update_id, body))

    async def _serve_chat(self, chat_id: int, queue: asyncio.Queue[tuple[int, str]]) -> None:
        """Answer what waits for one chat, one after the other; leaves when nothing waits."""
        while not queue.empty():
            update_id, body = queue.get_nowait()
            async with self._room:
                await self._answer(update_id, body)
        del self._chats[chat_id]

    async def _answer(self, update_id: int, body: str) -> None:
        update = Update.de_json(json.loads(body), self._bot)
        meant = incoming(update) if update is not None else None
        if meant is None:
            await self._close(update_id, "skipped")
            return
        if meant.callback_id:
            await self._acknowledge_press(meant.callback_id)

        def alongside(connection: Connection, outcome: Outcome) -> None:
            owner = None if outcome.erased else meant.owner
            now = datetime.now(UTC)
            self._advisor.store.post(connection, owner, meant.chat_id, [_posted(reply) for reply in outcome.replies], now)
            self._advisor.store.close_update(connection, update_id, "answered", now)

        try:
            await self._advisor.hear(meant.owner, meant.heard, language=meant.language, alongside=alongside, chat_id=meant.chat_id)
        except Exception as error:  # whatever goes wrong with one message must not stop the others; nothing personal is logged
            logger.error("update %s could not be answered: %s", update_id, type(error).__name__)
            await self._apologise(update_id, meant)
        self._sender.wake()

    async def _apologise(self, update_id: int, meant: Incoming) -> None:
        reply = Reply(say("trouble", meant.language or "zh"))

        def write() -> None:
            with self._advisor.store.begin() as connection:
                self._advisor.store.post(connection, None, meant.chat_id, [_posted(reply)], datetime.now(UTC))
                self._advisor.store.close_update(connection, update_id, "failed", datetime.now(UTC))

        await asyncio.to_thread(write)

    async def _acknowledge_press(self, callback_id: str) -> None:
        """Stops the button's spinner; too late or twice does no harm."""
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as error:
            logger.info("a press could not be acknowledged: %s", type(error).__name__)

    async def _close(self, update_id: int, outcome: str) -> None:
        def write() -> None:
            with self._advisor.store.begin() as connection:
                self._advisor.store.close_update(connection, update_id, outcome, datetime.now(UTC))

        await asyncio.to_thread(write)


def _posted(reply: Reply) -> dict[str, Any]:
    """A reply as the outbox keeps it until it is sent."""
    files = [{"name": item.name, "content": base64.b64encode(item.content).decode()} for item in reply.files]
    buttons = [{"id": button.id, "label": button.label} for button in reply.buttons]
    return {"text": reply.text, "buttons": buttons, "files": files}
