"""Conditions over the firm vocabulary, with three-valued outcomes and reasons.

A condition is written in YAML as a leaf (`fact:` and one comparison), as `all:`, `any:` or `not:`, or as `check:` for a person.
Trying it on a firm gives true, false
or unknown by Kleene's logic, together with the findings that decided the outcome: for each leaf what was known and what was needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.derived import Known, known_value
from knowledge.firm import FactType, FactValue, Text
from knowledge.regions import contains


class Truth(StrEnum):
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


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
