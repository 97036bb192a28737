"""Books of made-up firms that add up: the lines of a form, and amounts for them in whole cents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

Amounts = Mapping[str, Decimal]


@dataclass(frozen=True)
class Row:
    """A line of a form: its words, the key of its amount (None for a heading), its line number and how deep it stands."""

    label: str
    key: str | None = None
    number: int | None = None
    depth: int = 0


@dataclass(frozen=True)
class Form:
    """A form with one or two sides, and what its totals add up; a minus before a key takes it off. Totals stand in order of reckoning."""

    name: str
    sides: tuple[tuple[Row, ...], ...] = field(repr=False)
    sums: Mapping[str, tuple[str, ...]] = field(repr=False)
    #: facts by the key, or the keys with a plus between them, that states each
    facts: Mapping[str, str] = field(repr=False)
    #: the line that makes assets equal claims, or None for an income statement
    balancing: str | None = None
    language: str = "zh"

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for side in self.sides for row in side)

    @property
    def leaves(self) -> tuple[str, ...]:
        return tuple(row.key for row in self.rows if row.key is not None and row.key not in self.sums)

    def completed(self, leaves: Amounts) -> dict[str, Decimal]:
        """All amounts of the form, each total being the sum of its lines."""
        amounts = dict(leaves)
        self._add(amounts)
        if self.balancing is not None:
            amounts[self.balancing] += amounts["total_assets"] - amounts["claims"]
            self._add(amounts)
        return amounts

    def _add(self, amounts: dict[str, Decimal]) -> None:
        for total, parts in self.sums.items():
            amounts[total] = sum((-amounts[part[1:]] if part.startswith("-") else amounts[part] for part in parts), Decimal(0))

    def truth(self, amounts: Amounts) -> dict[str, Decimal]:
        """The facts that the amounts mean."""
        return {
            fact: sum((amounts[key] if sign == "+" else -amounts[key] for sign, key in _terms(keys)), Decimal(0))
            for fact, keys in self.facts.items()
        }

    def covered(self) -> tuple[str, ...]:
        """The keys that stand in some sum."""
        return tuple(dict.fromkeys([*self.sums, *(part.lstrip("-") for parts in self.sums.values() for part in parts)]))

    def numbered(self, number: bool) -> Form:
        """The form with its line numbers, or without."""
        return self if number else replace(self, sides=tuple(tuple(replace(row, number=None) for row in side) for side in self.sides))


def _terms(keys: str) -> Sequence[tuple[str, str]]:
    parts = keys.replace("-", "+-").split("+")
    return [("-", part[1:]) if part.startswith("-") else ("+", part) for part in parts if part]


def filled(form: Form, seed: int, step: Decimal = Decimal("0.01")) -> dict[str, Decimal]:
    """The form with amounts by chance, from nothing to some ten million steps of the last digit shown, and with totals that add up.

    By a seed, because a hundred amounts drawn one by one would take hypothesis minutes.
    """
    chance = Random(seed)
    sizes = [chance.choice((0, 10**4, 10**6, 10**7, 10**9)) for _ in form.leaves]
    return form.completed({key: chance.randrange(size // 10, size + 1) * step for key, size in zip(form.leaves, sizes, strict=True)})


def rows(text: str) -> tuple[Row, ...]:
    """Rows written one a line: `label | key | number`; two blanks in front make a line deeper."""
    found = []
    for line in text.strip("\n").split("\n"):
        label, *rest = (part.rstrip() for part in line.split("|"))
        depth = (len(label) - len(label.lstrip())) // 2
        key = rest[0].strip() if rest and rest[0].strip() else None
        number = int(rest[1]) if len(rest) > 1 and rest[1].strip() else None
        found.append(Row(label.strip(), key, number, depth))
    return tuple(found)
