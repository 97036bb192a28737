"""Photos and scans opened: their letters recognised and put into tables."""

from __future__ import annotations

from nlu.uploads import sentences
from nlu.uploads.document import Sentence, UnreadableError
from nlu.uploads.grid import Box, Grid, Opened
from nlu.uploads.kinds import Kind
from nlu.uploads.photos.decoding import picture_of, scans_of
from nlu.uploads.photos.reading import table_in


def opened_photo(content: bytes, kind: Kind) -> Opened:
    """A photo as the table in it, with boxes in pixels of the photo as it is shown. Raises UnreadableError."""
    picture, shrunk = picture_of(content, kind)
    grid, poor = table_in(picture)
    return Opened(kind, (_scaled(grid, shrunk),), recognised=True, poor=poor)


def opened_scan(content: bytes) -> Opened:
    """A PDF of scanned pages as a table a page, with boxes in points. Pages without writing count for nothing. Raises UnreadableError."""
    grids: list[Grid] = []
    poor: Sentence | None = None
    for number, picture, scale in scans_of(content):
        try:
            grid, trouble = table_in(picture, number)
        except UnreadableError as error:
            if error.sentence != sentences.NO_TEXT:
                raise
            continue
        grids.append(_scaled(grid, scale))
        poor = poor or trouble
    if not grids:
        raise UnreadableError(sentences.NO_TEXT)
    return Opened(Kind.PDF, tuple(grids), recognised=True, poor=poor)


def _scaled(grid: Grid, scale: float) -> Grid:
    if scale == 1:
        return grid
    boxes = {
        place: Box(box.page, *(edge / scale for edge in (box.left, box.top, box.right, box.bottom))) for place, box in grid.boxes.items()
    }
    return Grid(grid.name, grid.rows, boxes)
