"""A condition as a row of the form: the fact by its name, how it is compared, and with what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.bulletins.model import LANGUAGES
from bot.channels.console.texts import say
from knowledge.authoring.answers import condition_start, shape_of
from knowledge.authoring.rules import choices_of, kind_of, operators_for
from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.sheet.rows import fact_labels, labels
from knowledge.authoring.wording import listed
from knowledge.conditions import OPERATORS
from knowledge.firm import FactType
from knowledge.reading import ConditionError, read_condition

_COMMAS = re.compile("[、，,]")


def leaf_of(named: str, operator: str, value: str, language: str) -> dict[str, Any]:
    """The condition of a row. Raises ValueError with a sentence for what cannot be read."""
    try:
        fact = condition_start(named, language)
    except CellError as error:
        raise ValueError(error.sentence(language)) from None
    if fact == "check":  # in words, which have their own field
        raise ValueError(say("measure_row_words", language))
    suitable = operators_for(kind_of(fact) or FactType.TEXT)
    if operator not in suitable:
        names = listed((labels("operator", suitable)[one][language] for one in suitable), language)
        raise ValueError(say("measure_row_operator", language, names=names))
    try:
        needed = cells.fact_value(fact, value) if OPERATORS[operator].takes == "one" else cells.fact_values(fact, _apart(fact, value))
        read_condition(leaf := {"fact": fact, operator: needed})
    except (CellError, ConditionError):
        raise ValueError(say("measure_row_value", language, shape=shape_of(fact, language))) from None
    return leaf


def row_of(leaf: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    """The fields of a condition that has nothing but these. Raises ValueError for others."""
    ((operator, needed),) = [(name, given) for name, given in leaf.items() if name != "fact"]
    fact = leaf["fact"]
    return fact_labels()[fact][language], operator, cells.as_text(fact, cells.fact_cells(fact, needed, language))


def fact_choices(language: str) -> list[tuple[str, str]]:
    """The facts that conditions can look at: what each is called, and what a value of it looks like."""
    return [(label[language], shape_of(name, language)) for name, label in fact_labels().items()]


def operator_labels(language: str) -> list[tuple[str, str]]:
    return [(name, label[language]) for name, label in labels("operator", OPERATORS).items()]


def _apart(fact: str, value: str) -> str:
    """Several choices with any comma between them; a choice that has one itself is left whole."""
    names = [text for choice in choices_of(fact) for text in (str(cells.fact_cell(fact, choice, one)) for one in LANGUAGES)]
    return _COMMAS.sub(";", value) if names and not any(_COMMAS.search(name) for name in names) else value
