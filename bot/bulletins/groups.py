"""Firms counted in groups, none of which is so small that it would tell of a single firm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, Self, TypeVar

#: A group of fewer firms is not shown by itself.
FEWEST = 5
#: The key of what was put together because it was too small.
OTHERS = "others"


class Counted(Protocol):
    """Counts that can be put together."""

    @property
    def total(self) -> int: ...

    def __add__(self, other: Self, /) -> Self: ...


Counts = TypeVar("Counts", bound=Counted)


def told_apart(counted: Mapping[str, Counts], fewest: int = FEWEST) -> dict[str, Counts]:
    """The groups, the largest first; small ones together as OTHERS, at the end.

    Where what was put together is small itself, the next larger group joins it: otherwise it would follow from the total. Nothing is
    left where all firms together are too few.
    """
    order = sorted(counted, key=lambda key: (-counted[key].total, key))
    kept = [key for key in order if counted[key].total >= fewest and key != OTHERS]
    rest = [key for key in order if key not in kept and counted[key].total > 0]
    while rest and sum(counted[key].total for key in rest) < fewest and kept:
        rest.append(kept.pop())
    shown = {key: counted[key] for key in kept}
    if not rest:
        return shown
    together = counted[rest[0]]
    for key in rest[1:]:
        together = together + counted[key]
    return {**shown, OTHERS: together} if together.total >= fewest else {}


def told_count(count: int, of: int) -> int | None:
    """A count that may be told of a group: None where it, or what it leaves of the group, is of a few firms only."""
    return count if all(part == 0 or part >= FEWEST for part in (count, of - count)) else None
