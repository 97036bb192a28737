"""Photos and scans opened: their letters recognised and put into tables."""

from __future__ import annotations

from functools import partial

import numpy as np

from nlu.uploads import sentences
from nlu.uploads.document import Sentence, UnreadableError
from nlu.uploads.grid import Grid, Opened, View
from nlu.uploads.kinds import Kind
from nlu.uploads.photos.cuttings import cutting
from nlu.uploads.photos.decoding import picture_of, scans_of
from nlu.uploads.photos.directions import Array
from nlu.uploads.photos.engine import Pixels
from nlu.uploads.photos.reading import table_in


def opened_photo(content: bytes, kind: Kind) -> Opened:
    """A photo as the table in it, with the view back to the pixels of the photo as it is shown. Raises UnreadableError."""
    picture, shrunk = picture_of(content, kind)
    table = table_in(picture)
    return Opened(kind, (table.grid,), views={1: _view(picture, table.to_picture, shrunk)}, poor=table.poor)


def opened_scan(content: bytes) -> Opened:
    """A PDF of scanned pages as a table a page, with the views back to its points. Pages without writing count for nothing.

    Raises UnreadableError.
    """
    grids: list[Grid] = []
    views: dict[int, View] = {}
    poor: Sentence | None = None
    for number, picture, scale in scans_of(content):
        try:
            table = table_in(picture, number)
        except UnreadableError as error:
            if error.sentence != sentences.NO_TEXT:
                raise
            continue
        grids.append(table.grid)
        views[number] = _view(picture, table.to_picture, scale)
        poor = poor or table.poor
    if not grids:
        raise UnreadableError(sentences.NO_TEXT)
    return Opened(Kind.PDF, tuple(grids), views=views, poor=poor)


def _view(picture: Pixels, to_picture: Array, scale: float) -> View:
    """The view of a picture that was made so many times as large as what its owner sees."""
    back = np.diag([1 / scale, 1 / scale, 1.0]) @ to_picture
    return View(tuple(float(number) for number in back.ravel()), partial(cutting, picture, to_picture))
