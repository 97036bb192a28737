"""Pages of a file that look like a part of its list and could not be read as such."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.uploads.document import Check
from nlu.uploads.flows.cells import blank, text
from nlu.uploads.flows.dates import day
from nlu.uploads.flows.flow_checks import ALL
from nlu.uploads.flows.said import failed
from nlu.uploads.flows.table import Table
from nlu.uploads.grid import Grid, Opened

#: So many days and amounts make a page look like a part of a list.
_RECORDS = 3
_MONEY = re.compile(r"[-+]?[¥$]?[\d,]+\.\d\d")


def unread_pages(opened: Opened, lists: Sequence[Table], copies: Sequence[Table]) -> list[Check]:
    """Pages that look like a part of the list and whose columns could not be told: what stands on them is missing."""
    read = {id(table.grid) for table in (*lists, *copies)}
    pages = [page for page, grid in enumerate(opened.grids, 1) if grid.boxes and id(grid) not in read and _has_records(grid)]
    if not pages:
        return []
    named = ", ".join(map(str, pages))
    return [
        failed(
            "pages",
            f"第 {named} 页像是明细，但读不出各列是什么，没有算进来。请发 Excel 或 CSV 格式的。",
            f"Page {named} looks like a part of the list, but its columns cannot be told, so it is not counted. "
            "Please send the list as Excel or CSV.",
            ALL,
        )
    ]


def _has_records(grid: Grid) -> bool:
    cells = [text(cell) for row in grid.rows for cell in row if not blank(cell)]
    return (
        sum(day(cell) is not None for cell in cells) >= _RECORDS and sum(_MONEY.fullmatch(cell) is not None for cell in cells) >= _RECORDS
    )
