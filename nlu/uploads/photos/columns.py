"""Columns of a page: those of amounts and of line numbers first, as they stand below one another; words by where they stand among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlu.uploads.opening.columns import columns_of
from nlu.uploads.opening.glyphs import Placed, around, is_amount

#: Numbers that make a column; fewer are part of a heading.
_FEWEST = 3
#: The share of the narrower of two numbers by which they stand below one another.
_BELOW = 0.3
#: Heights of a text by which a heading may reach over the column of numbers that it heads.
_OVER = 2.0
#: The same for one that ends where its numbers end, and how near that must be.
_WIDE, _FLUSH = 5.0, 0.6
#: The width of a digit in heights of its box.
_DIGIT = 0.38
#: What two texts of one cell are joined with: no number is read out of it.
CLASH = "  "

#: An amount in full, as it stands behind a line number.
_AMOUNT = re.compile(r"[-(]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d\)?")

Row = Sequence[Placed]


@dataclass(frozen=True)
class Span:
    """From where to where the numbers of a column stand."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def shared(self, text: Placed) -> float:
        """The width that a text has in common with the column."""
        return min(self.right, text.right) - max(self.left, text.left)


def in_columns(rows: Sequence[Row]) -> list[dict[int, Placed]]:
    """Every row's cells by column."""
    spans = number_columns(rows)
    slots: list[list[list[Placed]]] = [[[] for _ in rows] for _ in range(len(spans) + 1)]
    numbers: list[dict[int, list[Placed]]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        for text in row:
            column = _number_column(text, row, spans)
            if column is not None:
                numbers[number].setdefault(column, []).append(text)
            else:
                slots[sum(span.middle < text.left for span in spans)][number].append(text)
    ends = [columns_of(lines) if (lines := [line for line in slot if line]) else None for slot in slots]
    found: list[dict[int, Placed]] = []
    for number in range(len(rows)):
        cells: dict[int, list[Placed]] = {}
        first = 0
        for slot, slot_ends in enumerate(ends):
            if slot_ends is not None:
                for text in slots[slot][number]:
                    cells.setdefault(first + sum(end < text.middle[0] for end in slot_ends), []).append(text)
                first += len(slot_ends) + 1
            if slot in numbers[number]:
                cells[first] = numbers[number][slot]
            first += 1
        found.append({column: _joined(texts) for column, texts in sorted(cells.items())})
    return found


def number_columns(rows: Sequence[Row]) -> list[Span]:
    """Where columns of numbers stand, from the left. Line numbers have their own, small amounts stand among the large ones."""
    texts = [text for row in rows for text in row if is_amount(text.text)]
    small = [text for text in texts if _is_small(text)]
    large = [text for text in texts if not _is_small(text)]
    counted = list(_stacked(small))
    amounts = list(_stacked([text for text in large if _glued_to(text, counted, large) is None]))
    rest = [text for text in small if not any(span.shared(text) > 0.5 * (text.right - text.left) for span in amounts)]
    return sorted([*amounts, *_stacked(rest)], key=lambda span: span.middle)


def _is_small(text: Placed) -> bool:
    return text.text.isdigit() and len(text.text) <= 3


def _glued_to(text: Placed, counted: Sequence[Span], amounts: Sequence[Placed]) -> Span | None:
    """The column of line numbers in which an amount begins: the number of its row was read as part of it.

    It ends where other amounts end that keep clear of that column.
    """
    for span in counted:
        if span.left - 2 * text.height < text.left < span.right < text.right - text.height:
            clear = [other for other in amounts if other.left > span.right and abs(other.right - text.right) < text.height]
            if len(clear) >= _FEWEST:
                return span
    return None


def unglued(rows: Sequence[Row]) -> list[list[Placed]]:
    """The rows with line numbers taken off the amounts that they were read with."""
    texts = [text for row in rows for text in row if is_amount(text.text)]
    counted = list(_stacked([text for text in texts if _is_small(text)]))
    large = [text for text in texts if not _is_small(text)]
    glued = {id(text): span for text in large if (span := _glued_to(text, counted, large)) is not None}
    return [[part for text in row for part in _unglued(text, row, glued)] for row in rows]


def _unglued(text: Placed, row: Row, glued: Mapping[int, Span]) -> list[Placed]:
    """A text of a row in its parts. Where the row's number stands by itself, a wide amount only begins early."""
    span = glued.get(id(text))
    if span is None or any(_is_small(other) and span.shared(other) > 0 for other in row):
        return [text]
    return _taken_off(text, span)


def _taken_off(text: Placed, span: Span) -> list[Placed]:
    """The line number and the amount, parted next to where the column ends; the text as it is where no amount would be left."""
    digits = (span.right - text.left) / (_DIGIT * text.height)
    ends = [end for end in range(1, 4) if text.text[:end].isdigit() and _AMOUNT.fullmatch(text.text[end:])]
    if not ends:
        return [text]
    end = min(ends, key=lambda end: abs(end - digits))
    return [
        Placed(text.text[:end], text.left, text.top, span.right, text.bottom),
        Placed(text.text[end:], span.right, text.top, text.right, text.bottom),
    ]


def _stacked(texts: Sequence[Placed]) -> Iterator[Span]:
    """The spans of texts that stand below one another, of so many that they are a column."""
    groups: list[tuple[Span, int]] = []
    for text in sorted(texts, key=lambda text: text.left):
        for place, (span, count) in enumerate(groups):
            if span.shared(text) > _BELOW * min(text.right - text.left, span.right - span.left):
                groups[place] = (Span(min(span.left, text.left), max(span.right, text.right)), count + 1)
                break
        else:
            groups.append((Span(text.left, text.right), 1))
    yield from (span for span, count in groups if count >= _FEWEST)


def _number_column(text: Placed, row: Row, spans: Sequence[Span]) -> int | None:
    """The column of numbers that a number stands in, or that a text heads. A text beside a number of its row heads nothing."""
    width = text.right - text.left
    shared = [span.shared(text) for span in spans]
    if not shared or max(shared) <= 0:
        return None
    column = shared.index(max(shared))
    span = spans[column]
    if is_amount(text.text):
        return column if shared[column] > 0.5 * min(width, span.right - span.left) else None
    if any(is_amount(other.text) and span.shared(other) > 0 for other in row):
        return None
    reach = _OVER * text.height
    heads = text.left > span.left - reach and text.right < span.right + reach
    if abs(text.right - span.right) < _FLUSH * text.height and sum(one > 0 for one in shared) == 1:
        heads = heads or text.left > span.left - _WIDE * text.height
    return column if heads and shared[column] > 0.5 * min(width, span.right - span.left) else None


def _joined(texts: Sequence[Placed]) -> Placed:
    return texts[0] if len(texts) == 1 else around(CLASH.join(text.text for text in texts), texts)
