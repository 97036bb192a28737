"""How fast a bot may write: Telegram takes about thirty messages a second in all, and one a second in a chat after a short burst."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.channels.telegram.trouble import Sleep

#: A little over a second, for Telegram's clock and ours do not tick alike.
_WINDOW = 1.002
_LOOK_AGAIN = 0.02
_CHATS_REMEMBERED = 10_000


class Pace:
    """Hands out turns to send one message.

    Counted are the messages under way and those answered within the last second: messages that left evenly may still arrive together.
    """

    def __init__(
        self,
        per_second: int = 28,
        chat_interval: float = 1.0,
        chat_burst: int = 4,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """`per_second` messages in all; in one chat `chat_burst` at once, then one every `chat_interval` seconds."""
        self._per_second, self._interval, self._slack = per_second, chat_interval, chat_interval * (chat_burst - 1)
        self._clock, self._sleep = clock, sleep
        self._under_way = 0
        self._answered: deque[float] = deque()
        self._next: dict[int, float] = {}
        self._gate = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[None]:
        """Waits until a message to this chat may leave; the block is the sending of it."""
        await self._wait_for_chat(chat)
        async with self._gate:  # first come, first served; the others sleep here
            while (pause := self._pause()) > 0:
                await self._sleep(pause)
            self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._answered.append(self._clock())

    async def _wait_for_chat(self, chat: int) -> None:
        now = self._clock()
        due = max(self._next.get(chat, now), now)
        self._next[chat] = due + self._interval
        if len(self._next) > _CHATS_REMEMBERED:
            self._next = {key: at for key, at in self._next.items() if at > now}
        if due - self._slack > now:
            await self._sleep(due - self._slack - now)

    def _pause(self) -> float:
        """Seconds until there may be room for one more message."""
        now = self._clock()
        while self._answered and self._answered[0] <= now - _WINDOW:
            self._answered.popleft()
        if self._under_way + len(self._answered) < self._per_second:
            return 0.0
        return max(self._answered[0] + _WINDOW - now, _LOOK_AGAIN) if self._answered else _LOOK_AGAIN
