"""Statements on paper: a table drawn as accounting programs and offices print it, at the size at which a camera sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from nlu.uploads.grid import Cell, Grid

_INK = (34, 34, 40)
_PAPER = (250, 249, 246)
#: Where systems keep fonts that are like those of offices. Those that are not there are left out.
_ON_THE_SYSTEM = {
    "song": "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "mono": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "arial": "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "times": "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "courier": "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf",
    "narrow": "/usr/share/fonts/truetype/liberation/LiberationSansNarrow-Regular.ttf",
    "dejavu": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
}
_LATIN = frozenset({"arial", "times", "courier", "narrow", "dejavu"})
#: The face of the collection that has the monospaced letters of simplified Chinese.
_FACES = {"song": 2, "mono": 7}


@dataclass(frozen=True)
class Look:
    """How a statement is printed. `size` is the height of its letters in pixels; `rules` are all, rows or none; `spare` widens columns.

    `wrap`: labels of more letters go on in a second line of their cell.
    """

    font: str = "hei"
    size: int = 32
    rules: str = "all"
    pitch: float = 1.75
    spare: float = 0.8
    wrap: int = 99


def fonts(language: str) -> tuple[str, ...]:
    """The names of the fonts that this machine has for a language."""
    there = tuple(name for name, path in _ON_THE_SYSTEM.items() if Path(path).is_file())
    return ("hei", *(name for name in there if language == "en" or name not in _LATIN))


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font by its name; `hei` comes with the project's own packages."""
    if name == "hei":
        path = next(file for file in metadata.files("cvttf-notosanscjk-regular") or () if file.name.endswith(".otf"))
        return ImageFont.truetype(str(path.locate()), size)
    return ImageFont.truetype(_ON_THE_SYSTEM[name], size, index=_FACES.get(name, 0))


def printed(grid: Grid, above: int, look: Look) -> Image.Image:
    """The page: the first rows as its heading, the rest as its table."""
    letters = font(look.font, look.size)
    rows = [[_text(cell) for cell in row] for row in grid.rows]
    table = rows[above:]
    count = max(len(row) for row in table)
    widths = [_width(letters, [row[column] for row in table if column < len(row)], look) for column in range(count)]
    height = round(look.size * look.pitch)
    margin = look.size * 2
    top = margin + above * round(height * 1.1) + look.size
    heights = [height + round(look.size * 0.7) * any(len(_lines(text, look.wrap)) > 1 for text in row) for row in table]
    width = max([sum(widths), *(_width_of_heading(letters, row, look) for row in rows[:above])])
    page = Image.new("RGB", (width + 2 * margin, top + sum(heights) + margin), _PAPER)
    draw = ImageDraw.Draw(page)
    for number, row in enumerate(rows[:above]):
        _heading(draw, [text for text in row if text], page.width, margin, margin + number * round(height * 1.1), look, title=number == 0)
    _table(draw, table, widths, heights, margin, top, look)
    return page


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else cell.isoformat() if isinstance(cell, date) else f"{cell:,f}"


def _lines(text: str, wrap: int) -> tuple[str, ...]:
    """A text in one line, or in two of which the second is the shorter one."""
    return (text,) if len(text) <= wrap or _is_number(text) else (text[:wrap], text[wrap:])


def _width(letters: ImageFont.FreeTypeFont, texts: Sequence[str], look: Look) -> int:
    widest = max((letters.getlength(line) for text in texts for line in _lines(text, look.wrap)), default=0)
    return round(max(widest, look.size) + look.size * look.spare) if widest else round(look.size * 0.8)


def _width_of_heading(letters: ImageFont.FreeTypeFont, texts: Sequence[str], look: Look) -> int:
    """The width that texts at both edges and in the middle need to keep clear of one another."""
    lengths = [letters.getlength(text) + look.size for text in texts if text]
    if len(lengths) < 2:
        return 0
    return round(2 * max(lengths[0], lengths[-1]) + sum(lengths[1:-1]))


def _heading(draw: ImageDraw.ImageDraw, texts: Sequence[str], width: int, margin: int, y: int, look: Look, title: bool) -> None:
    letters = font(look.font, round(look.size * 1.4) if title else look.size)
    if len(texts) == 1:
        draw.text(((width - letters.getlength(texts[0])) / 2, y), texts[0], _INK, letters)
    for place, text in enumerate(texts if len(texts) > 1 else ()):
        room = width - 2 * margin - letters.getlength(text)
        draw.text((margin + room * place / (len(texts) - 1), y), text, _INK, letters)


def _table(
    draw: ImageDraw.ImageDraw,
    table: Sequence[Sequence[str]],
    widths: Sequence[int],
    heights: Sequence[int],
    left: int,
    top: int,
    look: Look,
) -> None:
    letters, right = font(look.font, look.size), left + sum(widths)
    edge = round(look.size * look.spare / 2)
    y = top
    for row, height in zip(table, heights, strict=True):
        x = left
        for text, width in zip(row, widths, strict=False):
            lines = _lines(text, look.wrap)
            for number, line in enumerate(lines):
                place = x + width - edge - letters.getlength(line) if _is_number(text) else x + edge
                step = (number - (len(lines) - 1) / 2) * look.size * 1.25
                draw.text((place, y + (height - look.size * 1.4) / 2 + step), line, _INK, letters)
            x += width
        if look.rules != "none":
            draw.line((left, y, right, y), _INK, 2)
        y += height
    if look.rules != "none":
        draw.line((left, y, right, y), _INK, 2)
    if look.rules == "all":
        x = left
        for width in (0, *widths):
            x += width
            draw.line((x, top, x, y), _INK, 2)


def _is_number(text: str) -> bool:
    return bool(text) and all(letter in "0123456789.,-()¥$%０１２３４５６７８９，．－ " for letter in text)
