"""How much a bot may send, as sliding windows: 30 a second over all, one a second in a chat, 20 a minute in a group.

Messages that the bot pays for have a window of their own, of 1,000 a second; each beyond 30 in a second costs a tenth of a Star.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Window:
    """At most `count` messages within any `seconds`."""

    count: int
    seconds: float


OVERALL = Window(30, 1.0)
CHAT = Window(1, 1.0)
GROUP = Window(20, 60.0)
PAID = Window(1000, 1.0)
#: For a chat, instead of CHAT: one a second on average, but three at once go through, as Telegram lets short bursts pass.
BURST = Window(3, 3.0)


@dataclass
class Sent:
    """What was sent to each chat within one window. It holds nothing that has left the window, however many chats there were."""

    window: Window
    _order: deque[tuple[float, int]] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def wait_for(self, chat_id: int, now: float, more: int = 1) -> float:
        """Seconds until so many more messages fit; 0.0 if they fit now. More than the window holds fit as soon as it is empty."""
        self.forget(now)
        sent = self._chats.get(chat_id, deque())
        over = len(sent) + min(more, self.window.count) - self.window.count
        return sent[over - 1] + self.window.seconds - now if over > 0 else 0.0

    def count(self, chat_id: int, now: float, more: int) -> None:
        """So many messages left now."""
        self._order.extend([(now, chat_id)] * more)
        self._chats.setdefault(chat_id, deque()).extend([now] * more)

    def take_back(self, chat_id: int, more: int) -> None:
        """The last so many, which were this chat's, did not leave after all."""
        sent = self._chats[chat_id]
        for _ in range(more):
            self._order.pop()
            sent.pop()
        if not sent:
            del self._chats[chat_id]

    def held(self, chat_id: int) -> int:
        """How many of a chat are in the window."""
        return len(self._chats.get(chat_id, ()))

    def __len__(self) -> int:
        return len(self._order) + len(self._chats)

    def forget(self, now: float) -> None:
        """Drop what has left the window."""
        while self._order and self._order[0][0] <= now - self.window.seconds:
            _, chat_id = self._order.popleft()
            sent = self._chats[chat_id]
            sent.popleft()
            if not sent:
                del self._chats[chat_id]


@dataclass
class Limits:
    """The windows of one bot. Switched off they let everything pass and remember nothing."""

    on: bool = False
    overall: Window = OVERALL
    chat: Window = CHAT
    group: Window = GROUP
    paid: Window = PAID
    #: tenths of a Star that were spent
    tenths: int = 0

    def __post_init__(self) -> None:
        self._overall, self._chat, self._group = Sent(self.overall), Sent(self.chat), Sent(self.group)
        self._paid = Sent(self.paid)

    def admit(self, now: float, chat_id: int, is_group: bool, count: int = 1, paid: bool = False) -> int:
        """Whole seconds to wait before sending `count` messages to the chat; 0 lets them pass and counts them.

        Refused ones are not counted.
        """
        if not self.on:
            return 0
        self._group.forget(now)
        windows = self._windows(chat_id, is_group, paid)
        wait = max(sent.wait_for(key, now, count) for sent, key in windows)
        if wait > 0:
            return max(1, math.ceil(wait))
        for sent, key in windows:
            sent.count(key, now, count)
        if paid:
            self.tenths += max(0, min(count, self._paid.held(0) - self.overall.count))
        return 0

    def take_back(self, chat_id: int, is_group: bool, count: int = 1, paid: bool = False) -> None:
        """What was admitted just now was refused for another reason: it does not count."""
        for sent, key in self._windows(chat_id, is_group, paid) if self.on else []:
            sent.take_back(key, count)

    def _windows(self, chat_id: int, is_group: bool, paid: bool) -> list[tuple[Sent, int]]:
        return [(self._paid if paid else self._overall, 0), (self._chat, chat_id), *([(self._group, chat_id)] if is_group else [])]

    def __len__(self) -> int:
        """How much is remembered: messages and chats, each once for every window it is still in."""
        return len(self._overall) + len(self._paid) + len(self._chat) + len(self._group)
