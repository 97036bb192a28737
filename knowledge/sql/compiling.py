"""Conditions as SQL expressions: the rule that is tried on one firm, asked of every stored firm at once.

SQL's TRUE, FALSE and NULL are the true, false and unknown of `knowledge.conditions`, and its AND, OR and NOT combine them alike. So a
leaf is NULL exactly where trying it leaves it unknown; a fact that is not known is a NULL column. Expressions only: nothing runs here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, case, cast, false, not_, null, or_, true

from knowledge.conditions import All, AnyOf, Check, Condition, Leaf, Not
from knowledge.derived import DERIVED
from knowledge.entries import Entry, Standing
from knowledge.regions import COUNTRY, contains, level
from knowledge.sql.columns import Columns, TruthExpression, marked, stored_text
from knowledge.sql.working_out import DERIVED_FORMS

UNKNOWN: TruthExpression = cast(null(), Boolean)


class NoSqlForm(LookupError):
    """An operator or a derived fact that cannot be asked of stored firms yet; the message names it."""


def compile_condition(condition: Condition, columns: Columns, on: date) -> TruthExpression:
    """A condition over the columns of stored firms, by the name of their fact, as of a date. Raises NoSqlForm."""
    match condition:
        case Leaf():
            return _compile_leaf(condition, columns, on)
        case Check():
            return UNKNOWN
        case Not(part):
            return not_(compile_condition(part, columns, on))
        case All(parts):
            return and_(true(), *(compile_condition(part, columns, on) for part in parts))
        case AnyOf(parts):
            return or_(false(), *(compile_condition(part, columns, on) for part in parts))


def compile_entry(entry: Entry, on: date, columns: Columns) -> TruthExpression:
    """What `judge` says of an entry on a date: TRUE where it is eligible, FALSE where not, NULL where it cannot tell. Raises NoSqlForm."""
    if entry.standing(on) is not Standing.IN_FORCE:
        return false()
    return true() if entry.rule is None else compile_condition(entry.rule, columns, on)


def _compile_leaf(leaf: Leaf, columns: Columns, on: date) -> TruthExpression:
    if leaf.operator not in OPERATOR_FORMS:
        raise NoSqlForm(f"the operator {leaf.operator} has no SQL form")
    if leaf.fact not in DERIVED:
        return OPERATOR_FORMS[leaf.operator](columns[leaf.fact], _as_stored(leaf.needed))
    if leaf.fact not in DERIVED_FORMS:
        raise NoSqlForm(f"the derived fact {leaf.fact} has no SQL form")
    return DERIVED_FORMS[leaf.fact](leaf, columns, on)


def _as_stored(needed: Any) -> Any:
    """What is needed, with its texts as columns hold them."""
    if isinstance(needed, tuple):
        return tuple(_as_stored(value) for value in needed)
    return stored_text(needed) if isinstance(needed, str) else needed


def _includes(known: ColumnElement[Any], needed: tuple[str, ...]) -> TruthExpression:
    return or_(*(known.contains(marked((choice,)), autoescape=True) for choice in needed))


def _within(known: ColumnElement[Any], outer: str) -> TruthExpression:
    """Unknown, too, where only a larger place around the outer one is known; the country, its province and its city are all there are."""
    if level(outer) == "country":
        return case((known.is_not(None), true()))
    inside = known.startswith({"province": outer[:2], "city": outer[:4]}.get(level(outer), outer))
    around = sorted(code for code in {COUNTRY, f"{outer[:2]}0000", f"{outer[:4]}00"} if contains(code, outer) and not contains(outer, code))
    return or_(inside, and_(known.in_(around), UNKNOWN))


#: The SQL of each operator: what is known (a column; NULL makes it NULL) and what is needed.
OPERATOR_FORMS: Mapping[str, Callable[[ColumnElement[Any], Any], TruthExpression]] = {
    "is": lambda known, needed: known == needed,
    "is_not": lambda known, needed: known != needed,
    "in": lambda known, needed: known.in_(needed),
    "not_in": lambda known, needed: known.not_in(needed),
    "at_least": lambda known, needed: known >= needed,
    "at_most": lambda known, needed: known <= needed,
    "more_than": lambda known, needed: known > needed,
    "less_than": lambda known, needed: known < needed,
    "between": lambda known, needed: known.between(*needed),
    "from": lambda known, needed: known >= needed,
    "until": lambda known, needed: known <= needed,
    "includes": _includes,
    "within": _within,
}
