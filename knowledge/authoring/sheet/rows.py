"""Rules and worked examples as rows of cells, and back.

A rule is a row for each condition, numbered 1, 2, 2.1: all of the first level are needed, and a group holds the rows below its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from knowledge.authoring.rules import fact_names, kind_of, operators_for
from knowledge.authoring.sheet import cells
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.wording import catalogue
from knowledge.conditions import OPERATORS
from knowledge.derived import LABELS
from knowledge.firm import FactType, Text, spec_of, vocabulary

RULE_COLUMNS = ("entry", "number", "node", "fact", "operator", "value", "zh", "en", "words")
CASE_COLUMNS = ("entry", "number", "on", "result", "facts")
NODES = ("fact", "check", "all", "any", "not")
_GROUPS = ("all", "any", "not")

Cells = Mapping[str, Any]


class RowError(ValueError):
    """A cell of a row that cannot be read: which row, which column, and why."""

    def __init__(self, row: int, column: str, error: CellError) -> None:
        super().__init__(error.code)
        self.row, self.column, self.error = row, column, error


def labels(prefix: str, keys: Iterable[str]) -> dict[str, Text]:
    """Keys of the catalogue with a prefix, as labels in both languages."""
    return {key: Text(catalogue()[f"{prefix}_{key}"]["zh"], catalogue()[f"{prefix}_{key}"]["en"]) for key in keys}


def fact_labels() -> dict[str, Text]:
    """The label of every fact a rule may name."""
    return {name: LABELS[name] if name in LABELS else spec_of(name).label for name in fact_names()}


# -- rules ----------------------------------------------------------------------------------------------------------------------


def rule_rows(entry_id: str, when: Any, language: str) -> list[dict[str, Any]]:
    """The rows of a rule as plain data."""
    if when is None:
        return []
    parts = when["all"] if isinstance(when, Mapping) and set(when) == {"all"} else [when]
    return [row for n, part in enumerate(parts, 1) for row in _node_rows(entry_id, str(n), part, language)]


def _node_rows(entry_id: str, number: str, raw: Mapping[str, Any], language: str) -> Iterator[dict[str, Any]]:
    node = next(key for key in NODES if key in raw)
    row = {"entry": entry_id, "number": number, "node": labels("node", NODES)[node][language]}
    if node == "check":
        yield {**row, "zh": raw["check"]["zh"], "en": raw["check"]["en"]}
    elif node == "fact":
        fact, clause = raw["fact"], raw.get("clause") or {}
        operator = next(key for key in raw if key not in ("fact", "clause"))
        shown = {"fact": fact_labels()[fact][language], "operator": labels("operator", OPERATORS)[operator][language]}
        yield {**row, **shown, "value": cells.fact_cells(fact, raw[operator], language), "zh": clause.get("zh"), "en": clause.get("en")}
    else:
        yield row
        inner = [raw["not"]] if node == "not" else raw[node]
        for n, part in enumerate(inner, 1):
            yield from _node_rows(entry_id, f"{number}.{n}", part, language)


@dataclass(frozen=True)
class _Row:
    at: int
    number: tuple[int, ...]
    cells: Cells


def rule_of(rows: Iterable[tuple[int, Cells]]) -> dict[str, Any] | None:
    """A rule as plain data from its rows, each with the row it stands in; None without rows. Raises RowError."""
    numbered = sorted((_Row(at, _number(at, row), row) for at, row in rows), key=lambda row: row.number)
    for one, following in pairwise(numbered):
        if one.number == following.number:
            raise RowError(following.at, "number", CellError("cell_number_twice", found=_dotted(one.number)))
    known = {row.number for row in numbered}
    for row in numbered:
        if len(row.number) > 1 and row.number[:-1] not in known:
            raise RowError(row.at, "number", CellError("cell_no_group", found=_dotted(row.number[:-1])))
    parts = [_node(row, numbered) for row in numbered if len(row.number) == 1]
    return {"all": parts} if len(parts) > 1 else parts[0] if parts else None


def _node(row: _Row, rows: list[_Row]) -> dict[str, Any]:
    node = _named(row, "node", labels("node", NODES))
    inner = [other for other in rows if len(other.number) == len(row.number) + 1 and other.number[:-1] == row.number]
    if node in _GROUPS:
        if not inner or (node == "not" and len(inner) > 1):
            raise RowError(row.at, "node", CellError("cell_group", found=_dotted(row.number)))
        parts = [_node(other, rows) for other in inner]
        return {node: parts[0] if node == "not" else parts}
    if inner:
        raise RowError(inner[0].at, "number", CellError("cell_no_group", found=_dotted(row.number)))
    return {"check": _text_pair(row, needed=True)} if node == "check" else _leaf(row)


def _leaf(row: _Row) -> dict[str, Any]:
    fact = _named(row, "fact", fact_labels())
    kind = kind_of(fact)
    operator = _named(row, "operator", labels("operator", OPERATORS))
    if kind is None or operator not in operators_for(kind):
        raise RowError(row.at, "operator", CellError("cell_operator", found=cells.text(row.cells["operator"])))
    cell = row.cells.get("value")
    try:
        if cell is None:
            raise CellError("cell_empty")
        single = OPERATORS[operator].takes == "one"
        needed = cells.fact_value(fact, cell) if single else cells.fact_values(fact, cell)
    except CellError as error:
        raise RowError(row.at, "value", error) from error
    clause = _text_pair(row, needed=False)
    return {"fact": fact, operator: needed, **({"clause": clause} if clause else {})}


def _text_pair(row: _Row, *, needed: bool) -> dict[str, str]:
    pair = {language: cells.text(row.cells[language]) for language in ("zh", "en") if row.cells.get(language) is not None}
    for language in ("zh", "en"):
        if (needed or pair) and not pair.get(language):
            raise RowError(row.at, language, CellError("cell_empty"))
    return pair


def _named(row: _Row, column: str, names: Mapping[str, Text]) -> str:
    if row.cells.get(column) is None:
        raise RowError(row.at, column, CellError("cell_empty"))
    try:
        return cells.named(row.cells[column], names)
    except CellError as error:
        raise RowError(row.at, column, error) from error


def _number(at: int, row: Cells) -> tuple[int, ...]:
    written = cells.text(row.get("number") if row.get("number") is not None else "")
    parts = written.split(".")
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise RowError(at, "number", CellError("cell_number", found=written))
    return tuple(map(int, parts))


def _dotted(number: tuple[int, ...]) -> str:
    return ".".join(map(str, number))


# -- worked examples ------------------------------------------------------------------------------------------------------------

STATUSES = ("eligible", "ineligible", "unknown")


def case_rows(entry_id: str, cases: Any, language: str) -> list[dict[str, Any]]:
    """The rows of worked examples as plain data."""
    names = labels("status", STATUSES)
    return [
        {
            "entry": entry_id,
            "number": number,
            "on": case.get("on"),
            "result": names[case["status"]][language],
            "facts": "\n".join(
                f"{fact_labels()[name][language]} = {_case_cell(name, value, language)}" for name, value in case["facts"].items()
            ),
        }
        for number, case in enumerate(cases or (), 1)
    ]


def cases_of(rows: Iterable[tuple[int, Cells]]) -> list[dict[str, Any]]:
    """Worked examples as plain data, in the order of their rows. Raises RowError."""
    found = []
    for at, row in rows:
        case: dict[str, Any] = {"facts": dict(_case_fact(at, line) for line in cells.lines(row.get("facts") or ""))}
        if row.get("on") is not None:
            try:
                case["on"] = cells.day(row["on"])
            except CellError as error:
                raise RowError(at, "on", error) from error
        case["status"] = _named(_Row(at, (), row), "result", labels("status", STATUSES))
        found.append(case)
    return found


def _case_cell(name: str, value: Any, language: str) -> str:
    shown = cells.fact_cells(name, value, language)
    return str(shown) if isinstance(value, list) else cells.as_text(name, shown)


def _case_fact(at: int, line: str) -> tuple[str, Any]:
    name, found, value = line.replace("＝", "=").partition("=")
    try:
        if not found:
            raise CellError("cell_fact", found=line)
        fact = cells.named(name, {key: label for key, label in fact_labels().items() if key in vocabulary()})
        several = kind_of(fact) is FactType.CHOICES
        return fact, cells.fact_values(fact, value) if several else cells.fact_value(fact, value)
    except CellError as error:
        raise RowError(at, "facts", error) from error
