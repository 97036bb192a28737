"""Files with new measures: JSON, CSV as spreadsheets save it, and workbooks. From bytes to measures, whoever sent them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import PurePath
from typing import Any

from openpyxl import load_workbook

from bot.bulletins.checks import Problem
from bot.bulletins.feed_faults import BadFeed, Fault, Place
from bot.bulletins.feeds import Measure
from bot.bulletins.sheets import has_head, measures_of
from nlu.uploads.document import UnreadableError
from nlu.uploads.opening.packages import check_sheets, scanned_entries

#: Bytes of a file, and measures in it.
LARGEST, MOST = 5_000_000, 200
#: Cells that ranges put together to one may cover in all.
_MERGED = 100_000
_RANGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref\s*=\s*[\"']([A-Z]+)(\d+):([A-Z]+)(\d+)[\"']")


def measures_in(content: bytes, name: str) -> Sequence[Measure]:
    """The measures of a file. Raises BadFeed where it has none, or is none of these files."""
    readers = {".json": _of_json, ".csv": _of_csv, ".xlsx": _of_workbook}
    reader = readers.get(PurePath(name).suffix.lower())
    if reader is None:
        raise _bad("feed_file_kind")
    if len(content) > LARGEST:
        raise _bad("feed_file_large", limit=LARGEST // 1_000_000)
    found = reader(content)
    if not found:
        raise _bad("feed_file_empty")
    if len(found) > MOST:
        raise _bad("feed_file_many", count=len(found), limit=MOST)
    return found


def _bad(code: str, **values: object) -> BadFeed:
    return BadFeed(Fault(Problem(code, values)))


def _of_json(content: bytes) -> Sequence[Measure]:
    try:
        raw = json.loads(content)
    except (ValueError, RecursionError):
        raise _bad("feed_file_json") from None
    found = raw.get("measures") if isinstance(raw, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _bad("feed_file_shape")
    return [Measure(one, Place(number)) for number, one in enumerate(found, 1)]


def _of_csv(content: bytes) -> Sequence[Measure]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return measures_of(list(csv.reader(StringIO(text, newline=""))))
        except csv.Error:
            raise _bad("feed_file_sheet") from None
    raise _bad("feed_file_text")


def _of_workbook(content: bytes) -> Sequence[Measure]:
    try:
        parts = scanned_entries(content)
        check_sheets(parts)
    except UnreadableError:
        raise _bad("feed_file_sheet") from None
    if sum(_cells(found) for part in parts.values() for found in _RANGE.findall(part)) > _MERGED:
        raise _bad("feed_file_sheet")
    try:
        book = load_workbook(BytesIO(content), data_only=True)
        sheets = [_rows(sheet) for sheet in book.worksheets]
    except Exception:  # whatever a broken workbook makes the library raise, its author is told in one sentence
        raise _bad("feed_file_sheet") from None
    return measures_of(next((rows for rows in sheets if has_head(rows)), sheets[0] if sheets else []))


def _cells(corners: tuple[bytes, bytes, bytes, bytes]) -> int:
    """How many cells a range covers."""
    left, top, right, bottom = corners
    return (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(sheet: Any) -> list[list[Any]]:
    """The cells of a sheet; what several lines share stands in each of them."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col:  # over several columns it is a title
            for number in range(area.min_row, area.max_row):
                rows[number][area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
    return rows
