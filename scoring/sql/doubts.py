"""Facts that cannot be right together stay out of the score in SQL too, by the very rules by which owners are asked about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, case, null, or_

from scoring.questions import impossible
from scoring.sql.formulas import Columns, formula_expression


def doubted_facts() -> tuple[str, ...]:
    """All facts that a rule reads."""
    return tuple(dict.fromkeys(fact for part, whole in impossible() for fact in (*part.facts, *whole.facts)))


def sound_columns(columns: Columns) -> Mapping[str, ColumnElement[Any]]:
    """The columns with NULL wherever a rule doubts the fact. A rule over a fact that has no column never asks."""
    asked: dict[str, list[ColumnElement[bool]]] = {}
    for part, whole in impossible():
        facts = dict.fromkeys((*part.facts, *whole.facts))
        if all(fact in columns for fact in facts):
            doubt = formula_expression(part.tree, columns) > formula_expression(whole.tree, columns)
            for fact in facts:
                asked.setdefault(fact, []).append(doubt)
    return {fact: case((or_(*asked[fact]), null()), else_=column) if fact in asked else column for fact, column in columns.items()}
