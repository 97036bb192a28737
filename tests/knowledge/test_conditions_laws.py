"""What must hold for any condition and any firm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from knowledge.conditions import All, AnyOf, Condition, Leaf, Not, Outcome, Truth, try_on
from knowledge.firm import FactValue
from knowledge.reading import read_condition
from tests.knowledge.truths import CHINA, DAY, FACTS, FUJIAN, FUZHOU, GUANGDONG, GULOU, OF, XIAMEN, F, T, U, firm

#: Few values, close to each other, so that bounds are met exactly.
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "annual_revenue": st.sampled_from([0, 500_000, 999_999, 1_000_000, 5_000_000, 20_000_000, 400_000_000]),
    "employees": st.sampled_from([0, 5, 9, 10, 20, 100, 300, 1000]),
    "new_hires_12m": st.sampled_from([0, 1, 2, 10]),
    "total_assets": st.sampled_from([0, 1_000_000, 3_000_000, 50_000_000, 1_200_000_000]),
    "total_liabilities": st.sampled_from([0, 500_000, 700_000, 1_000_000]),
    "age_months": st.sampled_from([0, 11, 12, 24]),
    "owner_share": st.sampled_from([0, 0.25, 0.5, 1]),
    "blacklisted": st.booleans(),
    "rd_spend": st.sampled_from([0, 100, 1_000_000]),
    "loan_matures_in_days": st.sampled_from([0, 29, 30, 365]),
    "legal_form": st.sampled_from(["company", "sole_trader", "partnership"]),
    "industry": st.sampled_from(["retail", "industry", "agriculture", "construction", "real_estate", "other"]),
    "collateral": st.lists(st.sampled_from(["none", "real_estate", "vehicle", "deposit"]), min_size=1, max_size=3),
    "region": st.sampled_from([CHINA, FUJIAN, FUZHOU, GULOU, XIAMEN, GUANGDONG]),
}

SIZES = st.sampled_from(["micro", "small", "medium", "large"])

RATIOS = st.sampled_from([0, 0.05, 0.1, 0.5, 0.7, 1])

#: Around the days that the ages and due dates above mean on that day.
DAYS = st.sampled_from(
    [date(2024, 10, 22), date(2024, 11, 5), date(2024, 11, 21), date(2025, 12, 1), DAY, date(2026, 12, 21), date(2027, 11, 21)]
)

INPUTS = {
    "size_class": {"industry", "employees", "annual_revenue", "total_assets"},
    "debt_ratio": {"total_liabilities", "total_assets"},
    "new_hire_share": {"new_hires_12m", "employees"},
    "rd_ratio": {"rd_spend", "annual_revenue"},
    "months_to_maturity": {"loan_matures_in_days"},
    "loan_due": {"loan_matures_in_days"},
    "founded": {"age_months"},
    "today": set[str](),
}


def _with_one(fact: str, operators: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda operator, value: {"fact": fact, operator: value}, st.sampled_from(operators), values)


def _with_list(fact: str, operators: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _with_one(fact, operators, st.lists(values, min_size=1, max_size=3))


def _number(fact: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    pair = st.lists(values, min_size=2, max_size=2).map(sorted)
    plain = _with_one(fact, ["at_least", "at_most", "more_than", "less_than", "is", "is_not"], values)
    return plain | _with_one(fact, ["between"], pair) | _with_list(fact, ["in", "not_in"], values)


def _dated(fact: str) -> st.SearchStrategy[dict[str, Any]]:
    pair = st.lists(DAYS, min_size=2, max_size=2).map(sorted)
    return _with_one(fact, ["from", "until"], DAYS) | _with_one(fact, ["between"], pair)


def _choice(fact: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return _with_one(fact, ["is", "is_not"], values) | _with_list(fact, ["in", "not_in"], values)


SINGLE = st.one_of(
    *(_number(name, VALUES[name]) for name in ("annual_revenue", "employees", "age_months", "owner_share")),
    *(_number(name, RATIOS) for name in ("debt_ratio", "new_hire_share", "rd_ratio")),
    _number("months_to_maturity", st.integers(0, 13)),
    *(_choice(name, VALUES[name]) for name in ("blacklisted", "legal_form", "industry")),
    *(_dated(name) for name in ("founded", "loan_due", "today")),
    _choice("size_class", SIZES),
    _with_one("collateral", ["includes"], VALUES["collateral"]),
    _with_one("region", ["within"], VALUES["region"]),
)

#: What a firm that has told everything can settle: an age in months says no day.
SETTLED = SINGLE.filter(lambda raw: raw["fact"] != "founded")

CHECK = st.just({"check": {"zh": "人工核对", "en": "checked by a person"}})


def _compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(parts.map(lambda p: {"all": p}), parts.map(lambda p: {"any": p}), inner.map(lambda p: {"not": p}))


def conditions(leaf: st.SearchStrategy[Any] = SINGLE | CHECK) -> st.SearchStrategy[Condition]:
    return st.recursive(leaf, _compound, max_leaves=8).map(read_condition)


FIRMS = st.fixed_dictionaries({}, optional=dict(VALUES)).map(lambda raw: firm(**raw))

WHOLE_FIRMS = st.fixed_dictionaries(dict(VALUES)).map(lambda raw: firm(**raw))


@given(conditions(), FIRMS, st.data())
def test_learning_more_never_overturns_an_answer(condition: Condition, facts: dict[str, FactValue], data: st.DataObject) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    before = try_on(condition, {name: facts[name] for name in known}, DAY).truth
    after = try_on(condition, facts, DAY).truth
    assert before is U or after is before


@given(conditions(), FIRMS)
def test_a_more_exact_place_never_overturns_an_answer(condition: Condition, facts: dict[str, FactValue]) -> None:
    coarse = try_on(condition, {**facts, "region": FUJIAN}, DAY).truth
    for exact in (FUZHOU, GULOU, XIAMEN):
        assert coarse is U or try_on(condition, {**facts, "region": exact}, DAY).truth is coarse


@given(conditions(SETTLED), WHOLE_FIRMS)
def test_a_firm_that_told_all_leaves_nothing_open(condition: Condition, facts: dict[str, FactValue]) -> None:
    """But for a place that is too coarse, a ratio to nothing, and the day within the month of its founding."""
    exact = {**facts, "region": GULOU, "total_assets": Decimal(1_000_000), "employees": 10, "annual_revenue": Decimal(1_000_000)}
    outcome = try_on(condition, exact, DAY)
    assert outcome.truth is not U
    assert outcome.missing == ()


@given(conditions(), FIRMS)
def test_not_not_is_the_same(condition: Condition, facts: dict[str, FactValue]) -> None:
    assert try_on(Not(Not(condition)), facts, DAY) == try_on(condition, facts, DAY)


@given(st.lists(conditions(), min_size=1, max_size=3), FIRMS)
def test_de_morgan(parts: list[Condition], facts: dict[str, FactValue]) -> None:
    negated = tuple(Not(part) for part in parts)
    assert try_on(Not(All(tuple(parts))), facts, DAY) == try_on(AnyOf(negated), facts, DAY)
    assert try_on(Not(AnyOf(tuple(parts))), facts, DAY) == try_on(All(negated), facts, DAY)


def _summary(outcome: Outcome) -> tuple[Truth, frozenset[str]]:
    return outcome.truth, frozenset(outcome.missing)


@given(st.lists(conditions(), min_size=2, max_size=4), FIRMS, st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(parts: list[Condition], facts: dict[str, FactValue], random: Any) -> None:
    shuffled = random.sample(parts, len(parts))
    for combine in (All, AnyOf):
        assert _summary(try_on(combine(tuple(parts)), facts, DAY)) == _summary(try_on(combine(tuple(shuffled)), facts, DAY))


@given(conditions(), FIRMS)
def test_the_findings_kept_are_enough_for_the_answer(condition: Condition, facts: dict[str, FactValue]) -> None:
    """A settled answer follows from the facts its findings name and nothing else."""
    outcome = try_on(condition, facts, DAY)
    if outcome.truth is U:
        return
    named = {finding.leaf.fact for finding in outcome.findings if isinstance(finding.leaf, Leaf)}
    inputs = set().union(*(INPUTS.get(name, {name}) for name in named))
    assert try_on(condition, {name: value for name, value in facts.items() if name in inputs}, DAY).truth is outcome.truth


def test_the_tables_of_three_agree_with_two_and_two() -> None:
    """`all` and `any` of three parts are the same as two of two."""
    for a, b, c in product((T, F, U), repeat=3):
        assert try_on(All((OF[a], OF[b], OF[c])), FACTS, DAY).truth is try_on(All((OF[a], All((OF[b], OF[c])))), FACTS, DAY).truth
        assert try_on(AnyOf((OF[a], OF[b], OF[c])), FACTS, DAY).truth is try_on(AnyOf((OF[a], AnyOf((OF[b], OF[c])))), FACTS, DAY).truth
