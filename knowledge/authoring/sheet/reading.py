"""Reading a workbook as rows of cells that know their address. What cannot be read is told by sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.authoring.sheet.cells import CellError, text
from knowledge.authoring.sheet.columns import columns
from knowledge.authoring.sheet.rows import CASE_COLUMNS, RULE_COLUMNS
from knowledge.authoring.wording import catalogue

#: What a workbook may take at most: bytes, bytes once unpacked, and rows of a sheet.
MAX_BYTES, MAX_UNPACKED, MAX_ROWS = 20 * 2**20, 200 * 2**20, 20_000
SHEETS = ("entries", "rules", "cases")


class NoSheet(ValueError):
    """The file is no workbook of entries; the argument is the key of the sentence that says why."""


@dataclass(frozen=True)
class SheetFault:
    """A cell that cannot be read, or what is wrong with what it says."""

    sheet: str
    cell: str
    error: CellError

    def line(self, language: str) -> str:
        """条目!C12：…"""
        return f"{self.sheet}!{self.cell}{'：' if language == 'zh' else ': '}{self.error.sentence(language)}"


@dataclass(frozen=True)
class Row:
    """A row: its number, and its cells by the name of their column. An empty cell is None."""

    at: int
    cells: Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """One sheet: its title, the letter of each column that is there, and its rows."""

    title: str
    letters: Mapping[str, str]
    rows: tuple[Row, ...]

    def fault(self, at: int, column: str, error: CellError) -> SheetFault:
        return SheetFault(self.title, f"{self.letters.get(column, 'A')}{at}", error)


@dataclass(frozen=True)
class Book:
    """The tables that are there, in the language of their headers, and the digest of the pack they were exported from."""

    tables: Mapping[str, Table]
    language: str
    digest: str | None
    faults: tuple[SheetFault, ...]


def read_book(content: bytes) -> Book:
    """Read a workbook. Raises NoSheet where it is none, or has no sheet of entries."""
    _refuse_bombs(content)
    try:
        book = load_workbook(BytesIO(content))
    # What the library raises on a damaged workbook follows no pattern: XML, zip, missing parts, wrong types.
    except Exception as error:
        raise NoSheet("sheet_broken") from error
    faults: list[SheetFault] = []
    tables = {}
    for kind in SHEETS:
        titles = catalogue()[f"sheet_{kind}"].values()
        sheet = next((sheet for sheet in book.worksheets if sheet.title.strip() in titles), None)
        if sheet is not None:
            tables[kind] = _table(sheet, _headers(kind), faults)
    if "entries" not in tables or "id" not in tables["entries"].letters:
        raise NoSheet("sheet_missing")
    chinese = tables["entries"].title == catalogue()["sheet_entries"]["zh"]
    return Book(tables, "zh" if chinese else "en", book.properties.identifier, tuple(faults))


def _refuse_bombs(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise NoSheet("sheet_large")
    try:
        with ZipFile(BytesIO(content)) as packed:
            size = sum(item.file_size for item in packed.infolist())
    except (BadZipFile, InvalidFileException, ValueError, EOFError, NotImplementedError) as error:
        raise NoSheet("sheet_broken") from error
    if size > MAX_UNPACKED:
        raise NoSheet("sheet_large")


def _headers(kind: str) -> dict[str, str]:
    """Every label a header may have, small letters, and the column it stands for."""
    if kind == "entries":
        return {word.lower(): column.key for column in columns() for word in (column.label("zh"), column.label("en"), column.key)}
    names, prefix = (RULE_COLUMNS, "rule_column") if kind == "rules" else (CASE_COLUMNS, "case_column")
    return {catalogue()[f"{prefix}_{name}"][language].lower(): name for name in names for language in ("zh", "en")}


def _table(sheet: Worksheet, headers: Mapping[str, str], faults: list[SheetFault]) -> Table:
    names: dict[int, str] = {}
    letters: dict[str, str] = {}
    for cell in next(sheet.iter_rows(min_row=1, max_row=1), ()):
        if cell.value is None or not text(cell.value):
            continue
        name = headers.get(text(cell.value).lower())
        if name is None or name in letters:
            faults.append(SheetFault(sheet.title, cell.coordinate, CellError("cell_header", found=text(cell.value))))
        else:
            names[cell.column], letters[name] = name, get_column_letter(cell.column)
    if sheet.max_row > MAX_ROWS:
        raise NoSheet("sheet_large")
    rows = tuple(row for row in _rows(sheet, names, faults) if any(value is not None for value in row.cells.values()))
    return Table(sheet.title, letters, rows)


def _rows(sheet: Worksheet, names: Mapping[int, str], faults: list[SheetFault]) -> Iterator[Row]:
    for cells in sheet.iter_rows(min_row=2, max_col=max(names, default=1)):
        found: dict[str, Any] = {}
        for cell in cells:
            if cell.column not in names:
                continue
            if cell.data_type in ("f", "e"):
                faults.append(SheetFault(sheet.title, cell.coordinate, CellError("cell_formula", found=text(cell.value))))
                continue
            blank = cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
            found[names[cell.column]] = None if blank else cell.value
        yield Row(cells[0].row if cells else 0, found)
