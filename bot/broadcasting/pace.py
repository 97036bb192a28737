"""How far a bulletin is, how fast it leaves, and when it will be out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.broadcasting.office import Office, progress
from bot.bulletins.groups import FEWEST
from bot.bulletins.model import Bulletin, Ending, Status
from bot.bulletins.timing import ends, rate_of
from bot.desk.model import Member
from bot.storage.bulletins.pace import ended_since

#: What the rate is taken over: long enough to be steady, short enough to show a halt.
_OVER = timedelta(seconds=20)


@dataclass(frozen=True)
class Pace:
    """A bulletin on its way. `rate` is in messages a second; `until` is when it will be out, None before all its firms are known."""

    bulletin: Bulletin
    counted: Mapping[Ending, int]
    rate: float
    until: datetime | None

    @property
    def few(self) -> bool:
        """Whether it is for so few firms that nobody is told what became of their messages."""
        return self.total < FEWEST

    @property
    def total(self) -> int:
        return sum(self.counted.values())

    @property
    def ended(self) -> int:
        return self.total - self.counted[Ending.WAITING]


def pace(office: Office, officer: Member, number: int, now: datetime) -> Pace:
    """Where a bulletin stands now. Raises Lost."""
    bulletin, counted = progress(office, officer, number)
    rate = 0.0
    if bulletin.status is Status.SENDING and bulletin.started_at is not None:
        since = max(now - _OVER, bulletin.started_at)
        with office.store.begin() as connection:
            rate = ended_since(connection, number, since) / max((now - since).total_seconds(), 1.0)
    until = None
    if bulletin.status is Status.SENDING and bulletin.complete:
        # Where nothing has left of late, quiet hours or a restart say nothing about how fast it will go on.
        until = ends(bulletin.draft.quiet, now, counted[Ending.WAITING], rate if rate >= 1 else rate_of(bulletin.draft.paid))
    return Pace(bulletin, counted, rate, until)
