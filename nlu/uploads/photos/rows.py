"""Pieces of text on a page, put into rows and columns by where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from nlu.uploads.opening.glyphs import Placed

#: How far the middles of two texts of a row may lie apart, in heights of a box.
_LEVEL = 0.42
#: A row may rise or fall along its way; so many of its last texts say where it goes on.
_LAST = 3


def rows_of(pieces: Sequence[Placed]) -> list[list[Placed]]:
    """The rows from the top, each from the left."""
    if not pieces:
        return []
    reach = _LEVEL * median(piece.height for piece in pieces)
    rows: list[list[Placed]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        near = [row for row in rows if abs(_level(row) - piece.middle[1]) <= reach]
        if near:
            min(near, key=lambda row: abs(_level(row) - piece.middle[1])).append(piece)
        else:
            rows.append([piece])
    return sorted(rows, key=lambda row: median(piece.middle[1] for piece in row))


def _level(row: Sequence[Placed]) -> float:
    return median(piece.middle[1] for piece in row[-_LAST:])
