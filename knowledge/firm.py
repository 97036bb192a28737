"""The firm as the advisor knows it: typed facts with provenance, and the vocabulary they come from.

A fact that is not known is absent from the firm. Nothing here turns absence into 0 or False.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from knowledge.values import FactError, FactType, FactValue, expected, parsed, to_json

__all__ = [
    "Fact", "FactError", "FactSpec", "FactType", "FactValue", "Firm", "Provenance", "Text", "fact_from_json", "fact_to_json", "groups",
    "spec_of", "to_json", "vocabulary",
]  # fmt: skip


class Provenance(StrEnum):
    """Where a fact came from: the owner's words, a file, or a member of staff."""

    SAID = "said"
    FILE = "file"
    STAFF = "staff"


@dataclass(frozen=True)
class Text:
    """A text in both languages."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class FactSpec:
    """One fact of the vocabulary: its type, labels, choices, the phrases of a flag, and the question that asks for it."""

    name: str
    type: FactType
    group: str
    label: Text
    unit: Text | None = None
    ask: Text | None = None
    ease: int = 1
    choices: Mapping[str, Text] = field(default_factory=dict)
    if_true: Text | None = None
    if_false: Text | None = None

    def parse(self, raw: Any) -> FactValue:
        """Make a typed value out of plain JSON. Raises FactError naming the fact and what is allowed."""
        try:
            return parsed(self.type, raw, self.choices)
        except (ValueError, TypeError, ArithmeticError) as error:
            raise FactError(f"{self.name}: {expected(self.type, self.choices)}, not {raw!r}") from error


@dataclass(frozen=True)
class Fact:
    """A known value with where it came from and the date it speaks of."""

    name: str
    value: FactValue
    source: Provenance
    as_of: date
    approximate: bool = False


class Firm(Mapping[str, FactValue]):
    """The facts known about one firm; an immutable mapping of fact name to value."""

    def __init__(self, facts: Mapping[str, Fact] | None = None) -> None:
        self._facts: Mapping[str, Fact] = MappingProxyType(dict(facts or {}))
        #: What was worked out from these facts, kept beside them by `knowledge.derived`; it is no part of the firm.
        self.kept: object = None

    @classmethod
    def of(cls, values: Mapping[str, Any], as_of: date, source: Provenance = Provenance.SAID) -> Firm:
        """A firm from plain JSON values, each parsed by the vocabulary. Raises FactError."""
        specs = vocabulary()
        return cls({name: Fact(name, spec_of(name, specs).parse(raw), source, as_of) for name, raw in values.items()})

    def __getitem__(self, name: str) -> FactValue:
        return self._facts[name].value

    def __contains__(self, name: object) -> bool:
        return name in self._facts  # what Mapping does instead, an exception for each fact not known, is slow

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def fact(self, name: str) -> Fact | None:
        return self._facts.get(name)

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self._facts

    def having(self, *facts: Fact) -> Firm:
        """The firm with these facts added or replaced."""
        return Firm({**self._facts, **{fact.name: fact for fact in facts}})

    def without(self, *names: str) -> Firm:
        return Firm({name: fact for name, fact in self._facts.items() if name not in names})


@cache
def vocabulary() -> Mapping[str, FactSpec]:
    """Every fact by name, in the order in which people see them."""
    raw = yaml.safe_load(resources.files("knowledge").joinpath("firm.yaml").read_text("utf-8"))
    return MappingProxyType({name: _spec(name, body) for name, body in raw["facts"].items()})


@cache
def groups() -> Mapping[str, Text]:
    """Headings under which facts are shown, in order."""
    raw = yaml.safe_load(resources.files("knowledge").joinpath("firm.yaml").read_text("utf-8"))
    return MappingProxyType({name: Text(**labels) for name, labels in raw["groups"].items()})


def spec_of(name: str, specs: Mapping[str, FactSpec] | None = None) -> FactSpec:
    """The spec of a fact. Raises FactError when the vocabulary has no such fact."""
    specs = specs if specs is not None else vocabulary()
    if name not in specs:
        raise FactError(f"{name}: no such fact in the vocabulary")
    return specs[name]


def _spec(name: str, body: Mapping[str, Any]) -> FactSpec:
    values = body.get("values", {})
    return FactSpec(
        name=name,
        type=FactType(body["type"]),
        group=body["group"],
        label=Text(body["zh"], body["en"]),
        unit=Text(**body["unit"]) if "unit" in body else None,
        ask=Text(**body["ask"]) if "ask" in body else None,
        ease=body.get("ease", 1),
        choices=MappingProxyType({str(value): Text(**labels) for value, labels in values.items()}),
        if_true=Text(**body["if_true"]) if "if_true" in body else None,
        if_false=Text(**body["if_false"]) if "if_false" in body else None,
    )


def fact_to_json(fact: Fact) -> dict[str, Any]:
    """A fact as plain JSON, as it is stored and sent."""
    return {
        "name": fact.name,
        "value": to_json(fact.value),
        "source": fact.source.value,
        "as_of": fact.as_of.isoformat(),
        "approximate": fact.approximate,
    }


def fact_from_json(plain: Mapping[str, Any]) -> Fact:
    """The inverse of fact_to_json. Raises FactError where the vocabulary has no such fact or no such value."""
    return Fact(
        name=plain["name"],
        value=spec_of(plain["name"]).parse(plain["value"]),
        source=Provenance(plain["source"]),
        as_of=date.fromisoformat(plain["as_of"]),
        approximate=plain["approximate"],
    )
