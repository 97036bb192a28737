"""The sender's books: what became of messages goes to the database, what waits comes from it, in one thread of work."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from bot.channels.telegram.backlog import Backlog
from bot.channels.telegram.desk.topics import Topics
from bot.channels.telegram.trouble import Sleep, patiently
from bot.storage.desk.topics import KIND
from bot.storage.lease import LeaseLost
from bot.storage.posts import Closing, Lane, Post
from bot.storage.store import Store

#: Messages fetched at a time, and how few may be left before more are fetched.
_BATCH = 400
_LOW = 200
#: More than these are not kept in memory, however many wait.
_MOST = 4_000
#: Other processes write into the outbox, too: look for what they wrote so often, in seconds.
_LOOK_EVERY = 0.2
_CHECK_EVERY = 2.0
#: Messages that must not arrive twice are noted before they leave, so many ahead.
_AHEAD = 4
#: Seconds that writing the rest down may take when the program ends.
_GOODBYE = 5.0


class Ledger:
    """Keeps the backlog filled from the outbox, and the outbox true to what happened."""

    def __init__(
        self, store: Store, backlog: Backlog, now: Callable[[], datetime], sleep: Sleep = asyncio.sleep, topics: Topics | None = None
    ) -> None:
        """`topics` act on what became of their rows, in the transaction that writes it down."""
        self._store = store
        self._topics = topics or Topics(store)
        self._backlog = backlog
        self._now = now
        self._sleep = sleep
        self._closings: list[Closing] = []
        self._jobs: list[Callable[[], object]] = []
        self._started: set[int] = set()
        self._writing = 0
        self._looks = True
        self._ends = False
        self._more: dict[Lane, bool] = dict.fromkeys(Lane, True)
        self._work = asyncio.Event()
        self._news = asyncio.Event()

    @property
    def unwritten(self) -> int:
        """Messages whose end is known but not written down yet."""
        return self._writing + len(self._closings)

    def look(self) -> None:
        """There may be something new in the outbox."""
        self._looks = True
        self._work.set()

    def happened(self) -> None:
        """Have the sender look again."""
        self._news.set()

    def enter(self, post: Post, closing: Closing) -> None:
        """A message came to its end."""
        self._started.discard(post.id)
        self._closings.append(closing)
        self._work.set()

    def doubt(self, post: Post) -> None:
        """A message may have arrived."""
        self._do(partial(self._store.start_posts, [post.id], self._now()))

    def give_up(self, chat: int) -> None:
        """A chat takes nothing any more."""
        self._do(partial(self._store.give_up_chat, chat, self._now()))

    def move(self, old: int, new: int) -> None:
        """A group has another number."""
        self._do(partial(self._store.move_chat, old, new, self._now(), self._topics.moved))
        self.look()

    def may_start(self, post: Post) -> bool:
        """Whether a message may leave; one that must not arrive twice has to be noted first, which is then under way."""
        if not post.how.parks or post.id in self._started:
            return True
        self._work.set()
        return False

    async def changed(self, seconds: float, books: asyncio.Task[None]) -> None:
        """Wait until something happened, or so many seconds."""
        waits: list[asyncio.Future[Any]] = [asyncio.ensure_future(self._news.wait())]
        if math.isfinite(seconds):
            waits.append(asyncio.ensure_future(self._sleep(max(seconds, 0.0))))
        try:
            await asyncio.wait([*waits, books], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        self._news.clear()

    async def keep(self, check: Callable[[], None]) -> None:
        """Write and fetch until told to end. Raises what `check` raises when this process must not send any more."""
        loop = asyncio.get_running_loop()
        checked = looked = loop.time()
        while not self._ends:
            if loop.time() - looked >= _LOOK_EVERY:  # also while there is always something to write down
                self._looks, looked = True, loop.time()
            if loop.time() - checked >= _CHECK_EVERY:
                await asyncio.to_thread(check)
                checked = loop.time()
            await self._exchange()
            self._news.set()
            if not (self._closings or self._jobs):
                await self._rest()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_EVERY):
                await self._work.wait()
        except TimeoutError:
            self._looks = True
        self._work.clear()

    async def _exchange(self) -> None:
        """Write what is to be written, then fetch what is wanted; nothing else touches the outbox's open rows meanwhile."""
        closings, self._closings = self._closings, []
        jobs, self._jobs = self._jobs, []
        self._writing = len(closings)
        if closings:
            await patiently(partial(self._store.close_posts, closings, self._now(), self._topics.closed), self._sleep)
            self._looks |= any(item.kind == KIND for item in closings)  # a topic's next step
            self._backlog.forget(item.id for item in closings)
        self._writing = 0
        for job in jobs:
            await patiently(job, self._sleep)
        await self._note_ahead()
        looks, self._looks = self._looks, False
        for lane in Lane:
            size = self._backlog.size(lane)
            if looks or (self._more[lane] and size < _LOW):
                await self._fetch(lane, min(size + _BATCH, _MOST))

    async def _fetch(self, lane: Lane, limit: int) -> None:
        waiting = await patiently(partial(self._store.waiting, lane, limit), self._sleep)
        self._more[lane] = len(waiting) == limit
        missing = self._backlog.missing(lane, waiting, whole=not self._more[lane])
        if missing:
            self._backlog.add(await patiently(partial(self._store.posts, missing), self._sleep))

    async def _note_ahead(self) -> None:
        coming = [post for lane in Lane for post in self._backlog.upcoming(lane, _AHEAD) if post.how.parks and post.id not in self._started]
        if coming:
            ids = [post.id for post in coming]
            await patiently(partial(self._store.start_posts, ids, self._now()), self._sleep)
            self._started.update(ids)

    async def after_a_crash(self) -> None:
        """Close what an earlier process may have sent and must not be sent twice."""
        await patiently(partial(self._store.park_doubtful, self._now()), self._sleep)

    async def sent_since(self, moment: datetime) -> list[tuple[int, datetime]]:
        """What left lately: (chat, when)."""
        return await patiently(partial(self._store.sent_since, moment), self._sleep)

    async def end(self, books: asyncio.Task[None]) -> None:
        """Write down the rest, and that what was only noted did not leave; give up when the database does not answer."""
        self._ends = True
        self._work.set()
        with suppress(TimeoutError, LeaseLost):
            async with asyncio.timeout(_GOODBYE):
                await books
                while self._closings or self._jobs:
                    await self._exchange()
                if self._started:
                    await patiently(partial(self._store.start_posts, list(self._started), None), self._sleep)
        self._ends = False
        self._started.clear()

    def _do(self, job: Callable[[], object]) -> None:
        self._jobs.append(job)
        self._work.set()
