"""Rules as SQL: on SQLite and PostgreSQL, what an expression says of a stored firm is what trying the condition on it says."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from bot.storage.database import insert_new, open_database
from bot.storage.portfolio import FIRM_COLUMNS, keep_firm
from bot.storage.tables import owners, portfolio
from knowledge.conditions import OPERATORS, Condition, Leaf, Truth, try_on
from knowledge.derived import DERIVED
from knowledge.eligibility import Status, judge
from knowledge.firm import FactType, Firm, vocabulary
from knowledge.pack import Pack
from knowledge.reading import read_condition
from knowledge.size import CLASSES, standard
from knowledge.sql.columns import TYPES, TruthExpression
from knowledge.sql.compiling import OPERATOR_FORMS, NoSqlForm, compile_condition, compile_entry
from knowledge.sql.working_out import DERIVED_FORMS
from tests.knowledge.rules import CONDITIONS, FIRMS, Raw, comparisons, kind, pool
from tests.knowledge.test_conditions import COMPARISONS, DERIVED_COMPARISONS, MISSING
from tests.postgres import empty_database
from tests.shipped import shipped

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
TRUTHS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
#: A database serves many examples; each leaves it as it was.
MANY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = open_database("sqlite://")
        yield engine
        engine.dispose()
        return
    with empty_database(request.getfixturevalue("postgres_server"), f"rules{os.getpid()}") as address:
        engine = open_database(address)
        yield engine
        engine.dispose()


@pytest.fixture(scope="module")
def pack() -> Pack:
    return shipped()


def told(engine: Engine, firms: Sequence[Raw], truths: Sequence[TruthExpression]) -> list[list[Truth]]:
    """What each expression says of each firm, in their order; nothing stays stored."""
    with engine.connect() as connection:
        _store(connection, firms)
        expressions = [truth.label(f"truth{number}") for number, truth in enumerate(truths)]
        rows = connection.execute(select(portfolio.c.owner_id, *expressions)).all()
        connection.rollback()
    by_owner = {row[0]: [TRUTHS[None if said is None else bool(said)] for said in row[1:]] for row in rows}
    return [by_owner[str(number)] for number in range(len(firms))]


def _store(connection: Connection, firms: Sequence[Raw]) -> None:
    for number, raw in enumerate(firms):
        insert_new(connection, owners, id=str(number), created_at=NOW)
        keep_firm(connection, str(number), raw)


def agree(engine: Engine, conditions: Sequence[Condition], firms: Sequence[Raw], on: date = DAY) -> None:
    tried = [[try_on(condition, Firm.of(raw, DAY), on).truth for condition in conditions] for raw in firms]
    assert told(engine, firms, [compile_condition(condition, FIRM_COLUMNS, on) for condition in conditions]) == tried


# -- tables ------------------------------------------------------------------------------------------------------------------


def test_every_row_of_the_table_of_comparisons(engine: Engine) -> None:
    for fact, value, operator, threshold, expected, why in COMPARISONS:
        truth = compile_condition(read_condition({"fact": fact, operator: threshold}), FIRM_COLUMNS, DAY)
        assert told(engine, [{} if value is MISSING else {fact: value}], [truth]) == [[expected]], why


def test_every_row_of_the_table_of_worked_out_facts(engine: Engine) -> None:
    for facts, fact, operator, threshold, expected, _, why in DERIVED_COMPARISONS:
        truth = compile_condition(read_condition({"fact": fact, operator: threshold}), FIRM_COLUMNS, DAY)
        assert told(engine, [facts], [truth]) == [[expected]], why


def test_a_ratio_is_exact_where_doubles_are_not(engine: Engine) -> None:
    firms = [
        {"total_liabilities": 0.07, "total_assets": 0.1},
        {"total_liabilities": 7, "total_assets": 100},
        {"total_liabilities": 699999999999.99, "total_assets": 1000000000000},
        {"total_liabilities": 700000000000.01, "total_assets": 1000000000000},
        {"total_liabilities": 1, "total_assets": -1},
        {"total_liabilities": 1, "total_assets": 0},
    ]
    conditions = [read_condition({"fact": "debt_ratio", operator: bound}) for operator in ("is", "at_most") for bound in (0.07, 0.7)]
    agree(engine, conditions, firms)


def test_a_fact_of_each_type_with_each_operator_at_every_value_it_is_tried_with(engine: Engine) -> None:
    one_of_each = {spec.type: name for name, spec in vocabulary().items()}.values()
    values = {fact: [[value] if kind(fact) is FactType.CHOICES else value for value in pool(fact)] for fact in one_of_each}
    rows = range(max(map(len, values.values())))
    firms = [{}, *({fact: known[number % len(known)] for fact, known in values.items()} for number in rows)]
    tried = [(fact, operator) for fact, operator in comparisons() if fact in values]
    conditions = [read_condition({"fact": fact, operator: needed}) for fact, operator in tried for needed in _needs(fact, operator)]
    for start in range(0, len(conditions), 200):
        agree(engine, conditions[start : start + 200], firms)


def _needs(fact: str, operator: str) -> list[Any]:
    """Thresholds over the whole pool of a fact, in the form that an operator takes."""
    values = pool(fact)
    if OPERATORS[operator].takes == "one":
        return values
    pairs = [list(pair) for pair in pairwise(values)] or [values]
    return [sorted(pair) for pair in pairs] if OPERATORS[operator].takes == "pair" else pairs


def _set_of(mask: int) -> list[str]:
    return [name for rank, name in enumerate(CLASSES) if mask >> rank & 1]


@pytest.mark.parametrize("known", [None, *standard()])
def test_every_set_of_classes_under_every_kind_of_missing_figure(engine: Engine, known: str | None) -> None:
    bounds = standard()[known or "wholesale"]
    figures: list[Raw] = [{} if known is None else {"industry": known}]
    for name, limits in bounds.items():
        values = [None, *(limits[rank] + away for rank in CLASSES[1:] for away in (-1, 0))]
        figures = [firm | ({} if value is None else {name: value}) for firm in figures for value in values]
    conditions: list[Condition] = [read_condition({"fact": "size_class", "in": _set_of(mask)}) for mask in range(1, 16)]
    agree(engine, conditions, figures)


def test_the_classes_of_the_standard_rise_with_every_indicator() -> None:
    """Bounds that rise are what makes "at least of this class" the same as reaching its bounds."""
    for bounds in standard().values():
        for limits in bounds.values():
            assert limits["small"] < limits["medium"] < limits["large"]


# -- properties --------------------------------------------------------------------------------------------------------------


#: Days on which months are counted in ways of their own: the last of a short month, of a long one, a leap day, and any other.
ANY_DAY = st.one_of(
    st.sampled_from([DAY, date(2026, 2, 28), date(2026, 10, 31), date(2026, 11, 30), date(2024, 2, 29)]),
    st.dates(date(2023, 1, 1), date(2028, 12, 31)),
)


@MANY
@given(raw=st.lists(CONDITIONS, min_size=1, max_size=3), firms=st.lists(FIRMS, min_size=1, max_size=12), on=ANY_DAY)
def test_both_evaluators_agree_on_any_condition_and_firm_and_day(engine: Engine, raw: list[Raw], firms: list[Raw], on: date) -> None:
    agree(engine, [read_condition(condition) for condition in raw], firms, on)


DATED = st.sampled_from(sorted(name for name, kind in DERIVED.items() if kind is FactType.DATE))


@MANY
@given(data=st.data(), age=st.integers(0, 40), days=st.integers(0, 400), on=ANY_DAY)
def test_both_evaluators_agree_on_the_days_around_a_date(engine: Engine, data: st.DataObject, age: int, days: int, on: date) -> None:
    """Every date in turn around the one that an age or a due date means, on any day of the year."""
    near = data.draw(st.sampled_from([on - timedelta(days=age * 30), on + timedelta(days=days), on]))
    fact = data.draw(DATED)
    dates = [near + timedelta(days=away) for away in range(-35, 36)]
    conditions = [read_condition({"fact": fact, operator: day}) for day in dates for operator in ("from", "until")]
    conditions += [read_condition({"fact": fact, "between": [day, day + timedelta(days=9)]}) for day in dates]
    agree(engine, conditions, [{"age_months": age, "loan_matures_in_days": days}, {}], on)


#: Most entries are in force around these days, some have ended and some have not begun.
ON = st.dates(date(2025, 6, 1), date(2027, 6, 1))


@MANY
@given(chosen=st.sets(st.integers(0, 1000), min_size=1, max_size=8), firms=st.lists(FIRMS, min_size=1, max_size=12), on=ON)
def test_an_entry_judges_stored_firms_as_it_judges_one(engine: Engine, pack: Pack, chosen: set[int], firms: list[Raw], on: date) -> None:
    entries = [list(pack)[number % len(pack.entries)] for number in chosen]
    statuses = {Status.ELIGIBLE: Truth.TRUE, Status.INELIGIBLE: Truth.FALSE, Status.UNKNOWN: Truth.UNKNOWN}
    judged = [[statuses[judge(entry, Firm.of(raw, DAY), on).status] for entry in entries] for raw in firms]
    assert told(engine, firms, [compile_entry(entry, on, FIRM_COLUMNS) for entry in entries]) == judged


def test_every_worked_case_of_every_entry(engine: Engine, pack: Pack) -> None:
    statuses = {"eligible": Truth.TRUE, "ineligible": Truth.FALSE, "unknown": Truth.UNKNOWN}
    for entry in pack:
        for case in entry.cases:
            truth = compile_entry(entry, case.on or entry.checked, FIRM_COLUMNS)
            assert told(engine, [case.facts], [truth]) == [[statuses[case.status]]], (entry.id, case)


# -- nothing is left out -----------------------------------------------------------------------------------------------------


def test_every_operator_fact_type_and_derived_fact_has_its_sql() -> None:
    """Who adds one to the conditions adds its SQL form, too: OPERATOR_FORMS, DERIVED_FORMS and TYPES under knowledge/sql."""
    assert set(OPERATOR_FORMS) == set(OPERATORS)
    assert set(DERIVED_FORMS) == set(DERIVED)
    assert {spec.type for spec in vocabulary().values()} <= set(TYPES)


def test_every_fact_compiles_with_every_operator_that_suits_it() -> None:
    for fact, operator in comparisons():
        for needed in _needs(fact, operator)[:1]:
            assert str(compile_condition(read_condition({"fact": fact, operator: needed}), FIRM_COLUMNS, DAY)), (fact, operator)


@pytest.mark.parametrize(
    ("leaf", "says"),
    [(Leaf("employees", "divisible_by", 3), "divisible_by"), (Leaf("months_to_nowhere", "at_least", 3), "months_to_nowhere")],
)
def test_what_has_no_sql_form_is_named(leaf: Leaf, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.sql.compiling.DERIVED", {**DERIVED, "months_to_nowhere": DERIVED["debt_ratio"]})
    with pytest.raises(NoSqlForm, match=says):
        compile_condition(leaf, FIRM_COLUMNS, DAY)
