"""Directions in a picture of a page: of its lines of print, its columns and straight rules, and the far point of each family."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlu.uploads.photos.engine import Pixels, Quads

Array = NDArray[np.float64]

#: A text this many times longer than high shows the direction of its line.
LONG = 2.5
#: Tangent of the angle by which directions in the levelled picture may differ from the usual one.
_SLANT = 0.35
#: Spread of directions around the truth: those of texts, in tangents.
_SPREAD = 0.006
#: The longer side of the picture in which straight rules are looked for, and their shortest length as a share of it.
_RULED_SIDE, _RULE = 1280, 0.03


@dataclass(frozen=True)
class Slopes:
    """Directions in a picture: places as x and y, the slope at each, and how much each counts."""

    places: Array
    slopes: Array
    weights: Array


def segments(picture: Pixels) -> Array:
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


def text_slopes(quads: Quads) -> Slopes:
    """Directions of lines of print: those of long texts."""
    middle = (quads[:, [1, 2]].mean(axis=1) + quads[:, [0, 3]].mean(axis=1)) / 2
    run = quads[:, [1, 2]].mean(axis=1) - quads[:, [0, 3]].mean(axis=1)
    height = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    long = run[:, 0] > LONG * height
    return Slopes(middle[long], run[long, 1] / run[long, 0], run[long, 0])


def edge_slopes(quads: Quads) -> Slopes:
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


def rule_slopes(segments: Array, upright: bool) -> Slopes:
    """Directions of straight lines that are about level, or about upright, with x and y changed over then."""
    ends = segments[:, :, ::-1] if upright else segments
    run = ends[:, 1] - ends[:, 0]
    kept = np.abs(run[:, 1]) < _SLANT * np.abs(run[:, 0])
    return Slopes(ends[kept].mean(axis=1), run[kept, 1] / run[kept, 0], np.abs(run[kept, 0]))


def together(*parts: Slopes) -> Slopes:
    return Slopes(
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.slopes for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )


def fit(seen: Slopes, least: int = 3) -> tuple[float, float]:
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
