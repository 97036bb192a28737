"""A template and its data, drawn: PNG for a phone, PDF for print.

Data reaches a template as JSON and is shown as text, never read as markup, so an owner's words cannot draw or run anything.
Only the bundled fonts are used, whatever the machine has, and nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import typst

from bot.pictures.fonts import drawable, fonts

TEMPLATES = Path(__file__).with_name("templates")
#: Pixels per inch at which a page of 540 points is 1,080 pixels wide.
_PHONE = 144.0


class DrawingError(RuntimeError):
    """A template cannot be drawn with its data; the message says what the drawing library found."""


def draw(
    template: str, data: Mapping[str, Any], kind: Literal["png", "pdf", "svg"], *, archival: bool = False, images: Sequence[bytes] = ()
) -> bytes:
    """Draw a template of this room with its data: a PNG or SVG of its first page, or a PDF of all pages.

    `images` are JPEG files for the template to place. `archival` asks for a PDF that keeps to PDF/A, in which a character
    without a glyph is an error. Each call has a compiler of its own, so calls from several threads do not meet. Raises
    DrawingError and FontsMissing.
    """
    compiler = typst.Compiler(root=TEMPLATES, font_paths=fonts(), ignore_system_fonts=True)
    inputs = {"data": json.dumps(drawable(data), ensure_ascii=False), "images": json.dumps([list(image) for image in images])}
    standards: list[typst.PDFStandard] = ["a-2b"] if archival else []
    try:
        drawn, warnings = compiler.compile_with_warnings(
            TEMPLATES / f"{template}.typ", format=kind, ppi=_PHONE, sys_inputs=inputs, pdf_standards=standards, timestamp=0
        )
    except typst.TypstError as error:
        raise DrawingError(f"{template}: {error.message}") from error
    if warnings:
        raise DrawingError(f"{template}: {warnings[0].message}")
    first = drawn[0] if isinstance(drawn, list) else drawn
    if first is None:
        raise DrawingError(f"{template}: there was nothing to draw")
    return first
