"""The figures of a bulletin held against its entry: an officer's text says nothing that the rule does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from pydantic import BaseModel

from knowledge.authoring.figures import figures
from knowledge.entries import Entry

#: Tried examples of an entry, what it was before, and how it is found, are nothing that it promises.
_NO_PROMISE = frozenset({"id", "also", "cases", "changed", "checked"})


def unfounded(text: str, language: str, entry: Entry, also: frozenset[Decimal] = frozenset()) -> list[Decimal]:
    """Figures of a text that stand neither in the entry nor in `also`, smallest first."""
    return sorted(figures(text, language) - _stated(entry) - also)


def day_figures(day: date) -> frozenset[Decimal]:
    """A day as texts state it."""
    return frozenset(map(Decimal, (day.year, day.month, day.day)))


def _stated(entry: Entry) -> frozenset[Decimal]:
    found: set[Decimal] = set()
    for name in type(entry).model_fields:
        if name not in _NO_PROMISE:
            found.update(_inside(getattr(entry, name)))
    return frozenset(found)


def _inside(value: Any) -> Iterator[Decimal]:
    """Every figure below a value, in each unit that texts state it in: fractions as percentages, months as years."""
    if value is None or isinstance(value, bool | Enum):
        return
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        yield from (number.normalize(), (number * 100).normalize(), (number / 12).normalize())
    elif isinstance(value, date):
        yield from day_figures(value)
    elif isinstance(value, str):
        yield from figures(value, "zh") | figures(value, "en")
    else:
        for part in _parts(value):
            yield from _inside(part)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, BaseModel):
        yield from (getattr(value, name) for name in type(value).model_fields)
    elif is_dataclass(value):
        yield from (getattr(value, field.name) for field in fields(value))
    elif isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
