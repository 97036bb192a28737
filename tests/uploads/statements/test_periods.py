"""Of what time figures are: the column that counts, what makes a year, and what is left out or asked about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.document import Findings, Period
from nlu.uploads.grid import Cell, Grid
from nlu.uploads.statements.picking import UNPROVED
from nlu.uploads.statements.reading import read_statements
from nlu.uploads.statements.spans import spans_in
from tests.uploads.statements.layouts import TODAY, opened

LINES = (
    ("一、营业收入", 1000), ("减：营业成本", 600), ("销售费用", 50), ("管理费用", 100), ("财务费用", 10), ("二、营业利润", 240),
    ("三、利润总额", 240), ("减：所得税费用", 60), ("四、净利润", 180),
)  # fmt: skip
ENGLISH = (
    ("Total Income", 1000), ("Total Cost of Goods Sold", 600), ("Gross Profit", 400), ("Total Expenses", 220), ("Net Income", 180),
)  # fmt: skip


def income(heading: tuple[Cell, ...], columns: tuple[Cell, ...], english: bool = False, title: str | None = None) -> Findings:
    """An income statement whose first column is as above in thousands, whose second is twice that, and so on."""
    lines = ENGLISH if english else LINES
    rows: list[tuple[Cell, ...]] = [
        (title or ("Profit and Loss" if english else "利润表"),),
        heading,
        ("" if english else "项目", *columns),
    ]
    rows += [(label, *(Decimal(amount * 1000 * (place + 1)) for place in range(len(columns)))) for label, amount in lines]
    found = read_statements(opened(Grid("Sheet1", tuple(rows))), TODAY)
    assert found is not None
    return found


def year(number: int, first_month: int = 1) -> Period:
    last = date(number, 12, 31) if first_month == 1 else date(number + 1, first_month - 1, 30 if first_month - 1 in (4, 6, 9, 11) else 31)
    return Period(date(number, first_month, 1), last)


@pytest.mark.parametrize(
    ("heading", "columns", "english", "place", "period"),
    [
        (("2024年12月",), ("本月金额", "本年累计金额"), False, 1, year(2024)),
        (("2024年12月",), ("本年累计金额", "本月金额"), False, 0, year(2024)),
        (("2024年12月31日",), ("本期金额", "本年累计金额"), False, 1, year(2024)),
        (("所属期起：2024-10-01", "所属期止：2024-12-31"), ("本期金额", "本年累计金额"), False, 1, year(2024)),
        (("所属期起", "2024-10-01", "所属期止", "2024-12-31"), ("本期金额", "本年累计金额"), False, 1, year(2024)),
        (("所属期：2024年1月1日至2024年12月31日",), ("本年累计金额", "上年金额"), False, 0, year(2024)),
        (("2024年度",), ("本期金额", "上期金额"), False, 0, year(2024)),
        (("2024 年 度",), ("本年金额", "上年金额"), False, 0, year(2024)),
        (("二〇二四年度",), ("金额",), False, 0, year(2024)),
        (("2024年1-12月",), ("金额",), False, 0, year(2024)),
        ((Decimal(2024), "年", "12", "月"), ("本月数", "本年累计数"), False, 1, year(2024)),
        ((None,), ("2023年", "2024年"), False, 1, year(2024)),
        ((None,), (Decimal(2022), Decimal(2023), Decimal(2024)), False, 2, year(2024)),
        ((None,), ("2024年1-5月", "2024年", "2023年"), False, 1, year(2024)),
        ((None,), ("2025年1-5月", "2024年度"), False, 1, year(2024)),
        ((None,), ("2025", "2024"), False, 1, year(2024)),  # the year is not over yet
        (("January - December 2024",), ("Total",), True, 0, year(2024)),
        (("For the year ended December 31, 2024",), ("",), True, 0, year(2024)),
        (("For the year ended 31 March 2025",), ("2025", "2024"), True, 0, year(2024, 4)),
        (("Year Ended June 30,",), ("2024", "2023"), True, 0, year(2023, 7)),
        ((None,), ("Oct '23 - Sep 24", "Oct '22 - Sep 23"), True, 0, year(2023, 10)),
        ((None,), ("12 months ended 31 Dec 2024", "12 months ended 31 Dec 2023"), True, 0, year(2024)),
        ((None,), (date(2024, 12, 31), date(2023, 12, 31)), True, None, None),
        (("From 01/01/2024 to 31/12/2024",), ("",), True, 0, year(2024)),
        (("December 2024",), ("Month", "Year to Date"), True, 1, year(2024)),
        (("2024年9月",), ("本月金额", "本年累计金额"), False, None, Period(date(2024, 1, 1), date(2024, 9, 30))),
        (("2024年第三季度",), ("本期金额", "本年累计金额"), False, None, Period(date(2024, 1, 1), date(2024, 9, 30))),
        (("2024年1月-6月",), ("金额",), False, None, Period(date(2024, 1, 1), date(2024, 6, 30))),
        (("For the nine months ended September 30, 2024",), ("",), True, None, Period(date(2024, 1, 1), date(2024, 9, 30))),
        (("Nine Months Ended September 30,",), ("2024", "2023"), True, None, Period(date(2024, 1, 1), date(2024, 9, 30))),
        (("January - March, 2024",), ("Total",), True, None, Period(date(2024, 1, 1), date(2024, 3, 31))),
        (("2024年1-9月",), ("2024年", "2023年"), False, None, Period(date(2024, 1, 1), date(2024, 9, 30))),
        (("2024年9月30日",), ("2024年", "2023年"), False, None, None),
        (("2025年1月15日",), ("2024年", "2023年"), False, 0, year(2024)),
        ((None,), ("Sep 2024", "YTD 2024"), True, None, Period(date(2024, 1, 1), date(2024, 9, 30))),
        ((None,), ("Dec 2024", "YTD 2024"), True, 1, year(2024)),
        ((None,), ("YTD 2024",), True, None, None),
        ((None,), ("2024年累计",), False, None, None),
        (("2024年12月",), ("2024年累计",), False, 0, year(2024)),
        (("2024年12月",), ("金额",), False, None, None),
        (("2024年12月31日",), ("本期金额", "上期金额"), False, None, None),
        ((None,), ("本年累计金额",), False, None, None),
        (("As of Dec 31, 2024",), ("",), True, None, None),
    ],
)
def test_annual_figures_come_from_a_year_and_from_nothing_else(
    heading: tuple[Cell, ...], columns: tuple[Cell, ...], english: bool, place: int | None, period: Period | None
) -> None:
    found = income(heading, columns, english)
    if place is None:
        assert "annual_revenue" not in found.facts
        assert "net_profit" not in found.facts
        if period is None:
            assert [check.name for check in found.checks if not check.ok and check.name != UNPROVED] == ["period"]
        else:
            assert found.notes
            assert found.figures == ()
        assert found.period == period
        return
    assert found.facts["annual_revenue"] == 1_000_000 * (place + 1)
    assert found.facts["net_profit"] == 180_000 * (place + 1)
    assert found.period == period
    figure = next(figure for figure in found.figures if figure.fact == "annual_revenue")
    assert figure.period == period
    assert [at.column for at in figure.at] == [place + 1]


def test_a_sheet_called_by_a_year_may_hold_some_months_of_it() -> None:
    rows = (("利润表",), ("项目", "本年累计金额"), *((label, Decimal(amount * 1000)) for label, amount in LINES))
    found = read_statements(opened(Grid("2024", rows)), TODAY)
    assert found is not None
    assert found.facts == {}
    assert [check.name for check in found.checks if not check.ok and check.name != UNPROVED] == ["period"]


@pytest.mark.parametrize(
    ("heading", "columns", "previous"),
    [
        (("2024年度",), ("本期金额", "上期金额"), 2_000_000),
        (("2024年度",), ("上年金额", "本年金额"), 1_000_000),
        (("2024年12月",), ("本年累计金额", "上年同期"), 2_000_000),
        ((None,), ("2024年", "2023年", "2022年"), 2_000_000),
        ((None,), ("2024年", "2022年"), None),
        (("2024年12月",), ("本月金额", "本年累计金额"), None),
    ],
)
def test_the_year_before(heading: tuple[Cell, ...], columns: tuple[Cell, ...], previous: int | None) -> None:
    assert income(heading, columns).facts.get("previous_revenue") == previous


@pytest.mark.parametrize(
    ("heading", "columns", "place", "day"),
    [
        (("2024年12月31日",), ("期末余额", "年初余额"), 0, date(2024, 12, 31)),
        (("2024年12月31日",), ("年初余额", "期末余额"), 1, date(2024, 12, 31)),
        (("2024年12月",), ("期末余额", "上年年末余额"), 0, date(2024, 12, 31)),
        (("所属期起", "2024-10-01", "所属期止", "2024-12-31"), ("期末余额", "年初余额"), 0, date(2024, 12, 31)),
        (("2024年12月31日",), ("本期期末", "上年期末"), 0, date(2024, 12, 31)),
        ((None,), ("2023年12月31日", "2024年12月31日"), 1, date(2024, 12, 31)),
        ((None,), (date(2023, 12, 31), date(2025, 3, 31), date(2024, 12, 31)), 1, date(2025, 3, 31)),
        (("编制日期：2025年1月8日", "2024年12月31日"), ("期末余额", "年初余额"), 0, date(2024, 12, 31)),
        ((None,), ("期末数", "期初数"), 0, None),
        (("打印时间：2025-03-02 10:11",), ("期末数", "期初数"), 0, None),
    ],
)
def test_the_latest_balance_counts(heading: tuple[Cell, ...], columns: tuple[Cell, ...], place: int, day: date | None) -> None:
    lines = (
        ("流动资产合计", 700),
        ("非流动资产合计", 300),
        ("资产总计", 1000),
        ("流动负债合计", 400),
        ("负债合计", 400),
        ("所有者权益合计", 600),
    )
    rows: list[tuple[Cell, ...]] = [("资产负债表",), heading, ("项目", *columns)]
    rows += [(label, *(Decimal(amount * 1000 * (at + 1)) for at in range(len(columns)))) for label, amount in lines]
    found = read_statements(opened(Grid(None, tuple(rows))), TODAY)
    assert found is not None
    assert found.facts["total_assets"] == 1_000_000 * (place + 1)
    assert found.period == (Period(day, day) if day else None)


def test_a_balance_that_is_still_to_come_is_asked_about() -> None:
    rows = (
        ("资产负债表",),
        ("2026年12月31日",),
        ("项目", "期末余额"),
        ("资产总计", Decimal(900_000)),
        ("负债合计", Decimal(400_000)),
        ("所有者权益合计", Decimal(500_000)),
    )
    found = read_statements(opened(Grid(None, rows)), TODAY)
    assert found is not None
    assert found.facts == {}
    assert [check.name for check in found.checks if not check.ok and check.name != UNPROVED] == ["date"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年12月31日", date(2024, 12, 31), date(2024, 12, 31)),
        ("2024.12.31", date(2024, 12, 31), date(2024, 12, 31)),
        ("20241231", date(2024, 12, 31), date(2024, 12, 31)),
        ("２０２４年１２月３１日", date(2024, 12, 31), date(2024, 12, 31)),
        ("二○二四年十二月三十一日", date(2024, 12, 31), date(2024, 12, 31)),
        ("31/12/2024", date(2024, 12, 31), date(2024, 12, 31)),
        ("12/31/2024", date(2024, 12, 31), date(2024, 12, 31)),
        ("Sep 30, 22", date(2022, 9, 30), date(2022, 9, 30)),
        ("31st December 2024", date(2024, 12, 31), date(2024, 12, 31)),
        ("2024年1-9月", date(2024, 1, 1), date(2024, 9, 30)),
        ("2024年1月—12月", date(2024, 1, 1), date(2024, 12, 31)),
        ("2023年12月至2024年2月", date(2023, 12, 1), date(2024, 2, 29)),
        ("2024年上半年", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024年第二季度", date(2024, 4, 1), date(2024, 6, 30)),
        ("Q4 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("Oct '21 - Sep 22", date(2021, 10, 1), date(2022, 9, 30)),
        ("08/01/2025 to 10/31/2025", date(2025, 8, 1), date(2025, 10, 31)),
        ("For the year ended 30 June 2024", date(2023, 7, 1), date(2024, 6, 30)),
        ("three months ended March 31, 2024", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_spans_of_time(text: str, first: date, last: date) -> None:
    assert [(span.first, span.last) for span in spans_in(text)] == [(first, last)]


@pytest.mark.parametrize("text", ["", "营业收入", "2024年2月30日", "13.5%", "1,234.00", "会小企01表", "Net sales", "may be"])
def test_what_is_no_time(text: str) -> None:
    assert spans_in(text) == ()
