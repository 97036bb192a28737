"""Pictures and scanned pages unpacked into pixels, the way up in which they are shown."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.kinds import Kind
from nlu.uploads.opening.scans import is_scanned
from nlu.uploads.photos.engine import Pixels

#: Pixels that are looked at; a larger picture is made smaller first.
_MOST_PIXELS = 24_000_000
MOST_SCANS = 5
#: Pixels of the longer side of a scanned page: letters of 8 points are 30 high.
_SCAN_SIDE = 3000


def picture_of(content: bytes, kind: Kind) -> tuple[Pixels, float]:
    """A photo in red, green and blue, turned as its camera says, and by how much it was made smaller. Raises UnreadableError."""
    try:
        with warnings.catch_warnings():
            # The pixels have been counted before, by our own limit.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = _heic(content) if kind is Kind.HEIC else Image.open(io.BytesIO(content), formats=[kind.value.upper()])
            picture = ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError):  # what the libraries say of damaged pictures
        raise UnreadableError(sentences.BROKEN) from None
    shrunk = min(1.0, (_MOST_PIXELS / (picture.width * picture.height)) ** 0.5)
    if shrunk < 1:
        picture = picture.resize((round(picture.width * shrunk), round(picture.height * shrunk)), Image.Resampling.BOX)
    return np.array(_on_white(picture)), shrunk


def _heic(content: bytes) -> Image.Image:
    import pillow_heif

    # It turns the picture as its file says.
    found = pillow_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
    return Image.frombytes(found.mode, found.size, bytes(found.data), "raw", found.mode, found.stride)


def _on_white(picture: Image.Image) -> Image.Image:
    """In colours, what is transparent as paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return picture.convert("RGB")


def scans_of(content: bytes) -> Iterator[tuple[int, Pixels, float]]:
    """The scanned pages of a document with their numbers, and pixels by point. Raises UnreadableError for more than a few."""
    document = pdfium.PdfDocument(content)
    try:
        if len(document) > MOST_SCANS:
            raise UnreadableError(sentences.TOO_MANY_SCANS)
        for number, page in enumerate(document, 1):
            if not is_scanned(page):
                continue
            scale = _SCAN_SIDE / max(1.0, *page.get_size())
            yield number, np.array(page.render(scale=scale).to_pil().convert("RGB")), scale
    except pdfium.PdfiumError:
        raise UnreadableError(sentences.BROKEN) from None
    finally:
        document.close()
