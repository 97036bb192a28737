"""Writing the pack as a workbook: entries, rules and worked examples, with drop-downs and a note on every column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.authoring.rule_words import leaf_words
from knowledge.authoring.sheet.columns import Column, Shape, columns
from knowledge.authoring.sheet.rows import CASE_COLUMNS, NODES, RULE_COLUMNS, STATUSES, case_rows, fact_labels, labels, rule_rows
from knowledge.authoring.wording import tell
from knowledge.conditions import OPERATORS, Check, Leaf
from knowledge.reading import ConditionError, read_condition

#: Rows below the last one that have drop-downs, too.
_SPARE = 500
_FORMATS = {Shape.DATE: "yyyy-mm-dd", Shape.MONEY: "#,##0", Shape.RATE: "0.00%", Shape.MONTHS: "0"}
_HEAD, _FILL = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="2F5D62")
_TOP = Alignment(wrap_text=True, vertical="top")
_RULE_WIDTHS = {"entry": 28, "number": 8, "node": 16, "fact": 26, "operator": 14, "value": 26, "zh": 26, "en": 30, "words": 44}
_CASE_WIDTHS = {"entry": 28, "number": 8, "on": 12, "result": 14, "facts": 60}


def export(entries: Mapping[str, Mapping[str, Any]], language: str, digest: str) -> bytes:
    """The workbook of entries given as plain data. `digest` is kept in it, so that the import can tell whether others wrote meanwhile."""
    book = Workbook()
    book.properties.identifier = digest
    lists = _Lists(book, language)
    _entries(book.active, entries, language, lists)
    rules = book.create_sheet(tell("sheet_rules", language))
    _fill(rules, "rule", RULE_COLUMNS, _RULE_WIDTHS, _worded(entries, language), language)
    cases = book.create_sheet(tell("sheet_cases", language))
    told = (row for entry_id, raw in entries.items() for row in case_rows(entry_id, raw.get("cases"), language))
    _fill(cases, "case", CASE_COLUMNS, _CASE_WIDTHS, told, language)
    for sheet, column, names in (
        (rules, "C", labels("node", NODES)),
        (rules, "D", fact_labels()),
        (rules, "E", labels("operator", OPERATORS)),
        (cases, "D", labels("status", STATUSES)),
    ):
        lists.offer(sheet, column, [label[language] for label in names.values()])
    _guide(book.create_sheet(tell("sheet_guide", language)), language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _entries(sheet: Worksheet, entries: Mapping[str, Mapping[str, Any]], language: str, lists: _Lists) -> None:
    sheet.title = tell("sheet_entries", language)
    sheet.freeze_panes = "B2"
    for rank, column in enumerate(columns(), 1):
        _head(sheet, rank, column.label(language), column.note(language), column.width)
    for at, raw in enumerate(entries.values(), 2):
        for rank, column in enumerate(columns(), 1):
            put(sheet.cell(at, rank), column.show(raw, language), _FORMATS.get(column.shape, "@"))
    for rank, column in enumerate(columns(), 1):
        options = _options(column, language)
        if options:
            lists.offer(sheet, get_column_letter(rank), options)
    sheet.auto_filter.ref = sheet.dimensions


def _options(column: Column, language: str) -> list[str]:
    if column.shape is Shape.FLAG:
        return [tell("cell_yes", language), tell("cell_no", language)]
    return [label[language] for label in column.labels().values()]


def put(cell: Cell, value: Any, number_format: str = "@") -> None:
    """Write a value; a text is never taken for a formula, and loses what a workbook cannot hold."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:32_000]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith("=")
    else:
        cell.value = value
    cell.number_format, cell.alignment = number_format, _TOP


def _worded(entries: Mapping[str, Mapping[str, Any]], language: str) -> Iterable[dict[str, Any]]:
    for entry_id, raw in entries.items():
        conditions = iter(_leaves(raw.get("when")))
        for row in rule_rows(entry_id, raw.get("when"), language):
            leaf = next(conditions, None) if row.get("fact") or row.get("zh") else None
            yield {**row, "words": leaf_words(leaf, language) if leaf else None}


def _leaves(raw: Any) -> list[Leaf | Check]:
    """The conditions of a rule in the order of their rows."""
    if not isinstance(raw, Mapping):
        return []
    for key in ("all", "any"):
        if key in raw:
            return [leaf for part in raw[key] for leaf in _leaves(part)]
    if "not" in raw:
        return _leaves(raw["not"])
    try:
        condition = read_condition(raw)
    except ConditionError:
        return []
    return [condition] if isinstance(condition, Leaf | Check) else []


def _fill(
    sheet: Worksheet, kind: str, names: Sequence[str], widths: Mapping[str, int], rows: Iterable[Mapping[str, Any]], language: str
) -> None:
    sheet.freeze_panes = "C2"
    for rank, name in enumerate(names, 1):
        _head(sheet, rank, tell(f"{kind}_column_{name}", language), tell(f"{kind}_note_{name}", language), widths[name])
    for at, row in enumerate(rows, 2):
        for rank, name in enumerate(names, 1):
            value = row.get(name)
            share = isinstance(value, float) and -10 < value < 10
            dated = name == "on" or isinstance(value, date)
            put(sheet.cell(at, rank), value, "yyyy-mm-dd" if dated else "0.00%" if share else "General" if name == "value" else "@")
    sheet.auto_filter.ref = sheet.dimensions


def _head(sheet: Worksheet, rank: int, label: str, note: str, width: int) -> None:
    cell = sheet.cell(1, rank)
    put(cell, label)
    cell.font, cell.fill = _HEAD, _FILL
    cell.comment = Comment(note, "Loan Advisor", width=320, height=120)
    sheet.column_dimensions[get_column_letter(rank)].width = width


def _guide(sheet: Worksheet, language: str) -> None:
    sheet.column_dimensions["A"].width = 110
    for at, line in enumerate(tell("guide", language).strip().splitlines(), 1):
        put(sheet.cell(at, 1), line)


class _Lists:
    """A hidden sheet with what the drop-downs offer; a list inside a cell's own rule may hold only 255 characters."""

    def __init__(self, book: Workbook, language: str) -> None:
        self._sheet = book.create_sheet("lists")
        self._sheet.sheet_state = "hidden"
        self._message = tell("pick", language)
        self._columns = 0

    def offer(self, sheet: Worksheet, column: str, options: Sequence[str]) -> None:
        """A drop-down for a column, below its header and some rows further than what is there."""
        self._columns += 1
        letter = get_column_letter(self._columns)
        for at, option in enumerate(options, 1):
            put(self._sheet.cell(at, self._columns), option)
        chosen = DataValidation("list", formula1=f"=lists!${letter}$1:${letter}${len(options)}", allow_blank=True, showErrorMessage=True)
        chosen.error = self._message
        sheet.add_data_validation(chosen)
        chosen.add(f"{column}2:{column}{sheet.max_row + _SPARE}")
