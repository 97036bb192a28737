"""Rows of a photo beside what was read in them, as one PNG."""

from __future__ import annotations

from bot.conversation.row_sheet import RowSheet, row_sheet_noted
from bot.pictures.draw import draw


def row_sheet_png(sheet: RowSheet) -> bytes:
    """The sheet as a PNG, as wide as the summary card and as high as it needs."""
    counts = [len(row.pictures) for row in sheet.rows]
    images = [picture for row in sheet.rows for picture in row.pictures]
    return draw("row-sheet", {"sheet": row_sheet_noted(sheet), "counts": counts}, "png", images=images)
