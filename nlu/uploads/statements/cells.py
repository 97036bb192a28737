"""What is in the cells of a table: words, labels and amounts by their places, and where one statement ends and the next begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from nlu.uploads.grid import At, Cell, Grid
from nlu.uploads.statements.amounts import Amount, amount_of
from nlu.uploads.statements.labels import Label, label_of, simple
from nlu.uploads.statements.taxonomy import taxonomy

T = TypeVar("T")
#: A longer or wider table is a list of bookings, no statement.
LONGEST, WIDEST = 1000, 64
#: Longer texts are sentences, no labels and no titles.
_LABEL, _TITLE_LENGTH = 120, 80
#: Numbers from here on are no dates, codes or line numbers.
_LONG = Decimal(10) ** 20
_TITLE = re.compile(
    r"资产负债表|利润表|损益表|现金流量表|权益变动表|利润及利润分配表|综合收益表|财务状况表"
    r"|balance sheet|statement of financial position|income statement|profit (?:and|&) loss|cash flow statement"
    r"|statement of (?:profit|operations|income|comprehensive|cash)",
    re.IGNORECASE,
)


@dataclass
class Cells:
    """What is in the cells of a block of rows."""

    grid: Grid
    first: int
    end: int
    labels: dict[tuple[int, int], Label] = field(default_factory=dict)
    known: dict[tuple[int, int], Label] = field(default_factory=dict)
    amounts: dict[tuple[int, int], Amount] = field(default_factory=dict)


def scanned(grid: Grid) -> Cells:
    """The labels and amounts of a whole table, of columns beyond the widest statement none."""
    sheet, terms, seen = Cells(grid, 0, len(grid.rows)), taxonomy(), dict[str, Label]()
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells[:WIDEST]):
            amount = amount_of(cell)
            if amount is not None:
                sheet.amounts[row, column] = amount
            elif isinstance(cell, str) and cell.strip() and len(cell) < _LABEL:
                label = seen.get(cell)
                if label is None:
                    label = seen[cell] = label_of(cell)
                sheet.labels[row, column] = label
                if terms.knows(label):
                    sheet.known[row, column] = label
    return sheet


def within(sheet: Cells, first: int, end: int) -> Cells:
    """The same for the rows from `first` up to `end`, which is not among them."""

    def rows(cells: dict[tuple[int, int], T]) -> dict[tuple[int, int], T]:
        return {place: value for place, value in cells.items() if first <= place[0] < end}

    return Cells(sheet.grid, first, end, rows(sheet.labels), rows(sheet.known), rows(sheet.amounts))


def cuts(sheet: Cells) -> list[tuple[int, int]]:
    """Rows at which a new statement begins: a title after lines of another one."""
    with_amounts = {row for row, _ in sheet.amounts}
    lines = {row for row, _ in sheet.known} & with_amounts
    titles = sorted({row for (row, _), label in sheet.labels.items() if len(label.text) < _TITLE_LENGTH and is_title(label.text)})
    starts, last = [0], 0
    for title in titles:
        before = [row for row in lines if last <= row < title]
        if before and title not in with_amounts:
            last = max(before) + 1
            starts.append(last)
    return list(zip(starts, [*starts[1:], sheet.end], strict=True))


class Turned(Grid):
    """A table with its rows as columns, for statements whose items stand side by side. Places are those of the table itself."""

    def at(self, row: int, column: int) -> At:
        return At(self.name, column, row, self.boxes.get((column, row)))


def turned(grid: Grid) -> Grid | None:
    """The table with rows and columns changed over; None for one that is too long for that."""
    if not 1 < len(grid.rows) <= WIDEST:
        return None
    width = max(len(row) for row in grid.rows)
    return Turned(grid.name, tuple(tuple(grid.cell(row, column) for row in range(len(grid.rows))) for column in range(width)), grid.boxes)


def is_title(text: str) -> bool:
    """Whether a text names a statement."""
    return bool(_TITLE.search(re.sub(r"(?<=[\u3400-\u9fff])\s+", "", simple(text))))


def words(cell: Cell) -> str:
    """A cell as it reads in a heading."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell.is_finite() and abs(cell) < _LONG else ""
    return cell.isoformat() if isinstance(cell, date) else (cell or "").strip()
