"""A file opened: tables of cells and lines of text with their places, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from nlu.uploads.kinds import Kind

if TYPE_CHECKING:
    from nlu.uploads.document import Sentence

#: What a cell holds. An amount that stands as text ("1,200.00") stays text: what it means depends on the table.
Cell = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands on a page, from its top left corner, in points for a PDF and in pixels for a photo. Pages count from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class At:
    """A cell's place: its sheet (None in a file of one table), row and column from 0, and its box where the file has pages."""

    sheet: str | None
    row: int
    column: int
    box: Box | None = None

    def __str__(self) -> str:
        """As people write it: `资产负债表!C7`, for pages `page 2, line 7`."""
        if self.box is not None:
            return f"page {self.box.page}, line {self.row + 1}"
        cell = f"{column_letters(self.column)}{self.row + 1}"
        return f"{self.sheet}!{cell}" if self.sheet else cell


@dataclass(frozen=True)
class Grid:
    """One table: a sheet, a text file, or the lines of a page. Rows may have different lengths.

    `boxes` gives the place of cells by (row, column) where the file has pages.
    """

    name: str | None
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    boxes: dict[tuple[int, int], Box] = field(default_factory=dict, repr=False)

    def cell(self, row: int, column: int) -> Cell:
        """The cell, or None outside of the table."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def at(self, row: int, column: int) -> At:
        return At(self.name, row, column, self.boxes.get((row, column)))

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Every cell that holds words, in reading order, stripped."""
        for row, cells in enumerate(self.rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, str) and cell.strip():
                    yield row, column, cell.strip()


@dataclass(frozen=True, slots=True)
class Cutting:
    """A piece of a picture: its pixels in red, green and blue, row by row from the top left."""

    width: int
    height: int
    pixels: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class View:
    """The way from a page that was levelled before it was read back to the photo: a homography, its nine numbers row by row.

    `cut` gives boxes of the levelled page as they look in the photo, side by side, with a frame around one place in them.
    """

    matrix: tuple[float, ...]
    cut: Callable[[Sequence[Box], Box], Cutting] | None = field(default=None, repr=False, compare=False)

    def seen(self, box: Box) -> Box:
        """The upright box in the photo that takes in a box of the levelled page."""
        corners = [self._moved(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Box(box.page, min(across), min(down), max(across), max(down))

    def _moved(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f, g, h, i = self.matrix
        depth = g * x + h * y + i
        return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth


@dataclass(frozen=True)
class Opened:
    """What was in a file. `hidden` names sheets that their author had hidden; they are read like the others.

    `views` has the pages whose letters were recognised in a picture, where any may be misread; the boxes of their cells are those of the
    levelled page. `poor` is what to do about a picture of which figures are believed only where sums vouch for nearly all of them.
    """

    kind: Kind
    grids: tuple[Grid, ...]
    hidden: tuple[str, ...] = ()
    views: Mapping[int, View] = field(default_factory=dict, repr=False)
    poor: Sentence | None = None


def column_letters(column: int) -> str:
    """A, B, … Z, AA: the spreadsheet's name of a column counted from 0."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
