"""Random conditions over the whole vocabulary and random firms, with values that meet each other's bounds; all as plain JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from knowledge.conditions import OPERATORS
from knowledge.derived import DERIVED
from knowledge.firm import FactType, vocabulary
from knowledge.size import CLASSES, standard

Raw = dict[str, Any]


def _size_bounds(fact: str) -> list[int]:
    """The bounds of the size standard for an indicator, each with its neighbours."""
    bounds = {limit for table in standard().values() for limit in table.get(fact, {}).values()}
    return sorted({bound + away for bound in bounds for away in (-1, 0, 1)})


#: Few values of each type, close to each other, with what a double or a cent makes of them.
POOLS: Mapping[FactType, list[Any]] = {
    FactType.MONEY: [-0.01, 0, 0.01, 0.07, 0.1, 7, 10, 28333.333333333332, 499999.99, 500000, 500000.01, 700000, 1000000, 9999999999999.99],
    FactType.RATE: [0, 0.0434999999, 0.0435, 0.07, 0.1, 0.3, 0.5, 0.7, 1, 1.5],
    FactType.MONTHS: [0, 11, 12, 23, 24, 25, 9999999999999],
    FactType.COUNT: [0, 1, 2, 3, 7, 9, 10, 20, 21, 29, 30, 59, 60, 9999999999999],
    FactType.FLAG: [True, False],
    FactType.CODE: ["100000", "350000", "350100", "350102", "350200", "350203", "440000", "440300", "110000", "110101", "350001", "990099"],
    FactType.TEXT: ["榕城面馆", "榕城饭馆", "a%b", "a_b", "o'brien", "\0", "\ud800", "MiXed", "mixed"],
}
_SPANS = [0, 1, 2, 3, 6, 12]
#: Around the days that the months and days above mean on 2026-11-21, and the ends of months where counting is not simple.
_DATES = [
    *("1949-01-01", "2024-02-28", "2024-02-29", "2024-10-21", "2024-10-22", "2024-11-21", "2024-11-22", "2025-10-31", "2025-11-22"),
    *("2026-10-21", "2026-10-22", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-28", "2026-12-21", "2027-01-20", "2099-12-31"),
]
_RATIO_BOUNDS = [0, 0.07, 0.1, 0.3, 0.5, 0.7, 0.7000001, 1, 5]


def pool(fact: str) -> list[Any]:
    """The values a single-valued fact is tried with, worked-out ones included."""
    if fact in DERIVED:
        pools: dict[FactType, list[Any]] = {FactType.CHOICE: list(CLASSES), FactType.MONTHS: _SPANS, FactType.DATE: _DATES}
        return pools.get(DERIVED[fact], _RATIO_BOUNDS)
    spec = vocabulary()[fact]
    return list(spec.choices) or POOLS[spec.type] + _size_bounds(fact)


def kind(fact: str) -> FactType:
    return DERIVED[fact] if fact in DERIVED else vocabulary()[fact].type


def comparisons() -> Iterator[tuple[str, str]]:
    """Every fact with every operator that suits it."""
    for fact in (*vocabulary(), *DERIVED):
        yield from ((fact, name) for name, operator in OPERATORS.items() if kind(fact) in operator.types)


def leaves(fact: str, operator: str) -> st.SearchStrategy[Raw]:
    """Comparisons of one fact by one operator."""
    values = st.sampled_from(pool(fact))
    several = st.lists(values, min_size=1, max_size=3)
    needed = {"one": values, "list": several, "pair": st.lists(values, min_size=2, max_size=2).map(sorted)}
    return needed[OPERATORS[operator].takes].map(lambda value: {"fact": fact, operator: value})


def _compound(inner: st.SearchStrategy[Raw]) -> st.SearchStrategy[Raw]:
    parts = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(parts.map(lambda p: {"all": p}), parts.map(lambda p: {"any": p}), inner.map(lambda p: {"not": p}))


LEAVES = st.sampled_from(sorted(comparisons())).flatmap(lambda pair: leaves(*pair))
#: What rules are made of in practice comes up more often than by chance.
USUAL = st.sampled_from([pair for pair in sorted(comparisons()) if pair[0] in (*DERIVED, "region", "collateral", "annual_revenue")])
CHECK = st.just({"check": {"zh": "人工核对", "en": "checked by a person"}})
CONDITIONS = st.recursive(st.one_of(LEAVES, USUAL.flatmap(lambda pair: leaves(*pair)), CHECK), _compound, max_leaves=12)


def _values(fact: str) -> st.SearchStrategy[Any]:
    if kind(fact) is FactType.CHOICES:
        return st.lists(st.sampled_from(pool(fact)), min_size=1, max_size=4)
    return st.sampled_from(pool(fact))


FIRMS: st.SearchStrategy[Raw] = st.fixed_dictionaries({}, optional={name: _values(name) for name in vocabulary()})
