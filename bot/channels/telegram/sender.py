"""The outbox's sender: hands waiting messages to Telegram, live ones first, no faster than Telegram takes them.

One sender works per bot, however many processes serve it: it holds the lease. Two tasks share the work. One decides, message by
message, what leaves next and when; it waits for Telegram only. The other keeps the books: it writes down what became of messages
and fetches what waits, one after the other, so that a message whose end is not written yet is never fetched anew.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import OperationalError
from telegram import Bot

from bot.channels.telegram.backlog import Backlog
from bot.channels.telegram.delivery import Done, Failed, Flood, Moved, Result, deliver
from bot.channels.telegram.desk.steps import Ending
from bot.channels.telegram.desk.topics import Topics
from bot.channels.telegram.ledger import Ledger
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.request import ANSWERED
from bot.channels.telegram.trouble import Sleep, TelegramUnusable, backoff, wait_for_database
from bot.storage.desk.topics import KIND
from bot.storage.lease import LeaseLost, sending_lease
from bot.storage.posts import Closing, Lane, Outcome, Post
from bot.storage.store import Store

logger = logging.getLogger(__name__)

#: Messages under way at once; after a crash no more than these can arrive twice. Bulk leaves some to live messages.
IN_FLIGHT, _BULK_IN_FLIGHT = 12, 8
#: The same of what is paid for: enough for its rate when an answer takes a twentieth of a second.
PAID_IN_FLIGHT = 60
_LONGEST_PAUSE = 60.0
#: After so many failures in a row it is Telegram that is in trouble, not a message: everything waits.
_IN_A_ROW = 3
#: Seconds that messages under way get to arrive when the program ends; one cut off would be sent twice.
_GOODBYE = 5.0
#: So long Telegram counts what was sent in all, in seconds, and in a group.
_SECOND, _MINUTE = 1.1, timedelta(seconds=60)


class Sender:
    """Sends what waits in the outbox and marks each row with what became of it."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        pace: Pace | None = None,
        now: Callable[[], datetime] | None = None,
        sleep: Sleep = asyncio.sleep,
        chance: random.Random | None = None,
    ) -> None:
        self._bot = bot
        self._store = store
        self._pace = pace or Pace()
        self._now = now or (lambda: datetime.now(UTC))
        self._sleep = sleep
        self._chance = chance or random.Random()  # noqa: S311 - it spreads retries, it guards nothing
        self._backlog = Backlog()
        self._topics = Topics(store, self._now)
        self._ledger = Ledger(store, self._backlog, self._now, sleep, self._topics)
        self._paused_until = -math.inf
        self._failures: dict[int, int] = {}
        self._in_a_row = 0
        self._under_way: dict[Lane, int] = dict.fromkeys(Lane, 0)
        self._unusable: TelegramUnusable | None = None

    def wake(self) -> None:
        """Something new is in the outbox."""
        self._ledger.look()

    async def run(self) -> None:
        """Send until cancelled, waiting first until no other process does. Raises TelegramUnusable when Telegram refuses the token."""
        failures = 0
        while True:
            try:
                async with sending_lease(self._store.engine, self._sleep) as check:
                    failures = 0
                    await self._ledger.after_a_crash()
                    await self._remember_what_left()
                    await self._work(check)
            except LeaseLost:
                logger.warning("the sender's lease was lost; waiting for it")
            except OperationalError:
                failures += 1
                await wait_for_database(failures, self._sleep)

    async def _work(self, check: Callable[[], None]) -> None:
        sending: set[asyncio.Task[None]] = set()
        books = asyncio.create_task(self._ledger.keep(check))
        try:
            while not books.done():
                self._start_what_may(sending)
                if self._unusable is not None:
                    raise self._unusable
                await self._ledger.changed(self._next_look(), books)
            await books
        finally:
            await self._let_arrive(sending)
            await self._ledger.end(books)

    def _start_what_may(self, sending: set[asyncio.Task[None]]) -> None:
        """Let everything leave that may leave now."""
        while (post := self._pick()) is not None:
            self._backlog.take(post)
            if self._now() - post.created_at > post.how.lifetime:
                self._end(post, "unknown" if post.doubtful else "dead", reason=None if post.doubtful else "late")
                continue
            self._pace.left(post.how.lane)
            self._under_way[post.how.lane] += 1
            task = asyncio.create_task(self._send(post))
            sending.add(task)
            task.add_done_callback(sending.discard)

    def _pick(self) -> Post | None:
        """The message that may leave now."""
        now = self._pace.clock()
        if now < self._paused_until:
            return None
        for lane in Lane:
            if self._pace.wait(lane) > 0 or self._is_crowded(lane):
                continue
            while (post := self._backlog.next(lane, now)) is not None:
                free_at = self._pace.chat_free_at(post.chat_id)
                if free_at <= now:
                    return post if self._ledger.may_start(post) else None
                self._backlog.hold(post.chat_id, free_at)
        return None

    def _is_crowded(self, lane: Lane) -> bool:
        """Whether as much is under way as may arrive twice after a crash."""
        paid = self._under_way[Lane.PAID]
        room = IN_FLIGHT + (PAID_IN_FLIGHT if paid else 0)
        if sum(self._under_way.values()) + self._ledger.unwritten >= (PAID_IN_FLIGHT if lane is Lane.PAID else room):
            return True
        return lane is Lane.BULK and self._under_way[lane] >= _BULK_IN_FLIGHT

    def _next_look(self) -> float:
        """Seconds until something may leave although nothing else happens."""
        now = self._pace.clock()
        if now < self._paused_until:
            return self._paused_until - now
        waits = [self._pace.wait(lane) for lane in Lane if self._backlog.next(lane, now) is not None]
        return min([wait for wait in waits if wait > 0] + [self._backlog.next_due() - now])

    async def _send(self, post: Post) -> None:
        """One try at a message."""
        began = time.monotonic()
        try:
            step = await asyncio.to_thread(self._topics.step, post) if post.kind == KIND else None
            if post.kind == KIND and step is None:
                self._nothing_to_do(post)
                return
            result = await deliver(self._bot, post, step)
        except TelegramUnusable as error:
            self._unusable, result = error, Failed(doubtful=False)
        except OperationalError:  # the database did not say what a topic lacks: nothing left
            result = Failed(doubtful=False)
        answered_at, now = ANSWERED.get(0.0), time.monotonic()
        if answered_at > began:
            self._pace.answered(post.chat_id, now - answered_at, post.how.lane, answered_at - began)
        else:
            self._pace.answered(post.chat_id, lane=post.how.lane)
        self._under_way[post.how.lane] -= 1
        self._settle(post, result)
        self._ledger.happened()

    def _nothing_to_do(self, post: Post) -> None:
        """A topic shows everything already, through a row before this one."""
        self._pace.stayed()
        self._under_way[post.how.lane] -= 1
        self._end(post, "sent")
        self._ledger.happened()

    def _settle(self, post: Post, result: Result) -> None:
        """What a try means for the message, for its chat, and for everything else that waits."""
        now = self._pace.clock()
        if isinstance(result, Done):
            self._in_a_row = 0
            if result.outcome == "unsubscribed":
                self._backlog.drop_chat(post.chat_id)
                self._ledger.give_up(post.chat_id)
            for _ in result.ending.numbers[1:] if result.ending else ():
                self._pace.happened(post.chat_id, 0.0)  # each file of a set counts
            self._end(post, result.outcome, result.message_id, result.ending, result.reason)
        elif isinstance(result, Flood):
            pause = result.seconds + self._chance.uniform(0, 0.2)
            logger.warning("Telegram wants to be left alone for %.0f s", result.seconds)
            self._paused_until = max(self._paused_until, now + pause)
            self._backlog.put_back(post, now)
        elif isinstance(result, Moved):
            self._backlog.drop_chat(post.chat_id)
            self._backlog.forget([post.id])
            self._backlog.hold(post.chat_id, now)
            self._ledger.move(post.chat_id, result.chat_id)
        else:
            self._try_again(post, result, now)

    def _try_again(self, post: Post, result: Failed, now: float) -> None:
        """A little later each time, and not all at the same moment."""
        if result.doubtful:
            if post.how.parks:
                self._end(post, "unknown")
                return
            self._ledger.doubt(post)
            post = replace(post, doubtful=True)
        failures = self._failures[post.id] = self._failures.get(post.id, 0) + 1
        self._in_a_row += 1
        self._backlog.put_back(post, now + self._jittered(failures))
        if self._in_a_row >= _IN_A_ROW:
            pause = self._jittered(self._in_a_row - _IN_A_ROW + 1)
            logger.warning("Telegram does not answer; trying again in %.0f s", pause)
            self._paused_until = max(self._paused_until, now + pause)

    def _jittered(self, failures: int) -> float:
        return backoff(failures, _LONGEST_PAUSE) * self._chance.uniform(0.5, 1.0)

    def _end(
        self, post: Post, outcome: Outcome, message_id: int | None = None, ending: Ending | None = None, reason: str | None = None
    ) -> None:
        self._failures.pop(post.id, None)
        self._backlog.hold(post.chat_id, self._pace.clock())
        self._ledger.enter(post, Closing(post.id, outcome, message_id, post.kind, ending, reason))

    async def _remember_what_left(self) -> None:
        """Telegram still counts what an earlier process sent, written down or not: for a second, and in groups for a minute."""
        now = self._now()
        for chat, at in sorted(await self._ledger.sent_since(now - _MINUTE), key=lambda item: item[1]):
            if chat < 0:
                self._pace.happened(chat, (now - at).total_seconds())
        self._paused_until = self._pace.clock() + _SECOND

    async def _let_arrive(self, sending: set[asyncio.Task[None]]) -> None:
        """Give the messages under way a moment to arrive."""
        if sending:
            _, late = await asyncio.wait(sending, timeout=_GOODBYE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
