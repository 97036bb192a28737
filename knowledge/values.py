"""Values of facts: their types, made out of plain JSON and back. What a type does not admit is refused, never made into something else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

#: Money and rates are Decimal (yuan; fraction), counts and months int, flags bool, a choice str, several choices a tuple.
FactValue = Decimal | int | bool | str | tuple[str, ...]


class FactType(StrEnum):
    MONEY = "money"
    RATE = "rate"
    MONTHS = "months"
    COUNT = "count"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    CODE = "code"
    TEXT = "text"
    DATE = "date"  # only worked-out facts are dates: what owners tell is a duration


class FactError(ValueError):
    """A value that the vocabulary does not admit. The message names the fact and what is allowed."""


def to_json(value: FactValue) -> Any:
    """A value as plain JSON: whole numbers stay whole, tuples become lists."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value


def parsed(kind: FactType, raw: Any, choices: Collection[str] = ()) -> FactValue:
    """A typed value out of plain JSON. Raises ValueError, TypeError or ArithmeticError where the type does not admit it."""
    return _PARSERS[kind](raw, choices)


#: Beyond any firm's figures, and the most that JSON numbers carry to the cent.
_ABSURD = Decimal(10) ** 13


def _number(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        raise TypeError(raw)
    number = raw if isinstance(raw, Decimal) else Decimal(str(raw))
    if not number.is_finite() or abs(number) >= _ABSURD:
        raise ValueError(raw)
    return number


def _whole(raw: Any, _choices: Collection[str]) -> int:
    number = _number(raw)
    if number != number.to_integral_value() or number < 0:
        raise ValueError(raw)
    return int(number)


def _flag(raw: Any, _choices: Collection[str]) -> bool:
    if not isinstance(raw, bool):
        raise TypeError(raw)
    return raw


def _choice(raw: Any, choices: Collection[str]) -> str:
    if raw not in choices:
        raise ValueError(raw)
    return str(raw)


def _several(raw: Any, choices: Collection[str]) -> tuple[str, ...]:
    if isinstance(raw, str) or not raw:
        raise TypeError(raw)
    chosen = {_choice(item, choices) for item in raw}
    return tuple(value for value in choices if value in chosen)


def _code(raw: Any, _choices: Collection[str]) -> str:
    if not (isinstance(raw, str) and len(raw) == 6 and raw.isascii() and raw.isdigit()):
        raise ValueError(raw)
    return raw


def _text(raw: Any, _choices: Collection[str]) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise TypeError(raw)
    return raw.strip()


_PARSERS: Mapping[FactType, Callable[[Any, Collection[str]], FactValue]] = {
    FactType.MONEY: lambda raw, _choices: _number(raw),
    FactType.RATE: lambda raw, _choices: _number(raw),
    FactType.MONTHS: _whole,
    FactType.COUNT: _whole,
    FactType.FLAG: _flag,
    FactType.CHOICE: _choice,
    FactType.CHOICES: _several,
    FactType.CODE: _code,
    FactType.TEXT: _text,
}

_EXPECTED = {
    FactType.MONEY: "an amount in yuan as a number",
    FactType.RATE: "a fraction such as 0.0435",
    FactType.MONTHS: "a whole number of months, 0 or more",
    FactType.COUNT: "a whole number, 0 or more",
    FactType.FLAG: "true or false",
    FactType.CODE: "a six-digit region code as text, such as '350100'",
    FactType.TEXT: "a text that is not empty",
}


def expected(kind: FactType, choices: Collection[str] = ()) -> str:
    """What a value of a type looks like, in words."""
    if choices:
        article = "a list of" if kind is FactType.CHOICES else "one of"
        return f"{article} {', '.join(choices)}"
    return _EXPECTED[kind]
