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
#: In red light ink of a seal has at least this share of the paper's light, and at its edges a little less.
_AS_PAPER, _RED_LIGHT = 0.78, 0.6
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
            cleared[y1:y2, x1:x2] = _red_as_paper(picture[y1:y2, x1:x2])[:, :, None]
    return cleared


def _red_as_paper(part: Pixels) -> NDArray[np.uint8]:
    """A part of a picture in red light, in which what is almost as light as the paper around it becomes paper."""
    import cv2

    seen = np.ascontiguousarray(part[:, :, 0])
    wide = max(3, min(seen.shape) // 12)
    paper = cv2.blur(cv2.dilate(cv2.blur(seen, (3, 3)), np.ones((wide, wide), np.uint8)), (wide, wide)).astype(np.float32)
    red = (_redness(cv2.blur(part, (3, 3)).astype(np.int16)) > _RED).astype(np.uint8)
    light = np.where(cv2.dilate(red, np.ones((5, 5), np.uint8)) > 0, _RED_LIGHT, _AS_PAPER)
    return np.asarray(np.clip(seen / (light * np.maximum(paper, 1)), 0, 1) * paper, dtype=np.uint8)


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
