"""How a page lies in a picture, from its lines of text, its rules and its edges, and the picture as it looks from straight above.

Lines of print run towards one point far away, columns and upright rules towards another. A homography moves both points to infinity;
what was level is level then and what was upright is upright.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.uploads.photos.engine import Pixels, Quads

Array = NDArray[np.float64]

#: A text this many times longer than high shows the direction of its line.
_LONG = 2.5
#: Tangent of the angle by which directions in the levelled picture may differ from the usual one.
_SLANT = 0.35
#: Spread of directions around the truth: those of texts, in tangents.
_SPREAD = 0.006
#: The longer side of the picture in which straight rules are looked for, and their shortest length as a share of it.
_RULED_SIDE, _RULE = 1280, 0.03
#: The height of a line of text in the picture from above, and the most pixels that one may have.
HEIGHT, _MOST_PIXELS = 48.0, 14_000_000
_MARGIN = 24
#: Heights by which two boxes of a line lie over one another when they hold one text; boxes have a quarter of room on each side.
_OVERLAP = 0.3


@dataclass(frozen=True)
class Slopes:
    """Directions in a picture: places as x and y, the slope at each, and how much each counts."""

    places: Array
    slopes: Array
    weights: Array


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
    segments = moved(_segments(picture).reshape(-1, 2), start).reshape(-1, 2, 2)
    across = _fit(_joined(_text_slopes(level), _rule_slopes(segments, upright=False)))
    down = _fit(_joined(_edge_slopes(level), _rule_slopes(segments, upright=True)), least=6)
    flat = _flattened(across, down) @ start
    return _warped(picture, quads, flat)


def moved(points: Array, matrix: Array) -> Array:
    """Points through a homography."""
    held = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(held[:, :2] / held[:, 2:], dtype=np.float64)


def _lean(quads: Quads) -> float:
    """The angle of most text to the level, in radians."""
    along, length, height = _longer_side(quads)
    weights = np.where(length > _LONG * height, length, 0.01 * length)
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


def _segments(picture: Pixels) -> Array:
    """Straight lines in a picture: rules of tables and edges of paper, by both ends."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, _RULED_SIDE / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector().detect(small)[0]
    if found is None:
        return np.zeros((0, 2, 2))
    ends = np.asarray(found, dtype=np.float64).reshape(-1, 2, 2)
    long = np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1) > _RULE * max(small.shape)
    return np.asarray(ends[long] / scale, dtype=np.float64)


def _text_slopes(quads: Quads) -> Slopes:
    """Directions of lines of print: those of long texts."""
    middle = (quads[:, [1, 2]].mean(axis=1) + quads[:, [0, 3]].mean(axis=1)) / 2
    run = quads[:, [1, 2]].mean(axis=1) - quads[:, [0, 3]].mean(axis=1)
    height = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    long = run[:, 0] > _LONG * height
    return Slopes(middle[long], run[long, 1] / run[long, 0], run[long, 0])


def _edge_slopes(quads: Quads) -> Slopes:
    """Directions of columns: from the end of each text to that of the next one below, and likewise of beginnings."""
    places, slopes, weights = [], [], []
    height = float(np.median(np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)))
    for side in ((0, 3), (1, 2)):
        ends = quads[:, side].mean(axis=1)
        for end in ends:
            down = ends[:, 1] - end[1]
            aside = np.abs(ends[:, 0] - end[0])
            near = np.flatnonzero((down > 0.5 * height) & (down < 6 * height) & (aside < np.minimum(0.6 * height, _SLANT * down)))
            if len(near):
                below = ends[near[np.argmin(down[near])]]
                places.append((end + below) / 2)
                slopes.append((below[0] - end[0]) / (below[1] - end[1]))
                weights.append(below[1] - end[1])
    return Slopes(np.array(places).reshape(-1, 2)[:, ::-1], np.array(slopes), np.array(weights))


def _rule_slopes(segments: Array, upright: bool) -> Slopes:
    """Directions of straight lines that are about level, or about upright, with x and y changed over then."""
    ends = segments[:, :, ::-1] if upright else segments
    run = ends[:, 1] - ends[:, 0]
    kept = np.abs(run[:, 1]) < _SLANT * np.abs(run[:, 0])
    return Slopes(ends[kept].mean(axis=1), run[kept, 1] / run[kept, 0], np.abs(run[kept, 0]))


def _joined(*parts: Slopes) -> Slopes:
    return Slopes(
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.slopes for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def _fit(seen: Slopes, least: int = 3) -> tuple[float, float]:
    """The slope s at the middle of the picture and how it changes: slope = s + w (x slope - y), what lines through one point far away have.

    By repeated least squares in which what lies far off counts less each time; level where too little is seen.
    """
    if len(seen.slopes) < least:
        return 0.0, 0.0
    change = seen.places[:, 0] * seen.slopes - seen.places[:, 1]
    kept = np.ones(len(seen.slopes))
    order = np.argsort(seen.slopes)
    half = np.searchsorted(np.cumsum(seen.weights[order]), seen.weights.sum() / 2)
    middle, bend = float(seen.slopes[order][half]), 0.0
    for spread in (0.08, 0.04, 0.02, 0.01, *(_SPREAD,) * 4):
        off = seen.slopes - middle - bend * change
        kept = seen.weights / (1 + (off / spread) ** 2) ** 2
        # Without a second direction to hold it the change is kept small.
        matrix = np.array([[kept.sum(), (kept * change).sum()], [(kept * change).sum(), (kept * change**2).sum() + 1e-3 * kept.sum()]])
        middle, bend = (
            float(number) for number in np.linalg.solve(matrix, [(kept * seen.slopes).sum(), (kept * seen.slopes * change).sum()])
        )
    return middle, bend


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
