"""Taking updates in, however they come: each is stored, and each chat is answered in order from what is stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Any

from telegram import Bot

from bot.channels.telegram.answering import Answering
from bot.channels.telegram.messages import album_of, chat_of
from bot.channels.telegram.trouble import Sleep, patiently
from bot.service import Advisor
from bot.storage.claims import Claims
from bot.storage.inbox import Letter, Opened

#: Takes updates, as Telegram sent them; they may be acknowledged when this returns.
Accept = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]

_AT_ONCE = 64
#: Telegram puts at most so many files into an album; however they trickle in, the first waits at most so many seconds.
_ALBUM, _ALBUM_PATIENCE = 10, 3.0
#: Telegram's chat ids; anything beyond them belongs to no chat.
_CHATS = range(1 - 2**52, 2**52)


@dataclass(frozen=True)
class Timing:
    """Seconds that things around a chat take."""

    #: An update waits so long for one with a lower number that has not come yet; 0 where Telegram gives them in order.
    patience: float = 0.3
    #: While it waits, how often it is looked whether the other one has come.
    gap_look: float = 0.03
    #: The files of an album are answered together once none has come for so long.
    album_quiet: float = 0.5
    #: A chat that another process is answering is looked at again after this, and then after twice as long, ...
    look_again: float = 0.05
    longest_look: float = 0.8
    #: How often it is looked whether updates were left behind by a process that died, and how old those are at least.
    sweep: float = 3.0
    orphan_age: float = 3.0


@dataclass
class _Batch:
    """Updates that are stored in one transaction."""

    letters: list[Letter] = field(default_factory=list)
    stored: bool = False


@dataclass
class _Serving:
    """One task's work for a chat: how often it found the chat taken, and the seconds it waited for missing updates and files."""

    looks: int = 0
    waited: float = 0.0
    waited_for_album: float = 0.0


