"""The recogniser of characters: where text stands in a picture, and what it says. Its models come with its package.

Nothing here believes its confidence: wrong figures score as high as right ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
#: Four corners of each text, from its top left one clockwise, as x and y.
Quads = NDArray[np.float64]

THREADS = 2
#: Pixels of the longer side of the picture in which texts are looked for. Letters of 10 pixels are found.
LOOKED_AT = 1536
#: The height of the recogniser's window, and the widths of one batch together, which bound its memory.
_WINDOW, _BATCH, _MOST_IN_BATCH = 48, 4096, 16
#: Widths are rounded up to such steps; texts of a batch are at most so many times as wide as its first.
_STEP, _NARROWEST, _ALIKE = 32, 64, 1.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A character and the middle of its place, as a share of the picture's width."""

    text: str
    x: float


class Engine:
    """The models in memory. Loading takes about a second."""

    def __init__(self) -> None:
        import cv2
        from rapidocr import RapidOCR

        cv2.setNumThreads(THREADS)
        engine = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                "Det.limit_type": "max",
                "Det.limit_side_len": LOOKED_AT,
            }
        )
        self._detector = engine._load_det_model()
        self._recogniser = engine._load_rec_model()
        self._letters: Sequence[str] = self._recogniser.postprocess_op.character

    def texts_in(self, picture: Pixels) -> Quads:
        """Where texts stand; none is an empty array."""
        found = self._detector(picture).boxes
        return np.zeros((0, 4, 2)) if found is None else np.asarray(found, dtype=np.float64)

    def read(self, crops: Sequence[Pixels]) -> list[tuple[Mark, ...]]:
        """What each cut-out says, a line of text each."""
        found: list[tuple[Mark, ...]] = [()] * len(crops)
        for places, width in _batches(crops):
            batch = np.stack([_window(crops[place], width) for place in places])
            chances = self._recogniser.session(batch)
            for place, chance in zip(places, chances, strict=True):
                shown = _width_shown(crops[place])
                found[place] = tuple(self._marks(chance, width / shown))
        return found

    def _marks(self, chances: NDArray[np.float32], stretch: float) -> Iterator[Mark]:
        """The best character at each step, repeated ones and the blank left out."""
        best = chances.argmax(axis=1)
        for step, letter in enumerate(best):
            if letter and (not step or letter != best[step - 1]):
                yield Mark(self._letters[letter], (step + 0.5) / len(best) * stretch)

    def sureness(self, crops: Sequence[Pixels]) -> float:
        """How sure the recogniser is on the whole, for telling which way up a page is, and for nothing else."""
        sure = []
        for places, width in _batches(crops):
            chances = self._recogniser.session(np.stack([_window(crops[place], width) for place in places]))
            for chance in chances:
                best, high = chance.argmax(axis=1), chance.max(axis=1)
                sure.append(float(high[best > 0].mean()) if (best > 0).any() else 0.0)
        return sum(sure) / max(1, len(sure))


@cache
def engine() -> Engine:
    """The one engine of this process."""
    return Engine()


def _width_shown(crop: Pixels) -> int:
    height, width = int(crop.shape[0]), int(crop.shape[1])
    return max(8, math.ceil(_WINDOW * width / max(1, height)))


def _batches(crops: Sequence[Pixels]) -> Iterator[tuple[list[int], int]]:
    """The places of crops of like width, and the width of their batch."""
    widths = [max(_NARROWEST, math.ceil(_width_shown(crop) / _STEP) * _STEP) for crop in crops]
    batch: list[int] = []
    for place in sorted(range(len(crops)), key=widths.__getitem__):
        full = len(batch) == _MOST_IN_BATCH or (len(batch) + 1) * widths[place] > _BATCH
        if batch and (full or widths[place] > _ALIKE * widths[batch[0]]):
            yield batch, widths[batch[-1]]
            batch = []
        batch.append(place)
    if batch:
        yield batch, widths[batch[-1]]


def _window(crop: Pixels, width: int) -> NDArray[np.float32]:
    import cv2

    shown = min(width, _width_shown(crop))
    scaled = cv2.resize(crop, (shown, _WINDOW), interpolation=cv2.INTER_AREA if crop.shape[0] > _WINDOW else cv2.INTER_CUBIC)
    window = np.zeros((3, _WINDOW, width), dtype=np.float32)
    window[:, :, :shown] = (scaled.astype(np.float32).transpose(2, 0, 1) / 255 - 0.5) / 0.5
    return window
