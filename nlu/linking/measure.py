"""Counts of facts read right, read wrong and missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from knowledge.firm import FactValue
from nlu.linking.labels import Labelled


@dataclass(frozen=True)
class Count:
    """A fact is right when name and value are; what a label calls optional counts neither way."""

    right: int = 0
    wrong: int = 0
    stated: int = 0

    @classmethod
    def of(cls, message: Labelled, found: Mapping[str, FactValue]) -> Self:
        right = sum(message.facts.get(name) == value for name, value in found.items() if name in message.facts)
        extra = sum(name not in message.facts and name not in message.tolerated for name in found)
        return cls(right, sum(name in message.facts for name in found) - right + extra, len(message.facts))

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.wrong + other.wrong, self.stated + other.stated)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.stated, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(self.right + self.wrong + self.stated, 1)

    def __str__(self) -> str:
        return f"F1 {self.f1:.4f}, precision {self.precision:.4f}, recall {self.recall:.4f} of {self.stated} facts"
