"""Statements in words: a fact with one value, as `industry=catering`. A list such as the collateral is one statement an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.firm import FactType, FactValue, vocabulary

#: Facts that words alone state. Names, codes and places are not among them: what makes those is the rules' alone.
IN_WORDS = tuple(name for name, spec in sorted(vocabulary().items()) if spec.type in (FactType.CHOICE, FactType.CHOICES, FactType.FLAG))
_LISTS = frozenset(name for name in IN_WORDS if vocabulary()[name].type is FactType.CHOICES)


def statement(fact: str, value: object) -> str:
    return f"{fact}={value}"


def fact_of(said: str) -> str:
    """The fact that a statement is about."""
    return said.partition("=")[0]


def is_list(fact: str) -> bool:
    """Whether a firm may have several values of this fact."""
    return fact in _LISTS


def statements(facts: Mapping[str, FactValue]) -> frozenset[str]:
    """The statements that facts make; those that words cannot make are left out."""
    found: list[str] = []
    for fact, value in facts.items():
        if is_list(fact) and isinstance(value, tuple):
            found += [statement(fact, item) for item in value]
        elif fact in IN_WORDS:
            found.append(statement(fact, value))
    return frozenset(found)


def given(facts: Mapping[str, FactValue]) -> frozenset[str]:
    """For each fact that words alone do not state, that it is given (`region=given`), or given as nothing at all (`overdue_12m=0`)."""
    return frozenset(statement(name, 0 if value == 0 else "given") for name, value in facts.items() if name not in IN_WORDS)


def value_of(fact: str, said: Iterable[str]) -> FactValue:
    """The value that statements about one fact give together, items in the vocabulary's order."""
    values = [item.partition("=")[2] for item in said]
    spec = vocabulary()[fact]
    if spec.type is FactType.FLAG:
        return values[0] == str(True)
    return spec.parse([choice for choice in spec.choices if choice in values] if is_list(fact) else values[0])
