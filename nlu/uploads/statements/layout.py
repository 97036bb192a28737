"""Where statements stand in a table: blocks of rows, panels of columns side by side, and what each column is of.

Nothing here goes by row numbers. Lines are found by labels that the taxonomy knows; columns of amounts are those beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlu.uploads.grid import Grid
from nlu.uploads.statements.amounts import whole
from nlu.uploads.statements.cells import LONGEST, Cells, cuts, is_title, scanned, within, words
from nlu.uploads.statements.columns import Shape, first_line, heading_of, shapes_of, with_line_numbers
from nlu.uploads.statements.heads import Head, Role
from nlu.uploads.statements.labels import Label, label_of
from nlu.uploads.statements.line import Line
from nlu.uploads.statements.unnamed import with_named_totals

#: So many known labels make a table worth a look.
_KNOWN = 3


@dataclass(frozen=True)
class Panel:
    """Lines with one column of labels: a whole statement, or one side of it. `sure` is False where columns of amounts bear no heading."""

    columns: tuple[Head, ...]
    lines: tuple[Line, ...]
    sure: bool = True


@dataclass(frozen=True)
class Block:
    """Panels that stand under one heading, the words of that heading, and those between it and the first known line."""

    grid: Grid
    headings: tuple[tuple[str, ...], ...]
    panels: tuple[Panel, ...]
    below: tuple[tuple[str, ...], ...] = ()


def blocks_in(grid: Grid, least: int = _KNOWN) -> tuple[Block, ...]:
    """Every block of lines of which the taxonomy knows at least some; the end of a statement on a page of its own may have few."""
    if len(grid.rows) > LONGEST:
        return ()
    sheet = scanned(grid)
    return tuple(block for first, end in cuts(sheet) if (block := _block(within(sheet, first, end), least)) is not None)


def joined_pages(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of pages in their order; what goes on from the page before, without a title and in the same columns, is one with it."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and before.grid is not block.grid and _goes_on(before, block):
            panels = tuple(
                Panel(old.columns, (*old.lines, *new.lines), old.sure) for old, new in zip(before.panels, block.panels, strict=True)
            )
            joined[-1] = Block(before.grid, before.headings, panels, before.below)
        else:
            joined.append(block)
    return tuple(joined)


def _goes_on(before: Block, block: Block) -> bool:
    if any(is_title(text) for row in block.headings for text in row) or len(before.panels) != len(block.panels):
        return False
    return all(
        len(old.columns) == len(new.columns) and (old.columns == new.columns or all(head.role is Role.NONE for head in new.columns))
        for old, new in zip(before.panels, block.panels, strict=True)
    )


def _block(sheet: Cells, least: int) -> Block | None:
    if len(sheet.known) < least:
        return None
    shapes = shapes_of(sheet)
    if not shapes:
        return None
    first = first_line(sheet, shapes)
    heads = {column: heading_of(sheet, column, shape, first) for shape in shapes for column in (*shape.labels, *shape.values)}
    shapes = with_line_numbers(sheet, shapes, heads, first)
    panels = tuple(_panel(sheet, shape, heads, first) for shape in shapes)
    top = min((row for row, _ in sheet.known if row >= first), default=first)
    return Block(sheet.grid, _texts(sheet, sheet.first, first), panels, _texts(sheet, first, top))


def _texts(sheet: Cells, first: int, end: int) -> tuple[tuple[str, ...], ...]:
    """The words of rows, each with the cells that are not blank."""
    return tuple(texts for row in range(first, end) if (texts := tuple(filter(None, map(words, sheet.grid.rows[row])))))


def _panel(sheet: Cells, shape: Shape, heads: Mapping[int, Head], first: int) -> Panel:
    values = [column for column in shape.values if heads[column].role is not Role.ASIDE]
    rows = range(first, sheet.end)
    nested, sure = _nesting(sheet, values, heads, rows)
    lines = with_named_totals([line for row in rows if (line := _line(sheet, row, shape, values, nested)) is not None])
    if nested:
        named = [heads[column] for column in values if heads[column].role is not Role.NONE]
        return Panel((named[0] if named else Head(Role.NONE),), lines)
    return Panel(tuple(heads[column] for column in values), lines, sure)


def _nesting(sheet: Cells, values: Sequence[int], heads: Mapping[int, Head], rows: Sequence[int]) -> tuple[bool, bool]:
    """Whether columns without headings are one column with inner amounts set to the left, and else whether it is sure what they are."""
    if len(values) < 2 or sum(heads[column].role is not Role.NONE for column in values) > 1:
        return False, True
    counts = [count for row in rows if (count := sum((row, column) in sheet.amounts for column in values))]
    several = sum(count > 1 for count in counts)
    return (True, True) if several * 6 <= len(counts) else (False, False)


def _line(sheet: Cells, row: int, shape: Shape, values: Sequence[int], nested: bool) -> Line | None:
    found = [(column, sheet.labels[row, column]) for column in shape.labels if (row, column) in sheet.labels]
    amounts = {
        index: (sheet.amounts[row, column], sheet.grid.at(row, column))
        for index, column in enumerate(values)
        if (row, column) in sheet.amounts
    }
    if not found and not amounts:
        return None
    column, label = _chosen(sheet, row, found) if found else (shape.labels[0], label_of(""))
    level = 0
    if nested and amounts:
        level = max(amounts) if label.total else min(amounts)
        amounts = {0: amounts[level]}
    number = whole(sheet.grid.cell(row, shape.number)) if shape.number is not None else None
    return Line(label, sheet.grid.at(row, column), number, amounts, (column - shape.labels[0]) * 4 + label.indent, level)


def _chosen(sheet: Cells, row: int, found: Sequence[tuple[int, Label]]) -> tuple[int, Label]:
    """The label of a row: the known one of several cells, else all of them together."""
    for column, label in found:
        if (row, column) in sheet.known:
            return column, label
    column = found[0][0]
    return column, found[0][1] if len(found) == 1 else label_of(" ".join(label.text for _, label in found))
