"""Rows of an owner's photo beside what was read in them, ready to be drawn as one picture."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class SheetRow:
    """What was read, as it is printed, and the JPEG pictures of the rows where it stands. `open`: its owner has to decide about it."""

    label: str
    value: str
    open: bool
    pictures: tuple[bytes, ...] = field(repr=False)


@dataclass(frozen=True)
class RowSheet:
    """Rows of one photo under what it shows; `part` says which of several sheets this is, empty where there is one."""

    language: str
    title: str
    document: str
    part: str
    rows: tuple[SheetRow, ...]
    file_name: str


def row_sheet_to_json(sheet: RowSheet) -> dict[str, Any]:
    """The sheet as plain JSON, its pictures in base64."""
    strips = [[base64.b64encode(picture).decode() for picture in row.pictures] for row in sheet.rows]
    return {**row_sheet_noted(sheet), "strips": strips}


def row_sheet_noted(sheet: RowSheet) -> dict[str, Any]:
    """The sheet as plain JSON without its pictures."""
    rows = [{"label": row.label, "value": row.value, "open": row.open} for row in sheet.rows]
    words = {name: getattr(sheet, name) for name in ("language", "title", "document", "part", "file_name")}
    return {**words, "rows": rows}


def row_sheet_from_json(plain: Mapping[str, Any]) -> RowSheet:
    """The inverse of row_sheet_to_json. Raises KeyError, TypeError or ValueError for what is not such a sheet."""
    pictures = [tuple(base64.b64decode(picture, validate=True) for picture in strips) for strips in plain["strips"]]
    rows = tuple(SheetRow(**row, pictures=strips) for row, strips in zip(plain["rows"], pictures, strict=True))
    words = {name: value for name, value in plain.items() if name != "strips"}
    return RowSheet(**{**words, "rows": rows})
