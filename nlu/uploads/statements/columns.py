"""Which columns of a table belong together, and what stands above each: labels, line numbers, amounts and their time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from nlu.uploads.statements.amounts import whole
from nlu.uploads.statements.cells import Cells, is_title, words
from nlu.uploads.statements.heads import Head, Role, belongs, head_of
from nlu.uploads.statements.labels import Label
from nlu.uploads.statements.taxonomy import taxonomy

_PREAMBLE = re.compile(r"纳税人|识别号|电话|编号|税号|日期|期间|单位|company|phone|period")
_YEARS = frozenset(map(str, range(1990, 2101)))


@dataclass
class Shape:
    """The columns of one panel."""

    labels: list[int]
    values: list[int]
    number: int | None = None


def shapes_of(sheet: Cells) -> list[Shape]:
    """Columns from left to right: labels, then the amounts beside them; labels after amounts begin another panel."""
    known = Counter(column for _, column in sheet.known)
    top, bottom = min(row for row, _ in sheet.known), max(row for row, _ in sheet.known)
    numeric = Counter(column for row, column in sheet.amounts if top <= row <= bottom)
    texts = Counter(column for _, column in sheet.labels)
    shapes: list[Shape] = []
    loose: list[int] = []
    for column in range(max((column for _, column in (*sheet.labels, *sheet.amounts)), default=-1) + 1):
        if known[column] and known[column] >= numeric[column]:
            if not shapes or shapes[-1].values:
                shapes.append(Shape([*(texts_before for texts_before in loose if texts[texts_before]), column], []))
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


def _tidied(shape: Shape) -> Shape:
    """Amounts that stood before the labels are kept apart until it is known whether they are line numbers."""
    return Shape(sorted(set(shape.labels) - set(shape.values)), shape.values)


def first_line(sheet: Cells, shapes: Sequence[Shape]) -> int:
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


def heading_of(sheet: Cells, column: int, shape: Shape, first: int) -> Head:
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


def _spanning(sheet: Cells, row: int, column: int, shape: Shape) -> str:
    """A heading to the left that spans this column too."""
    for left in range(column - 1, min(shape.values) - 1, -1):
        if text := words(sheet.grid.cell(row, left)):
            return text
    return ""


def _beside(sheet: Cells, row: int, column: int, shape: Shape) -> str:
    """A heading that stands over an empty column beside this one, as merged cells leave it."""
    for near in (column - 1, column + 1):
        if near not in shape.values and near not in shape.labels and (text := words(sheet.grid.cell(row, near))):
            return text
    return ""


def with_line_numbers(sheet: Cells, shapes: list[Shape], heads: dict[int, Head], first: int) -> list[Shape]:
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
