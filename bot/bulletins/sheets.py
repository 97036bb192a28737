"""Sheets as offices keep them: a title above the head, Chinese headings, columns of their own, cells that several lines share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.bulletins.checks import Problem
from bot.bulletins.feed_columns import BY_HEADING, NEEDED, listed
from bot.bulletins.feed_faults import BadFeed, Fault, Place
from bot.bulletins.feeds import Measure

#: Columns that are the office's own and say nothing of the measure.
_ASIDE = frozenset({"序号", "备注", "联系人", "联系电话", "联系方式", "咨询电话", "填报人", "审核人", ""})
#: So many rows may stand above the head; one that names so many columns is the head.
_ABOVE, _ENOUGH = 15, 3
#: How lines below a list begin that are no measure.
_NOTE = re.compile(r"\s*(?:注|备注|说明|填表|填报|合计)[\s:：]?")
_BESIDE_HEADING = re.compile(r"[（(\[【].*?[)）\]】]|[*＊\s:：]")


@dataclass(frozen=True)
class _Head:
    """Where the columns are: place in a row, name, and what stands there."""

    row: int
    columns: tuple[tuple[int, str, str], ...]

    def place(self, row: int) -> Place:
        return Place(row, {name: (_letter(at), heading) for at, name, heading in self.columns}, is_row=True)


def measures_of(rows: Sequence[Sequence[Any]]) -> list[Measure]:
    """The measures of a sheet, the first row being row 1. Raises BadFeed where there is no head, or one that is not understood."""
    head = _head(rows)
    found = []
    for number, row in enumerate(rows[head.row :], head.row + 1):
        values = {name: row[at] for at, name, _ in head.columns if at < len(row)}
        is_head = _known(row) >= _ENOUGH  # a head of two lines
        filled = [str(value) for value in values.values() if value is not None and str(value).strip()]
        is_note = len(filled) == 1 and _NOTE.match(filled[0])
        if filled and not is_head and not is_note:
            found.append(Measure(values, head.place(number)))
    return found


def has_head(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether measures can be read from a sheet; others explain how to fill it in."""
    return any(_known(row) >= _ENOUGH for row in rows[:_ABOVE])


def _head(rows: Sequence[Sequence[Any]]) -> _Head:
    for number, row in enumerate(rows[:_ABOVE], 1):
        if _known(row) >= _ENOUGH:
            return _read_head(number, row)
    raise BadFeed(Fault(Problem("feed_no_head", {"rows": _ABOVE})))


def _read_head(number: int, row: Sequence[Any]) -> _Head:
    columns: list[tuple[int, str, str]] = []
    faults: list[Fault] = []
    for at, cell in enumerate(row):
        heading, plain = " ".join(str(cell or "").split()), _plain(cell)
        name = BY_HEADING.get(plain)
        if name is None and plain in _ASIDE:
            continue
        if name is None or any(name == other for _, other, _ in columns):
            code = "feed_strange" if name is None else "feed_twice"
            faults.append(Fault(Problem(code, {"row": number, "letter": _letter(at), "heading": heading})))
            continue
        columns.append((at, name, heading))
    if lacking := [name for name in NEEDED if all(name != other for _, other, _ in columns)]:
        faults.append(Fault(Problem("feed_lacks", {"row": number, "columns": listed(*lacking)})))
    if faults:
        raise BadFeed(*faults)
    return _Head(number, tuple(columns))


def _known(row: Sequence[Any]) -> int:
    return sum(_plain(cell) in BY_HEADING for cell in row)


def _plain(cell: Any) -> str:
    """A heading without stars, brackets and line breaks."""
    return _BESIDE_HEADING.sub("", str(cell or ""))


def _letter(at: int) -> str:
    """The name of a column as sheets have it."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
