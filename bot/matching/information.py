"""How much an answer would settle: open rules reduced to what is not known yet, and tried with each likely answer.

An entry is settled when its status is certain, or when only a person's check is left. Rules are reduced once a turn; after that trying
an answer touches only the comparisons that depend on it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from math import prod

from knowledge.conditions import OPERATORS, All, AnyOf, Check, Condition, Leaf, Not, missing_for
from knowledge.derived import DERIVED, Known, known_value
from knowledge.entries import Entry
from knowledge.firm import FactValue
from knowledge.plausible import Answers, plausible

#: Estimates: that a person's check comes out well, and how the sizes of firms that ask are spread.
_CHECKED = 0.85
_SIZES = {"micro": 0.66, "small": 0.28, "medium": 0.05, "large": 0.01}
_RATIO_HOLDS = 0.45


class Settled(IntEnum):
    """Where a rule stands: `OPEN` needs facts, `CHECK` only a person."""

    NO = 0
    CHECK = 1
    OPEN = 2
    YES = 3


@dataclass(frozen=True, eq=False)
class Open:
    """A comparison that cannot be told yet and should come out as `wanted`: the facts that would settle it, and how likely it does."""

    leaf: Leaf
    wanted: bool
    missing: tuple[str, ...]
    likely: float


@dataclass(frozen=True, eq=False)
class Both:
    """All (`every`) or any of several open parts."""

    parts: tuple[Residual, ...]
    every: bool


Residual = Open | Both | Settled


class Ignorance:
    """What is not known about one firm on a day: open rules, and what each likely answer would make of them."""

    def __init__(self, facts: Mapping[str, FactValue], on: date) -> None:
        self._facts, self._on = facts, on
        self._known: dict[str, Known] = {}
        self._answered: dict[tuple[str, str, FactValue], Known] = {}
        self._with: dict[tuple[str, FactValue], dict[str, FactValue]] = {}
        self._outcomes: dict[tuple[str, Hashable], tuple[Settled, ...]] = {}

    def reduce(self, entry: Entry) -> Residual:
        """An entry's rule with what is known taken in."""
        return Settled.YES if entry.rule is None else self._reduce(entry.rule, True)

    def answers(self, fact: str) -> Answers:
        return plausible(fact, self._facts)

    def outcomes(self, rule: Residual, fact: str) -> tuple[Settled, ...]:
        """Where a rule would stand after each likely answer, in their order.

        Many rules ask the same of a fact, so each form is tried once.
        """
        form = focused(rule, fact)
        key = (fact, _form(form))
        if key not in self._outcomes:
            self._outcomes[key] = tuple(self.after(form, fact, value) for value, _ in self.answers(fact))
        return self._outcomes[key]

    def after(self, rule: Residual, fact: str, value: FactValue) -> Settled:
        """Where a rule would stand after an answer."""
        match rule:
            case Settled():
                return rule
            case Open(leaf, wanted, missing, _):
                if fact not in missing:
                    return Settled.OPEN
                known = self._answer(leaf.fact, fact, value)
                verdict = _verdict(leaf, wanted, known)
                return _unsettled(leaf, known) if verdict is None else Settled.YES if verdict else Settled.NO
            case Both(parts, every):
                decisive, result = (Settled.NO, Settled.YES) if every else (Settled.YES, Settled.NO)
                for part in parts:
                    stands = part if isinstance(part, Settled) else self.after(part, fact, value)
                    if stands is decisive:
                        return decisive
                    if stands is Settled.OPEN or (stands is Settled.CHECK and result is not Settled.OPEN):
                        result = stands
                return result

    def _reduce(self, condition: Condition, wanted: bool) -> Residual:
        """With `wanted` false the opposite of the condition."""
        match condition:
            case Check():
                return Settled.CHECK
            case Not(part):
                return self._reduce(part, not wanted)
            case Leaf():
                return self._reduce_leaf(condition, wanted)
            case All(parts) | AnyOf(parts):
                return _joined((self._reduce(part, wanted) for part in parts), every=isinstance(condition, All) is wanted)

    def _reduce_leaf(self, leaf: Leaf, wanted: bool) -> Residual:
        if leaf.fact not in self._known:
            self._known[leaf.fact] = known_value(leaf.fact, self._facts, self._on)
        known = self._known[leaf.fact]
        verdict = _verdict(leaf, wanted, known)
        if verdict is not None:
            return Settled.YES if verdict else Settled.NO
        if _unsettled(leaf, known) is Settled.CHECK:
            return Settled.CHECK
        chance = self._holds(leaf, known)
        return Open(leaf, wanted, missing_for(leaf, known), chance if wanted else 1 - chance)

    def _answer(self, name: str, fact: str, value: FactValue) -> Known:
        """What would be known of a fact, perhaps a worked-out one, after an answer."""
        key = (name, fact, value)
        if key not in self._answered:
            if (fact, value) not in self._with:
                self._with[fact, value] = {**self._facts, fact: value}
            self._answered[key] = known_value(name, self._with[fact, value], self._on)
        return self._answered[key]

    def _holds(self, leaf: Leaf, known: Known) -> float:
        """How likely the comparison holds."""
        test = OPERATORS[leaf.operator].test
        if leaf.fact == "size_class":
            weights = [(_SIZES[str(size)], test(size, leaf.needed)) for size in known.possible]
        elif leaf.fact in DERIVED:
            return _RATIO_HOLDS
        else:
            weights = [(weight, test(value, leaf.needed)) for value, weight in self.answers(leaf.fact)]
        total = sum(weight for weight, _ in weights)
        return sum(weight for weight, holds in weights if holds) / total if total else 0.5


