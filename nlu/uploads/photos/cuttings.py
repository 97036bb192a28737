"""Rows of a photo cut out of it and levelled, as its owner compares them with what was read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlu.uploads.grid import Box, Cutting
from nlu.uploads.opening.limits import STRIP_HEIGHT, STRIP_WIDTH
from nlu.uploads.photos.directions import Array
from nlu.uploads.photos.engine import Pixels

#: Pixels by point: letters are then as high as those beside them on a phone.
_SCALE = 3.4
#: Points beside a row, above and below it, and between two parts of one.
_ROOM, _ABOVE, _GAP = 5.0, 2.5, 12.0
#: The frame around the figure, its width in pixels, and its distance in points on the left, on the right, and above and below.
_FRAME, _FRAME_WIDTH = (201, 97, 28), 3
_BEFORE, _BEHIND, _OVER = 4.0, 1.5, 0.5
#: Strips are drawn so many times larger first, so that fine letters do not break.
_FINE = 2


def cutting(picture: Pixels, to_picture: Array, parts: Sequence[Box], framed: Box) -> Cutting:
    """Boxes of a levelled page out of the photo of it, side by side, with a frame around a box that the last of them takes in.

    `to_picture` leads from the points of the page to pixels of the picture. At most STRIP_WIDTH and STRIP_HEIGHT pixels.
    """
    top, bottom = min(part.top for part in parts) - _ABOVE, max(part.bottom for part in parts) + _ABOVE
    across = sum(part.right - part.left + 2 * _ROOM for part in parts) + _GAP * (len(parts) - 1)
    scale = min(_SCALE, STRIP_WIDTH / across, STRIP_HEIGHT / (bottom - top))
    boxes = [Box(part.page, part.left - _ROOM, top, part.right + _ROOM, bottom) for part in parts]
    pieces = [_levelled(picture, to_picture, box, scale) for box in boxes]
    _frame(pieces[-1], boxes[-1], framed, scale)
    gap = np.full((pieces[0].shape[0], max(1, int(_GAP * scale)), 3), 255, dtype=np.uint8)
    strip = np.hstack([pieces[0], *(part for piece in pieces[1:] for part in (gap, piece))])
    return Cutting(strip.shape[1], strip.shape[0], strip.tobytes())


def _levelled(picture: Pixels, to_picture: Array, box: Box, scale: float) -> Pixels:
    import cv2

    size = max(1, int((box.right - box.left) * scale)), max(1, int((box.bottom - box.top) * scale))
    fine = scale * _FINE
    place = np.array([[fine, 0, -box.left * fine], [0, fine, -box.top * fine], [0, 0, 1.0]])
    larger = (size[0] * _FINE, size[1] * _FINE)
    seen = cv2.warpPerspective(picture, place @ np.linalg.inv(to_picture), larger, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(seen, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _frame(piece: Pixels, box: Box, framed: Box, scale: float) -> None:
    """A frame is drawn around a place in a piece of the page."""
    left, right = ((edge - box.left) * scale for edge in (framed.left - _BEFORE, framed.right + _BEHIND))
    top, bottom = ((edge - box.top) * scale for edge in (framed.top - _OVER, framed.bottom + _OVER))
    x1, y1, x2, y2 = (max(0, round(edge)) for edge in (left, top, right, bottom))
    for thick in range(_FRAME_WIDTH):
        piece[y1 + thick : y1 + thick + 1, x1:x2] = piece[y2 - thick - 1 : y2 - thick, x1:x2] = _FRAME
        piece[y1:y2, x1 + thick : x1 + thick + 1] = piece[y1:y2, x2 - thick - 1 : x2 - thick] = _FRAME
