"""A picture opened: its texts as a table of cells, each with its box in the photo."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nlu.uploads import sentences
from nlu.uploads.document import Sentence, UnreadableError
from nlu.uploads.grid import Box, Cell, Grid
from nlu.uploads.opening import cells
from nlu.uploads.opening.glyphs import Placed, is_amount
from nlu.uploads.photos import gates, seals
from nlu.uploads.photos.columns import CLASH, in_columns, unglued
from nlu.uploads.photos.directions import Array
from nlu.uploads.photos.engine import Engine, Pixels, Quads, engine
from nlu.uploads.photos.pieces import mended, pieces
from nlu.uploads.photos.plane import HEIGHT, Page, from_above, joined, turned_over
from nlu.uploads.photos.rows import closed, parted, rows_of, unwrapped
from nlu.uploads.photos.spelling import spelled

#: A table of less is none.
_FEWEST = 4
#: Texts of one picture, and the length of them all in heights of a text. A balance sheet of two sides has 250 and 700; more takes too long.
_MOST, _LONGEST = 600, 3500.0
#: Pixels of the shorter side of a picture that may show a table.
_NARROWEST = 100
#: Steps of 256 that the paper of a picture without any text must have to be called light.
_DARK = 60.0
#: The room on both sides of a text, in heights of its box: signs and brackets may stand outside of what was found.
_ROOM = 0.12
#: Points that a box is high where columns are found, about those of a printed page.
_POINTS = 14.0
#: Texts by which it is told which way up a page is, and how sure they must be to leave it at that.
_TRIED, _SURE = 8, 0.93


@dataclass(frozen=True)
class Table:
    """What stands in a picture, with boxes of a levelled page in points; the way back to the picture; what to do about a poor one."""

    grid: Grid
    to_picture: Array
    poor: Sentence | None


def table_in(picture: Pixels, number: int = 1) -> Table:
    """What stands in a picture in red, green and blue, as the table of a page. Raises UnreadableError."""
    if min(picture.shape[:2]) < _NARROWEST:
        raise UnreadableError(sentences.NO_TEXT)
    reader = engine()
    seen = seals.without_seals(picture)
    quads = reader.texts_in(seen)
    if len(quads) < _FEWEST:
        raise UnreadableError(sentences.TOO_DARK if float(np.percentile(picture, 90)) < _DARK else sentences.NO_TEXT)
    if len(quads) > _MOST:
        raise UnreadableError(sentences.TOO_MANY_TEXTS)
    page = from_above(seen, quads)
    page = replace(page, quads=joined(page.quads))
    if _length(page.quads) > _LONGEST:
        raise UnreadableError(sentences.TOO_MANY_TEXTS)
    poor = gates.poor(gates.quality([_crop(page, place) for place in range(len(page.quads))], page.scale))
    page = _upright(page, reader)
    back = page.to_photo @ np.diag([HEIGHT / _POINTS, HEIGHT / _POINTS, 1.0])
    return Table(_table(page, reader, number), back, poor)


def _length(quads: Quads) -> float:
    """The length of all texts together, in heights of each."""
    return float(((quads[:, 1, 0] - quads[:, 0, 0]) / np.maximum(1, quads[:, 3, 1] - quads[:, 0, 1])).sum())


def _upright(page: Page, reader: Engine) -> Page:
    """The page the right way up: as its longest texts are read more surely."""
    order = np.argsort([-width for width in page.quads[:, 1, 0] - page.quads[:, 0, 0]])[len(page.quads) // 10 :][:_TRIED]
    sure = reader.sureness([_crop(page, place) for place in order])
    if sure >= _SURE:
        return page
    other = turned_over(page)
    return other if reader.sureness([_crop(other, place) for place in order]) > sure else page


def _edges(page: Page, place: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text: the middles of its sides, with room for a sign that was cut off."""
    quad = page.quads[place]
    top, bottom = float(quad[[0, 1], 1].mean()), float(quad[[2, 3], 1].mean())
    room = _ROOM * (bottom - top)
    return float(quad[[0, 3], 0].mean()) - room, top, float(quad[[1, 2], 0].mean()) + room, bottom


def _crop(page: Page, place: int) -> Pixels:
    return _cut_out(page, *_edges(page, place))


def _cut_out(page: Page, left: float, top: float, right: float, bottom: float) -> Pixels:
    tall, wide = page.picture.shape[:2]
    x, y = min(max(0, round(left)), wide - 2), min(max(0, round(top)), tall - 2)
    return page.picture[y : max(y + 2, round(bottom)), x : max(x + 2, round(right))]


def _texts(page: Page, reader: Engine) -> tuple[list[Placed], dict[int, list[tuple[int, float]]]]:
    """The texts of a page, and the blanks in each."""
    crops = [_crop(page, place) for place in range(len(page.quads))]
    found: list[Placed] = []
    gaps: dict[int, list[tuple[int, float]]] = {}
    for place, marks in enumerate(reader.read(crops)):
        left, top, right, bottom = _edges(page, place)
        width = right - left
        for piece in pieces(marks, width, bottom - top):
            text = piece.text
            if is_amount(text) and text[0].isdigit() and seals.is_red(crops[place]):
                text = f"-{text}"
            found.append(Placed(text, left + piece.left * width, top, left + piece.right * width, bottom))
            gaps[id(found[-1])] = [(before, left + x * width) for before, x in piece.gaps]
    return found, gaps


def _table(page: Page, reader: Engine, number: int) -> Grid:
    texts, gaps = _texts(page, reader)
    scale = _POINTS / HEIGHT
    rows = [
        [Placed(text.text, *(edge * scale for edge in (text.left, text.top, text.right, text.bottom))) for text in row]
        for row in unglued(parted(closed(rows_of(unwrapped(texts))), gaps))
    ]
    boxes: dict[tuple[int, int], Box] = {}
    table: list[list[Cell]] = []
    for row, line in enumerate(in_columns(rows)):
        shown: list[Cell] = [None] * (max(line, default=-1) + 1)
        for column, piece in line.items():
            edges = (piece.left / scale, piece.top / scale, piece.right / scale, piece.bottom / scale)
            text = _as_one(page, reader, edges) if _is_parted(piece.text) else piece.text
            shown[column] = cells.of_text(spelled(text or piece.text))
            boxes[row, column] = Box(number, piece.left, piece.top, piece.right, piece.bottom)
        table.append(shown)
    return Grid(None, cells.trimmed(table), boxes)


def _is_parted(text: str) -> bool:
    """Whether a cell has several numbers, which may be the parts of one."""
    return CLASH in text and all(map(is_amount, text.split(CLASH)))


def _as_one(page: Page, reader: Engine, edges: tuple[float, float, float, float]) -> str | None:
    """The number in a place where parts of it were found; None when it is not one number."""
    left, top, right, bottom = edges
    room = 2 * _ROOM * (bottom - top)
    crop = _cut_out(page, left - room, top, right + room, bottom)
    text = mended("".join(mark.text for mark in reader.read([crop])[0]))
    return text if is_amount(text) else None
