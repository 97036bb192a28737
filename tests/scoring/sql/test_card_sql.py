"""The card as SQL: on SQLite, PostgreSQL and DuckDB, what a statement says of a stored firm is what scoring it says."""

from __future__ import annotations

import json
import math
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Column, MetaData, String, Table, create_engine, insert, select

from knowledge.firm import FactType, Firm, vocabulary
from scoring.bands import PD_STEP, probability
from scoring.card import default_card, exact_points, score, with_base_rate
from scoring.card_schema import Block, Card, Feature, Reach, Wording
from scoring.formulas import parse_formula
from scoring.questions import sound
from scoring.sql.card import compile_card
from scoring.sql.formulas import NoSqlForm, json_columns
from scoring.sql.query import ANSWERS, scoring_text
from tests.knowledge.rules import POOLS
from tests.postgres import empty_database
from tests.scoring.sql.databases import Ask, Raw, Said, advisors, in_duckdb

DAY = date(2026, 11, 21)
CLOSE = 1e-9
#: A database serves many examples; each leaves it as it was.
MANY = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
WORDS = Wording("some.words", "一句话", "some words")
NUMERIC = (FactType.MONEY, FactType.RATE, FactType.MONTHS, FactType.COUNT)
NUMBERS = [name for name, spec in vocabulary().items() if spec.type in NUMERIC]


@pytest.fixture(scope="module", params=["sqlite", "duckdb", pytest.param("postgresql", marks=pytest.mark.postgres)])
def ask(request: pytest.FixtureRequest) -> Iterator[Ask]:
    if request.param == "sqlite":
        with advisors("sqlite://") as asking:
            yield asking
    elif request.param == "duckdb":
        with duckdb.connect() as connection:
            yield in_duckdb(connection)
    else:
        server = request.getfixturevalue("postgres_server")
        with empty_database(server, f"scores{os.getpid()}") as address, advisors(address) as asking:
            yield asking


def feature(text: str, kind: str = "number", missing: float = 0.0, **bins: Any) -> Feature:
    """A feature named by its formula."""
    cuts, points, values = bins.get("cuts", ()), bins.get("points", (0.0,)), bins.get("values", {})
    return Feature(text, parse_formula(text), kind, "none", 3.7, missing, cuts, points, values, WORDS, WORDS, None)


def card_of(*features: Feature, **block: Any) -> Card:
    """A card of one block."""
    return replace(default_card(), blocks=(Block("block", WORDS, features, **block),))


def agree(ask: Ask, card: Card, firms: list[Raw]) -> None:
    """Every database must say of each firm what Python says."""
    for raw, said in zip(firms, ask(card, firms), strict=True):
        _same(card, raw, said)


def _same(card: Card, raw: Raw, said: Said) -> None:
    points, log_odds, pd, grade, coverage, bound = said
    firm = sound(Firm.of(raw, DAY))
    scored = score(firm, card)
    added, exact = exact_points(firm, card)
    assert points == pytest.approx(added, abs=CLOSE)
    assert log_odds == pytest.approx((exact - card.points) / card.factor + math.log(card.odds), abs=CLOSE)
    assert pd == pytest.approx(probability(card, exact), abs=CLOSE)
    assert abs(Decimal(repr(pd)) - scored.pd) <= PD_STEP
    assert (round(points), grade, bound) == (scored.points, scored.grade, scored.bound)
    assert coverage == pytest.approx(scored.coverage, abs=0.00005 + CLOSE)


# -- cases -------------------------------------------------------------------------------------------------------------------

