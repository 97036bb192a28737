"""Firms counted in groups, none of which is so small that it would tell of a single firm.

Counts of what firms are or did are told in fives, rounded down, also those of all firms together. So are then all sums and differences of
what is told, of two days, of two groups or of two bulletins: none of them is one firm, nor four. Nobody and four firms look alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, Self, TypeVar

#: A group of fewer firms is not shown by itself.
FEWEST = 5
#: The key of what was put together because it was too small.
OTHERS = "others"
#: What is told of so few firms, or none, in place of a number.
UNDER = {"zh": f"不到{FEWEST}", "en": f"fewer than {FEWEST}"}


class Counted(Protocol):
    """Counts that can be put together, and told in fives."""

    @property
    def total(self) -> int: ...

    def __add__(self, other: Self, /) -> Self: ...

    def in_fives(self) -> Self: ...


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


def told_groups(counted: Mapping[str, Counts]) -> dict[str, Counts]:
    """What is told of the groups: as told_apart, and in fives, which decide the order, too."""
    found = {key: counts.in_fives() for key, counts in told_apart(counted).items()}
    return {key: found[key] for key in sorted(found, key=lambda key: (key == OTHERS, -found[key].total, key))}


def in_fives(count: int) -> int:
    """Rounded down: 0 stands for fewer than five firms, 5 for five to nine."""
    return count - count % FEWEST


def told(count: int, language: str) -> str:
    """A count of firms as officers read it."""
    return UNDER[language] if count < FEWEST else f"{in_fives(count):,}"
