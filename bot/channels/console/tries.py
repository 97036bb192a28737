"""A limit on tries at the doors: whoever guesses is soon told to wait."""

from __future__ import annotations

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from threading import Lock

#: So many tries from one place within this time.
TRIES, WITHIN = 10, timedelta(minutes=10)
#: Places remembered at once; the ones that tried longest ago are forgotten first.
_PLACES = 10_000


class Tries:
    """Counts the tries of each place. Of one process: what is counted is forgotten when it ends."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def another(self, place: str, now: datetime) -> bool:
        """Count a try; False when the place has had its share for now. Tries that are refused do not count."""
        with self._lock:
            tried = self._tries.setdefault(place, deque())
            self._tries.move_to_end(place)
            while tried and now - tried[0] >= WITHIN:
                tried.popleft()
            while len(self._tries) > _PLACES:
                self._tries.popitem(last=False)
            if len(tried) >= TRIES:
                return False
            tried.append(now)
            return True