class Reception:
    """Stores updates before they are acknowledged, and has each chat answered in order.

    The database is the queue: a chat is answered by taking its earliest open update from there until none is left, whichever
    process stored it. So it does not matter how updates are spread over processes, nor which of them die.
    """

    def __init__(
        self,
        advisor: Advisor,
        bot: Bot,
        wake_sender: Callable[[], None],
        sleep: Sleep = asyncio.sleep,
        timing: Timing | None = None,
        console: str | None = None,
        stars: int = 0,
    ) -> None:
        self._store = advisor.store
        self._answering = Answering(advisor, bot, wake_sender, sleep, console, stars)
        self._sleep = sleep
        self._timing = timing or Timing()
        self._claims = Claims.over(advisor.store.engine)
        self._served: set[int] = set()
        self._news: set[int] = set()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._storing = asyncio.Lock()
        self._batch = _Batch()
        self._tasks: asyncio.TaskGroup | None = None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Answers while the block runs: what earlier runs and processes that died left, and whatever is accepted."""
        try:
            async with self._answering.at_work(), asyncio.TaskGroup() as self._tasks:
                await self._take_up(None)
                sweeping = self._tasks.create_task(self._sweep())
                yield
                sweeping.cancel()
        finally:
            if self._claims is not None:
                self._claims.close()

    async def accept(self, raws: Sequence[dict[str, Any]]) -> None:
        """Store updates and have them answered; when this returns, they may be acknowledged."""
        letters = [_letter(raw) for raw in raws]
        await self._keep(letters)
        for letter in letters:  # also one that came before: whether it still waits for an answer the database knows
            if letter.chat_id is not None:
                self._look_at(letter.chat_id)

    async def _keep(self, letters: Sequence[Letter]) -> None:
        """Store updates. What comes while others are being stored waits and is stored together, in one transaction."""
        batch = self._batch
        batch.letters.extend(letters)
        async with self._storing:
            if not batch.stored:
                self._batch = _Batch()
                await patiently(partial(self._store.keep_updates, batch.letters, datetime.now(UTC)), self._sleep)
                batch.stored = True

    def _look_at(self, chat_id: int) -> None:
        """There may be something to answer in a chat."""
        self._news.add(chat_id)
        if chat_id not in self._served:
            assert self._tasks is not None
            self._served.add(chat_id)
            self._tasks.create_task(self._serve_chat(chat_id))

    async def _serve_chat(self, chat_id: int) -> None:
        """Answer what waits for one chat, one after the other; leaves when nothing waits."""
        while chat_id in self._news:
            self._news.discard(chat_id)
            serving = _Serving()
            while (pause := await self._visit(chat_id, serving)) is not None:  # noqa: ASYNC110 (what is waited for other processes do)
                await asyncio.sleep(pause)
        self._served.discard(chat_id)

    async def _visit(self, chat_id: int, serving: _Serving) -> float | None:
        """Answer what can be answered now; gives the seconds after which to look again, None when nothing is open."""
        async with self._room:
            if not await self._claim(chat_id):
                serving.looks += 1
                waits = await self._next(chat_id)
                # Whoever has the chat may have looked for its last update before ours was stored.
                return min(self._timing.look_again * 2 ** (serving.looks - 1), self._timing.longest_look) if waits else None
            try:
                while opened := await self._next(chat_id):
                    pause = self._pause_for_gap(opened, serving)
                    if pause > 0:
                        return pause
                    others, pause = await self._album(opened.letter, serving)
                    if pause > 0:
                        return pause
                    await self._answering.answer(opened.letter, others)
                return None
            finally:
                await self._give_back(chat_id)

    def _pause_for_gap(self, opened: Opened, serving: _Serving) -> float:
        """Seconds to wait for an update that is missing before this one; 0 when none is, or it was waited for long enough."""
        if opened.gap_since is None or serving.waited >= self._timing.patience:  # clocks of several machines need not agree
            return 0.0
        left = self._timing.patience - (datetime.now(UTC) - opened.gap_since).total_seconds()
        pause = min(left, self._timing.gap_look)
        serving.waited += max(pause, 0.0)
        return pause

    async def _album(self, first: Letter, serving: _Serving) -> tuple[tuple[Letter, ...], float]:
        """The further files of the album that an update begins, and the seconds to wait for more; nothing for most updates."""
        album = album_of(first.body)
        if album is None or first.chat_id is None:
            return (), 0.0
        waiting = await patiently(partial(self._store.waiting_updates, first.chat_id), self._sleep)
        together = list(takewhile(lambda one: album_of(one[0].body) == album, waiting))
        if not together:  # answered elsewhere meanwhile
            return (), 0.0
        if len(together) < len(waiting) or len(together) >= _ALBUM or serving.waited_for_album >= _ALBUM_PATIENCE:
            return tuple(letter for letter, _ in together[1:_ALBUM]), 0.0  # something else came after it: it is complete
        newest = max(received for _, received in together)
        pause = min(self._timing.album_quiet - (datetime.now(UTC) - newest).total_seconds(), self._timing.album_quiet)
        serving.waited_for_album += max(pause, 0.0)
        return tuple(letter for letter, _ in together[1:]), pause

    async def _next(self, chat_id: int) -> Opened | None:
        return await patiently(partial(self._store.next_update, chat_id, self._timing.patience > 0), self._sleep)

    async def _claim(self, chat_id: int) -> bool:
        return self._claims is None or await asyncio.to_thread(self._claims.take, chat_id)

    async def _give_back(self, chat_id: int) -> None:
        if self._claims is not None:
            await asyncio.to_thread(self._claims.give_back, chat_id)

    async def _sweep(self) -> None:
        """Take up what was left behind, again and again."""
        while True:
            await asyncio.sleep(self._timing.sweep)
            await self._take_up(datetime.now(UTC) - timedelta(seconds=self._timing.orphan_age))

    async def _take_up(self, before: datetime | None) -> None:
        for chat_id in await patiently(partial(self._store.open_chats, before), self._sleep):
            if chat_id not in self._served:
                self._look_at(chat_id)


def _letter(raw: dict[str, Any]) -> Letter:
    chat_id = chat_of(raw)
    known = chat_id is not None and chat_id in _CHATS
    return Letter(raw["update_id"], chat_id if known else None, json.dumps(raw))
