"""Pages of PDFs that are pictures: scans, with or without a line of the program that made them, and letters drawn as curves."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from nlu.uploads.opening import limits

#: Characters of a page that still may be a scan's: the name of the program, a number of the page.
_FEW = 60
#: The share of a page that its picture covers.
_COVERED = 0.4
#: So many drawn shapes are letters.
_DRAWN = 300


def is_scanned(page: pdfium.PdfPage, characters: int = 0) -> bool:
    """Whether a page of so many characters is a picture. One of too many pixels to be unpacked is not."""
    if characters > _FEW:
        return False
    width, height = page.get_size()
    shapes = 0
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        if drawn.type == raw.FPDF_PAGEOBJ_PATH:
            shapes += 1
            if shapes > _DRAWN:
                return True
            continue
        left, bottom, right, top = drawn.get_bounds()
        wide, tall = drawn.get_px_size()
        if (right - left) * (top - bottom) >= _COVERED * width * height and wide * tall <= limits.MOST_PIXELS:
            return True
    return False
