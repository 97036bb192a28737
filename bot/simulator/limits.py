"""How much a bot may send, as sliding windows: 30 a second over all, one a second in a chat, 20 a minute in a group."""

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
#: One a second on average; three at once go through, as Telegram lets short bursts pass.
CHAT = Window(3, 3.0)
GROUP = Window(20, 60.0)


def wait_for(window: Window, sent: deque[float], now: float, more: int = 1) -> float:
    """Seconds until so many more messages fit into the window; 0.0 if they fit now. Forgets what has left the window.

    More than the window holds fit as soon as it is empty.
    """
    while sent and sent[0] <= now - window.seconds:
        sent.popleft()
    over = len(sent) + min(more, window.count) - window.count
    return sent[over - 1] + window.seconds - now if over > 0 else 0.0


@dataclass
class Limits:
    """The windows of one bot. Switched off they let everything pass and remember nothing."""

    on: bool = False
    overall: Window = OVERALL
    chat: Window = CHAT
    group: Window = GROUP
    _overall: deque[float] = field(default_factory=deque)
    _chats: dict[tuple[int, Window], deque[float]] = field(default_factory=dict)

    def admit(self, now: float, chat_id: int, is_group: bool, count: int = 1) -> int:
        """Whole seconds to wait before sending `count` messages to the chat; 0 lets them pass and counts them.

        Refused ones are not counted.
        """
        if not self.on:
            return 0
        windows = [(self.overall, self._overall), (self.chat, self._of(chat_id, self.chat))]
        if is_group:
            windows.append((self.group, self._of(chat_id, self.group)))
        wait = max(wait_for(window, sent, now, count) for window, sent in windows)
        if wait > 0:
            return max(1, math.ceil(wait))
        for _, sent in windows:
            sent.extend([now] * count)
        return 0

    def _of(self, chat_id: int, window: Window) -> deque[float]:
        return self._chats.setdefault((chat_id, window), deque())
