"""How a page lies in a picture, from its lines of text, its rules and its edges, and the picture as it looks from straight above.

Lines of print run towards one point far away, columns and upright rules towards another. A homography moves both points to infinity;
what was level is level then and what was upright is upright.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nlu.uploads.photos.directions import LONG, Array, edge_slopes, fit, rule_slopes, segments, text_slopes, together
from nlu.uploads.photos.engine import Pixels, Quads

#: The height of a line of text in the picture from above, and the most pixels that one may have.
HEIGHT, _MOST_PIXELS = 48.0, 14_000_000
_MARGIN = 24
#: Heights by which two boxes of a line lie over one another when they hold one text; boxes have a quarter of room on each side.
_OVERLAP = 0.3


@dataclass(frozen=True)
class Page:
    """The page as it looks from straight above, where its texts stand in it, and the way back to the photo."""

    picture: Pixels
    quads: Quads
    to_photo: Array
    #: pixels of the photo by pixel of this picture, on the whole
    scale: float


def heights(quads: Quads) -> Array:
    """The height of each text, in pixels: the shorter side of its box."""
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return np.asarray(np.minimum(across, down), dtype=np.float64)


def from_above(picture: Pixels, quads: Quads) -> Page:
    """The page levelled; which way up it is stays open between two ways."""
    size = np.array([picture.shape[1], picture.shape[0]], dtype=np.float64)
    centre, unit = size / 2, float(size.max()) / 2
    turn = _rotation(-_lean(quads))
    start = turn @ np.array([[1 / unit, 0, -centre[0] / unit], [0, 1 / unit, -centre[1] / unit], [0, 0, 1.0]])
    level = _ordered(moved(quads.reshape(-1, 2), start).reshape(-1, 4, 2))
    rules = moved(segments(picture).reshape(-1, 2), start).reshape(-1, 2, 2)
    across = fit(together(text_slopes(level), rule_slopes(rules, upright=False)))
    down = fit(together(edge_slopes(level), rule_slopes(rules, upright=True)), least=6)
    flat = _flattened(across, down) @ start
    return _warped(picture, quads, flat)


def moved(points: Array, matrix: Array) -> Array:
    """Points through a homography."""
    held = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(held[:, :2] / held[:, 2:], dtype=np.float64)


def _lean(quads: Quads) -> float:
    """The angle of most text to the level, in radians."""
    along, length, height = _longer_side(quads)
    weights = np.where(length > LONG * height, length, 0.01 * length)
    double = 2 * np.arctan2(along[:, 1], along[:, 0])
    # A line has no direction, so its angle counts twice on the circle; the median of what is left takes out what stands askew.
    usual = math.atan2(float((weights * np.sin(double)).sum()), float((weights * np.cos(double)).sum())) / 2
    rest = (double / 2 - usual + math.pi / 2) % math.pi - math.pi / 2
    order = np.argsort(rest)
    half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return usual + float(rest[order][min(half, len(rest) - 1)])


def _longer_side(quads: Quads) -> tuple[Array, Array, Array]:
    across, down = quads[:, 1] - quads[:, 0], quads[:, 3] - quads[:, 0]
    wide, high = np.linalg.norm(across, axis=1), np.linalg.norm(down, axis=1)
    along = np.where((wide >= high)[:, None], across, down)
    return along, np.maximum(wide, high), np.minimum(wide, high)


def _rotation(angle: float) -> Array:
    return np.array([[math.cos(angle), -math.sin(angle), 0], [math.sin(angle), math.cos(angle), 0], [0, 0, 1.0]])


def _ordered(quads: Quads) -> Quads:
    """The corners of each text from its top left one clockwise, in a picture that is about level."""
    centres = quads.mean(axis=1, keepdims=True)
    angles = np.arctan2(quads[:, :, 1] - centres[:, :, 1], quads[:, :, 0] - centres[:, :, 0])
    return np.take_along_axis(quads, np.argsort(angles, axis=1)[:, :, None], axis=1)


def _flattened(across: tuple[float, float], down: tuple[float, float]) -> Array:
    """The homography that makes both families of lines level and upright. The origin and the size around it stay."""
    (slope, bend), (lean, narrowing) = across, down
    far, below = np.array([1, slope, bend]), np.array([lean, 1, narrowing])
    horizon = np.cross(far, below)
    horizon = horizon / horizon[2]
    flat = np.array([[1, 0, 0], [0, 1, 0], horizon])
    along, upright = (flat @ far)[:2], (flat @ below)[:2]
    straight = np.linalg.inv(np.column_stack([along / np.linalg.norm(along), upright / np.linalg.norm(upright)]))
    whole = np.eye(3)
    whole[:2, :2] = straight
    return np.asarray(whole @ flat, dtype=np.float64)


def _warped(picture: Pixels, quads: Quads, flat: Array) -> Page:
    import cv2

    level = _ordered(moved(quads.reshape(-1, 2), flat).reshape(-1, 4, 2))
    height = float(np.median(level[:, [2, 3], 1].mean(axis=1) - level[:, [0, 1], 1].mean(axis=1)))
    low, high = level.reshape(-1, 2).min(axis=0), level.reshape(-1, 2).max(axis=0)
    scale = HEIGHT / max(height, 1e-6)
    room = (high - low) * scale + 2 * _MARGIN
    scale *= min(1.0, math.sqrt(_MOST_PIXELS / float(room[0] * room[1])))
    place = np.array([[scale, 0, _MARGIN - low[0] * scale], [0, scale, _MARGIN - low[1] * scale], [0, 0, 1.0]])
    matrix = place @ flat
    width, tall = (math.ceil(float(side)) for side in (high - low) * scale + 2 * _MARGIN)
    seen = cv2.warpPerspective(picture, matrix, (width, tall), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    original = float(np.median(heights(quads)))
    return Page(seen, moved_boxes(level, place), np.asarray(np.linalg.inv(matrix), dtype=np.float64), original / max(1e-6, height * scale))


def moved_boxes(quads: Quads, matrix: Array) -> Quads:
    """Boxes through a homography."""
    return moved(quads.reshape(-1, 2), matrix).reshape(-1, 4, 2)


def joined(quads: Quads) -> Quads:
    """The boxes in a levelled picture, those that lie over one another on a line made one: a seal or a fold parts what is one text."""
    boxes = [
        (float(quad[[0, 3], 0].mean()), float(quad[[0, 1], 1].mean()), float(quad[[1, 2], 0].mean()), float(quad[[2, 3], 1].mean()))
        for quad in quads
    ]
    kept: list[tuple[float, float, float, float]] = []
    for box in sorted(boxes):
        place = next((place for place, other in enumerate(kept) if _are_one(other, box)), None)
        if place is None:
            kept.append(box)
        else:
            other = kept[place]
            kept[place] = (other[0], min(other[1], box[1]), max(other[2], box[2]), max(other[3], box[3]))
    return np.array([[(left, top), (right, top), (right, bottom), (left, bottom)] for left, top, right, bottom in kept])


def _are_one(left: tuple[float, float, float, float], right: tuple[float, float, float, float]) -> bool:
    lower, higher = sorted((left[3] - left[1], right[3] - right[1]))
    level = min(left[3], right[3]) - max(left[1], right[1])
    return left[2] - right[0] > _OVERLAP * higher and level > 0.7 * higher and lower > 0.6 * higher


def turned_over(page: Page) -> Page:
    """The page the other way up."""
    tall, width = page.picture.shape[:2]
    turn = np.array([[-1, 0, width - 1], [0, -1, tall - 1], [0, 0, 1.0]])
    quads = _ordered(moved_boxes(page.quads, turn))
    return Page(np.ascontiguousarray(page.picture[::-1, ::-1]), quads, page.to_photo @ np.linalg.inv(turn), page.scale)
