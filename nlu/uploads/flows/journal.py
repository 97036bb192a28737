"""A firm's own journal of its bank account or till (日记账): the year stands above, month and day in columns of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nlu.uploads.document import Sentence
from nlu.uploads.flows.cells import amount, blank, text
from nlu.uploads.flows.table import Table
from nlu.uploads.grid import Cell, Grid, Opened

_MONTH, _DAY = re.compile(r"月份?|month"), re.compile(r"日期?|day")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d) ?年|(?<!\d)((?:19|20)\d\d)(?!\d)")
_JOURNAL = re.compile(r"日记[账帐]|出纳[账帐]|(?:银行存款|现金)(?:明细)?[账帐]|(?:bank|cash) ?(?:book|journal)", re.IGNORECASE)
_DEBIT, _CREDIT = re.compile(r"借|debit", re.IGNORECASE), re.compile(r"贷|credit", re.IGNORECASE)
#: A header stands this near to the top of a sheet; a page of a journal is far shorter than a year is long.
_SEARCHED_ROWS = 400
_TURN_OF_YEAR = 6
#: So many short cells above 月 and 日 are names of columns that go over two rows.
_HEADINGS, _LONGEST = 3, 12

OWN_BOOK = Sentence(
    "这是自己记的日记账，不是银行打的流水。数字先按账上的看，银行那边还是要看银行流水。",
    "These are your own books, not the bank's statement. I go by them for now; a lender will still ask for the bank's.",
)


def is_journal(opened: Opened) -> bool:
    """Whether the file calls itself a journal of money, in the words above its rows or in the names of its sheets."""
    names = [grid.name or "" for grid in opened.grids]
    said = [text(cell) for grid in opened.grids for row in grid.rows[:8] for cell in row if isinstance(cell, str)]
    return any(len(words) <= 40 and _JOURNAL.search(words) for words in (*names, *said))


def with_dates(opened: Opened) -> Opened:
    """The file with one column of dates wherever month and day stand in two. Every cell keeps its place."""
    grids = tuple(map(_dated, opened.grids))
    return opened if all(one is other for one, other in zip(grids, opened.grids, strict=True)) else replace(opened, grids=grids)


@dataclass(frozen=True)
class _Columns:
    """Where the days stand: in which row they are named, and the columns of year (if it has one), month and day."""

    row: int
    year: int | None
    month: int
    day: int


def _dated(grid: Grid) -> Grid:
    found = [columns for row in range(min(len(grid.rows), _SEARCHED_ROWS)) if (columns := _columns(grid, row)) is not None]
    if not found:
        return grid
    year = next((year for columns in found if (year := _year_above(grid, columns)) is not None), None)
    if year is None and found[0].year is None:
        return grid
    rows = [list(row) for row in grid.rows]
    for place, columns in enumerate(found):
        end = found[place + 1].row if place + 1 < len(found) else len(rows)
        year = _year_above(grid, columns) or year
        _name(rows, columns)
        year = _fill(rows, range(columns.row + 1, end), columns, year)
    return Grid(grid.name, tuple(map(tuple, rows)), grid.boxes)


def _columns(grid: Grid, row: int) -> _Columns | None:
    """The columns of a row that names 月 and beside it 日."""
    names = [text(cell).lower().replace(" ", "") for cell in grid.rows[row]]
    for column in range(len(names) - 1):
        if _MONTH.fullmatch(names[column]) and _DAY.fullmatch(names[column + 1]):
            return _Columns(row, column - 1 if column and names[column - 1] in ("年", "年份", "year") else None, column, column + 1)
    return None


def _year_above(grid: Grid, columns: _Columns) -> int | None:
    """The year in the cell above the month, else in a line above, the nearest first, else in the sheet's name."""
    near = [text(grid.cell(columns.row - 1, column)) for column in range(columns.month, columns.day + 1)]
    lines = [" ".join(text(cell) for cell in grid.rows[row] if isinstance(cell, str)) for row in range(columns.row - 1, -1, -1)]
    for words in ("".join(near), *lines[:12], grid.name or ""):
        if match := _YEAR.search(words):
            return int(match[1] or match[2])
    return None


def _name(rows: list[list[Cell]], columns: _Columns) -> None:
    """One header row: what stands over two rows is brought into the lower one, and the month's column is called a date."""
    upper = rows[columns.row - 1] if columns.row else []
    lower = rows[columns.row]
    above = ""
    beside = range(columns.month if columns.year is None else columns.year, columns.day + 1)
    if _is_header(upper):
        lower.extend([None] * (len(upper) - len(lower)))
        for column in range(len(lower)):
            over = text(upper[column]) if column < len(upper) else ""
            under = text(lower[column])
            above = over or (above if under else "")
            if column not in beside:
                lower[column] = f"{above} {under}".strip() or None
        rows[columns.row - 1] = [None] * len(upper)
    for column in beside:
        lower[column] = None
    lower[columns.month] = "日期"


def _is_header(row: Sequence[Cell]) -> bool:
    """Whether a row names columns: several short words and no amounts."""
    said = [cell for cell in row if not blank(cell)]
    return len(said) >= _HEADINGS and all(isinstance(cell, str) and len(cell.strip()) <= _LONGEST for cell in said)


def _fill(rows: list[list[Cell]], span: range, columns: _Columns, year: int | None) -> int | None:
    """Dates in place of the months. A month left blank is that of the row above; after December comes January of the next year."""
    month: int | None = None
    for index in span:
        row = rows[index]
        values = {name: _whole(row, column) for name, column in (("year", columns.year), ("month", columns.month), ("day", columns.day))}
        year = _full(values["year"]) or year
        if values["month"] is not None and month is not None and columns.year is None and month - values["month"] >= _TURN_OF_YEAR:
            year = year + 1 if year is not None else None
        month = values["month"] or month
        when = _made(year, month, values["day"])
        if when is not None:
            row[columns.month], row[columns.day] = when, None
            if columns.year is not None:
                row[columns.year] = None
        elif values["month"] is not None and values["day"] is None:
            row[columns.month] = None  # a total of the month, which is of no day
    return year


def _whole(row: Sequence[Cell], column: int | None) -> int | None:
    value = amount(text(row[column]).rstrip("年月日")) if column is not None and column < len(row) else None
    return int(value) if value is not None and value == value.to_integral_value() else None


def _full(year: int | None) -> int | None:
    return None if year is None else year + 2000 if year < 100 else year


def _made(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def as_a_bank_would(table: Table) -> Table:
    """The list with what came in as its income: in a firm's own books that stands to the debit (借方), at its bank to the credit."""
    if not (_CREDIT.search(table.name("income")) and _DEBIT.search(table.name("expense"))):
        return table
    columns = dict(table.columns)
    columns["income"], columns["expense"] = columns["expense"], columns["income"]
    return replace(table, columns=columns)


def fits_journal(columns: Mapping[str, tuple[int, ...]]) -> bool:
    """The columns of a journal: a day, money in and out, and mostly the account on the other side (对方科目)."""
    roles = set(columns)
    return roles >= {"day", "income", "expense"} and bool(roles & {"balance", "words"})
