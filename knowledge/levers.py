"""What an owner can change about a business, and one change as a value; `knowledge.ways` works out how much is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

import yaml

from knowledge.conditions import Leaf
from knowledge.firm import FactValue, Text


@dataclass(frozen=True)
class Lever:
    """How a fact can be changed; see data/levers.yaml."""

    fact: str
    way: str
    effort: int
    say: Text
    beside: Text | None = None
    to: bool | None = None
    months: int = 0
    ladder: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    moves: str | None = None


@dataclass(frozen=True)
class Step:
    """One change that makes one comparison hold: every fact it moves to its new value, the first of them the one it is about.

    That a day comes moves no fact: then it is about what the comparison looks at.
    `on` is the day from which it holds by itself; None when it is the owner's to do. `strain` says how hard it is.
    """

    lever: Lever
    leaf: Leaf
    moves: Mapping[str, FactValue]
    strain: float
    on: date | None = None

    @property
    def fact(self) -> str:
        return next(iter(self.moves), self.leaf.fact)


@dataclass(frozen=True)
class Now:
    """A firm on a day; `told` says of which day an age is, where that is not today."""

    facts: Mapping[str, FactValue]
    today: date
    told: Mapping[str, date]


@cache
def levers() -> Mapping[str, Lever]:
    """Every fact that can be changed, worked-out ones included."""
    raw = yaml.safe_load(resources.files("knowledge").joinpath("data/levers.yaml").read_text("utf-8"))
    return {name: _lever(name, body) for name, body in raw["levers"].items()}


def _lever(name: str, body: Mapping[str, Any]) -> Lever:
    parsed: dict[str, Any] = {key: Text(**body[key]) for key in ("say", "beside") if key in body}
    return Lever(fact=name, **{**body, **parsed, "ladder": tuple(body.get("ladder", ())), "never": tuple(body.get("never", ()))})
