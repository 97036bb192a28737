"""The card's formulas as SQL: the very trees that score one firm, walked a second time.

Everything is computed in doubles and in the order in which Python computes it, so that a value falls into the same bin in
every database. A fact that is not known is NULL, and NULL runs through arithmetic as "not known" does.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Double, case, cast, func, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from scoring.formulas import Constant, FactNode, First, Node, Operation

Columns = Mapping[str, ColumnElement[Any]]
Number = ColumnElement[float]


class NoSqlForm(LookupError):
    """The card reads something that the columns do not hold as it needs it; the message names it."""


def double(value: float) -> Number:
    """A constant that every database takes for a double; without an exponent some would take it for a decimal."""
    digits = repr(float(value))
    return cast(literal_column(digits if "e" in digits else f"{digits}e0"), Double)


class _Least(FunctionElement[float]):
    """The lower of two numbers. SQLite has another name for it."""

    name, type, inherit_cache = "least", Double(), True


class _Greatest(FunctionElement[float]):
    """The higher of two numbers."""

    name, type, inherit_cache = "greatest", Double(), True


@compiles(_Least)
@compiles(_Greatest)
def _called(element: _Least | _Greatest, compiler: SQLCompiler, **kw: Any) -> str:
    return f"{element.name.upper()}({compiler.process(element.clauses, **kw)})"


@compiles(_Least, "sqlite")
@compiles(_Greatest, "sqlite")
def _called_in_sqlite(element: _Least | _Greatest, compiler: SQLCompiler, **kw: Any) -> str:
    return f"{'min' if element.name == 'least' else 'max'}({compiler.process(element.clauses, **kw)})"


def held(value: Number, low: float, high: float) -> Number:
    """A value that is known, within two bounds. These functions name it once; a CASE would work it out up to three times."""
    if not math.isinf(low):
        value = _Greatest(value, double(low))
    return value if math.isinf(high) else _Least(value, double(high))


def column_of(columns: Columns, fact: str) -> ColumnElement[Any]:
    """The column of a fact. Raises NoSqlForm."""
    if fact not in columns:
        raise NoSqlForm(f"the card reads {fact!r}, which has no column")
    return columns[fact]


def formula_expression(node: Node, columns: Columns) -> Number:
    """A formula over the columns of firms, by the name of their fact. Raises NoSqlForm."""
    match node:
        case Constant(value):
            return double(value)
        case FactNode(name):
            return _number(columns, name)
        case First(options):
            return func.coalesce(*(formula_expression(option, columns) for option in options))
        case Operation(sign, left, right):
            return _operation(sign, formula_expression(left, columns), _kept_together(right, columns))


def _number(columns: Columns, fact: str) -> Number:
    column = column_of(columns, fact)
    if isinstance(column.type, Boolean):
        raise NoSqlForm(f"the card reckons with {fact!r}, which is true or false")
    return cast(column, Double)


def _kept_together(node: Node, columns: Columns) -> Number:
    """A right-hand side in a CAST of its own: sums lose their brackets otherwise, and doubles then add up differently."""
    expression = formula_expression(node, columns)
    return cast(expression, Double) if isinstance(node, Operation) else expression


def _operation(sign: str, left: Number, right: Number) -> Number:
    if sign == "/":
        return left / case((right > double(0), right))
    return left + right if sign == "+" else left - right if sign == "-" else left * right


def json_columns(
    document: ColumnElement[Any], numbers: Collection[str] = (), texts: Collection[str] = (), flags: Collection[str] = ()
) -> Columns:
    """Facts inside one JSON column as if each had its own; what the document lacks is NULL.

    `document` must have the type `JSON`; name the facts by what they hold.
    """
    if not isinstance(document.type, JSON):
        raise TypeError("the facts must stand in a column of type JSON")
    return {
        **{name: document[name].as_float() for name in numbers},
        **{name: document[name].as_string() for name in texts},
        **{name: document[name].as_boolean() for name in flags},
    }
