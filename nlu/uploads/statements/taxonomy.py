"""What the lines of statements are called: items, headings of sections, and official forms with their line numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from nlu.uploads.statements.labels import Label


@dataclass(frozen=True, slots=True)
class Item:
    """What a line is. See the head of taxonomy.yaml for the fields; `rank` is None for what is no total."""

    name: str
    of: str
    fact: str | None = None
    core: bool = False
    rank: int | None = None
    sign: int | None = None
    profit: bool = False
    within: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """An item with how sure its name is: 0 for the surest names."""

    item: Item
    tier: int


@dataclass(frozen=True)
class Form:
    """An official form: the names on each of its numbered lines, and which lines, with their signs, add up to which."""

    name: str
    of: str
    lines: Mapping[int, tuple[str, ...]]
    sums: Mapping[int, tuple[int, ...]]

    def number_of(self, label: Label) -> int | None:
        """The line on which a label stands in the form; None when it stands on none."""
        return next((number for number, names in self.lines.items() if any(name in names for name in label.names)), None)


@dataclass(frozen=True)
class Taxonomy:
    """Every name by statement, the headings of sections, the words for debts, and the forms."""

    names: Mapping[tuple[str, str], Named]
    patterns: tuple[tuple[re.Pattern[str], Item], ...]
    sections: Mapping[str, str]
    debts: Mapping[str, re.Pattern[str]]
    continued: frozenset[str]
    forms: tuple[Form, ...]
    items: Mapping[str, Item]

    def find(self, label: Label, of: str) -> Named | None:
        """The item that a label names in a statement; the Chinese name counts first."""
        for name in label.names:
            named = self.names.get((of, name)) or self._matched(name, of)
            if named is not None:
                return named
        return None

    def section(self, label: Label) -> str | None:
        """The section that a heading begins."""
        return next((self.sections[name] for name in label.names if name in self.sections), None)

    def knows(self, label: Label) -> bool:
        """Whether any statement has a line of this name."""
        return any(self.find(label, of) is not None for of in STATEMENTS)

    def _matched(self, name: str, of: str) -> Named | None:
        return next((Named(item, 0) for pattern, item in self.patterns if item.of == of and pattern.fullmatch(name)), None)


STATEMENTS = ("balance", "income", "cash_flow")


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy of the file beside this module."""
    raw = yaml.safe_load(resources.files("nlu.uploads.statements").joinpath("taxonomy.yaml").read_text("utf-8"))
    names: dict[tuple[str, str], Named] = {}
    patterns: list[tuple[re.Pattern[str], Item]] = []
    items: dict[str, Item] = {}
    for name, body in raw["items"].items():
        fields = {key: value for key, value in body.items() if key not in ("zh", "en", "match")}
        item = items[name] = Item(name=name, **fields)
        for language in ("zh", "en"):
            for tier, words in enumerate(body.get(language, ())):
                for word in words:
                    names.setdefault((item.of, word), Named(item, tier))
        patterns.extend((re.compile(pattern), item) for pattern in body.get("match", ()))
    return Taxonomy(
        names=MappingProxyType(names),
        patterns=tuple(patterns),
        sections=MappingProxyType({heading: section for section, headings in raw["sections"].items() for heading in headings}),
        debts=MappingProxyType({kind: re.compile(pattern) for kind, pattern in raw["debts"].items()}),
        continued=frozenset(raw["continued"]),
        forms=tuple(_form(name, body) for name, body in raw["forms"].items()),
        items=MappingProxyType(items),
    )


def _form(name: str, body: Mapping[str, Any]) -> Form:
    lines = {int(number): tuple(names) for number, names in body["lines"].items()}
    sums = {int(total): tuple(parts) for total, parts in body["sums"].items()}
    return Form(name, body["of"], MappingProxyType(lines), MappingProxyType(sums))
