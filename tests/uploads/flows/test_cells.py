"""Amounts and dates as they stand in cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.flows.cells import amount, currency, unreadable
from nlu.uploads.flows.dates import dates_in, day, days
from nlu.uploads.grid import Cell


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1,234.50", "1234.50"),
        ("１，２３４．５０", "1234.50"),
        ("￥1,234.50", "1234.50"),
        ("1234.5元", "1234.50"),
        ("RMB 1,234.50", "1234.50"),
        ("+5", "5"),
        (".5", "0.5"),
        ("(1,234.00)", "-1234"),
        ("（1,234.00）", "-1234"),
        ("1,234.00-", "-1234"),
        ("−5.00", "-5"),
        ("–5.00", "-5"),
        ("¥-1.00", "-1"),
        ("-¥1.00", "-1"),
        ("$(5.00)", "-5"),
        ("红字5.00", "-5"),
        ("5.00 DR", "-5"),
        ("5.00 Cr", "5"),
        ("1.234,56", "1234.56"),
        ("12,5", "12.5"),
        (" \t67.00 ", "67"),
        ("`67.00", "67"),
        (Decimal("0.30000000000000004"), "0.3"),
        (Decimal(-7), "-7"),
        ("", None),
        ("-", None),
        ("—", None),
        ("/", None),
        ("xx,yyy.zz", None),
        ("1-2", None),
        ("--5", None),
        ("1,23,4", None),
        ("12.34.56", None),
        ("2025-01-31", None),
        ("6222021234567890123", None),
        ("5%", None),
        (Decimal("NaN"), None),
        (None, None),
        (date(2025, 1, 1), None),
    ],
)
def test_amounts(cell: Cell, value: str | None) -> None:
    assert amount(cell) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("cell", "odd"), [("xx,yyy.zz", True), ("12#4", True), ("-", False), ("", False), (None, False), ("1.00", False), ("无", False)]
)
def test_what_cannot_be_read_is_not_what_is_empty(cell: Cell, odd: bool) -> None:
    assert unreadable(cell) is odd


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("人民币", "CNY"),
        ("CNY", "CNY"),
        ("￥5".replace("￥", "¥"), "CNY"),
        ("美元", "USD"),
        ("US$5", "USD"),
        ("$5", "$"),
        ("HK$5", "HKD"),
        ("港币", "HKD"),
        ("5.00", None),
    ],
)
def test_currencies(words: str, code: str | None) -> None:
    assert currency(words) == code


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("2025-01-31", date(2025, 1, 31)),
        ("2025/1/31", date(2025, 1, 31)),
        ("2025.1.31", date(2025, 1, 31)),
        ("2025年1月31日", date(2025, 1, 31)),
        ("20250131", date(2025, 1, 31)),
        ("20250131235959", date(2025, 1, 31)),
        ("2025-01-31 23:59:59", date(2025, 1, 31)),
        ("2025-01-31T23:59:59+08:00", date(2025, 1, 31)),
        ("２０２５－０１－３１", date(2025, 1, 31)),
        ("31-Jan-2025", date(2025, 1, 31)),
        ("31 Jan 25", date(2025, 1, 31)),
        ("31st January 2025", date(2025, 1, 31)),
        ("Jan 31, 2025", date(2025, 1, 31)),
        ("January 31 2025 10:00", date(2025, 1, 31)),
        (Decimal(20250131), date(2025, 1, 31)),
        (Decimal(45688), date(2025, 1, 31)),
        (date(2025, 1, 31), date(2025, 1, 31)),
        ("2025-02-30", None),
        ("31/01/2025", None),  # a column decides that
        ("31 Jan 10:00", None),
        ("9999-12-31", None),
        (Decimal("1234.5"), None),
        ("mm/dd/yyyy", None),
        ("合计", None),
    ],
)
def test_days(cell: Cell, found: date | None) -> None:
    assert day(cell) == found


@pytest.mark.parametrize(
    ("cells", "first", "ambiguous"),
    [
        (["03/04/2025", "25/04/2025"], date(2025, 4, 3), False),
        (["03/04/2025", "04/25/2025"], date(2025, 3, 4), False),
        (["03/04/2025", "05/06/2025"], date(2025, 4, 3), True),
        (["01/02/2025", "01/05/2025", "02/01/2025", "02/03/2025"], date(2025, 1, 2), False),  # only so the days rise
        (["05/05/2025"], date(2025, 5, 5), False),
        (["31.12.24"], date(2024, 12, 31), False),
    ],
)
def test_a_column_shows_which_number_is_the_month(cells: list[Cell], first: date, ambiguous: bool) -> None:
    read = days(cells)
    assert (read.days[0], read.ambiguous) == (first, ambiguous)


@pytest.mark.parametrize("cell", ["12-31", "12/31", "Dec 31", "31 Dec", "12月31日"])
def test_a_day_without_year_lies_in_the_period(cell: str) -> None:
    assert days([cell], (date(2024, 11, 15), date(2025, 2, 14))).days == (date(2024, 12, 31),)
    assert days([cell]).days == (None,)


def test_dates_in_a_line() -> None:
    assert dates_in("起始时间：[2025-02-01 00:00:00] 终止时间：[2025-02-28 23:59:59]") == (date(2025, 2, 1), date(2025, 2, 28))
    assert dates_in("账号 6222021234567890") == ()
