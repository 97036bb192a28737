"""A rule told in words, a line a condition, as it is read before it is tried on a firm."""

from __future__ import annotations

from knowledge.authoring.wording import tell
from knowledge.conditions import All, AnyOf, Check, Condition, Finding, Leaf, Not, Truth
from knowledge.derived import Known
from knowledge.wording import requirement


def rule_lines(condition: Condition | None, language: str) -> list[str]:
    """Every condition of a rule; what is inside a group stands further in."""
    return [] if condition is None else _lines(condition, language, "", False)


def leaf_words(leaf: Leaf | Check, language: str, negated: bool = False) -> str:
    """One condition in words; one for a person is marked as such."""
    told = requirement(Finding(leaf, Truth.TRUE, Known(()), negated=negated), language)
    return tell("by_person", language, text=told) if isinstance(leaf, Check) else told


def _lines(condition: Condition, language: str, margin: str, negated: bool) -> list[str]:
    match condition:
        case Leaf() | Check():
            return [f"{margin}· {leaf_words(condition, language, negated)}"]
        case Not(Leaf() as leaf):
            return _lines(leaf, language, margin, not negated)
        case Not(part):
            return [f"{margin}· {tell('none_of', language)}", *_lines(part, language, f"{margin}  ", negated)]
        case AnyOf(parts):
            inner = [line for part in parts for line in _lines(part, language, f"{margin}  ", negated)]
            return [f"{margin}· {tell('any_of', language)}", *inner]
        case All(parts) if margin:
            inner = [line for part in parts for line in _lines(part, language, f"{margin}  ", negated)]
            return [f"{margin}· {tell('all_of', language)}", *inner]
        case All(parts):
            return [line for part in parts for line in _lines(part, language, margin, negated)]
