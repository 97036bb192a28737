"""Characters with their places become lines, and lines become pieces that stand apart. Lengths are points, from the top left corner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

#: A gap this wide, in heights of the line, separates two pieces. Words stand a quarter apart, columns of a table more than a whole.
_APART = 0.62
#: Above this gap a blank stands between two letters, whether or not the file has one there.
_BLANK = 0.16
#: The same character printed over itself makes it bold.
_TWICE = 0.15
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
#: An amount as people write it, with a currency, a sign or brackets around it.
AMOUNT = re.compile(r"[(（]?[-−–+]?\s*(?:[¥￥$€£]|RMB|CNY|USD)?\s*[-−–+]?\d[\d,，]*(?:\.\d+)?\s*[)）]?-?%?")


@dataclass(frozen=True, slots=True)
class Placed:
    """A character, or a piece of a line, with its place on the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


def lines_of(glyphs: Iterable[Placed]) -> list[list[Placed]]:
    """The pieces of every line, lines from the top and pieces from the left."""
    lines: list[list[Placed]] = []
    ordered = sorted(glyphs, key=lambda glyph: glyph.middle[1])
    line: list[Placed] = []
    reach = level = 0.0
    for glyph in ordered:
        if line and glyph.middle[1] - level > reach:
            lines.append(line)
            line = []
        if not line:
            level, reach = glyph.middle[1], glyph.height * 0.5
        line.append(glyph)
    lines.append(line)
    pieces = [_pieces(line) for line in lines]
    return [found for found in pieces if found]


def _pieces(line: Sequence[Placed]) -> list[Placed]:
    visible = sorted((glyph for glyph in line if not glyph.text.isspace()), key=lambda glyph: glyph.left)
    if not visible:
        return []
    height = median(glyph.height for glyph in visible)
    blanks = sorted(glyph.middle[0] for glyph in line if glyph.text.isspace())
    runs: list[list[Placed]] = []
    for glyph in visible:
        if runs and _same(runs[-1][-1], glyph, height):
            continue
        if runs and glyph.left - max(last.right for last in runs[-1][-3:]) <= _APART * height:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [_piece(run, blanks, height) for run in runs]


def _same(first: Placed, second: Placed, height: float) -> bool:
    return first.text == second.text and abs(second.left - first.left) < _TWICE * height and abs(second.top - first.top) < _TWICE * height


def _piece(run: Sequence[Placed], blanks: Sequence[float], height: float) -> Placed:
    text = run[0].text
    for before, glyph in pairwise(run):
        gap = glyph.left - before.right
        spaced = gap > _BLANK * height or any(before.middle[0] < blank < glyph.middle[0] for blank in blanks)
        chinese = _CHINESE.match(before.text) and _CHINESE.match(glyph.text)
        text += (" " if spaced and not chinese else "") + glyph.text
    tops, bottoms = [glyph.top for glyph in run], [glyph.bottom for glyph in run]
    return Placed(text, run[0].left, min(tops), max(glyph.right for glyph in run), max(bottoms))


def joined(lines: Sequence[Placed]) -> Placed:
    """The lines of one cell as one piece. Two numbers under each other stay two, so that nobody reads them as one."""
    text = lines[0].text
    for line in lines[1:]:
        text += _between(text, line.text) + line.text
    return around(text, lines)


def around(text: str, pieces: Sequence[Placed]) -> Placed:
    """A text with the place that takes in all pieces."""
    return Placed(
        text,
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.bottom for piece in pieces),
    )


def _between(first: str, second: str) -> str:
    if first[-1] in ",，." or second[0] in ",，." or (_CHINESE.match(first[-1]) and _CHINESE.match(second[0])):
        return ""
    return "\n" if first[-1].isdigit() and second[0].isdigit() else " "


def is_amount(text: str) -> bool:
    """Whether a piece is a number, or the dash that stands for none."""
    return AMOUNT.fullmatch(text.strip()) is not None
