"""A sheet of entries, edited as an office would, and what its import tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.authoring.diff import field_changes, raw_of
from knowledge.authoring.sheet.export import export
from knowledge.authoring.sheet.merging import Plan, plan
from knowledge.authoring.sheet.reading import read_book
from knowledge.pack import Pack
from tests.shipped import shipped

PACK = shipped()

LANGUAGES = ("zh", "en")


@cache
def exported(language: str) -> bytes:
    return export({entry_id: raw_of(PACK, entry_id) for entry_id in PACK.entries}, language, PACK.digest)


def edited(pack: Pack, edit: Callable[[Workbook], None], *, language: str = "en", drop: bool = False) -> Plan:
    """What is planned after somebody edits an export of a pack."""
    book = load_workbook(BytesIO(export({entry_id: raw_of(pack, entry_id) for entry_id in pack.entries}, language, pack.digest)))
    edit(book)
    out = BytesIO()
    book.save(out)
    return plan(read_book(out.getvalue()), pack, drop_missing=drop)


def cell(sheet: Worksheet, label: str, row: int = 2) -> Any:
    """The cell below a header."""
    return next(sheet.cell(row, header.column) for header in sheet[1] if header.value == label)


def put(sheet_name: str, label: str, value: Any, row: int = 2) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        cell(book[sheet_name], label, row).value = value

    return edit


def told(result: Plan) -> list[str]:
    return [fault.line("en") for fault in result.faults]


def changed(pack: Pack, result: Plan) -> dict[str, tuple[Any, Any]]:
    """The keys of the sample that differ, with the old and the new value."""
    assert told(result) == []
    (file,) = result.files
    return {item.key: (item.old, item.new) for item in field_changes(raw_of(pack, "sub-sample"), yaml.safe_load(file.text or ""))}