RATIO = feature(
    "(current_assets - current_liabilities) / total_assets", cuts=(-0.5, 0.0, 0.25), points=(-30.0, -10.0, 5.0, 20.0), missing=-7.0
)
CASES: list[tuple[str, Card, Raw]] = [
    ("nothing known", card_of(RATIO), {}),
    ("on a cut the upper bin counts", card_of(RATIO), {"current_assets": 35, "current_liabilities": 10, "total_assets": 100}),
    ("a hair below the cut", card_of(RATIO), {"current_assets": 34.99, "current_liabilities": 10, "total_assets": 100}),
    ("a part missing", card_of(RATIO), {"current_assets": 35, "total_assets": 100}),
    ("divisor zero", card_of(RATIO), {"current_assets": 35, "current_liabilities": 10, "total_assets": 0}),
    ("divisor negative", card_of(feature("cash / net_profit", points=(9.0,))), {"cash": 35, "net_profit": -5}),
    ("a constant divisor of zero", card_of(feature("annual_revenue / 0", points=(9.0,))), {"annual_revenue": 5}),
    ("whole numbers divide as fractions", card_of(feature("employees / patents", cuts=(3.2,), points=(-4.0, 4.0))),
     {"employees": 7, "patents": 2}),
    ("brackets hold", card_of(feature("cash - (inventory - equity)", cuts=(5.0,), points=(1.0, 2.0))),
     {"cash": 9, "inventory": 5, "equity": 2}),
    ("brackets hold in doubles", card_of(feature("cash + (inventory + equity)", cuts=(0.6000000000000001,), points=(1.0, 2.0))),
     {"cash": 0.1, "inventory": 0.2, "equity": 0.3}),
    ("the first that is known", card_of(feature("first(gross_profit, annual_revenue - operating_cost)", cuts=(50.0,), points=(-5.0, 5.0))),
     {"annual_revenue": 100, "operating_cost": 20}),
    ("a choice", card_of(feature("industry", "choice", values={"retail": -5.5, "catering": 2.0})), {"industry": "catering"}),
    ("a choice the card has never seen", card_of(feature("industry", "choice", -3.0, values={"retail": -5.5})), {"industry": "postal"}),
    ("yes", card_of(feature("high_tech", "flag", -1.0, values={"yes": 6.0, "no": -2.0})), {"high_tech": True}),
    ("no", card_of(feature("high_tech", "flag", -1.0, values={"yes": 6.0, "no": -2.0})), {"high_tech": False}),
    ("no answer is not no", card_of(feature("high_tech", "flag", -1.0, values={"yes": 6.0, "no": -2.0})), {}),
    ("held at the limit", card_of(feature("patents", cuts=(1.0,), points=(-90.0, 90.0)), limit=60.0), {"patents": 3}),
    ("held at the limit from below", card_of(feature("patents", cuts=(1.0,), points=(-90.0, 90.0)), limit=60.0), {"patents": 0}),
    ("held where the data stop", card_of(feature("patents", cuts=(1.0,), points=(-90.0, 90.0)), reach=Reach(40.0, 50.0)), {"patents": 3}),
    ("held from below", card_of(feature("patents", cuts=(1.0,), points=(-90.0, 90.0)), reach=Reach(40.0, 50.0)), {"patents": 0}),
    ("just as far as the data go", card_of(feature("patents", points=(40.0,)), reach=Reach(40.0, 50.0)), {"patents": 3}),
    ("far beyond any probability", card_of(feature("patents", cuts=(1.0,), points=(-90000.0, 90000.0))), {"patents": 0}),
    ("far beyond any doubt", card_of(feature("patents", cuts=(1.0,), points=(-90000.0, 90000.0))), {"patents": 3}),
    ("silence does not count yet", card_of(RATIO, feature("patents", points=(1.0,)), absence_from=2), {"patents": 3}),
    ("silence counts", card_of(RATIO, feature("patents", points=(1.0,)), absence_from=1), {"patents": 3}),
    ("a figure in doubt is not scored", card_of(feature("employees", points=(9.0,))), {"owner_age": 400, "employees": 3}),
    ("two figures that cannot both be right", card_of(feature("cash", points=(9.0,))), {"cash": 300, "current_assets": 200}),
    ("as rounded they can", card_of(feature("cash", points=(9.0,))), {"cash": 210, "current_assets": 200}),
    ("a share above all", card_of(feature("guaranteed_share", points=(9.0,))), {"guaranteed_share": 1.5}),
]  # fmt: skip


