"""The table of a tax return: its lines with their numbers, and columns of the period and of the year so far."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from nlu.uploads.document import Figure, Period
from nlu.uploads.grid import At, Grid
from nlu.uploads.statements.amounts import amount_of
from nlu.uploads.statements.cells import words
from nlu.uploads.statements.headings import heading_span, heading_units, holder_in
from nlu.uploads.statements.labels import Label, label_of
from nlu.uploads.statements.spans import Span

_ROWS = 400
_CENT = Decimal("0.01")
_NOW = re.compile(r"本期数|本月数|本期金额|本期$")
_TO_DATE = re.compile(r"累计")
_NUMBER = re.compile(r"行次|栏次|行号")
_HEAD = re.compile(r"项目|行次|栏次|本月数|本期|累计|金额(?!单位)")


@dataclass(frozen=True)
class TaxLine:
    """One line: the leading number of its 栏次, its label, its amounts by column."""

    number: int | None
    label: Label
    amounts: Mapping[int, tuple[Decimal, At]]


@dataclass(frozen=True)
class TaxTable:
    """The lines of a return; `now` and `to_date` are the columns of the period and of the year so far."""

    lines: tuple[TaxLine, ...]
    now: tuple[int, ...]
    to_date: tuple[int, ...]
    span: Span | None
    unit: int
    holder: str | None

    def find(self, *names: str) -> list[TaxLine]:
        return [line for line in self.lines if any(name in line.label.names for name in names)]

    def is_empty(self) -> bool:
        return not any(value for line in self.lines for value, _ in line.amounts.values())


def tax_table(grid: Grid) -> TaxTable | None:
    """The lines of a return, found below the row that heads its columns."""
    if len(grid.rows) > _ROWS:
        return None
    head = next(
        (row for row in range(len(grid.rows)) if len([cell for cell in grid.rows[row] if _HEAD.search(_plain(words(cell)))]) >= 2), None
    )
    if head is None:
        return None
    end = head + 1
    while end < len(grid.rows) and end < head + 4 and not _has_amount(grid, end):
        if not any(_HEAD.search(_plain(words(cell))) or "货物" in words(cell) or "服务" in words(cell) for cell in grid.rows[end]):
            break
        end += 1
    texts = _heads(grid, head, end)
    amounts = {
        column
        for row in range(end, len(grid.rows))
        for column in range(len(grid.rows[row]))
        if amount_of(grid.cell(row, column)) is not None
    }
    numbers = [column for column, text in texts.items() if _NUMBER.search(text)]
    columns = {column: text for column, text in texts.items() if column in amounts and column not in numbers}
    above = tuple(cells for row in range(head) if (cells := tuple(filter(None, map(words, grid.rows[row])))))
    lines = tuple(line for row in range(end, len(grid.rows)) if (line := _line(grid, row, numbers, columns)) is not None)
    return TaxTable(
        lines,
        tuple(column for column, text in columns.items() if _NOW.search(text) and not _TO_DATE.search(text)),
        tuple(column for column, text in columns.items() if _TO_DATE.search(text)),
        heading_span(above, None),
        next(iter(heading_units(above)), 1),
        holder_in(above),
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _has_amount(grid: Grid, row: int) -> bool:
    return any(isinstance(cell, Decimal) for cell in grid.rows[row])


def _heads(grid: Grid, first: int, end: int) -> dict[int, str]:
    """The words above each column; a heading spans the blank cells to its right in all rows but the last."""
    width = max(len(grid.rows[row]) for row in range(first, end))
    found = dict.fromkeys(range(width), "")
    for row in range(first, end):
        now = ""
        for column in range(width):
            text = _plain(words(grid.cell(row, column)))
            now = text or (now if row < end - 1 or end - first == 1 else "")
            if _NUMBER.search(now) and not text:
                now = ""
            found[column] += now
    return found


def _line(grid: Grid, row: int, numbers: Sequence[int], columns: Mapping[int, str]) -> TaxLine | None:
    amounts = {
        column: (amount.value, grid.at(row, column)) for column in columns if (amount := amount_of(grid.cell(row, column))) is not None
    }
    texts = [
        words(cell)
        for column, cell in enumerate(grid.rows[row])
        if isinstance(cell, str) and column not in columns and column not in numbers and words(cell)
    ]
    if not texts:
        return None
    number = next((int(match[0]) for column in numbers if (match := re.match(r"\d{1,3}", _plain(words(grid.cell(row, column)))))), None)
    return TaxLine(number, label_of(texts[-1]), amounts)


@dataclass
class TaxFigures:
    """Figures while they are taken from a return."""

    table: TaxTable
    figures: dict[str, Figure] = field(default_factory=dict)

    def state(self, fact: str, lines: Sequence[TaxLine], columns: Sequence[int], period: Period | None) -> None:
        """The sum of the lines over the columns, where anything stands there."""
        cells = [line.amounts[column] for line in lines for column in columns if column in line.amounts]
        if cells:
            value = sum((amount for amount, _ in cells), Decimal(0)) * self.table.unit
            self.figures[fact] = Figure(
                fact, value.quantize(_CENT), lines[0].label.text, tuple(at for _, at in cells), period, self.table.unit
            )


def value_of(lines: Sequence[TaxLine], columns: Sequence[int]) -> Decimal:
    """The sum of the lines over the columns; nothing counts as 0."""
    return sum((line.amounts[column][0] for line in lines for column in columns if column in line.amounts), Decimal(0))
