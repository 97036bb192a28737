"""Reading conditions from YAML, strictly: a key, fact, operator or value that is not known is an error that says what is allowed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from math import isfinite
from typing import Any

from knowledge.conditions import OPERATORS, All, AnyOf, Check, Condition, Leaf, Not
from knowledge.derived import DERIVED, KnownValue
from knowledge.firm import FactError, FactType, Text, spec_of, vocabulary


class ConditionError(ValueError):
    """A condition that cannot be read. The message names the key and what is allowed."""


def read_condition(raw: Any, where: str = "when") -> Condition:
    """Read a condition from plain YAML. Raises ConditionError naming the place, the key and what is allowed."""
    if not isinstance(raw, Mapping):
        raise ConditionError(f"{where}: expected a mapping with `fact`, `all`, `any` or `not`, not {raw!r}")
    keys = set(raw)
    if "fact" in keys:
        return _read_leaf(raw, where)
    if len(keys) != 1 or not keys <= {"all", "any", "not", "check"}:
        found = ", ".join(map(str, raw)) or "nothing"
        raise ConditionError(f"{where}: expected exactly one of `fact`, `all`, `any`, `not`, `check`; found {found}")
    (key,) = keys
    if key == "check":
        return Check(_read_text(raw["check"], f"{where}.check"))
    if key == "not":
        return Not(read_condition(raw["not"], f"{where}.not"))
    if not isinstance(raw[key], list) or not raw[key]:
        raise ConditionError(f"{where}.{key}: expected a list of conditions that is not empty")
    parts = tuple(read_condition(part, f"{where}.{key}[{index}]") for index, part in enumerate(raw[key]))
    return All(parts) if key == "all" else AnyOf(parts)


def allowed(name: Any, names: Collection[str]) -> str:
    """What could stand instead of an unknown name: the names like it, or all there are."""
    near = get_close_matches(name, names, n=5) if isinstance(name, str) else []
    return f"similar are {', '.join(near)}" if near else f"there are {', '.join(names)}"


def _read_leaf(raw: Mapping[str, Any], where: str) -> Leaf:
    fact = raw["fact"]
    kind = _kind(fact) if isinstance(fact, str) else None
    if kind is None:
        raise ConditionError(f"{where}.fact: no fact named {fact!r:.60} in the vocabulary; {allowed(fact, (*vocabulary(), *DERIVED))}")
    comparisons = set(raw) - {"fact", "clause"}
    suitable = sorted(name for name, operator in OPERATORS.items() if kind in operator.types)
    if len(comparisons) != 1 or not comparisons <= set(suitable):
        found = ", ".join(sorted(map(str, comparisons))) or "none"
        raise ConditionError(f"{where}: {fact} takes exactly one of {', '.join(suitable)}; found {found}")
    (operator,) = comparisons
    try:
        needed = _read_needed(fact, kind, OPERATORS[operator].takes, raw[operator])
    except (FactError, ValueError) as error:
        raise ConditionError(f"{where}.{operator}: {error}") from error
    clause = _read_text(raw["clause"], f"{where}.clause") if "clause" in raw else None
    return Leaf(fact, operator, needed, clause)


def _kind(fact: str) -> FactType | None:
    """The type of a fact, worked-out ones included; None when there is no such fact."""
    return DERIVED[fact] if fact in DERIVED else vocabulary()[fact].type if fact in vocabulary() else None


def _read_text(raw: Any, where: str) -> Text:
    if not isinstance(raw, Mapping) or set(raw) != {"zh", "en"}:
        raise ConditionError(f"{where}: expected a text with `zh` and `en`, not {raw!r}")
    return Text(str(raw["zh"]), str(raw["en"]))


def _read_needed(fact: str, kind: FactType, takes: str, raw: Any) -> Any:
    if takes == "one":
        return _one(fact, raw)
    if not isinstance(raw, list) or not raw or (takes == "pair" and len(raw) != 2):
        raise ValueError(f"expected {'two values' if takes == 'pair' else 'a list of values that is not empty'}, not {raw!r}")
    if kind is FactType.CHOICES:
        return spec_of(fact).parse(raw)
    values: tuple[Any, ...] = tuple(_one(fact, value) for value in raw)
    if takes == "pair" and values[0] > values[1]:
        raise ValueError(f"the first value is above the second: {raw!r}")
    return values


#: A rate above this is a percentage written as a number.
_LARGEST_RATE = 5
#: Years that a rule may speak of; what lies outside is a slip of the pen.
_YEARS = range(1949, 2100)


def _one(fact: str, raw: Any) -> KnownValue:
    if fact == "size_class":
        if raw not in ("micro", "small", "medium", "large"):
            raise ValueError(f"size_class: one of micro, small, medium, large, not {raw!r}")
        return str(raw)
    if DERIVED.get(fact) is FactType.MONTHS:
        if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
            raise ValueError(f"{fact}: whole months such as 6, not {raw!r}")
        return raw
    if DERIVED.get(fact) is FactType.DATE:
        return _day(fact, raw)
    if _kind(fact) is FactType.RATE:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw) or abs(raw) > _LARGEST_RATE:
            raise ValueError(f"{fact}: a fraction such as 0.7 for 70%, not {raw!r}")
        return Decimal(str(raw))
    return spec_of(fact).parse(raw)


def _day(fact: str, raw: Any) -> date:
    """A date as YAML reads it, or as text."""
    try:
        day = date.fromisoformat(raw) if isinstance(raw, str) else raw
    except ValueError:
        day = None
    if not isinstance(day, date) or isinstance(day, datetime) or day.year not in _YEARS:
        raise ValueError(f"{fact}: a date such as 2026-03-01, from {_YEARS[0]} to {_YEARS[-1]}, not {str(raw)!r:.40}")
    return day
