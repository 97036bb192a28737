"""Rows that add up others: never counted with their parts, and compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeGuard

from nlu.uploads.grid import Cell

_TOTAL = re.compile(
    r"(?:人民币|本页|收入|支出|以上|应收)?(?:合计|总计|小计|总额|累计|共计|总和)|.{0,12}(?:合计|小计|总计):?$"
    r"|(?:sub|grand|page)[ -]?totals?\b"
    r"|totals?(?: (?:credits?|debits?|deposits?|withdrawals?|amount|payments?|receipts?|in|out|value))?:?$",
    re.IGNORECASE,
)
#: Totals of a month or a year that stand in a book with a date of their own.
_BOOK_TOTAL = re.compile(r"(?:本月|本年|本期|本日|本季|当月|当日)(?:合计|累计|小计)")
_TOTAL_OF = re.compile(r"(?:total(?: for| of)?|合计|小计) ?:?-? ?(.+)|(.+?) ?-? ?(?:total|合计|小计)", re.IGNORECASE)


def says_total(cells: Iterable[Cell]) -> bool:
    """Whether a cell names the row a total."""
    return any(_TOTAL.match(cell) or _BOOK_TOTAL.match(cell) for cell in cells if _may(cell))


def says_book_total(cells: Iterable[Cell]) -> bool:
    return any(_BOOK_TOTAL.match(cell) for cell in cells if _may(cell))


def _may(cell: Cell) -> TypeGuard[str]:
    """Whether a cell has a word of totals at all: most have not, and patterns are slow."""
    return isinstance(cell, str) and ("计" in cell or "总" in cell or "otal" in cell or "OTAL" in cell)


def total_of(name: str) -> str | None:
    """The name in `Total for Smith` or `Smith 合计`; None when the words name no total of somebody."""
    match = _TOTAL_OF.fullmatch(name)
    return (match[1] or match[2]).strip().lower() if match else None
