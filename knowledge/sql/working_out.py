"""Derived facts as SQL: the size class with every class still possible, exact ratios, months to maturity; dates stand in `dates`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, Numeric, Text, and_, case, cast, false, func, literal, literal_column, not_, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from knowledge.conditions import OPERATORS, Leaf
from knowledge.derived import DAYS_A_MONTH, RATIOS
from knowledge.size import CLASSES, standard
from knowledge.sql.columns import Columns, TruthExpression
from knowledge.sql.dates import DATE_FORMS

# -- size class --------------------------------------------------------------------------------------------------------------


def size_class(leaf: Leaf, columns: Columns, _on: date) -> TruthExpression:
    """True or false when every class that the known figures allow says so.

    Within an industry "at least of this class" is an AND over its indicators, which SQL settles as soon as one known figure does; the
    classes still possible are a run, so any set of classes is made of such bounds. While the industry is not known, all must agree.
    """
    wanted = tuple(OPERATORS[leaf.operator].test(name, leaf.needed) is True for name in CLASSES)
    verdicts = {industry: _in_classes(bounds, wanted, columns) for industry, bounds in standard().items()}
    industry = columns["industry"]
    unnamed = case((and_(*verdicts.values()), true()), (not_(or_(*verdicts.values())), false()))
    return case((industry.is_(None), unnamed), *((industry == name, verdict) for name, verdict in verdicts.items()))


def _in_classes(bounds: Mapping[str, Mapping[str, int]], wanted: tuple[bool, ...], columns: Columns) -> TruthExpression:
    """Whether the class within one industry is one of the wanted."""
    runs, start = [], None
    for rank, fits in enumerate((*wanted, False)):
        if fits and start is None:
            start = rank
        elif not fits and start is not None:
            runs.append(and_(_at_least(start, bounds, columns), not_(_at_least(rank, bounds, columns))))
            start = None
    return or_(false(), *runs)


def _at_least(rank: int, bounds: Mapping[str, Mapping[str, int]], columns: Columns) -> TruthExpression:
    """Whether the class is at least the one of this rank: every indicator reaches its bound."""
    if rank == 0:
        return true()
    if rank == len(CLASSES):
        return false()
    return and_(*(columns[name] >= literal_column(str(limits[CLASSES[rank]])) for name, limits in bounds.items()))


# -- ratios ------------------------------------------------------------------------------------------------------------------


class _RatioSign(FunctionElement[int]):
    """Sign of above / below - bound, exactly; the three are its clauses, the bound as text."""

    type = Integer()
    inherit_cache = True


@compiles(_RatioSign)
def _by_multiplying(element: _RatioSign, compiler: SQLCompiler, **kw: Any) -> str:
    above, below, bound = element.clauses
    return str(compiler.process(func.sign(above - cast(bound, Numeric) * below), **kw))


@compiles(_RatioSign, "sqlite")
def _by_our_function(element: _RatioSign, compiler: SQLCompiler, **kw: Any) -> str:
    return f"ratio_sign({compiler.process(element.clauses, **kw)})"


def ratio_sign(above: float | None, below: float | None, bound: str) -> int | None:
    """What SQLite, whose arithmetic is in doubles, asks for instead of multiplying; register it on every connection as `ratio_sign`."""
    if above is None or not below:
        return None
    ratio, limit = Decimal(str(above)) / Decimal(str(below)), Decimal(bound)
    return (ratio > limit) - (ratio < limit)


Sign = Callable[[Decimal], ColumnElement[int]]
_BY_SIGN: Mapping[str, Callable[[Sign, Any], TruthExpression]] = {
    "is": lambda sign, needed: sign(needed) == 0,
    "is_not": lambda sign, needed: sign(needed) != 0,
    "in": lambda sign, needed: or_(*(sign(value) == 0 for value in needed)),
    "not_in": lambda sign, needed: and_(*(sign(value) != 0 for value in needed)),
    "at_least": lambda sign, needed: sign(needed) >= 0,
    "at_most": lambda sign, needed: sign(needed) <= 0,
    "more_than": lambda sign, needed: sign(needed) > 0,
    "less_than": lambda sign, needed: sign(needed) < 0,
    "between": lambda sign, needed: and_(sign(needed[0]) >= 0, sign(needed[1]) <= 0),
}


def _ratio(above: str, below: str) -> Callable[[Leaf, Columns, date], TruthExpression]:
    def form(leaf: Leaf, columns: Columns, _on: date) -> TruthExpression:
        def sign(bound: Decimal) -> ColumnElement[int]:
            return _RatioSign(columns[above], columns[below], literal(str(bound), Text))

        return case((columns[below] > 0, _BY_SIGN[leaf.operator](sign, leaf.needed)))

    return form


# -- time --------------------------------------------------------------------------------------------------------------------


def months_to_maturity(leaf: Leaf, columns: Columns, _on: date) -> TruthExpression:
    """Whole months until the loan falls due, compared as the numbers they are."""
    months = columns["loan_matures_in_days"] // DAYS_A_MONTH

    def sign(bound: Decimal) -> ColumnElement[int]:
        return months - literal_column(str(bound))

    return _BY_SIGN[leaf.operator](sign, leaf.needed)


#: The SQL of each derived fact, by its name, on a date.
DERIVED_FORMS: Mapping[str, Callable[[Leaf, Columns, date], TruthExpression]] = {
    "size_class": size_class,
    **{name: _ratio(above, below) for name, (above, below) in RATIOS.items()},
    "months_to_maturity": months_to_maturity,
    **DATE_FORMS,
}
