"""Red ink: seals are taken off a page before it is read, and a number printed in red is a negative one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlu.uploads.photos.engine import Pixels

#: The longer side of the small picture in which seals are looked for.
_SIDE = 800
#: How much redder than the other colours ink is, as a share of its red.
_RED = 0.28
#: A seal's side as shares of the longer side of the picture, and how much of it may be ink: a red desk or cover is no seal.
_SMALLEST, _LARGEST, _FILLED = 0.05, 0.4, 0.6
#: The share of the ink that is red in a number printed in red.
_PRINTED_RED = 0.7


def without_seals(picture: Pixels) -> Pixels:
    """The picture as through a red glass where a seal is: red ink vanishes there, black print stays."""
    import cv2
    scale = min(1.0, _SIDE / max(picture.shape))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.int16)
    red = _redness(small) > _RED
    closed = cv2.morphologyEx(red.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, _, found, _ = cv2.connectedComponentsWithStats(closed)
    cleared = picture
    for left, top, width, height, _area in found[1:count]:
        shares = (width / max(small.shape), height / max(small.shape))
        filled = float(red[top : top + height, left : left + width].mean())
        if min(shares) > _SMALLEST and max(shares) < _LARGEST and filled < _FILLED:
            if cleared is picture:
                cleared = picture.copy()
            first, last = (
                (int((edge - 2) / scale) for edge in (left, top)),
                (int((edge + 2) / scale) for edge in (left + width, top + height)),
            )
            (x1, y1), (x2, y2) = (max(0, edge) for edge in first), last
            cleared[y1:y2, x1:x2] = picture[y1:y2, x1:x2, :1]
    return cleared


def is_red(crop: Pixels) -> bool:
    """Whether the ink of a text is red."""
    darkest = crop.min(axis=2).astype(np.int16)
    paper = np.percentile(darkest, 90)
    ink = darkest < paper - max(40, 0.35 * float(paper))
    if ink.sum() < 30:
        return False
    return bool((_redness(crop.astype(np.int16))[ink] > _RED).mean() > _PRINTED_RED)


def _redness(picture: NDArray[np.int16]) -> NDArray[np.float64]:
    red = picture[:, :, 0].astype(np.float64)
    return np.asarray((red - np.maximum(picture[:, :, 1], picture[:, :, 2])) / np.maximum(red, 60), dtype=np.float64)
