"""`advisor bulletin draft`: measures of a sheet or a feed as files that a person finishes."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook

from bot.bulletins.feeds import BadFeed, Drafted, Measure, drafted
from bot.bulletins.sheets import has_head, measures_of
from bot.commands.unusable import Unusable
from knowledge.authoring.check import check_text
from knowledge.authoring.writing import entry_text

_AT_MOST = 5_000_000
#: Faults that are told at once.
_FAULTS = 20


def draft(file: Path, folder: Path, language: str) -> None:
    """Write an entry and a bulletin for each measure, and say what is still to be done. Raises Unusable."""
    try:
        found = drafted(_measures(file), datetime.now(UTC))
    except BadFeed as error:
        raise Unusable("\n".join(f"{file.name}: {line}" for line in str(error).splitlines()[:_FAULTS])) from None
    targets = [(one, folder / "entries" / "cn" / one.kind / f"{one.id}.yaml", folder / "bulletins" / f"{one.id}.yaml") for one in found]
    if there := [path for _, *paths in targets for path in paths if path.exists()]:
        raise Unusable(f"{there[0]} is there already; nothing was written")
    for one, entry, bulletin in targets:
        _write(entry, entry_text(one.entry))
        _write(bulletin, yaml.safe_dump(dict(one.bulletin), allow_unicode=True, sort_keys=False))
        print(f"{one.id}\n  {entry}\n  {bulletin}")
        _print_open(one, language)
    print(f"{len(found)} drafted: finish them, then advisor knowledge check and advisor bulletin add")


def _print_open(one: Drafted, language: str) -> None:
    for line in one.open:
        print(f"  ! {line}")
    _, faults = check_text(f"cn/{one.kind}/{one.id}.yaml", entry_text(one.entry))
    for fault in faults:
        print(f"  ! {fault.line(language)}")


def _measures(file: Path) -> Sequence[Measure]:
    """The rows of a sheet or the objects of a feed. Raises Unusable, and BadFeed where a sheet has no head."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}") from None
    if len(content) > _AT_MOST:
        raise Unusable(f"{file} is larger than {_AT_MOST // 1_000_000} MB")
    readers = {".json": _of_json, ".csv": _of_csv, ".xlsx": _of_sheet}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise Unusable(f"{file.name}: a feed ends in .json, .csv or .xlsx")
    found = reader(content)
    if not found:
        raise Unusable(f"{file}: there is no measure in it")
    return found


def _of_json(content: bytes) -> Sequence[Measure]:
    try:
        raw = json.loads(content)
    except ValueError:
        raise Unusable("the feed is not JSON") from None
    found = raw.get("measures") if isinstance(raw, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unusable('a feed is {"measures": [{"kind": "subsidy", "name_zh": …}, …]}')
    return [Measure(one, f"measure {number}") for number, one in enumerate(found, 1)]


def _of_csv(content: bytes) -> Sequence[Measure]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return measures_of(list(csv.reader(StringIO(text, newline=""))))
    raise Unusable("the sheet is neither UTF-8 nor GB 18030")


def _of_sheet(content: bytes) -> Sequence[Measure]:
    try:
        book = load_workbook(BytesIO(content), data_only=True)
        sheets = [_rows(sheet) for sheet in book.worksheets]
    except Exception as error:  # whatever a broken workbook makes the library raise, its author is told in one sentence
        raise Unusable(f"the sheet is no workbook that can be read: {type(error).__name__}") from None
    return measures_of(next((rows for rows in sheets if has_head(rows)), sheets[0] if sheets else []))


def _rows(sheet: Any) -> list[list[Any]]:
    """The cells of a sheet; what several lines share stands in each of them."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col:  # over several columns it is a title
            for number in range(area.min_row, area.max_row):
                rows[number][area.min_col - 1] = rows[area.min_row - 1][area.min_col - 1]
    return rows


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
