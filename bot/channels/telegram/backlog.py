"""What waits to be sent, as far as it is in memory: whose turn it is, and which chats are not to be written to just now."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from bot.storage.posts import Lane, Post


class Backlog:
    """Messages by lane and chat. In a chat one message is under way at a time, and a lane's leave in the order they were written."""

    def __init__(self) -> None:
        self._known: dict[int, Post] = {}
        self._queues: dict[tuple[Lane, int], deque[Post]] = {}
        self._ready: dict[Lane, deque[int]] = {lane: deque() for lane in Lane}
        self._aside: dict[int, set[Lane]] = defaultdict(set)
        self._held: dict[int, float] = {}
        self._due: list[tuple[float, int]] = []
        self._sizes: dict[Lane, int] = dict.fromkeys(Lane, 0)

    def __contains__(self, row: int) -> bool:
        return row in self._known

    def size(self, lane: Lane) -> int:
        """How many messages of a lane are known, those under way included."""
        return self._sizes[lane]

    def missing(self, lane: Lane, waiting: Sequence[int], *, whole: bool) -> list[int]:
        """Which of the rows that wait in a lane, oldest first, are not known yet; `whole` says that nothing waits beyond them.

        What is known and waits no more is forgotten: its owner erased everything, or a newer edit took its place.
        """
        there, last = set(waiting), waiting[-1] if waiting else 0
        gone = [row for row, post in self._known.items() if post.how.lane is lane and row not in there and (whole or row <= last)]
        for row in gone:
            self._remove(self._known[row])
        self.forget(gone)
        return [row for row in waiting if row not in self._known]

    def add(self, posts: Iterable[Post]) -> None:
        """Take in what was missing, oldest first."""
        for post in posts:
            self._known[post.id] = post
            self._sizes[post.how.lane] += 1
            self._enqueue(post)

    def next(self, lane: Lane, now: float) -> Post | None:
        """The message of this lane that is next to leave; it stays where it is until its chat is held or it is forgotten."""
        self._let_go(now)
        ready = self._ready[lane]
        while ready:
            chat = ready[0]
            queue = self._queues.get((lane, chat))
            if queue and chat not in self._held:
                return queue[0]
            ready.popleft()
            if queue:
                self._aside[chat].add(lane)
        return None

    def upcoming(self, lane: Lane, count: int) -> list[Post]:
        """The first messages of chats whose turn comes next in a lane, so many at most."""
        chats = list(self._ready[lane])[:count]
        return [self._queues[lane, chat][0] for chat in chats if self._queues.get((lane, chat)) and chat not in self._held]

    def take(self, post: Post) -> None:
        """The message leaves; nothing else goes to its chat until release."""
        key = (post.how.lane, post.chat_id)
        self._queues[key].popleft()
        if not self._queues[key]:
            del self._queues[key]
        self._held[post.chat_id] = math.inf

    def hold(self, chat: int, until: float) -> None:
        """Nothing goes to a chat until the clock shows a time."""
        self._held[chat] = until
        heapq.heappush(self._due, (until, chat))

    def put_back(self, post: Post, until: float) -> None:
        """A message that has to be tried again, before anything else of its chat and lane."""
        if post.id in self._known:
            self._known[post.id] = post
            self._enqueue(post, first=True)
        self.hold(post.chat_id, until)

    def forget(self, rows: Iterable[int]) -> None:
        """Messages that are closed, or gone."""
        for row in rows:
            post = self._known.pop(row, None)
            if post is not None:
                self._sizes[post.how.lane] -= 1

    def drop_chat(self, chat: int) -> None:
        """Forget what waits for a chat; what is under way stays known."""
        for lane in Lane:
            self.forget(post.id for post in self._queues.pop((lane, chat), ()))

    def next_due(self) -> float:
        """When the next held chat is let go; infinite when none is."""
        while self._due and self._held.get(self._due[0][1]) != self._due[0][0]:
            heapq.heappop(self._due)  # held anew in the meantime
        return self._due[0][0] if self._due else math.inf

    def _remove(self, post: Post) -> None:
        """Take a message out of its queue; one under way is in none."""
        queue = self._queues.get((post.how.lane, post.chat_id))
        if queue and post in queue:
            queue.remove(post)
            if not queue:
                del self._queues[post.how.lane, post.chat_id]

    def _enqueue(self, post: Post, *, first: bool = False) -> None:
        key = (post.how.lane, post.chat_id)
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = deque()
        waited = bool(queue)
        if first:
            queue.appendleft(post)
        else:
            queue.append(post)
        if not waited and post.how.lane not in self._aside.get(post.chat_id, ()):
            self._ready[post.how.lane].append(post.chat_id)

    def _let_go(self, now: float) -> None:
        while self.next_due() <= now:
            _, chat = heapq.heappop(self._due)
            del self._held[chat]
            for lane in self._aside.pop(chat, ()):
                self._ready[lane].append(chat)
