"""Lists in a file: where their header stands, which column is what, and their rows. Found by the words of the header alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nlu.uploads.flows.cells import blank, text, tidy
from nlu.uploads.flows.columns import Vocabulary
from nlu.uploads.grid import At, Box, Cell, Grid, Opened

#: A header lies above its rows; what is searched for one.
_SEARCHED_ROWS = 400
_FIGURES = re.compile(r"\d{4}|\d[.,]\d")


@dataclass(frozen=True, eq=False)
class Row:
    """One row of a list: its cells by the columns of the header, tidied: words are clean, and what stands for nothing is None."""

    index: int
    cells: tuple[Cell, ...] = field(repr=False)
    #: Where a cell really stands when a page's cells had to be brought under the header.
    places: Mapping[int, int] | None = field(default=None, repr=False)


@dataclass(frozen=True, eq=False)
class Table:
    """A list: its rows below a header, and the columns of each role, the best first."""

    grid: Grid
    header: int
    columns: Mapping[str, tuple[int, ...]]
    names: Mapping[int, str]
    rows: tuple[Row, ...] = field(repr=False)
    spans: Mapping[int, Box] = field(default_factory=dict, repr=False)

    def has(self, *roles: str) -> bool:
        return all(role in self.columns for role in roles)

    def column(self, role: str) -> int | None:
        found = self.columns.get(role)
        return found[0] if found else None

    def name(self, role: str) -> str:
        """The name that the header gives the role's first column."""
        column = self.column(role)
        return "" if column is None else self.names[column]

    def cell(self, row: Row, role: str) -> Cell:
        """The first of the role's cells in which something stands."""
        for column in self.columns.get(role, ()):
            if column < len(row.cells) and row.cells[column] is not None:
                return row.cells[column]
        return None

    def only(self, row: Row, role: str) -> Cell:
        """The cell of the role's first column."""
        column = self.column(role)
        return row.cells[column] if column is not None and column < len(row.cells) else None

    def text(self, row: Row, role: str) -> str:
        cell = self.cell(row, role)
        return cell if isinstance(cell, str) else text(cell)

    def words(self, row: Row, role: str) -> str:
        """What all of the role's cells say, once each."""
        columns = self.columns.get(role, ())
        if len(columns) < 2:
            return self.text(row, role)
        cells = [text(row.cells[column]) for column in columns if column < len(row.cells)]
        return " ".join(dict.fromkeys(words for words in cells if words))

    def at(self, row: Row, role: str) -> At:
        """The place of the role's cell, of its column when it is empty."""
        columns = self.columns.get(role, (0,))
        column = next((one for one in columns if one < len(row.cells) and row.cells[one] is not None), columns[0])
        if row.places:
            return self.grid.at(row.index, row.places.get(column, next(iter(row.places.values()))))
        return self.grid.at(row.index, column)


#: Whether columns by role are those of a list of some kind.
Fits = Callable[[Mapping[str, tuple[int, ...]]], bool]


def tables(opened: Opened, vocabulary: Vocabulary, fits: Fits) -> list[Table]:
    """Every list whose header `fits`, sheet by sheet. Pages without a header go on with the header of the page before."""
    found: list[Table] = []
    for grid in opened.grids:
        header = _header(grid, vocabulary, fits)
        if header is not None:
            found.extend(_split(grid, header, vocabulary, fits))
        elif found and grid.boxes and found[-1].grid.boxes:
            boxes = _spans(found[-1].grid, found[-1].header) or found[-1].spans
            rows = tuple(_under(grid, index, boxes) for index, cells in enumerate(grid.rows) if any(not blank(cell) for cell in cells))
            found.append(Table(grid, -1, found[-1].columns, found[-1].names, rows, boxes))
    return found


@dataclass(frozen=True)
class _Header:
    row: int
    height: int
    columns: Mapping[str, tuple[int, ...]]
    names: Mapping[int, str]


