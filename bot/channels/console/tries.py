"""A limit on failed tries at the doors: whoever guesses is soon told to wait, and colleagues behind one address are not."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

#: So many failures from one place within this time.
TRIES, WITHIN = 10, timedelta(minutes=10)
#: Places remembered at once; the ones that tried longest ago are forgotten first.
_PLACES = 10_000


class Tries:
    """Counts the failures of each place. Of one process: what is counted is forgotten when it ends."""

    def __init__(self) -> None:
        self._failed: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def may(self, place: str, now: datetime) -> bool:
        """Whether a place may try; False while it has failed too often of late."""
        with self._lock:
            return len(self._recent(place, now)) < TRIES

    def failed(self, place: str, now: datetime) -> None:
        """Count a failure."""
        with self._lock:
            recent = self._recent(place, now)
            recent.append(now)
            self._failed[place] = recent
            self._failed.move_to_end(place)
            while len(self._failed) > _PLACES:
                self._failed.popitem(last=False)

    def _recent(self, place: str, now: datetime) -> deque[datetime]:
        return deque(moment for moment in self._failed.get(place, ()) if now - moment < WITHIN)
