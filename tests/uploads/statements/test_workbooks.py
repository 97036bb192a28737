"""Statements written as real workbooks and read back cell by cell: numbers, dates and merged headings as spreadsheets keep them."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook, load_workbook

from nlu.uploads.document import Period
from nlu.uploads.grid import Cell, Grid
from nlu.uploads.statements.picking import UNPROVED
from nlu.uploads.statements.reading import read_statements
from tests.uploads.statements.books import filled
from tests.uploads.statements.layouts import TODAY, Layout, grid_of, opened
from tests.uploads.statements.official_forms import SMALL_BALANCE, SMALL_INCOME


def saved_and_loaded(*grids: Grid, merged: tuple[str, ...] = ()) -> list[Grid]:
    """The tables through a workbook of their own; amounts become binary fractions on the way, days become times."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        for row in grid.rows:
            sheet.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
        for cells in merged:
            sheet.merge_cells(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return [
        Grid(sheet.title, tuple(tuple(map(loaded, row)) for row in sheet.iter_rows(values_only=True)))
        for sheet in load_workbook(buffer).worksheets
    ]


def loaded(cell: object) -> Cell:
    if isinstance(cell, datetime):
        return cell.date()
    return Decimal(repr(cell)) if isinstance(cell, int | float) else cell if isinstance(cell, str) else None


def test_a_workbook_of_two_official_forms() -> None:
    balance, income = filled(SMALL_BALANCE, 8), filled(SMALL_INCOME, 9)
    heading = ((None, "编制单位：晨光贸易有限公司", None, None, "单位：元"),)
    sheets = saved_and_loaded(
        grid_of(
            SMALL_BALANCE, {"期末余额": balance, "年初余额": filled(SMALL_BALANCE, 10)},
            Layout(("期末余额", "年初余额"), above=(("资产负债表", None), (None, date(2024, 12, 31)), *heading), named="资产负债表"),
        ),
        grid_of(
            SMALL_INCOME, {"本年累计金额": income, "本月金额": filled(SMALL_INCOME, 11)},
            Layout(("本月金额", "本年累计金额"), above=(("利润表", None), (None, "2024年12月"), *heading), named="利润表",
            label_head=("项目",)),
        ),
        merged=("A1:D1", "B2:D2"),
    )  # fmt: skip
    found = read_statements(opened(*sheets), TODAY)
    assert found is not None
    assert [check.name for check in found.checks if not check.ok and check.name != UNPROVED] == []
    assert found.facts == {**SMALL_BALANCE.truth(balance), **SMALL_INCOME.truth(income)}
    assert found.period == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert found.holder == "晨光贸易有限公司"
    assert {figure.at[0].sheet for figure in found.figures} == {"资产负债表", "利润表"}
