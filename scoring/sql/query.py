"""A whole statement that scores a table of firms, and its text for a database of the bank's own."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any, Literal

from sqlalchemy import ColumnElement, Double, Integer, Numeric, Select, Subquery, column, func, null, select, table
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.engine import Dialect

from knowledge.firm import vocabulary
from knowledge.sql.columns import TYPES
from scoring.card_schema import Card
from scoring.sql.card import block_expressions, coverage_expression, outcome_expressions, points_expressions, sums_of, value_expressions
from scoring.sql.doubts import doubted_facts, sound_columns
from scoring.sql.formulas import Columns, NoSqlForm, column_of

DatabaseName = Literal["postgresql", "duckdb", "sqlite"]
#: What the card says of each firm, in the order of the columns after the firm's key.
ANSWERS = ("points", "log_odds", "pd", "grade", "coverage", "bound")


def scored_firms(card: Card, key: ColumnElement[Any], columns: Columns, *, fenced: bool = False) -> Select[Any]:
    """Each firm's key as `firm` with its points, log_odds, pd, grade, coverage and bound. Raises NoSqlForm.

    Facts in doubt are left out, as they are when one firm is scored. Step by step in subqueries, since a database may work
    out an expression as often as it is written: in one piece a ratio would be divided again for every bin. `fenced` keeps
    the planner of PostgreSQL from putting them back into one piece.
    """
    read = {fact: columns[fact] for fact in (*card.facts, *doubted_facts()) if fact in columns}
    plain = _layer(select(key.label("firm"), *(_as_double(one).label(fact) for fact, one in read.items())), fenced)
    checked = sound_columns({fact: plain.c[fact] for fact in read})
    sound = _layer(select(plain.c.firm, *(column_of(checked, fact).label(fact) for fact in card.facts)), fenced)
    known = value_expressions(card, {fact: sound.c[fact] for fact in card.facts})
    values = _layer(select(sound.c.firm, *(value.label(name) for name, value in known.items())), fenced)
    named = points_expressions(card, {name: values.c[name] for name in known})
    points = _layer(select(values.c.firm, *(one.label(name) for name, one in named.items())), fenced)
    given = {name: points.c[name] for name in named}
    blocks, coverage = block_expressions(card, given), coverage_expression(card, given).label("coverage")
    told = _layer(select(points.c.firm, *(one.label(f"block{place}") for place, one in enumerate(blocks)), coverage), fenced)
    added, claim = sums_of(card, [told.c[f"block{place}"] for place in range(len(blocks))])
    sums = _layer(select(told.c.firm, added.label("added"), claim.label("claim"), told.c.coverage), fenced)
    said = outcome_expressions(card, sums.c.added, sums.c.claim, sums.c.coverage)
    return select(sums.c.firm, *(getattr(said, name).label(name) for name in ANSWERS))


def scoring_text(card: Card, database: DatabaseName, firms: str, key: str, known: Collection[str] | None = None) -> str:
    """The statement as text for a table `firms` with a column `key` and columns that carry the facts' names.

    `known` names the facts that have a column, all of them unless given; the others are not known of any firm. Raises
    NoSqlForm.
    """
    types = {name: TYPES[spec.type]() for name, spec in vocabulary().items()}
    strange = [name for name in (*card.facts, *(known or ())) if name not in types]
    if strange:
        raise NoSqlForm(f"the vocabulary does not know {strange[0]!r}")
    there = [name for name in types if known is None or name in known]
    source = table(firms, column(key), *(column(name, types[name]) for name in there if name != key))
    columns = {name: source.c[name] if name in there else cast_to(null(), types[name]) for name in types}
    statement = scored_firms(card, source.c[key], columns, fenced=database == "postgresql")
    return str(statement.compile(dialect=_written(database), compile_kwargs={"literal_binds": True}))


def _written(database: DatabaseName) -> Dialect:
    """How a database is written to. DuckDB reads PostgreSQL's SQL."""
    make: Callable[..., Dialect] = SQLiteDialect if database == "sqlite" else partial(PGDialect, paramstyle="named")
    return make()


def _as_double(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """A number as a double, once for all that reads it: of a decimal that takes a database longer than any sum."""
    return cast_to(value, Double) if isinstance(value.type, Numeric | Integer) else value


def _layer(statement: Select[Any], fenced: bool) -> Subquery:
    """A step as a subquery. What keeps PostgreSQL from putting steps into one piece, and still lets it share them out among its processes,
    is a column that may differ at every look; OFFSET 0 would keep everything above the first step in one process."""
    return (statement.add_columns(func.clock_timestamp().label("seen_at")) if fenced else statement).subquery()