@pytest.mark.parametrize(("card", "firm"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_firm_is_scored_as_by_python(ask: Ask, card: Card, firm: Raw) -> None:
    agree(ask, card, [firm])


def test_a_probability_on_the_bound_of_a_grade_falls_to_the_side_that_is_shown(ask: Ask) -> None:
    """The shown probability is rounded to a millionth, and the grade follows what is shown."""
    below = default_card().grades[0][1]
    for shift in (-6e-7, -5e-7, -4e-7, 0.0, 4e-7):
        agree(ask, with_base_rate(card_of(feature("patents")), below + shift), [{}])


def test_whole_points_are_even_where_halves_meet(ask: Ask) -> None:
    halves = card_of(feature("patents", cuts=(1.0, 2.0), points=(0.5, 1.5, 2.5)))
    agree(ask, with_base_rate(halves, 1 / 51), [{"patents": count} for count in range(3)])


# -- properties --------------------------------------------------------------------------------------------------------------


def _near_cuts(card: Card) -> list[float]:
    """Each cut of the card with its neighbours, so far as a fact can have them."""
    cuts = {cut for block in card.blocks for one in block.features for cut in one.cuts if len(one.inputs) == 1}
    return sorted(abs(round(cut + away, 6)) for cut in cuts for away in (-0.01, 0, 0.01))


def values_of(fact: str) -> st.SearchStrategy[Any]:
    spec = vocabulary()[fact]
    if spec.choices and spec.type is FactType.CHOICE:
        return st.sampled_from(list(spec.choices))
    if spec.type is FactType.FLAG:
        return st.booleans()
    if spec.type in (FactType.MONTHS, FactType.COUNT):
        return st.one_of(st.sampled_from(POOLS[spec.type]), st.integers(0, 400), st.sampled_from([int(cut) for cut in CUTS]))
    decimals = st.decimals(-99999999, 99999999, places=2, allow_nan=False).map(float)
    return st.one_of(st.sampled_from(POOLS[FactType.MONEY] + POOLS[FactType.RATE]), decimals, st.sampled_from(CUTS))


CUTS = _near_cuts(default_card()) or [0.0]


def firms_over(facts: tuple[str, ...]) -> st.SearchStrategy[list[Raw]]:
    """A few firms of which any part of the facts is known."""
    firm = st.fixed_dictionaries({}, optional={fact: values_of(fact) for fact in facts})
    return st.lists(firm, min_size=1, max_size=12)


TREES = st.recursive(
    st.one_of(st.sampled_from(NUMBERS), st.sampled_from(["0", "1", "0.3", "365", "1e-7", "12.5"])),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"first({', '.join(parts)})"),
    ),
    max_leaves=6,
)
POINTS = st.integers(-400, 400).map(lambda tenths: tenths / 10)


@st.composite
def number_features(draw: st.DrawFn) -> Feature:
    text = draw(TREES.filter(lambda text: bool(parse_formula(text).facts)))
    cuts = sorted(draw(st.sets(st.sampled_from([-10.0, -0.01, 0.0, 0.07, 0.3, 1.0, 7.0, 499999.99, 500000.0]), max_size=5)))
    points = draw(st.lists(POINTS, min_size=len(cuts) + 1, max_size=len(cuts) + 1))
    return feature(text, cuts=tuple(cuts), points=tuple(points), missing=draw(POINTS))


@st.composite
def choice_features(draw: st.DrawFn) -> Feature:
    fact = draw(st.sampled_from([name for name, spec in vocabulary().items() if spec.type is FactType.CHOICE]))
    chosen = draw(st.sets(st.sampled_from(list(vocabulary()[fact].choices)), min_size=1))
    return feature(fact, "choice", draw(POINTS), values={name: draw(POINTS) for name in sorted(chosen)})


