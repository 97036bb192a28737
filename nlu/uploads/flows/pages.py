"""Lists on pages: a record that runs over several lines becomes one row again."""

from __future__ import annotations

from dataclasses import replace

from nlu.uploads.flows.cells import amount, blank, text, tidy
from nlu.uploads.flows.table import Row, Table
from nlu.uploads.grid import Box, Cell

_AMOUNTS = ("income", "expense", "amount", "balance")
#: Lines whose distance is at most this many times that of two lines of one cell stand in one block.
_CLOSE = 1.35
#: Points by which a cell may reach under the one beside it.
_TOUCH = 2.0


def gathered(table: Table) -> Table:
    """The list with the lines of each record joined. A line without an amount belongs to the nearest one with an amount."""
    if not table.grid.boxes or len(table.rows) < 2:
        return table
    tops = [_top(table, row) for row in table.rows]
    anchors = [index for index, row in enumerate(table.rows) if _has_amount(table, row)]
    if not anchors:
        return table
    close = _CLOSE * _pitch(table, tops)
    parts: dict[int, list[int]] = {anchor: [anchor] for anchor in anchors}
    alone: list[int] = []
    for index in range(len(table.rows)):
        if index in parts:
            continue
        reachable = [anchor for anchor in anchors if _one_block(tops, index, anchor, close) and _fits(table, index, anchor)]
        if reachable:
            parts[min(reachable, key=lambda anchor: (abs(tops[anchor] - tops[index]), anchor))].append(index)
        else:
            alone.append(index)
    rows = {
        anchor: _joined(table, [table.rows[index] for index in sorted(members)], table.rows[anchor]) for anchor, members in parts.items()
    }
    rows.update({index: table.rows[index] for index in alone})
    return replace(table, rows=tuple(rows[index] for index in sorted(rows)))


def _top(table: Table, row: Row) -> float:
    return min((box.top for box in _boxes(table, row)), default=0.0)


def _fits(table: Table, line: int, anchor: int) -> bool:
    """Whether a line may be part of a record: a sentence below the list runs on under the record's further cells."""
    pieces, cells = _boxes(table, table.rows[line]), _boxes(table, table.rows[anchor])
    return not any(piece.left < cell.left < piece.right - _TOUCH for piece in pieces for cell in cells)


def _boxes(table: Table, row: Row) -> list[Box]:
    return [box for column in range(len(table.grid.rows[row.index])) if (box := table.grid.boxes.get((row.index, column)))]


def _pitch(table: Table, tops: list[float]) -> float:
    """The least distance of two lines that have something in the same column; cells set to their middle may lie half a line apart."""
    last: dict[int, float] = {}
    least: list[float] = []
    for row, top in zip(table.rows, tops, strict=True):
        for column, cell in enumerate(row.cells):
            if not blank(cell):
                if column in last and top > last[column]:
                    least.append(top - last[column])
                last[column] = top
    return min(least, default=0.0)


def _has_amount(table: Table, row: Row) -> bool:
    return any(amount(table.cell(row, role)) is not None for role in _AMOUNTS)


def _one_block(tops: list[float], one: int, other: int, close: float) -> bool:
    low, high = min(one, other), max(one, other)
    return all(tops[index + 1] - tops[index] <= close for index in range(low, high))


def _joined(table: Table, rows: list[Row], anchor: Row) -> Row:
    """The anchor's row with the words of the other lines, in the order of the page."""
    if len(rows) == 1:
        return anchor
    figures = {column for role in _AMOUNTS for column in table.columns.get(role, ())}
    width = max(len(row.cells) for row in rows)
    cells: list[Cell] = []
    for column in range(width):
        own = anchor.cells[column] if column < len(anchor.cells) else None
        if column in figures:
            cells.append(own)
            continue
        said = [row.cells[column] for row in rows if column < len(row.cells) and not blank(row.cells[column])]
        cells.append(said[0] if len(said) == 1 else _together([text(cell) for cell in said]) if said else own)
    places = {**{column: place for row in rows for column, place in (row.places or {}).items()}, **(anchor.places or {})}
    return Row(anchor.index, tuple(map(tidy, cells)), places)


def _together(words: list[str]) -> str:
    """Lines joined without a blank where a word or a number was broken."""
    whole = words[0]
    for line in words[1:]:
        apart = whole[-1].isascii() and line[0].isascii() and whole[-1] != "-"
        whole = f"{whole} {line}" if apart else f"{whole}{line}"
    return whole
