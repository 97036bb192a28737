"""Conditions over the firm vocabulary, with three-valued outcomes and reasons.

A condition is written in YAML as a leaf (`fact:` and one comparison), as `all:`, `any:` or `not:`, or as `check:` for a person.
Trying it on a firm gives true, false
or unknown by Kleene's logic, together with the findings that decided the outcome: for each leaf what was known and what was needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from knowledge.derived import Known, known_of
from knowledge.firm import FactType, FactValue, Text
from knowledge.regions import contains


class Truth(StrEnum):
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class _Part:
    """What every condition shares: how it is tried, put together once, because a firm is tried on thousands of comparisons at a time."""

    @cached_property
    def trial(self) -> Trial:
        return _TRIALS[type(self)](self)


@dataclass(frozen=True)
class Leaf(_Part):
    """One comparison of one fact. `clause` says which clause of the document asks for it."""

    fact: str
    operator: str
    needed: Any
    clause: Text | None = None


@dataclass(frozen=True)
class Check(_Part):
    """Something only a person can check; always unknown, and no fact of the vocabulary settles it."""

    text: Text


@dataclass(frozen=True)
class All(_Part):
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf(_Part):
    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not(_Part):
    part: Condition


Condition = Leaf | Check | All | AnyOf | Not


class Finding(NamedTuple):
    """What a leaf found: the outcome, what was known, and the facts that would settle an unknown.

    A tuple, like the other values that come by the thousand when a firm is tried on a pack: they are made in a third of the time.
    """

    leaf: Leaf | Check
    truth: Truth
    known: Known
    missing: tuple[str, ...] = ()
    negated: bool = False


#: A leaf that bears on an outcome, what was known of its fact, and whether it stands under a `not`: what a finding is made of.
Kept = tuple[Leaf | Check, Known, bool]


class Outcome(NamedTuple):
    """Outcome of a condition and what decided it, from which the findings are made when they are asked for."""

    truth: Truth
    kept: tuple[Kept, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that decided the outcome, in the order met."""
        truth, unknown = self.truth, self.truth is Truth.UNKNOWN
        return tuple(
            [Finding(leaf, truth, known, missing_for(leaf, known) if unknown else (), negated) for leaf, known, negated in self.kept]
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would settle an unknown outcome, without repeats, in the order met."""
        if self.truth is not Truth.UNKNOWN:
            return ()
        return tuple(dict.fromkeys([name for leaf, known, _ in self.kept for name in missing_for(leaf, known)]))


def try_on(condition: Condition, facts: Mapping[str, FactValue], on: date) -> Outcome:
    """Try a condition on the known facts of a firm, as of a date."""
    verdict, kept = condition.trial(known_of(facts, on))
    return Outcome(_TRUTH[verdict], tuple(kept))


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


# -- trying ------------------------------------------------------------------------------------------------------------------

#: Of what is known of each fact: the outcome (None = unknown), and what decided it.
Trial = Callable[[Mapping[str, Known]], tuple[bool | None, Sequence[Kept]]]


def _leaf_trial(leaf: Leaf) -> Trial:
    fact, needed, test = leaf.fact, leaf.needed, OPERATORS[leaf.operator].test

    def tried(firm: Mapping[str, Known]) -> tuple[bool | None, Sequence[Kept]]:
        known = firm[fact]
        possible = known[0]
        if len(possible) == 1:
            return test(possible[0], needed), ((leaf, known, False),)
        # Settled, too, when every value still possible says the same; not when none is known.
        verdicts = {test(value, needed) for value in possible} if possible else _NO_VERDICT
        return next(iter(verdicts)) if len(verdicts) == 1 else None, ((leaf, known, False),)

    return tried


def _check_trial(check: Check) -> Trial:
    always = None, ((check, Known(()), False),)
    return lambda _: always


def _not_trial(condition: Not) -> Trial:
    part = condition.part.trial

    def tried(firm: Mapping[str, Known]) -> tuple[bool | None, Sequence[Kept]]:
        verdict, kept = part(firm)
        return None if verdict is None else not verdict, [(leaf, known, not negated) for leaf, known, negated in kept]

    return tried


def _combined_trial(condition: All | AnyOf) -> Trial:
    """Kleene's and (one false decides) or or (one true does); else one unknown leaves it open. Only what decided is kept."""
    decisive, parts = isinstance(condition, AnyOf), tuple([part.trial for part in condition.parts])

    def tried(firm: Mapping[str, Known]) -> tuple[bool | None, Sequence[Kept]]:
        decided_by: dict[bool | None, list[Kept]] = {}
        for part in parts:
            said, kept = part(firm)
            if said in decided_by:
                decided_by[said] += kept
            else:
                decided_by[said] = [*kept]
        verdict = decisive if decisive in decided_by else None if None in decided_by else not decisive
        return verdict, decided_by.get(verdict, ())

    return tried


def missing_for(leaf: Leaf | Check, known: Known) -> tuple[str, ...]:
    """The facts that would settle an unknown leaf; none where only a person can tell.

    A place known only as far as its province has to be named more closely.
    """
    return known.missing or ((leaf.fact,) if isinstance(leaf, Leaf) and leaf.operator == "within" else ())


_TRUTH = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
_NO_VERDICT: frozenset[bool | None] = frozenset({None})
_TRIALS: Mapping[type[Any], Callable[[Any], Trial]] = {
    Leaf: _leaf_trial,
    Check: _check_trial,
    Not: _not_trial,
    All: _combined_trial,
    AnyOf: _combined_trial,
}


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
_DATE = frozenset({FactType.DATE})


@lru_cache(maxsize=8192)  # nearly every entry asks it of the firm's place
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
    "between": Operator(lambda known, needed: needed[0] <= known <= needed[1], _NUMBERS | _DATE, takes="pair"),
    "from": Operator(lambda known, needed: known >= needed, _DATE),
    "until": Operator(lambda known, needed: known <= needed, _DATE),
    "includes": Operator(lambda known, needed: bool(set(known) & set(needed)), _CHOICES, takes="list"),
    "within": Operator(_region_within, _CODE),
}
