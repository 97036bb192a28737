"""How a firm is stored for counting: one column for each fact of the vocabulary, typed by the fact, NULL while it is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Numeric, String, Text
from sqlalchemy.types import TypeEngine

from knowledge.firm import FactError, FactSpec, FactType, FactValue, vocabulary

Columns = Mapping[str, ColumnElement[Any]]
TruthExpression = ColumnElement[bool]

#: Money and rates are compared as exact decimals. SQLite keeps a number as the nearest double, in which different facts stay different.
TYPES: Mapping[FactType, Callable[[], TypeEngine[Any]]] = {
    FactType.FLAG: Boolean,
    FactType.MONTHS: BigInteger,
    FactType.COUNT: BigInteger,
    FactType.MONEY: lambda: Numeric(asdecimal=False),
    FactType.RATE: lambda: Numeric(asdecimal=False),
    FactType.CHOICE: lambda: String(40),
    FactType.CODE: lambda: String(6),
    FactType.CHOICES: Text,
    FactType.TEXT: Text,
}


def fact_columns(specs: Iterable[FactSpec] | None = None) -> list[Column[Any]]:
    """A column for each fact; narrow ones first, because a database walks a row up to the last column that it needs."""
    order = list(TYPES)
    facts = sorted(specs if specs is not None else vocabulary().values(), key=lambda spec: order.index(spec.type))
    return [Column(spec.name, TYPES[spec.type]()) for spec in facts]


def stored_value(spec: FactSpec, value: FactValue) -> Any:
    """A fact's value as its column holds it."""
    if spec.type is FactType.CHOICES:
        assert isinstance(value, tuple)
        return marked(value)
    return stored_text(str(value)) if spec.type is FactType.TEXT else value


def stored_values(raw: Mapping[str, Any]) -> dict[str, Any]:
    """What each column of a firm holds, from its facts as plain JSON. What the vocabulary does not admit (any more) is not known."""
    values: dict[str, Any] = {}
    for name, spec in vocabulary().items():
        try:
            values[name] = stored_value(spec, spec.parse(raw[name])) if name in raw else None
        except FactError:
            values[name] = None
    return values


def marked(choices: Iterable[str]) -> str:
    """Several choices as one text in which each can be looked for: `,vehicle,deposit,`."""
    return f",{','.join(choices)},"


def stored_text(text: str) -> str:
    """A text without what a database's text cannot hold: zero characters and halves of characters."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
