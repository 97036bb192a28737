"""Conditions over the firm vocabulary, with three-valued outcomes and reasons.

A condition is written in YAML as a leaf (`fact:` and one comparison), as `all:`, `any:` or `not:`, or as `check:` for a person.
Trying it on a firm gives true, false
or unknown by Kleene's logic, together with the findings that decided the outcome: for each leaf what was known and what was needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import Any

from knowledge.derived import DERIVED, Known, known_value
from knowledge.firm import FactError, FactType, FactValue, Text, spec_of, vocabulary
from knowledge.regions import contains


class Truth(StrEnum):
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class ConditionError(ValueError):
    """A condition that cannot be read. The message names the key and what is allowed."""


@dataclass(frozen=True)
class Leaf:
    """One comparison of one fact. `clause` says which clause of the document asks for it."""

    fact: str
    operator: str
    needed: Any
    clause: Text | None = None


@dataclass(frozen=True)
class Check:
    """Something only a person can check; always unknown, and no fact of the vocabulary settles it."""

    text: Text


@dataclass(frozen=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    part: Condition


Condition = Leaf | Check | All | AnyOf | Not


@dataclass(frozen=True)
class Finding:
    """What a leaf found: the outcome, what was known, and the facts that would settle an unknown."""

    leaf: Leaf | Check
    truth: Truth
    known: Known
    missing: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True)
class Outcome:
    """Outcome of a condition and the findings that decided it."""

    truth: Truth
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would settle an unknown outcome, without repeats, in the order met."""
        return tuple(dict.fromkeys(name for finding in self.findings for name in finding.missing))


def try_on(condition: Condition, facts: Mapping[str, FactValue]) -> Outcome:
    """Try a condition on the known facts of a firm."""
    match condition:
        case Leaf():
            return _try_leaf(condition, facts)
        case Check():
            return Outcome(Truth.UNKNOWN, (Finding(condition, Truth.UNKNOWN, Known(())),))
        case Not(part):
            inner = try_on(part, facts)
            turned = tuple(Finding(f.leaf, _NEGATED[f.truth], f.known, f.missing, not f.negated) for f in inner.findings)
            return Outcome(_NEGATED[inner.truth], turned)
        case All(parts):
            return _combine([try_on(part, facts) for part in parts], decisive=Truth.FALSE)
        case AnyOf(parts):
            return _combine([try_on(part, facts) for part in parts], decisive=Truth.TRUE)


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of a condition."""
    match condition:
        case Leaf():
            yield condition
        case Check():
            return
        case Not(part):
            yield from leaves(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)


def _combine(outcomes: list[Outcome], decisive: Truth) -> Outcome:
    """Kleene's and (decisive=false) or or (decisive=true); only the findings that decided are kept."""
    truths = {outcome.truth for outcome in outcomes}
    if decisive in truths:
        truth = decisive
    elif Truth.UNKNOWN in truths:
        truth = Truth.UNKNOWN
    else:
        truth = _NEGATED[decisive]
    return Outcome(truth, tuple(f for outcome in outcomes if outcome.truth is truth for f in outcome.findings))


def _try_leaf(leaf: Leaf, facts: Mapping[str, FactValue]) -> Outcome:
    known = known_value(leaf.fact, facts)
    test = OPERATORS[leaf.operator].test
    verdicts = {test(value, leaf.needed) for value in known.possible}
    if len(verdicts) == 1 and None not in verdicts:
        truth = Truth.TRUE if verdicts.pop() else Truth.FALSE
        return Outcome(truth, (Finding(leaf, truth, known),))
    # A place known only as far as its province has to be named more closely.
    missing = known.missing or ((leaf.fact,) if leaf.operator == "within" else ())
    return Outcome(Truth.UNKNOWN, (Finding(leaf, Truth.UNKNOWN, known, missing),))


_NEGATED = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}


# -- comparisons: a new one is one line here ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Operator:
    """A comparison: its test (None = cannot tell), the fact types it suits, and whether it takes a list."""

    test: Callable[[Any, Any], bool | None]
    types: frozenset[FactType]
    takes: str = "one"


_NUMBERS = frozenset({FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT})
_SINGLE = frozenset({FactType.CHOICE, FactType.FLAG, FactType.TEXT}) | _NUMBERS
_CHOICES = frozenset({FactType.CHOICES})
_CODE = frozenset({FactType.CODE})


def _region_within(code: str, outer: str) -> bool | None:
    """Unknown when the owner named only a larger place, such as the province of the city that is needed."""
    if contains(outer, code):
        return True
    return None if contains(code, outer) else False


OPERATORS: Mapping[str, Operator] = {
    "is": Operator(lambda known, needed: known == needed, _SINGLE),
    "is_not": Operator(lambda known, needed: known != needed, _SINGLE),
    "in": Operator(lambda known, needed: known in needed, _SINGLE, takes="list"),
    "not_in": Operator(lambda known, needed: known not in needed, _SINGLE, takes="list"),
    "at_least": Operator(lambda known, needed: known >= needed, _NUMBERS),
    "at_most": Operator(lambda known, needed: known <= needed, _NUMBERS),
    "more_than": Operator(lambda known, needed: known > needed, _NUMBERS),
    "less_than": Operator(lambda known, needed: known < needed, _NUMBERS),
    "between": Operator(lambda known, needed: needed[0] <= known <= needed[1], _NUMBERS, takes="pair"),
    "includes": Operator(lambda known, needed: bool(set(known) & set(needed)), _CHOICES, takes="list"),
    "within": Operator(_region_within, _CODE),
}


# -- reading -----------------------------------------------------------------------------------------------------------------


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


def _read_leaf(raw: Mapping[str, Any], where: str) -> Leaf:
    fact = raw["fact"]
    kind = _kind(fact) if isinstance(fact, str) else None
    if kind is None:
        raise ConditionError(f"{where}.fact: no fact named {fact!r} in the vocabulary")
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


def _one(fact: str, raw: Any) -> FactValue:
    if fact == "size_class":
        if raw not in ("micro", "small", "medium", "large"):
            raise ValueError(f"size_class: one of micro, small, medium, large, not {raw!r}")
        return str(raw)
    if fact in DERIVED:
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw):
            raise ValueError(f"{fact}: a fraction such as 0.7, not {raw!r}")
        return Decimal(str(raw))
    return spec_of(fact).parse(raw)