def focused(rule: Residual, fact: str) -> Residual:
    """A rule with the parts that do not depend on a fact put as they stand, so that its answers are quickly tried."""
    match rule:
        case Settled():
            return rule
        case Open():
            return rule if fact in rule.missing else Settled.OPEN
        case Both(parts, every):
            seen = [focused(part, fact) for part in parts]
            stand = max((part for part in seen if isinstance(part, Settled)), default=None)
            left = [part for part in seen if not isinstance(part, Settled)]
            return Both((*left, *(() if stand is None else (stand,))), every) if left else stand or Settled.OPEN


def _form(rule: Residual) -> Hashable:
    """What makes two rules alike."""
    match rule:
        case Settled():
            return rule
        case Open(leaf, wanted):
            return leaf.fact, leaf.operator, leaf.needed, wanted
        case Both(parts, every):
            return every, *map(_form, parts)


def likely(rule: Residual) -> float:
    """How likely a rule comes out well, as if its parts had nothing to do with each other."""
    match rule:
        case Settled():
            return {Settled.YES: 1.0, Settled.NO: 0.0}.get(rule, _CHECKED)
        case Open():
            return rule.likely
        case Both(parts, every):
            return prod(map(likely, parts)) if every else 1 - prod(1 - likely(part) for part in parts)


def bearing(rule: Residual) -> tuple[str, ...]:
    """The facts a rule still depends on, in the order met."""
    match rule:
        case Settled():
            return ()
        case Open():
            return rule.missing
        case Both(parts, _):
            return tuple(dict.fromkeys(name for part in parts for name in bearing(part)))


def _joined(parts: Iterable[Residual], every: bool) -> Residual:
    decisive, idle = (Settled.NO, Settled.YES) if every else (Settled.YES, Settled.NO)
    left = []
    for part in parts:
        if part is decisive:
            return decisive
        if part is not idle:
            left.append(part)
    return Both(tuple(left), every) if len(left) > 1 else left[0] if left else idle


def _unsettled(leaf: Leaf, known: Known) -> Settled:
    """Where an undecided comparison stands: no fact says on which day of a month a firm was founded, but a person can look."""
    return Settled.OPEN if missing_for(leaf, known) else Settled.CHECK


def _verdict(leaf: Leaf, wanted: bool, known: Known) -> bool | None:
    test = OPERATORS[leaf.operator].test
    if len(known.possible) == 1:
        verdict = test(known.possible[0], leaf.needed)
        return None if verdict is None else verdict is wanted
    verdicts = {test(value, leaf.needed) for value in known.possible}
    if len(verdicts) != 1 or None in verdicts:
        return None
    return verdicts.pop() is wanted
