"""Excel workbooks of both generations, by python-calamine, after a look at what is in them."""

from __future__ import annotations

import io
from collections.abc import Mapping

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.grid import Grid, Opened
from nlu.uploads.kinds import Kind
from nlu.uploads.opening import cells
from nlu.uploads.opening.compound import check_workbook
from nlu.uploads.opening.faults import Faults, faults_of
from nlu.uploads.opening.packages import check_sheets, scanned_entries


def opened_xlsx(content: bytes) -> Opened:
    """A workbook of Excel 2007 and later, within the limits. Raises UnreadableError."""
    parts = scanned_entries(content)
    check_sheets(parts)
    return _opened(content, Kind.XLSX, faults_of(parts))


def opened_xls(content: bytes) -> Opened:
    """A workbook of the Excels before, within the limits. Raises UnreadableError."""
    return _opened(content, Kind.XLS, check_workbook(content))


def _opened(content: bytes, kind: Kind, faults: Faults) -> Opened:
    try:
        # From the bytes, for a path would be believed to end in the right letters.
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        listed = enumerate(workbook.sheets_metadata)
        found = [(number, sheet) for number, sheet in listed if sheet.typ == SheetTypeEnum.WorkSheet]
        grids = tuple(_grid(workbook, sheet.name, faults.get(number, {})) for number, sheet in found)
    except PasswordError:
        raise UnreadableError(sentences.LOCKED) from None
    except (CalamineError, ValueError, OSError):  # all that the library says of what it cannot make out
        raise UnreadableError(sentences.BROKEN) from None
    hidden = tuple(sheet.name for _, sheet in found if sheet.visible != SheetVisibleEnum.Visible)
    return Opened(kind, grids, hidden)


def _grid(workbook: CalamineWorkbook, name: str, faults: Mapping[tuple[int, int], str]) -> Grid:
    """A sheet with its rows and columns counted from its first cell, A1, wherever its content begins."""
    rows = [[cells.of_value(value) for value in row] for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    for (row, column), shown in faults.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown
    return Grid(name, cells.trimmed(rows))
