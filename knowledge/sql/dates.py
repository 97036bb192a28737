"""Dates as SQL: a rule's date becomes, on the day asked for, a bound on the months or days that are stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import and_, case, false, literal, not_, true

from knowledge.calendar import months_between
from knowledge.conditions import Leaf
from knowledge.sql.columns import Columns, TruthExpression

_DAY = timedelta(days=1)
#: Whether a date is a day or later, from the columns of stored firms and the day asked for.
_From = Callable[[date, Columns, date], TruthExpression]


def _founded_from(day: date, columns: Columns, on: date) -> TruthExpression:
    """An age in months leaves the days of a month possible: settled where all of them are on one side, else NULL."""
    age = columns["age_months"]
    return case((age < _age_at_most(day - _DAY, on), true()), (age > _age_at_most(day, on), false()))


def _age_at_most(founded: date, on: date) -> int:
    """The whole months that have passed for a firm founded on a day; -1 where the day is still to come."""
    return months_between(founded, on) if founded <= on else -1


def _due_from(day: date, columns: Columns, on: date) -> TruthExpression:
    return columns["loan_matures_in_days"] >= literal((day - on).days)


def _today_from(day: date, _columns: Columns, on: date) -> TruthExpression:
    return true() if on >= day else false()


def _form(is_from: _From) -> Callable[[Leaf, Columns, date], TruthExpression]:
    """Every comparison of a date by the one for `from`: until a day is not from the next one on."""

    def form(leaf: Leaf, columns: Columns, on: date) -> TruthExpression:
        match leaf.operator:
            case "from":
                return is_from(leaf.needed, columns, on)
            case "until":
                return not_(is_from(leaf.needed + _DAY, columns, on))
        first, last = leaf.needed
        return and_(is_from(first, columns, on), not_(is_from(last + _DAY, columns, on)))

    return form


DATE_FORMS: Mapping[str, Callable[[Leaf, Columns, date], TruthExpression]] = {
    "founded": _form(_founded_from),
    "loan_due": _form(_due_from),
    "today": _form(_today_from),
}