@st.composite
def flag_features(draw: st.DrawFn) -> Feature:
    fact = draw(st.sampled_from([name for name, spec in vocabulary().items() if spec.type is FactType.FLAG]))
    chosen = draw(st.sets(st.sampled_from(["yes", "no"]), min_size=1))
    return feature(fact, "flag", draw(POINTS), values={name: draw(POINTS) for name in sorted(chosen)})


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Cards that nobody has written yet: any formula, any block."""
    some = st.one_of(number_features(), choice_features(), flag_features())
    features = draw(st.lists(some, min_size=1, max_size=6, unique_by=lambda one: one.name))
    middle, last = sorted(draw(st.tuples(*[st.integers(0, len(features))] * 2)))
    limits = st.sampled_from([0.0, 12.3, 60.0, math.inf])
    parts = [part for part in (features[:middle], features[middle:last], features[last:]) if part]
    sides = st.sampled_from([0.0, 7.7, 33.3, 60.0, math.inf])
    blocks = tuple(
        Block(f"b{n}", WORDS, tuple(part), draw(limits), 1.0, draw(st.integers(1, 4)), Reach(draw(sides), draw(sides)))
        for n, part in enumerate(parts)
    )
    return with_base_rate(replace(default_card(), blocks=blocks), draw(st.sampled_from([0.001, 1 / 51, 0.0362, 0.5])))


@MANY
@given(firms=firms_over(default_card().facts))
def test_the_shipped_card_says_the_same_of_any_firm(ask: Ask, firms: list[Raw]) -> None:
    agree(ask, default_card(), firms)


@MANY
@given(data=st.data())
def test_a_card_nobody_has_written_yet_says_the_same_of_any_firm(ask: Ask, data: st.DataObject) -> None:
    card = data.draw(cards())
    agree(ask, card, data.draw(firms_over(card.facts)))


# -- other ways in -----------------------------------------------------------------------------------------------------------


def test_facts_in_one_json_column_are_scored_as_those_in_columns_of_their_own() -> None:
    """One expression for each answer, over the facts as one document."""
    card = default_card()
    kinds = {
        kind: [name for name in card.facts if vocabulary()[name].type in types]
        for kind, types in {"numbers": NUMERIC, "texts": (FactType.CHOICE,), "flags": (FactType.FLAG,)}.items()
    }
    firms = Table("firms", MetaData(), Column("firm", String(9)), Column("facts", JSON))
    said = compile_card(card, json_columns(firms.c.facts, **kinds))
    known: list[Raw] = [{}, {"industry": "catering", "employees": 21, "amount_sought": 80730}, {"franchise": True, "guaranteed_share": 0.6}]
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        firms.create(connection)
        connection.execute(insert(firms), [{"firm": str(number), "facts": raw} for number, raw in enumerate(known)])
        answers = [getattr(said, name) for name in ANSWERS]
        rows = connection.execute(select(*answers).order_by(firms.c.firm)).all()
    engine.dispose()
    for raw, row in zip(known, rows, strict=True):
        _same(card, raw, tuple(row))


def test_the_text_for_sqlite_runs_in_a_database_of_ones_own() -> None:
    """Without any function of ours."""
    connection = sqlite3.connect(":memory:")
    facts = default_card().facts
    connection.execute(f"CREATE TABLE customers (number TEXT, {', '.join(facts)})")
    connection.execute("INSERT INTO customers (number, employees, amount_sought) VALUES ('7', 30, 500000)")
    ((number, *said),) = connection.execute(scoring_text(default_card(), "sqlite", "customers", "number", facts)).fetchall()
    connection.close()
    assert number == "7"
    _same(default_card(), {"employees": 30, "amount_sought": 500000}, tuple(said))


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (feature("shoe_size"), "shoe_size"),
        (feature("high_tech"), "true or false"),
        (feature("employees", "choice", values={"a": 1.0}), "a choice"),
        (feature("industry", "flag", values={"yes": 1.0}), "true or false"),
    ],
)
def test_what_columns_cannot_say_is_refused_by_name(bad: Feature, message: str) -> None:
    with pytest.raises(NoSqlForm, match=message):
        scoring_text(card_of(bad), "postgresql", "firms", "firm")


def test_the_text_holds_no_placeholder_and_every_answer() -> None:
    for database in ("postgresql", "duckdb", "sqlite"):
        text = scoring_text(default_card(), database, "firms", "firm")
        assert "?" not in text
        assert ":" not in text
        assert all(f" AS {name}" in text or f".{name}" in text for name in ("points", "pd", "grade", "coverage"))


def test_json_facts_need_a_json_column() -> None:
    with pytest.raises(TypeError, match="JSON"):
        json_columns(Column("facts", String), numbers=["employees"])
    assert json.dumps(sorted(json_columns(Column("facts", JSON), flags=["franchise"]))) == '["franchise"]'
