"""The rating report drawn: two printed pages, or one tall picture that a phone shows without zooming."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from bot.pictures.draw import draw

_TEMPLATES = {"pdf": "rating", "png": "rating-phone"}


def rating_drawn(sheet: Mapping[str, Any], form: Literal["pdf", "png"], *, archival: bool = False) -> bytes:
    """The report from its sheet as plain JSON; the same sheet gives the same bytes. Raises DrawingError.

    `archival` asks for a PDF that keeps to PDF/A, in which a character without a glyph is an error.
    """
    return draw(_TEMPLATES[form], {"sheet": dict(sheet)}, form, archival=archival)
