"""Where statements stand in a table: blocks of rows, panels of columns side by side, and what each column is of.

Nothing here goes by row numbers. Lines are found by labels that the taxonomy knows; columns of amounts are those beside them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from nlu.uploads.grid import At, Grid
from nlu.uploads.statements.amounts import Amount, whole
from nlu.uploads.statements.cells import LONGEST, Cells, cuts, is_title, scanned, within, words
from nlu.uploads.statements.heads import Head, Role, belongs, head_of
from nlu.uploads.statements.labels import Label, label_of
from nlu.uploads.statements.taxonomy import taxonomy

#: So many known labels make a table worth a look.
_KNOWN = 3
_PREAMBLE = re.compile(r"纳税人|识别号|电话|编号|税号|日期|期间|单位|company|phone|period")
_YEARS = frozenset(map(str, range(1990, 2101)))


@dataclass(frozen=True)
class Line:
    """One line of a statement: its label, its line number, its amounts by column.

    `level` is the column in which its amount stands where inner amounts are set to the left of the ones that add them up.
    """

    label: Label
    at: At
    number: int | None
    amounts: Mapping[int, tuple[Amount, At]]
    indent: int = 0
    level: int = 0


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
    shapes = _shapes(sheet)
    if not shapes:
        return None
    first = _first_line(sheet, shapes)
    heads = {column: _head(sheet, column, shape, first) for shape in shapes for column in (*shape.labels, *shape.values)}
    shapes = _with_line_numbers(sheet, shapes, heads, first)
    panels = tuple(_panel(sheet, shape, heads, first) for shape in shapes)
    top = min((row for row, _ in sheet.known if row >= first), default=first)
    return Block(sheet.grid, _texts(sheet, sheet.first, first), panels, _texts(sheet, first, top))


def _texts(sheet: Cells, first: int, end: int) -> tuple[tuple[str, ...], ...]:
    """The words of rows, each with the cells that are not blank."""
    return tuple(texts for row in range(first, end) if (texts := tuple(filter(None, map(words, sheet.grid.rows[row])))))


@dataclass
class _Shape:
    """The columns of one panel."""

    labels: list[int]
    values: list[int]
    number: int | None = None


def _shapes(sheet: Cells) -> list[_Shape]:
    """Columns from left to right: labels, then the amounts beside them; labels after amounts begin another panel."""
    known = Counter(column for _, column in sheet.known)
    top, bottom = min(row for row, _ in sheet.known), max(row for row, _ in sheet.known)
    numeric = Counter(column for row, column in sheet.amounts if top <= row <= bottom)
    texts = Counter(column for _, column in sheet.labels)
    shapes: list[_Shape] = []
    loose: list[int] = []
    for column in range(max((column for _, column in (*sheet.labels, *sheet.amounts)), default=-1) + 1):
        if known[column] and known[column] >= numeric[column]:
            if not shapes or shapes[-1].values:
                shapes.append(_Shape([*(texts_before for texts_before in loose if texts[texts_before]), column], []))
                if len(shapes) == 1:
                    shapes[0].values.extend(number for number in loose if numeric[number])
                    shapes[0].number = -1 if shapes[0].values else None
            else:
                shapes[-1].labels.extend([*loose, column])
            loose = []
        elif numeric[column] and shapes:
            if loose and not shapes[-1].values:
                shapes[-1].labels.extend(loose)
                loose = []
            shapes[-1].values.append(column)
        else:
            loose.append(column)
    return [_tidied(shape) for shape in shapes]


def _tidied(shape: _Shape) -> _Shape:
    """Amounts that stood before the labels are kept apart until it is known whether they are line numbers."""
    return _Shape(sorted(set(shape.labels) - set(shape.values)), shape.values)


def _first_line(sheet: Cells, shapes: Sequence[_Shape]) -> int:
    """The row of the first line: below the last row of headings, above which nothing is a line."""
    values = {column for shape in shapes for column in shape.values}
    labels = {column for shape in shapes for column in shape.labels}
    lines = sorted(
        row
        for row in {row for (row, column), label in sheet.known.items() if column in labels and not _is_ratio(label)}
        if any((row, column) in sheet.amounts for column in values)
    )
    top = lines[0] if lines else min(row for row, _ in sheet.known)
    first = sheet.first
    for row in range(sheet.first, top):
        if any(_is_heading(sheet, row, column) for column in range(min(labels), max(values | labels) + 1)) or _PREAMBLE.search(
            _row_text(sheet, row)
        ):
            first = row + 1
    return first if first > sheet.first else _below_titles(sheet, top)


def _is_ratio(label: Label) -> bool:
    """Whether a line may stand in a summary above the statement."""
    named = taxonomy().find(label, "balance")
    return named is not None and named.item.within


def _below_titles(sheet: Cells, top: int) -> int:
    """Without any heading over the columns: the rows above the first known line belong to the lines up to a title or the top words."""
    rows = {row for row, _ in sheet.labels}
    amounts = {row for row, _ in sheet.amounts}
    row = top
    while row - 1 in rows and not is_title(_row_text(sheet, row - 1)) and (row - 1 > sheet.first or row - 1 in amounts):
        row -= 1
    return row


def _row_text(sheet: Cells, row: int) -> str:
    return " ".join(filter(None, map(words, sheet.grid.rows[row]))).lower()


def _is_heading(sheet: Cells, row: int, column: int) -> bool:
    """Whether a cell says what a column is of."""
    cell = sheet.grid.cell(row, column)
    if isinstance(cell, Decimal):
        return words(cell) in _YEARS
    if isinstance(cell, str) and ((row, column) in sheet.known or len(cell) > 60 or is_title(cell)):
        return False
    return head_of(words(cell)).role is not Role.NONE if cell is not None else False


def _head(sheet: Cells, column: int, shape: _Shape, first: int) -> Head:
    """The words above a column, nearest row first; upper rows may span several columns."""
    found: list[str] = []
    rows = [
        row
        for row in range(first - 1, max(sheet.first, first - 5) - 1, -1)
        if any(_is_heading(sheet, row, near) for near in (*shape.labels, *shape.values))
    ]
    for depth, row in enumerate(rows[:3]):
        if rows[0] - row > depth:
            break
        text = words(sheet.grid.cell(row, column))
        if not text and column in shape.values:
            text = _spanning(sheet, row, column, shape) if depth else _beside(sheet, row, column, shape)
        if found and not belongs(text, found[0]):
            break
        if text and not (depth and (is_title(text) or _PREAMBLE.search(text.lower()))):
            found.insert(0, text)
    return head_of(" ".join(found)) if found else Head(Role.NONE)


def _spanning(sheet: Cells, row: int, column: int, shape: _Shape) -> str:
    """A heading to the left that spans this column too."""
    for left in range(column - 1, min(shape.values) - 1, -1):
        if text := words(sheet.grid.cell(row, left)):
            return text
    return ""


def _beside(sheet: Cells, row: int, column: int, shape: _Shape) -> str:
    """A heading that stands over an empty column beside this one, as merged cells leave it."""
    for near in (column - 1, column + 1):
        if near not in shape.values and near not in shape.labels and (text := words(sheet.grid.cell(row, near))):
            return text
    return ""


def _with_line_numbers(sheet: Cells, shapes: list[_Shape], heads: dict[int, Head], first: int) -> list[_Shape]:
    """Columns of line numbers told from amounts, by their heading or because they only count. One may stand before its labels."""
    spare: int | None = None
    for shape in shapes:
        numbers = [
            column
            for column in shape.values
            if heads[column].role is Role.LINE or (heads[column].role is Role.NONE and _counts(sheet, column, first))
        ]
        shape.values = [column for column in shape.values if column not in numbers]
        numbers.extend(column for column in shape.labels if heads[column].role is Role.LINE)
        shape.labels = [column for column in shape.labels if heads[column].role not in (Role.LINE, Role.ASIDE)] or shape.labels[:1]
        before = [column for column in numbers if column < min(shape.labels)]
        shape.number = spare if spare is not None else next(iter(before or numbers), None)
        spare = (
            next((column for column in numbers if column != shape.number and column > max(shape.labels)), None)
            if before or spare is not None
            else None
        )
    return shapes


def _counts(sheet: Cells, column: int, first: int) -> bool:
    """Whether a column holds nothing but growing line numbers."""
    cells = [whole(sheet.grid.cell(row, column)) for row in range(first, sheet.end) if (row, column) in sheet.amounts]
    numbers = [number for number in cells if number is not None]
    return (
        len(numbers) >= 5
        and len(numbers) == len(cells)
        and max(numbers) <= 150
        and all(above < below for above, below in pairwise(numbers))
    )


def _panel(sheet: Cells, shape: _Shape, heads: Mapping[int, Head], first: int) -> Panel:
    values = [column for column in shape.values if heads[column].role is not Role.ASIDE]
    rows = range(first, sheet.end)
    nested, sure = _nesting(sheet, values, heads, rows)
    lines = tuple(line for row in rows if (line := _line(sheet, row, shape, values, nested)) is not None)
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


def _line(sheet: Cells, row: int, shape: _Shape, values: Sequence[int], nested: bool) -> Line | None:
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
