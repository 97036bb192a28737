"""The size classes of 2011, bound by bound, and what holds while figures are missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.firm import FactValue, vocabulary
from knowledge.size import CLASSES, possible_sizes, size_class, size_missing

#: 中小企业划型标准规定 (工信部联企业〔2011〕300号), clause 4: least figures of a small, a medium and a large firm.
#: People as they stand; revenue and assets in 万元, as the document prints them.
PEOPLE, REVENUE, ASSETS = "employees", "annual_revenue", "total_assets"
STANDARD: Mapping[str, Mapping[str, tuple[int, int, int]]] = {
    "agriculture": {REVENUE: (50, 500, 20_000)},
    "industry": {PEOPLE: (20, 300, 1000), REVENUE: (300, 2000, 40_000)},
    "construction": {REVENUE: (300, 6000, 80_000), ASSETS: (300, 5000, 80_000)},
    "wholesale": {PEOPLE: (5, 20, 200), REVENUE: (1000, 5000, 40_000)},
    "retail": {PEOPLE: (10, 50, 300), REVENUE: (100, 500, 20_000)},
    "transport": {PEOPLE: (20, 300, 1000), REVENUE: (200, 3000, 30_000)},
    "warehousing": {PEOPLE: (20, 100, 200), REVENUE: (100, 1000, 30_000)},
    "postal": {PEOPLE: (20, 300, 1000), REVENUE: (100, 2000, 30_000)},
    "accommodation": {PEOPLE: (10, 100, 300), REVENUE: (100, 2000, 10_000)},
    "catering": {PEOPLE: (10, 100, 300), REVENUE: (100, 2000, 10_000)},
    "information_transmission": {PEOPLE: (10, 100, 2000), REVENUE: (100, 1000, 100_000)},
    "software_it": {PEOPLE: (10, 100, 300), REVENUE: (50, 1000, 10_000)},
    "real_estate": {REVENUE: (100, 1000, 200_000), ASSETS: (2000, 5000, 10_000)},
    "property_management": {PEOPLE: (100, 300, 1000), REVENUE: (500, 1000, 5000)},
    "leasing_business_services": {PEOPLE: (10, 100, 300), ASSETS: (100, 8000, 120_000)},
    "other": {PEOPLE: (10, 100, 300)},
}
INDICATORS = (PEOPLE, REVENUE, ASSETS)


def value(indicator: str, figure: int, away: int = 0) -> FactValue:
    """A figure of the table as a fact, `away` people or cents from it."""
    return figure + away if indicator == PEOPLE else Decimal(figure) * 10_000 + Decimal(away) / 100


def at_bounds() -> Iterator[Any]:
    """For each bound: every indicator at it, above it, and each one alone just below it."""
    for industry, table in STANDARD.items():
        for rank, above in enumerate(CLASSES[1:]):
            bounds = {name: bounds[rank] for name, bounds in table.items()}
            at = {name: value(name, figure) for name, figure in bounds.items()}
            yield pytest.param(industry, at, above, id=f"{industry}-{above}-at")
            over = {name: value(name, figure, 1) for name, figure in bounds.items()}
            yield pytest.param(industry, over, above, id=f"{industry}-{above}-over")
            for short, figure in bounds.items():
                yield pytest.param(industry, {**at, short: value(short, figure, -1)}, CLASSES[rank], id=f"{industry}-{above}-{short}-below")


def test_the_table_covers_every_industry_of_the_vocabulary() -> None:
    assert set(STANDARD) == set(vocabulary()["industry"].choices)


@pytest.mark.parametrize(("industry", "figures", "expected"), list(at_bounds()))
def test_each_bound(industry: str, figures: dict[str, FactValue], expected: str) -> None:
    assert size_class({"industry": industry, **figures}) == expected


@pytest.mark.parametrize("industry", STANDARD)
def test_one_weak_figure_makes_a_giant_micro(industry: str) -> None:
    large = {name: value(name, bounds[2]) for name, bounds in STANDARD[industry].items()}
    for name, bounds in STANDARD[industry].items():
        assert size_class({"industry": industry, **large, name: value(name, bounds[0], -1)}) == "micro"


@pytest.mark.parametrize("industry", STANDARD)
def test_figures_of_zero_are_micro_and_no_figures_are_any_class(industry: str) -> None:
    assert size_class({"industry": industry, **dict.fromkeys(STANDARD[industry], 0)}) == "micro"
    assert possible_sizes({"industry": industry}) == CLASSES
    assert size_class({"industry": industry}) is None
    assert set(size_missing({"industry": industry})) == set(STANDARD[industry])


@pytest.mark.parametrize(
    ("facts", "possible", "missing", "why"),
    [
        ({}, CLASSES, ("industry", PEOPLE, REVENUE), "nothing told"),
        ({"industry": "other"}, CLASSES, (PEOPLE,), "the one indicator of the industry"),
        ({"industry": "retail", PEOPLE: 9}, ("micro",), (), "one figure under the lowest bound settles it"),
        ({"industry": "retail", PEOPLE: 10}, ("micro", "small"), (REVENUE,), "staff of a small firm"),
        ({"industry": "retail", PEOPLE: 50}, ("micro", "small", "medium"), (REVENUE,), "staff of a medium firm"),
        ({"industry": "retail", PEOPLE: 300}, CLASSES, (REVENUE,), "staff of a large firm says nothing yet"),
        ({"industry": "retail", ASSETS: Decimal(1)}, CLASSES, (PEOPLE, REVENUE), "assets do not count in retail"),
        ({"industry": "construction", PEOPLE: 1}, CLASSES, (REVENUE, ASSETS), "staff does not count in construction"),
        ({PEOPLE: 4}, CLASSES, ("industry", REVENUE), "a farm of four may have any class"),
        ({PEOPLE: 4, REVENUE: Decimal(5_000_000)}, CLASSES[:3], ("industry",), "a farm would be medium, a shop micro"),
        ({PEOPLE: 4, REVENUE: Decimal(499_999)}, ("micro",), (), "micro in every industry"),
    ],
)  # fmt: skip
def test_incomplete_figures(facts: dict[str, FactValue], possible: tuple[str, ...], missing: tuple[str, ...], why: str) -> None:
    assert (possible_sizes(facts), size_missing(facts)) == (possible, missing), why


def _figures(indicator: str) -> st.SearchStrategy[FactValue]:
    bounds = sorted({bound for table in STANDARD.values() for bound in table.get(indicator, ())})
    return st.builds(lambda figure, away: value(indicator, figure, away), st.sampled_from([0, *bounds, bounds[-1] * 2]), st.integers(0, 2))


FIRMS = st.fixed_dictionaries({}, optional={"industry": st.sampled_from(sorted(STANDARD)), **{name: _figures(name) for name in INDICATORS}})


@given(FIRMS)
def test_knowing_less_never_rules_out_a_class(facts: dict[str, FactValue]) -> None:
    for left_out in facts:
        fewer = {name: known for name, known in facts.items() if name != left_out}
        assert set(possible_sizes(facts)) <= set(possible_sizes(fewer))


@given(FIRMS)
def test_something_is_missing_exactly_while_the_class_is_open(facts: dict[str, FactValue]) -> None:
    missing = size_missing(facts)
    assert (missing == ()) == (size_class(facts) is not None)
    assert not set(missing) & set(facts)


@given(st.sampled_from(sorted(STANDARD)), FIRMS)
def test_within_an_industry_the_possible_classes_have_no_gap(industry: str, facts: dict[str, FactValue]) -> None:
    possible = possible_sizes({**facts, "industry": industry})
    first = CLASSES.index(possible[0])
    assert possible == CLASSES[first : first + len(possible)]


@given(st.sampled_from(sorted(STANDARD)), st.fixed_dictionaries({name: _figures(name) for name in INDICATORS}), st.sampled_from(INDICATORS))
def test_a_firm_never_shrinks_by_growing(industry: str, figures: dict[str, Any], grown: str) -> None:
    before = size_class({"industry": industry, **figures})
    after = size_class({"industry": industry, **figures, grown: figures[grown] * 3 + 1})
    assert before is not None
    assert after is not None
    assert CLASSES.index(before) <= CLASSES.index(after)
