"""A whole statement that scores a table of firms, and its text for a database of the bank's own."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, Subquery, column, select, table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from knowledge.firm import vocabulary
from knowledge.sql.columns import TYPES
from scoring.card_schema import Card
from scoring.sql.card import coverage_expression, outcome_expressions, points_expressions, total_expression, value_expressions
from scoring.sql.formulas import Columns, NoSqlForm

DatabaseName = Literal["postgresql", "duckdb", "sqlite"]
#: How each database is written to. DuckDB reads PostgreSQL's SQL.
_WRITTEN: dict[DatabaseName, Dialect] = {
    "postgresql": postgresql.dialect(paramstyle="named"),
    "duckdb": postgresql.dialect(paramstyle="named"),
    "sqlite": sqlite.dialect(),
}
ANSWERS = ("points", "log_odds", "pd", "grade", "coverage")


def scored_firms(card: Card, key: ColumnElement[Any], columns: Columns, *, fenced: bool = False) -> Select[Any]:
    """Each firm's key as `firm` with its points, log_odds, pd, grade and coverage. Raises NoSqlForm.

    Step by step in subqueries, since a database may work out an expression as often as it is written: in one piece a ratio
    would be divided again for every bin. `fenced` keeps the planner of PostgreSQL from putting them back into one piece.
    """
    known = value_expressions(card, columns)
    values = _layer(select(key.label("firm"), *(value.label(name) for name, value in known.items())), fenced)
    named = points_expressions(card, {name: values.c[name] for name in known})
    points = _layer(select(values.c.firm, *(one.label(name) for name, one in named.items())), fenced)
    given = {name: points.c[name] for name in named}
    total, coverage = total_expression(card, given), coverage_expression(card, given)
    totals = _layer(select(points.c.firm, total.label("points"), coverage.label("coverage")), fenced)
    said = outcome_expressions(card, totals.c.points, totals.c.coverage)
    return select(totals.c.firm, *(getattr(said, name).label(name) for name in ANSWERS))


def scoring_text(card: Card, database: DatabaseName, firms: str, key: str) -> str:
    """The statement as text for a table `firms` whose columns carry the facts' names. Raises NoSqlForm."""
    strange = [name for name in card.facts if name not in vocabulary()]
    if strange:
        raise NoSqlForm(f"the card reads {strange[0]!r}, which the vocabulary does not know")
    columns = [column(name, TYPES[vocabulary()[name].type]()) for name in card.facts]
    source = table(firms, column(key), *columns)
    statement = scored_firms(card, source.c[key], {one.name: one for one in source.c if one.name != key}, fenced=database == "postgresql")
    return str(statement.compile(dialect=_WRITTEN[database], compile_kwargs={"literal_binds": True}))


def _layer(statement: Select[Any], fenced: bool) -> Subquery:
    return (statement.offset(0) if fenced else statement).subquery()
