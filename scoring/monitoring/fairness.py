"""Are groups approved alike? The rule of four fifths: each group's approval rate over that of the group approved most often.

A ratio says where to look, not why: groups may differ in what lenders may rightly ask about. And a ratio of few firms says
nothing at all, so it raises an alarm only where chance is an unlikely explanation.
"""

from __future__ import annotations

from dataclasses import dataclass

from scoring.monitoring.chance import ENOUGH, Z95, Level, shares_differ, wilson
from scoring.monitoring.observing import Decisions, Tally

FOUR_FIFTHS = 0.80


@dataclass(frozen=True, slots=True)
class GroupRate:
    """A group's approval rate with its 95 % interval, and its ratio to the `best` group's rate (None where there is none)."""

    dimension: str
    group: str
    firms: int
    approved: int
    rate: float
    low: float
    high: float
    best: str | None
    ratio: float | None
    level: Level


def rates(counted: Tally) -> tuple[GroupRate, ...]:
    """Every group by dimension, the lowest ratio first. By the lender's decisions, or by what the grade says where none is known."""
    groups = counted.decisions or counted.passes
    found = []
    for dimension in dict.fromkeys(name for name, _ in groups):
        members = {group: one for (name, group), one in groups.items() if name == dimension}
        enough = [group for group, one in members.items() if one.firms >= ENOUGH and one.approved]
        best = max(enough, key=lambda group: (_rate(members[group]), group), default=None)
        found.extend(sorted((_judged(dimension, group, members, best) for group in members), key=lambda one: (one.rate, one.group)))
    return tuple(found)


def _judged(dimension: str, group: str, members: dict[str, Decisions], best: str | None) -> GroupRate:
    one = members[group]
    ratio = _rate(one) / _rate(members[best]) if best is not None else None
    low, high = wilson(one.approved, one.firms)
    level = Level.OK if one.firms >= ENOUGH else Level.TOO_FEW
    if best is not None and ratio is not None and ratio < FOUR_FIFTHS:
        other = members[best]
        sure = one.firms >= ENOUGH and shares_differ(one.approved, one.firms, other.approved, other.firms) >= Z95
        level = Level.ALARM if sure else Level.TOO_FEW
    return GroupRate(dimension, group, one.firms, one.approved, _rate(one), low, high, best, ratio, level)


def _rate(one: Decisions) -> float:
    return one.approved / one.firms
