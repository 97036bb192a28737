"""The bot's queue of updates: each stays until it is confirmed, by an offset or by a webhook that took it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, takewhile

from bot.simulator.faults import Faults
from bot.simulator.lanes import Lanes
from bot.simulator.state import Json

#: What a bot gets that never said which updates it wants: all but these.
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Updates:
    """Oldest first; ids go up by one. Adding, fetching and confirming take the same time however many wait."""

    faults: Faults
    next_id: int = 100_000_001
    allowed: tuple[str, ...] = ()
    lanes: Lanes = field(default_factory=Lanes)
    _waiting: OrderedDict[int, Json] = field(default_factory=OrderedDict)
    _doubled: set[int] = field(default_factory=set)  # confirmed once and still there, to be delivered once more

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def pending(self) -> list[Json]:
        return list(self._waiting.values())

    def allow(self, kinds: Iterable[str]) -> None:
        """Only such updates from now on; none named means all but the rare ones. What already waits stays."""
        self.allowed = tuple(kinds)

    def add(self, kind: str, content: Json) -> Json | None:
        """Queue an update unless the bot did not ask for its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _ONLY_ON_REQUEST
        if not wanted:
            return None
        update: Json = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        self._waiting[update["update_id"]] = update
        self.lanes.put(update)
        return update

    def fetch(self, offset: int, limit: int) -> list[Json]:
        """Confirm what lies below the offset, and return the next; a negative offset keeps only so many of the last."""
        if offset < 0:
            self._forget_all_but(-offset)
        else:
            self._confirm_below(offset)
        batch = list(islice(self._waiting.values(), limit))
        if len(batch) > 1 and self.faults.wants_disorder():
            self.faults.disordered()
            batch.reverse()
        return batch

    def claim(self) -> Json | None:
        """The next update for a webhook; its lane is taken until `release`. With disorder ordered, one that overtakes another."""
        overtaking = self.lanes.claim(second=True) if self.faults.wants_disorder() else None
        if overtaking is not None:
            self.faults.disordered()
            return overtaking
        return self.lanes.claim()

    def release(self, update: Json) -> None:
        """The webhook has the update or refused it; the next of the chat may leave."""
        self.lanes.release(update)

    def delivered(self, update: Json) -> None:
        """The webhook took it."""
        if self._waiting.get(update["update_id"]) is update and not self._confirm(update):
            self.lanes.put(update, first=True)

    def drop(self) -> None:
        self._waiting.clear()
        self._doubled.clear()
        self.lanes.clear()

    def _forget_all_but(self, last: int) -> None:
        while len(self._waiting) > last:
            _, update = self._waiting.popitem(last=False)
            self.lanes.discard(update)

    def _confirm_below(self, offset: int) -> None:
        for number in list(takewhile(lambda number: number < offset, self._waiting)):
            self._confirm(self._waiting[number])

    def _confirm(self, update: Json) -> bool:
        """Whether the update is gone; otherwise it is delivered once more."""
        number = update["update_id"]
        if number not in self._doubled and self.faults.doubles():
            self._doubled.add(number)
            return False
        self._doubled.discard(number)
        del self._waiting[number]
        self.lanes.discard(update)
        return True
