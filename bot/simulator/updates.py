"""The bot's queue of updates: each stays until it is confirmed, by an offset or by a webhook that took it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.simulator.faults import Faults
from bot.simulator.state import Json

#: What a bot gets that never said which updates it wants: all but these.
_ONLY_ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Updates:
    """Oldest first; ids go up by one."""

    faults: Faults
    next_id: int = 100_000_001
    allowed: tuple[str, ...] = ()
    pending: list[Json] = field(default_factory=list)
    _again: list[Json] = field(default_factory=list)

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
        self.pending.append(update)
        return update

    def fetch(self, offset: int, limit: int) -> list[Json]:
        """Confirm what lies below the offset, and return the next; a negative offset keeps only so many of the last."""
        if offset < 0:
            del self.pending[:offset]
        elif offset > 0:
            self._confirm([update for update in self.pending if update["update_id"] < offset])
        batch = [*self._again, *self.pending][:limit]
        self._again = [update for update in self._again if update not in batch]
        if self.faults.disorder > 0 and len(batch) > 1:
            self.faults.disorder -= 1
            batch.reverse()
        return batch

    def first(self) -> Json | None:
        """The next update for a webhook; with disorder ordered, the second before the first."""
        waiting = [*self._again, *self.pending]
        if self.faults.disorder > 0 and len(waiting) > 1:
            self.faults.disorder -= 1
            return waiting[1]
        return waiting[0] if waiting else None

    def delivered(self, update: Json) -> None:
        """The webhook took it."""
        if update in self._again:
            self._again.remove(update)
        else:
            self._confirm([update])

    def drop(self) -> None:
        self.pending.clear()
        self._again.clear()

    def _confirm(self, updates: list[Json]) -> None:
        self.pending = [update for update in self.pending if update not in updates]
        twice = updates[: self.faults.duplicates]
        self.faults.duplicates -= len(twice)
        self._again += twice