def _nameable(row: Sequence[Cell]) -> bool:
    """Whether a row can be a header: at least two short texts and no figures."""
    count = 0
    for cell in row:
        if cell is None:
            continue
        if not isinstance(cell, str):
            return False
        words = text(cell)
        if _FIGURES.search(words):
            return False
        count += bool(words)
    return count >= 2


def _header(grid: Grid, vocabulary: Vocabulary, fits: Fits) -> _Header | None:
    """The first row, or two rows, that name the columns."""
    for index, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        if _nameable(row):
            fitting = [header for header in _readings(grid, index, vocabulary) if fits(header.columns)]
            if fitting:
                return max(fitting, key=lambda header: len(header.columns))
    return None


def _readings(grid: Grid, index: int, vocabulary: Vocabulary) -> Iterator[_Header]:
    upper = [text(cell) for cell in grid.rows[index]]
    yield _named(index, 1, dict(enumerate(upper)), vocabulary)
    if index + 1 < len(grid.rows) and _nameable(grid.rows[index + 1]):
        lower = [text(cell) for cell in grid.rows[index + 1]]
        names, above = {}, ""
        for column in range(max(len(upper), len(lower))):
            over = upper[column] if column < len(upper) else ""
            under = lower[column] if column < len(lower) else ""
            above = over or (above if under else "")
            names[column] = f"{above} {under}".strip() if under else over
        yield _named(index, 2, names, vocabulary)


def _named(index: int, height: int, names: Mapping[int, str], vocabulary: Vocabulary) -> _Header:
    ranked: dict[str, list[tuple[int, int]]] = {}
    for column, name in names.items():
        known = vocabulary.role(name)
        if known:
            ranked.setdefault(known[0], []).append((known[1], column))
    columns = {role: tuple(column for _, column in sorted(found)) for role, found in ranked.items()}
    return _Header(index, height, columns, names)


def _split(grid: Grid, header: _Header, vocabulary: Vocabulary, fits: Fits) -> Iterator[Table]:
    """The lists of a sheet. A header that comes once more is passed over; another one begins another list."""
    rows: list[Row] = []
    boxes = _spans(grid, header.row)
    for index in range(header.row + header.height, len(grid.rows)):
        cells = grid.rows[index]
        if _nameable(cells):
            again = _named(index, 1, dict(enumerate(map(text, cells))), vocabulary)
            if fits(again.columns):
                if again.columns != header.columns and header.height == 1:
                    yield Table(grid, header.row, header.columns, header.names, tuple(rows), boxes)
                    header, rows, boxes = again, [], _spans(grid, index)
                continue
        if any(not blank(cell) for cell in cells):
            rows.append(_under(grid, index, boxes))
    yield Table(grid, header.row, header.columns, header.names, tuple(rows), boxes)


def _spans(grid: Grid, header: int) -> dict[int, Box]:
    return {column: box for (row, column), box in grid.boxes.items() if row == header}


def _under(grid: Grid, index: int, header: Mapping[int, Box]) -> Row:
    """A page's row with each cell under the name that it stands below; cells of other files stand where they belong."""
    cells = grid.rows[index]
    if not header:
        return Row(index, tuple(map(tidy, cells)))
    placed: dict[int, Cell] = {}
    places: dict[int, int] = {}
    for column, cell in enumerate(cells):
        box = grid.boxes.get((index, column))
        if blank(cell) and box is None:
            continue
        target = column if box is None else min(header, key=lambda name: _apart(header[name], box))
        if target in placed:
            placed[target] = f"{text(placed[target])} {text(cell)}".strip()
        else:
            placed[target], places[target] = cell, column
    width = max([*placed, *header], default=-1) + 1
    return Row(index, tuple(tidy(placed.get(column)) for column in range(width)), places)


def _apart(name: Box, cell: Box | None) -> float:
    """How far a cell stands from a name: by its left edge, its middle or its right edge, whichever is in line."""
    if cell is None:
        return 0.0
    middles = abs((name.left + name.right) - (cell.left + cell.right)) / 2
    return min(abs(name.left - cell.left), abs(name.right - cell.right), middles)
