"""How fast a bot may write: thirty messages a second in all, one a second in a chat, twenty a minute in a group.

The numbers are those of Telegram's "Broadcasting to Users" in https://core.telegram.org/bots/faq.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.posts import Lane

#: A little over a second, for Telegram's clock and ours do not tick alike.
_SECOND = 1.0005
_MINUTE = 60.1
#: So long after a live message, in seconds, room is kept for the next one.
_LIVELY = 10.0
#: Bulk leaves evenly and not in bursts: a live message in between then never waits for a whole second to pass. A little faster
#: than the limit allows, so that the limit and not this sets the rate.
_EVENLY = 1.03
_CHATS_REMEMBERED = 10_000
#: The way there and back is the shortest of so many.
_WAYS = 50


@dataclass(frozen=True)
class Rates:
    """What Telegram allows, and how much of it is kept free for live messages while people chat.

    per_second: messages in all; reserve: of these, not for bulk while there is live traffic; chat_interval: seconds between two
    messages in a chat (0 switches all limits of single chats off); group_minute: messages a minute in a group; paid_second: messages a
    second that are paid for.
    """

    per_second: int = 30
    reserve: int = 4
    chat_interval: float = 1.0
    group_minute: int = 20
    paid_second: int = 1000


class Pace:
    """Says when the next message may leave.

    Counted are the messages under way and those answered within the last second. A message is let pass by Telegram somewhere between
    its leaving and its answer, so of any thirty-one messages at least one was let pass more than a second before the last one leaves.
    That holds half of the shortest way there and back earlier, too: no message is let pass sooner after it leaves, or later before its
    answer, than the way takes. Only half, for the shortest way seen may have been short by chance.
    """

    def __init__(self, rates: Rates | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.rates = rates or Rates()
        self.clock = clock
        self._under_way, self._paid_under_way = 0, 0
        self._answered: deque[float] = deque()
        self._ways: deque[float] = deque(maxlen=_WAYS)
        self._paid: deque[float] = deque()
        self._last_live = -math.inf
        self._next_bulk = -math.inf
        self._chats: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}

    def wait(self, lane: Lane) -> float:
        """Seconds until a message of this lane may leave; infinite when first one under way has to be answered."""
        now = self.clock()
        if lane is Lane.PAID:
            return self._wait_paid(now)
        while self._answered and self._answered[0] <= now - _SECOND:
            self._answered.popleft()
        over = self._under_way + len(self._answered) - self._limit(lane, now)
        if over >= 0:
            return self._answered[over] + _SECOND - now if over < len(self._answered) else math.inf
        return max(self._next_bulk - now, 0.0) if lane is Lane.BULK else 0.0

    def chat_free_at(self, chat: int) -> float:
        """The clock's time from which on a chat takes another message."""
        free = self._chats.get(chat, -math.inf)
        sent = self._groups.get(chat)
        if sent and len(sent) >= self.rates.group_minute:
            free = max(free, sent[-self.rates.group_minute] + _MINUTE)
        return free

    def left(self, lane: Lane) -> None:
        """A message leaves now."""
        now = self.clock()
        if lane is Lane.PAID:
            self._paid_under_way += 1
            return
        self._under_way += 1
        if lane is Lane.LIVE:
            self._last_live = now
        else:
            self._next_bulk = max(self._next_bulk, now - 1.0 / self.rates.per_second) + 1.0 / (self._limit(lane, now) * _EVENLY)

    def answered(self, chat: int, ago: float = 0.0, lane: Lane = Lane.LIVE, took: float = 0.0) -> None:
        """A message is no longer under way: it was answered so many seconds ago, `took` seconds after it left, or given up."""
        if lane is Lane.PAID:
            self._paid_under_way -= 1
            self._paid.append(self.clock() - ago)
            self._remember(chat, self.clock() - ago)
            return
        self._under_way -= 1
        self._ways.append(took)
        at = self.clock() - ago
        self._answered.append(at - self._surely_earlier())
        self._remember(chat, at)

    def stayed(self) -> None:
        """What was counted as under way did not leave after all."""
        self._under_way -= 1

    def happened(self, chat: int, ago: float) -> None:
        """A message was sent so many seconds ago; one that left before this process began counts, too. Oldest first."""
        at = self.clock() - ago
        self._answered.append(at)
        self._remember(chat, at)

    def _surely_earlier(self) -> float:
        """Seconds by which what has been answered may be forgotten sooner; none before enough answers are known."""
        return min(self._ways) / 2 if len(self._ways) == _WAYS else 0.0

    def _remember(self, chat: int, at: float) -> None:
        """When a chat takes another message."""
        if self.rates.chat_interval <= 0:
            return
        self._chats[chat] = at + self.rates.chat_interval * _SECOND
        if chat < 0:
            sent = self._groups.setdefault(chat, deque(maxlen=self.rates.group_minute))
            sent.append(at)
        if len(self._chats) > _CHATS_REMEMBERED:
            self._chats = {key: free for key, free in self._chats.items() if free > at}

    def _wait_paid(self, now: float) -> float:
        """As wait, for what is paid for: it has a window of its own."""
        while self._paid and self._paid[0] <= now - _SECOND:
            self._paid.popleft()
        over = self._paid_under_way + len(self._paid) - self.rates.paid_second
        if over < 0:
            return 0.0
        return self._paid[over] + _SECOND - now if over < len(self._paid) else math.inf

    def _limit(self, lane: Lane, now: float) -> int:
        chatting = lane is Lane.BULK and now - self._last_live < _LIVELY
        return max(self.rates.per_second - (self.rates.reserve if chatting else 0), 1)


#: Nothing is held back: for tests and benchmarks that are about something else.
UNLIMITED = Rates(per_second=1_000_000, reserve=0, chat_interval=0.0, paid_second=1_000_000)
