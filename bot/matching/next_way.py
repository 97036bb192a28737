"""What a firm does next that no lender takes as it stands: never a bare no.

In order: somebody who stands for it, money on what customers owe or on goods, putting its record right, and in any case a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.firm import FactValue

Facts = Mapping[str, FactValue]


class Way(StrEnum):
    """A way on, the nearest first."""

    GUARANTEE = "guarantee"
    SUPPLY_CHAIN = "supply_chain"
    REPAIR = "repair"
    PERSON = "person"


@dataclass(frozen=True)
class NextWay:
    """A way on, and the entry that opens it where there is one."""

    way: Way
    entry: str | None = None


#: What a firm has to lend on, and the mechanisms that do.
_ON_GOODS: tuple[tuple[str, frozenset[str]], ...] = (
    ("receivables", frozenset({"receivables", "factoring"})),
    ("order_value", frozenset({"order", "government_order"})),
    ("inventory", frozenset({"warehouse_receipt"})),
)
_WEAK_GRADES = frozenset({"D", "E"})


def declined_by_all(matches: Sequence[Match]) -> bool:
    """Whether of the loans there are, none fits and none may yet."""
    loans = [match for match in matches if match.entry.kind is Kind.PRODUCT]
    return all(match.status is Status.INELIGIBLE for match in loans)


def needs_way(matches: Sequence[Match], facts: Facts, grade: str | None = None) -> bool:
    """Whether a firm is to be told ways on: no loan fits it, and either more decline than may yet take it, or its record is marred."""
    loans = [match.status for match in matches if match.entry.kind is Kind.PRODUCT]
    if Status.ELIGIBLE in loans:
        return False
    return loans.count(Status.INELIGIBLE) > loans.count(Status.UNKNOWN) or _repair(facts, grade) is not None or not loans


def next_ways(matches: Sequence[Match], facts: Facts, grade: str | None = None) -> tuple[NextWay, ...]:
    """Every way that is open to the firm, a person always last."""
    found = (_guarantee(matches), _supply_chain(matches, facts), _repair(facts, grade))
    return (*(way for way in found if way is not None), NextWay(Way.PERSON))


def _first(matches: Sequence[Match]) -> Match | None:
    """The first that fits, else the first that may."""
    for status in (Status.ELIGIBLE, Status.UNKNOWN):
        found = next((match for match in matches if match.status is status), None)
        if found is not None:
            return found
    return None


def _guarantee(matches: Sequence[Match]) -> NextWay | None:
    found = _first([match for match in matches if match.entry.kind is Kind.GUARANTEE])
    return NextWay(Way.GUARANTEE, found.entry.id) if found else None


def _supply_chain(matches: Sequence[Match], facts: Facts) -> NextWay | None:
    """Money on what customers owe, on orders or on goods: judged on them rather than on the firm."""
    for fact, mechanisms in _ON_GOODS:
        held = facts.get(fact)
        if not isinstance(held, Decimal) or held <= 0:
            continue
        found = _first([match for match in matches if match.offer.mechanism in mechanisms])
        if found is not None:
            return NextWay(Way.SUPPLY_CHAIN, found.entry.id)
    return None


def _repair(facts: Facts, grade: str | None) -> NextWay | None:
    """A record that can be put right, or a weak score."""
    return NextWay(Way.REPAIR) if marred(facts) or grade in _WEAK_GRADES else None


def marred(facts: Facts) -> bool:
    """Whether something stands on a firm's record that every lender looks at: arrears, late payments, a weak tax grade."""
    late = facts.get("overdue_12m")
    return (
        facts.get("blacklisted") is True
        or facts.get("tax_arrears") is True
        or (isinstance(late, int) and late > 0)
        or facts.get("tax_grade") in ("C", "D")
    )
