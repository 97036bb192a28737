"""Whether a photo is good enough to believe its numbers: how high its letters are, how sharp, and how they stand out from the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlu.uploads import sentences
from nlu.uploads.document import Sentence, UnreadableError
from nlu.uploads.photos.engine import Pixels

#: Below the first height of a box of text numbers were misread whatever else was good; below the second only sums can tell.
_TOO_SMALL, _SMALL = 19.0, 24.0
#: The same for the width of edges, where a shaken picture is worse than one out of focus, for the contrast, and for the noise.
_BLURRED, _SOFT = 0.16, 0.10
_FAINT, _PALE = 13.0, 25.0
_GRAINY, _GRAINED = 0.2, 0.12


@dataclass(frozen=True)
class Quality:
    """What a photo's texts are like, on the whole.

    `height` of a box of text in pixels of the photo; `edge` the width of a letter's edge in heights of its box, which grows with blur;
    `contrast` between ink and paper in steps of 256; `noise` of the paper as a share of it.
    """

    height: float
    edge: float
    contrast: float
    noise: float


def poor(found: Quality) -> Sentence | None:
    """What to do about a photo of which numbers are believed only where sums vouch for them; None for a good one.

    Raises UnreadableError for one of which none is.
    """
    for bad, weak, said in (
        (found.contrast < _FAINT or found.noise > _GRAINY, found.contrast < _PALE or found.noise > _GRAINED, sentences.TOO_DARK),
        (found.height < _TOO_SMALL, found.height < _SMALL, sentences.TOO_SMALL),
        (found.edge > _BLURRED, found.edge > _SOFT, sentences.BLURRED),
    ):
        if bad:
            raise UnreadableError(said)
        if weak:
            return said
    return None


def quality(crops: Sequence[Pixels], scale: float) -> Quality:
    """The medians over texts; `scale` are pixels of the photo by pixel of the crops."""
    seen = [found for crop in crops if (found := _one(crop)) is not None]
    if not seen:
        return Quality(0.0, 1.0, 0.0, 1.0)
    edge, contrast, noise = (float(value) for value in np.median(np.array(seen), axis=0))
    height = float(np.median([crop.shape[0] for crop in crops])) * scale
    return Quality(height, edge, contrast, noise)


def _one(crop: Pixels) -> tuple[float, float, float] | None:
    import cv2

    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    if min(grey.shape) < 8:
        return None
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    low, high = np.percentile(smooth, (3, 90))
    contrast = float(high - low)
    across = np.abs(np.diff(smooth, axis=1))
    steepest = float(np.percentile(across, 99))
    paper = grey[smooth > high - 0.25 * contrast]
    noise = float(np.abs(np.diff(paper)).mean()) if paper.size > 10 else 0.0
    return contrast / max(steepest, 0.5) / grey.shape[0], contrast, noise / max(contrast, 1.0)
