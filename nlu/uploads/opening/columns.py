"""Columns of tables without rules: where most of the lines that pass a place have a gap, one column ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from nlu.uploads.opening.glyphs import Placed, around, is_amount

#: Share of the lines with something on both sides of a place that must have a gap there.
_AGREED = 0.7
#: Points between two columns.
_NARROWEST = 3
#: Share of a block's lines in which two pieces fall into one column, from which on the block has columns of its own.
_DISAGREED = 0.3
#: Between two blocks of lines, in distances of neighbouring lines.
_BLOCK = 1.8
#: So many pieces in the fullest line are headings, where none of them is a figure.
_HEADINGS = 5
#: Points that a page may be wide; the widest that PDF allows has 14,400.
_WIDEST = 20_000
#: What two pieces of one column are joined with: no number is read out of it.
_CLASH = "  "
#: A figure that heads a column.
_YEAR = re.compile(r"(?:19|20)\d\d")

Line = Sequence[Placed]


def columns_of(lines: Sequence[Line]) -> list[float]:
    """Where columns end, from the left: one place less than there are columns."""
    many = [line for line in lines if len(line) > 1]
    if not many:
        return []
    width = int(max(piece.right for line in many for piece in line)) + 2
    if width > _WIDEST:
        return []
    gaps, passed = [0] * width, [0] * width
    for line in many:
        _count(passed, line[0].left, line[-1].right)
        for before, after in pairwise(line):
            _count(gaps, before.right, after.left)
    least = 1 if len(many) < 4 else 2
    ends: list[float] = []
    run: list[int] = []
    for x in range(width):
        if gaps[x] >= least and gaps[x] >= _AGREED * passed[x]:
            run.append(x)
        elif run:
            ends.extend(_within(run, gaps, passed) if len(run) >= _NARROWEST else ())
            run = []
    return _parted_by_heads(many, _with_their_heads(many, ends))


def _count(places: list[int], first: float, last: float) -> None:
    for x in range(max(0, int(first) + 1), min(int(last) + 1, len(places))):
        places[x] += 1


def _within(run: Sequence[int], gaps: Sequence[int], passed: Sequence[int]) -> list[float]:
    """Where columns end in a stretch that most lines leave free: once, or on both sides of what the other lines have in it.

    A column that is rarely filled, such as the few payments among many receipts, must not become part of its neighbour.
    """
    free = [x for x in run if gaps[x] == passed[x]]
    if not free:
        most = max(gaps[x] for x in run)
        return [median(x for x in run if gaps[x] == most)]
    stretches = [[free[0]]]
    for x in free[1:]:
        if x == stretches[-1][-1] + 1:
            stretches[-1].append(x)
        else:
            stretches.append([x])
    return [(stretch[0] + stretch[-1]) / 2 for stretch in stretches]


def _with_their_heads(lines: Sequence[Line], ends: Sequence[float]) -> list[float]:
    """The ends without those that part a column from its heading, when that stands beside the figures and not over them."""
    kept = list(ends)
    pieces: dict[int, list[tuple[int, Placed]]] = {}
    for number, line in enumerate(lines):
        for piece in line:
            pieces.setdefault(_column(piece, ends), []).append((number, piece))
    for column, found in pieces.items():
        if len(found) > 1 or (is_amount(found[0][1].text) and not _YEAR.fullmatch(found[0][1].text)):
            continue
        number = found[0][0]
        for beside, end in ((column + 1, column), (column - 1, column - 1)):
            there = pieces.get(beside, [])
            if 0 <= end < len(ends) and len(there) > 1 and all(other != number for other, _ in there):
                kept.remove(ends[end])
                break
    return kept


def _parted_by_heads(lines: Sequence[Line], ends: Sequence[float]) -> list[float]:
    """The ends with those between two headings under which no line has something on both sides: cells set to their middle share none."""
    number = max(range(len(lines)), key=lambda line: (len(lines[line]), -line))
    heads, below = lines[number], [piece for line in lines[number + 1 :] for piece in line]
    if len(heads) < _HEADINGS or any(is_amount(piece.text) and not _YEAR.fullmatch(piece.text) for piece in heads):
        return list(ends)
    found = list(ends)
    for left, right in pairwise(heads):
        if _column(left, ends) != _column(right, ends):
            continue
        middles = (left.middle[0], right.middle[0])
        within = [piece for piece in below if piece.right > middles[0] and piece.left < middles[1]]
        first = max([left.right, *(piece.right for piece in within if piece.middle[0] < sum(middles) / 2)])
        last = min([right.left, *(piece.left for piece in within if piece.middle[0] >= sum(middles) / 2)])
        if last - first >= _NARROWEST:
            found.append((first + last) / 2)
    return sorted(found)


def placed(lines: Sequence[Line], before: Sequence[float] | None = None) -> tuple[list[dict[int, Placed]], list[float]]:
    """Every line's cells by column, and where the columns end.

    `before` are the columns of the page before; they are kept where they fit as well, so that a table goes on in the same columns.
    """
    ends = columns_of(lines)
    if before is not None and _clashes(lines, before) <= _clashes(lines, ends):
        ends = list(before)
    found: list[dict[int, Placed]] = []
    for block in _blocks(lines):
        clashes = _clashes(block, ends)
        own = ends if clashes < 2 or clashes < _DISAGREED * len(block) else columns_of(block)
        found.extend(_cells(line, own if _clashes(block, own) < clashes else ends) for line in block)
    return found, ends


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    tops = [line[0].top for line in lines]
    steps = [after - before for before, after in pairwise(tops)]
    usual = median(steps) if steps else 0.0
    blocks: list[list[Line]] = []
    for number, line in enumerate(lines):
        if number and steps[number - 1] <= _BLOCK * usual:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _column(piece: Placed, ends: Sequence[float]) -> int:
    """The column that most of a piece stands in."""
    first, last = bisect_right(ends, piece.left), bisect_right(ends, piece.right)
    edges = [piece.left, *ends[first:last], piece.right]
    widths = [after - before for before, after in pairwise(edges)]
    return first + widths.index(max(widths))


def _clashes(lines: Sequence[Line], ends: Sequence[float]) -> int:
    """Lines in which two pieces stand in the same column."""
    return sum(len({_column(piece, ends) for piece in line}) < len(line) for line in lines)


def _cells(line: Line, ends: Sequence[float]) -> dict[int, Placed]:
    cells: dict[int, Placed] = {}
    for piece in line:
        column = _column(piece, ends)
        clash = cells.get(column)
        cells[column] = piece if clash is None else around(clash.text + _CLASH + piece.text, (clash, piece))
    return cells
