"""The bot's library calling the local Telegram without a network between, and mail carried one letter at a time, as a test wants."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.answering import Answering
from bot.channels.telegram.delivery import Done, Moved, deliver
from bot.channels.telegram.desk.topics import Topics
from bot.channels.telegram.messages import chat_of
from bot.service import Advisor
from bot.simulator.api import Api
from bot.simulator.wire import Params
from bot.simulator.world import World
from bot.storage.desk.topics import KIND
from bot.storage.inbox import Letter
from bot.storage.posts import Closing, Lane


class InProcess(BaseRequest):
    """Calls of the Bot API that a simulated Telegram answers at once."""

    def __init__(self, world: World) -> None:
        self._api = Api(world)

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any) -> tuple[int, bytes]:
        values = request_data.json_parameters if request_data else {}
        outcome = await self._api.handle(url.rpartition("/")[2], Params(dict(values)))
        return outcome.status, json.dumps(outcome.body).encode()


class Carrier:
    """Carries updates in and messages out, each by one call, in the order in which they wait."""

    def __init__(self, advisor: Advisor, world: World, now: Callable[[], datetime] | None = None) -> None:
        """`now` is what the clocks in titles go by."""
        self._store = advisor.store
        self._world = world
        self._bot = Bot(world.token, request=InProcess(world), get_updates_request=InProcess(world))
        self.answering = Answering(advisor, self._bot, lambda: None)
        self._topics = Topics(advisor.store, now)
        self._offset = 0

    async def take_in(self) -> None:
        """Answer everything that people did."""
        while raws := self._world.updates.fetch(self._offset, 100):
            self._offset = raws[-1]["update_id"] + 1
            letters = [Letter(raw["update_id"], chat_of(raw), json.dumps(raw)) for raw in raws]
            self._store.keep_updates(letters, datetime.now(UTC))
            for letter in letters:
                if letter.chat_id is not None:
                    await self.answering.answer(letter)

    async def send_one(self, which: int = 0, *, dies: bool = False) -> bool:
        """Send the message that waits first in one of the chats; False when none waits. `dies`: what became of it is never written."""
        waiting = self._store.posts([row for lane in Lane for row in self._store.waiting(lane, 500)])
        chats = sorted({post.chat_id for post in waiting})
        if not chats:
            return False
        chat = chats[which % len(chats)]
        post = next(post for post in waiting if post.chat_id == chat)
        step, now = (self._topics.step(post) if post.kind == KIND else None), datetime.now(UTC)
        if post.kind == KIND and step is None:
            self._store.close_posts([Closing(post.id, "sent", None, post.kind)], now, self._topics.closed)
            return True
        result = await deliver(self._bot, post, step)
        if dies:
            return True
        if isinstance(result, Moved):
            self._store.move_chat(chat, result.chat_id, now, self._topics.moved)
        else:
            assert isinstance(result, Done), result
            closing = Closing(post.id, result.outcome, result.message_id, post.kind, result.ending)
            self._store.close_posts([closing], now, self._topics.closed)
        return True

    async def carry_all(self) -> None:
        """Until nothing waits any more."""
        for _ in range(2000):
            await self.take_in()
            if not await self.send_one():
                return
        raise AssertionError("it never came to rest")
