"""Where people decided otherwise than the card, and what that says about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.card_schema import Card
from scoring.monitoring.chance import ENOUGH, Level

#: From this share of the scored firms on, the card is no longer what decides.
MANY = 0.10


class OverrideError(ValueError):
    """An override that cannot be kept; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Override:
    """One decision against the card's grade: when, about whose firm (None once erased), by whom, from, to, and why."""

    at: datetime
    firm: str | None
    by: str
    from_grade: str
    to_grade: str
    why: str
    card: str

    def check(self, card: Card, shown: str | None = None) -> None:
        """Raises OverrideError unless it changes the grade `shown` (the card's unless given), by somebody and for a reason.

        Going back to the card's grade takes an earlier override back.
        """
        names = [name for name, _ in card.grades]
        if self.to_grade not in names:
            raise OverrideError(f"the card has no grade {self.to_grade!r}; it has {', '.join(names)}")
        if self.to_grade == (shown or self.from_grade):
            raise OverrideError(f"the firm has grade {self.to_grade} already")
        if not self.by.strip() or not self.why.strip():
            raise OverrideError("who decides and why must be said")


@dataclass(frozen=True, slots=True)
class Overridden:
    """The log in figures. `share` is of the scored firms; `people` are who overrode, most often first."""

    count: int
    better: int
    worse: int
    share: float
    people: tuple[tuple[str, int], ...]
    level: Level


def overridden(card: Card, log: Sequence[Override], firms: int) -> Overridden:
    """The log beside the number of scored firms; each firm counts once in the share. Taking one back is neither better nor worse."""
    names = [name for name, _ in card.grades]
    steps = [names.index(one.to_grade) - names.index(one.from_grade) for one in log if {one.from_grade, one.to_grade} <= set(names)]
    better, worse = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    known = {one.firm for one in log if one.firm is not None}
    share = (len(known) + sum(one.firm is None for one in log)) / firms if firms else 0.0
    level = Level.OK if share < MANY else Level.ALARM if firms >= ENOUGH else Level.TOO_FEW
    people = Counter(one.by for one in log).most_common()
    return Overridden(len(log), better, worse, share, tuple(people), level)
