"""Pieces of text on a page, put into rows and columns by where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from nlu.uploads.opening.glyphs import Placed, around, is_amount
from nlu.uploads.photos.columns import Span, number_columns
from nlu.uploads.statements.labels import label_of
from nlu.uploads.statements.taxonomy import taxonomy

#: Heights of a box by which a heading may reach over the columns that it heads.
_OVER = 3.0
#: Heights of a box between two lines of one label, and by which the second may be set in, or set out: only the first begins with blanks.
_WRAPPED, _INDENT, _OUTDENT = 1.3, 1.2, 3.5
#: How far below a row the next one may lie for both to be of one cell.
_NEXT = 2.2
#: How far the middles of two texts of a row may lie apart, in heights of a box.
_LEVEL = 0.42
#: A row may rise or fall along its way; so many of its last texts say where it goes on.
_LAST = 3


def unwrapped(texts: Sequence[Placed]) -> list[Placed]:
    """The texts, the two lines of a label as one: a number stands level with their middle and none with either."""
    numbers = [text for text in texts if is_amount(text.text)]
    words = sorted((text for text in texts if not is_amount(text.text)), key=lambda text: text.middle[1])
    found = list(numbers)
    while words:
        upper = words.pop(0)
        lower = next((text for text in words if _is_wrapped(upper, text, numbers)), None)
        if lower is None:
            found.append(upper)
        else:
            words.remove(lower)
            blank = " " if upper.text[-1].isascii() and lower.text[0].isascii() else ""
            found.append(around(f"{upper.text}{blank}{lower.text}", (upper, lower)))
    return found


def _is_wrapped(upper: Placed, lower: Placed, numbers: Sequence[Placed]) -> bool:
    height = min(upper.height, lower.height)
    step = lower.middle[1] - upper.middle[1]
    if (
        not 0.5 * height < step < _WRAPPED * max(upper.height, lower.height)
        or not -_OUTDENT * height < lower.left - upper.left < _INDENT * height
    ):
        return False
    if all(taxonomy().knows(label_of(text.text)) for text in (upper, lower)):
        return False  # two lines of a statement, of which one number was not level
    middle = (upper.middle[1] + lower.middle[1]) / 2
    levels = [number.middle[1] for number in numbers if number.left > upper.left]
    near = [any(abs(level - place) < 0.25 * step for level in levels) for place in (upper.middle[1], middle, lower.middle[1])]
    return near == [False, True, False]


def rows_of(pieces: Sequence[Placed]) -> list[list[Placed]]:
    """The rows from the top, each from the left."""
    if not pieces:
        return []
    reach = _LEVEL * median(piece.height for piece in pieces)
    rows: list[list[Placed]] = []
    for piece in sorted(pieces, key=lambda piece: piece.left):
        near = [row for row in rows if abs(_level(row) - piece.middle[1]) <= reach]
        if near:
            min(near, key=lambda row: abs(_level(row) - piece.middle[1])).append(piece)
        else:
            rows.append([piece])
    return sorted(rows, key=lambda row: median(piece.middle[1] for piece in row))


def closed(rows: Sequence[Sequence[Placed]]) -> list[list[Placed]]:
    """The rows, a label whose bracket closes on the next row as one, where its amounts stand."""
    found = [list(row) for row in rows]
    for upper, lower in pairwise(found):
        for text in tuple(upper):
            end = next((other for other in lower if _opens(text) and _closes(other) and _is_below(text, other)), None)
            if end is None:
                continue
            whole = around(f"{text.text}{end.text}", (text, end))
            if _has_amount(end, lower) and not _has_amount(text, upper):
                lower[lower.index(end)] = whole
                upper.remove(text)
            elif _has_amount(text, upper) and not _has_amount(end, lower):
                upper[upper.index(text)] = whole
                lower.remove(end)
    return [row for row in found if row]


def _opens(text: Placed) -> bool:
    return sum(map(text.text.count, "(（")) > sum(map(text.text.count, ")）"))


def _closes(text: Placed) -> bool:
    return sum(map(text.text.count, ")）")) > sum(map(text.text.count, "(（")) and not is_amount(text.text)


def _is_below(upper: Placed, lower: Placed) -> bool:
    height = min(upper.height, lower.height)
    return lower.middle[1] - upper.middle[1] < _NEXT * height and -_OUTDENT * height < lower.left - upper.left < _OUTDENT * height


def _has_amount(label: Placed, row: Sequence[Placed]) -> bool:
    """Whether the next text to the right of a label is an amount."""
    following = min((text for text in row if text.left > label.left), key=lambda text: text.left, default=None)
    return following is not None and is_amount(following.text)


def _level(row: Sequence[Placed]) -> float:
    return median(piece.middle[1] for piece in row[-_LAST:])


#: The blanks in a text: how many letters go before, and where it is.
Gaps = Mapping[int, Sequence[tuple[int, float]]]


def parted(rows: Sequence[Sequence[Placed]], gaps: Gaps) -> list[list[Placed]]:
    """The rows with headings parted that ran together over two columns of amounts. `gaps` has the blanks of each text by its identity."""
    columns = number_columns(rows)
    if len(columns) < 2:
        return [list(row) for row in rows]
    return [[part for text in row for part in _parts(text, gaps.get(id(text), ()), columns)] for row in rows]


def _parts(text: Placed, gaps: Sequence[tuple[int, float]], columns: Sequence[Span]) -> list[Placed]:
    over = [span for span in columns if span.shared(text) > 0.25 * (span.right - span.left)]
    reach = _OVER * text.height
    if len(over) < 2 or text.left < over[0].left - reach or text.right > over[-1].right + reach:
        return [text]
    cuts = []
    for before, after in pairwise(over):
        middle = (before.right + after.left) / 2
        near = [gap for gap in gaps if abs(gap[1] - middle) < reach]
        if near:
            cuts.append(min(near, key=lambda gap: abs(gap[1] - middle)))
    places = [(0, text.left), *cuts, (len(text.text), text.right)]
    return [Placed(text.text[first:last].strip(), left, text.top, right, text.bottom) for (first, left), (last, right) in pairwise(places)]
