"""PDF pages as accounting programs and banks lay them out, set by the drawing library that the tests have anyway."""

from __future__ import annotations

from collections.abc import Sequence

import typst

from bot.pictures.fonts import fonts

#: Columns that hold amounts are aligned to the right, as everywhere.
_PAGE = '#set page(width: 595pt, height: 842pt, margin: 40pt{more})\n#set text(size: {size}pt, font: "Noto Sans CJK SC", lang: "zh")\n'

Row = Sequence[str]


def typeset(source: str, size: float = 9, more: str = "") -> bytes:
    """A PDF of typst markup on A4 pages."""
    compiler = typst.Compiler(font_paths=fonts(), ignore_system_fonts=True)
    made = compiler.compile((_PAGE.format(size=size, more=more) + source).encode(), format="pdf", timestamp=0)
    assert isinstance(made, bytes)
    return made


def table(rows: Sequence[Row], columns: str, align: str, stroke: str = "0.5pt") -> str:
    """A table of texts; `columns` and `align` are lists as typst has them."""
    cells = "".join(f"[{_plain(cell)}]," for row in rows for cell in row)
    return f"#table(columns: ({columns}), align: ({align}), stroke: {stroke}, {cells})\n"


def line(text: str) -> str:
    """A line of its own."""
    return f"{_plain(text)} \\\n"


def _plain(text: str) -> str:
    """A text without meaning to typst."""
    return "".join(f"\\{letter}" if letter in "\\#$*_`<>@[]=-+/~" else letter for letter in text)
