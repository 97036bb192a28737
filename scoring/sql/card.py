"""The card as SQL expressions over the columns of firms: points, log-odds, default probability, grade and coverage.

Each step is a function of the step before, so that `query` can lay them over each other as subqueries and every value is
worked out once; `compile_card` puts them into one another, a single expression for each answer.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Double, String, case, cast, func, literal

from scoring.bands import grade_at
from scoring.card_schema import Block, Card, Feature
from scoring.reach import HELD
from scoring.sql.formulas import Columns, NoSqlForm, Number, column_of, double, formula_expression, held

Values = Mapping[str, ColumnElement[Any]]
Points = Mapping[str, Number]
#: Beyond these log-odds a probability no longer changes, but the exponential of a double runs over or under.
_FAR = 700.0
#: Beyond any card's points.
_ENDS = (-1e6, 1e6)


@dataclass(frozen=True, slots=True)
class CardExpressions:
    """What the card says of each firm. `points`, `pd` and `coverage` are not rounded; `grade` is the one that is shown.

    `points` add up; `log_odds`, `pd` and `grade` go no further than data show, and `bound` says on which side they were held.
    """

    points: Number
    log_odds: Number
    pd: Number
    grade: ColumnElement[str]
    coverage: Number
    bound: ColumnElement[str | None]


def compile_card(card: Card, columns: Columns) -> CardExpressions:
    """The card over the columns of firms, by the name of their fact. Raises NoSqlForm."""
    points = points_expressions(card, value_expressions(card, columns))
    return outcome_expressions(card, *sums_of(card, block_expressions(card, points)), coverage_expression(card, points))


def value_expressions(card: Card, columns: Columns) -> Values:
    """What each feature bins: its formula's value, a choice or a flag; NULL while not known. Raises NoSqlForm."""
    return {feature.name: _value(feature, columns) for block in card.blocks for feature in block.features}


def points_expressions(card: Card, values: Values) -> Points:
    """The points of each feature; NULL where it is not answered, or the card has never seen the answer."""
    return {feature.name: _points(feature, values[feature.name]) for block in card.blocks for feature in block.features}


def block_expressions(card: Card, points: Points) -> list[Number]:
    """The points of each block, within its limit."""
    return [_block_total(block, points) for block in card.blocks]


def coverage_expression(card: Card, points: Points) -> Number:
    """How much of the card is answered, by importance, from 0 to 1."""
    weight = sum(sum(feature.importance for feature in block.features) for block in card.blocks)
    if not weight:
        return double(0)
    blocks = ([_if_known(points[feature.name], double(feature.importance)) for feature in block.features] for block in card.blocks)
    return _apart(_sum(_apart(_sum(answered)) for answered in blocks)) / double(weight)


def sums_of(card: Card, blocks: Sequence[Number]) -> tuple[Number, Number]:
    """Points above the base rate, from those of each block: as they add up, and as far as data bear them out."""
    claim: Number = double(0)
    for place, reach in card.steps:
        claim = held(_apart(claim + blocks[place]), -reach.down, reach.up)
    return _sum(blocks), claim


def outcome_expressions(card: Card, added: Number, claim: Number, coverage: Number) -> CardExpressions:
    """What follows from a firm's points above the base rate."""
    points, stands = double(card.base_points) + _apart(added), _apart(double(card.base_points) + _apart(claim))
    log_odds = (stands - double(card.points)) / double(card.factor) + double(math.log(card.odds))
    odds: Number = func.exp(held(log_odds, -_FAR, _FAR), type_=Double())
    bound = case((added > _apart(claim + double(HELD)), literal("at_most")), (added < _apart(claim - double(HELD)), literal("at_least")))
    return CardExpressions(points, log_odds, double(1) / _apart(double(1) + odds), _grade(card, stands), coverage, bound)


# -- one feature -------------------------------------------------------------------------------------------------------------


def _value(feature: Feature, columns: Columns) -> ColumnElement[Any]:
    if feature.kind == "number":
        return formula_expression(feature.formula.tree, columns)
    column = column_of(columns, feature.inputs[0])
    wanted, said = (Boolean, "true or false") if feature.kind == "flag" else (String, "a choice")
    if not isinstance(column.type, wanted):
        raise NoSqlForm(f"the card takes {feature.inputs[0]!r} for {said}, its column is of type {column.type}")
    return column


def _points(feature: Feature, value: ColumnElement[Any]) -> Number:
    if feature.kind == "number":
        below = [(value < double(cut), double(points)) for cut, points in zip(feature.cuts, feature.points, strict=False)]
        return case(*below, (value.is_not(None), double(feature.points[-1])))
    if feature.kind == "flag":
        return case(*((value.is_(name == "yes"), double(points)) for name, points in feature.values.items()))
    return case(*((value == literal(name), double(points)) for name, points in feature.values.items()))


# -- sums, in the order in which one firm is scored --------------------------------------------------------------------------


def _block_total(block: Block, points: Points) -> Number:
    """The block's points; what silence is worth counts once enough is answered."""
    total = _sum(_if_known(points[feature.name], points[feature.name]) for feature in block.features)
    telling = [feature for feature in block.features if feature.missing_points]
    if telling:
        silence = _sum(case((points[feature.name].is_(None), double(feature.missing_points)), else_=double(0)) for feature in telling)
        known = reduce(add, (_if_known(points[feature.name], 1, 0) for feature in block.features))
        total = total + case((known >= block.absence_from, silence), else_=double(0))
    return held(total, -block.limit, block.limit)


def _if_known(points: Number, then: Any, otherwise: Any = None) -> Number:
    return case((points.is_not(None), then), else_=double(0) if otherwise is None else otherwise)


def _sum(parts: Iterable[Number]) -> Number:
    return reduce(add, parts)


def _apart(expression: Number) -> Number:
    """Brackets that stay: without a CAST a sum within a sum is flattened, and doubles then add up differently."""
    return cast(expression, Double)


# -- grades ------------------------------------------------------------------------------------------------------------------


def _grade(card: Card, total: Number) -> ColumnElement[str]:
    """Compared in points: a database's exponential may differ from Python's in the last digit, and a grade must not hang on that."""
    names = [name for name, _ in card.grades]
    bounds = ((_fewest_points(card, set(names[: rank + 1])), name) for rank, name in enumerate(names[:-1]))
    return case(*((total >= double(bound), literal(name)) for bound, name in bounds), else_=literal(names[-1]))


def _fewest_points(card: Card, grades: Collection[str]) -> float:
    """The fewest points, to the last digit, that are shown as one of the best grades."""
    low, high = _ENDS
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if grade_at(card, middle).name in grades else (middle, high)
    return high
