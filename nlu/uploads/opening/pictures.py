"""Pictures, looked at by their headers before anything unpacks them."""

from __future__ import annotations

import io
import warnings

import pillow_heif
from PIL import Image

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.kinds import Kind
from nlu.uploads.opening import limits

_FORMATS = {Kind.PNG: "PNG", Kind.JPEG: "JPEG"}


def check_pixels(content: bytes, kind: Kind) -> tuple[int, int]:
    """Width and height in pixels, from the header alone. Raises UnreadableError when there are too many, or no header to be read."""
    try:
        size = _size(content, kind)
    except UnreadableError:
        raise
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError):  # what the libraries say of damaged headers
        raise UnreadableError(sentences.BROKEN) from None
    if size[0] * size[1] > limits.MOST_PIXELS:
        raise UnreadableError(sentences.TOO_MANY_PIXELS)
    return size


def _size(content: bytes, kind: Kind) -> tuple[int, int]:
    if kind is Kind.HEIC:
        found = pillow_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=False)
        return int(found.size[0]), int(found.size[1])
    with warnings.catch_warnings():
        # Pillow has a limit of its own, which is checked here in our words.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as picture:
                return picture.size
        except Image.DecompressionBombError:
            raise UnreadableError(sentences.TOO_MANY_PIXELS) from None
