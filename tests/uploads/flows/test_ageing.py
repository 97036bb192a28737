"""Receivables by age, customer by customer and invoice by invoice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Document
from nlu.uploads.flows import buckets
from nlu.uploads.flows.ageing import read_ageing
from nlu.uploads.flows.series import AgeingSeries
from nlu.uploads.grid import Cell, Grid
from tests.uploads.flows.made import TODAY, changed, failing, opened, paged, read, sheet

AGES: dict[str, list[Cell]] = {
    "zh": ["客户名称", "0-30天", "31-60天", "61-90天", "90天以上", "合计"],
    "zh within": ["往来单位", "30天以内", "31～60天", "61～90天", "91天以上", "应收合计"],
    "zh months": ["客户", "1个月以内", "1-2个月", "2-3个月", "3个月以上", "合计"],
    "en": ["Customer", "Current", "31 - 60", "61 - 90", "> 90", "Total"],
    "quickbooks": [None, "Current", "31 - 60", "61 - 90", "91 and over", "TOTAL"],
    "en days": ["Customer name", "0-30 days", "31-60 days", "61-90 days", "Over 90 days", "Total outstanding"],
}
amounts = st.lists(st.integers(0, 9_999_999).map(lambda cents: Decimal(cents) / 100), min_size=4, max_size=4)


def by_ages(rows: list[list[Decimal]], layout: str, total: bool = True) -> Grid:
    body: list[list[Cell]] = [[f"客户{index}", *(f"{value:,.2f}" for value in row), f"{sum(row):,.2f}"] for index, row in enumerate(rows)]
    sums = [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]
    last: list[list[Cell]] = (
        [["TOTAL" if "en" in layout else "合计", *(f"{value:,.2f}" for value in sums), f"{sum(sums):,.2f}"]] if total else []
    )
    return sheet([["账龄分析表"], ["截止日期：2026-05-31"], [*AGES[layout]], *body, *last])


@given(st.lists(amounts, min_size=1, max_size=6), st.sampled_from(sorted(AGES)), st.booleans(), st.booleans())
@settings(max_examples=100, deadline=None)
def test_totals_are_compared_and_never_added(rows: list[list[Decimal]], layout: str, total: bool, pages: bool) -> None:
    rows = [*rows, [Decimal(1), Decimal(2), Decimal(3), Decimal(4)]]
    grid = by_ages(rows, layout, total)
    findings = read(*(paged(grid) if pages and layout != "quickbooks" else (grid,)))
    assert findings.document is Document.RECEIVABLES_AGEING
    assert failing(findings) == set()
    assert findings.facts["receivables"] == sum(map(sum, rows))
    largest = max(sum(row) for row in rows)
    assert findings.facts["largest_customer_share"] == (largest / sum(map(sum, rows), Decimal(0))).quantize(Decimal("0.0001"))
    assert isinstance(findings.series, AgeingSeries)
    assert dict(findings.series.buckets) == {
        name: sum(column) for name, column in zip(("0-30", "31-60", "61-90", "90+"), zip(*rows, strict=True), strict=True) if sum(column)
    }
    assert findings.series.as_of == date(2026, 5, 31)


@given(st.lists(amounts, min_size=2, max_size=4), st.data())
@settings(max_examples=80, deadline=None)
def test_a_changed_amount_is_noticed(rows: list[list[Decimal]], data: st.DataObject) -> None:
    grid = by_ages([[value + 1 for value in row] for row in rows], "zh")
    place = (3 + data.draw(st.integers(0, len(rows))), data.draw(st.integers(1, 5)))
    cell = str(grid.rows[place[0]][place[1]])
    at = data.draw(st.sampled_from([index for index, char in enumerate(cell) if char.isdigit() and index < len(cell) - 1]))
    digit = data.draw(st.sampled_from("0123456789".replace(cell[at], "")))
    findings = read(changed(grid, place, f"{cell[:at]}{digit}{cell[at + 1 :]}"))
    assert failing(findings) & {"ages", "stated_total"}
    assert "receivables" not in findings.facts


def test_subtotals_of_a_customers_jobs_are_not_added() -> None:
    rows: list[list[Cell]] = [
        [None, "Current", "1 - 30", "31 - 60", "TOTAL"],
        ["Smith", None, None, None, None],
        ["   Job 1", "10.00", "0.00", "0.00", "10.00"],
        ["   Job 2", "0.00", "20.00", "0.00", "20.00"],
        ["Total Smith", "10.00", "20.00", "0.00", "30.00"],
        ["Total Wine Shop", "0.00", "0.00", "5.00", "5.00"],
        ["TOTAL", "10.00", "20.00", "5.00", "35.00"],
    ]
    findings = read(sheet([["A/R Aging Summary"], ["As of May 31, 2026"], *rows]))
    assert findings.facts["receivables"] == 35
    assert failing(findings) == set()


AS_OF = date(2026, 5, 31)


def invoices(past: list[int], status: list[str] | None = None, english: bool = True, stated: bool = False) -> Grid:
    header: list[Cell] = ["Customer", "Invoice no.", "Invoice date", "Due date", "Amount", "Open balance", "Days past due", "Status"]
    if not english:
        header = ["客户名称", "发票号码", "开票日期", "到期日", "应收金额", "未收金额", "逾期天数", "状态"]
    rows: list[list[Cell]] = []
    for index, late in enumerate(past):
        due = AS_OF - timedelta(days=late)
        rows.append(
            [
                f"客户{index % 3}",
                f"INV{index}",
                f"{due - timedelta(days=30)}",
                f"{due}",
                "1,000.00",
                f"{100 + index}.00",
                str(max(late, 0)),
                (status or ["Open"] * 99)[index],
            ]
        )
    return sheet([*([["截止日期：2026-05-31"]] if stated else []), header, *rows])


@pytest.mark.parametrize("english", [True, False])
def test_invoices_by_due_date(english: bool) -> None:
    findings = read(invoices([-10, 0, 30, 31, 60, 61, 90, 91, 400], english=english))
    assert findings.facts["receivables"] == sum(range(100, 109))
    assert isinstance(findings.series, AgeingSeries)
    assert findings.series.as_of == AS_OF
    assert findings.series.buckets == (("0-30", Decimal(303)), ("31-60", Decimal(207)), ("61-90", Decimal(211)), ("90+", Decimal(215)))


@pytest.mark.parametrize(
    ("status", "counted"),
    [
        ("Open", True),
        ("Partially paid", True),
        ("Unpaid", True),
        ("Disputed", True),
        ("Overdue", True),
        ("部分收款", True),
        ("未结清", True),
        ("Paid", False),
        ("Closed", False),
        ("Written off", False),
        ("已结清", False),
        ("已收款", False),
    ],
)
def test_what_is_settled_is_not_counted(status: str, counted: bool) -> None:
    findings = read(invoices([1, 2, 3], [status, "Open", "Open"]))
    figure = next(figure for figure in findings.figures if figure.fact == "receivables")
    assert figure.value == (303 if counted else 203)
    assert ("settled" in failing(findings)) is not counted, "it still shows an open amount"


def test_a_little_that_is_odd_is_told_but_does_not_block() -> None:
    honest = invoices([1] * 30)
    rows = [list(row) for row in honest.rows]
    rows[1][4], rows[1][5] = "1.00", "3.00"
    little = read(sheet(rows))
    assert "open_amounts" in failing(little)
    assert "receivables" in little.facts
    rows[1][5] = "900.00"
    much = read(sheet(rows))
    assert "open_amounts" in failing(much)
    assert "receivables" not in much.facts


def test_total_rows_doubles_and_customers_of_one_name() -> None:
    honest = invoices([1, 2, 3], stated=True)
    total: tuple[Cell, ...] = ("合计", None, None, None, "3,000.00", "303.00", None, None)
    assert failing(read(replace(honest, rows=(*honest.rows, total)))) == set()
    wrong: tuple[Cell, ...] = (*total[:5], "304.00", None, None)
    assert "stated_total" in failing(read(replace(honest, rows=(*honest.rows, wrong))))
    assert "doubles" in failing(read(replace(honest, rows=(*honest.rows, honest.rows[-1]))))
    numbered = [[*row, f"C{index}" if index > 1 else "Customer ID"] for index, row in enumerate(honest.rows[1:], 1)]
    numbered[3][0] = numbered[2][0]
    findings = read(sheet(numbered))
    assert "customers" in failing(findings)
    assert findings.facts == {"receivables": 303}


@pytest.mark.parametrize(
    "rows",
    [
        [["Vendor", "Current", "1-30", "31-60", "Total"], ["A", "1", "2", "3", "6"]],
        [["应付账款账龄分析"], ["单位名称", "30天以内", "31-60天", "合计"], ["A", "1", "2", "3"]],
    ],
)
def test_payables_are_no_receivables(rows: list[list[Cell]]) -> None:
    assert read_ageing(opened(sheet(rows)), TODAY) is None


def test_ten_thousands_and_other_currencies() -> None:
    grid = by_ages([[Decimal(1), Decimal(2), Decimal(3), Decimal(4)]], "zh")
    assert read(sheet([["单位：万元"], *map(list, grid.rows)])).facts["receivables"] == 100000
    dollars = [[f"${cell}" if isinstance(cell, str) and cell.endswith(".00") else cell for cell in row] for row in grid.rows]
    findings = read(sheet(dollars))
    assert "currency" in failing(findings)
    assert "receivables" not in findings.facts


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("0-30天", (0, 30)),
        ("30天以内", (0, 30)),
        ("1 - 30", (1, 30)),
        ("31-60 days", (31, 60)),
        ("90天以上", (91, None)),
        ("> 90", (91, None)),
        ("91 and over", (92, None)),
        ("90+", (91, None)),
        ("120+ days", (121, None)),
        ("Over 90 days", (91, None)),
        ("Current", (0, 0)),
        ("未到期", (0, 0)),
        ("1-2个月", (31, 60)),
        ("3个月以上", (91, None)),
        ("1年以内", (0, 365)),
        ("1-2年", (366, 730)),
        ("3年以上", (1096, None)),
        ("Total", None),
        ("客户", None),
        ("2025", None),
        ("60-30", None),
    ],
)
def test_names_of_ages(words: str, span: tuple[int, int | None] | None) -> None:
    assert buckets.span(words) == span


@pytest.mark.parametrize(
    ("span", "name"),
    [
        ((0, 0), "0-30"),
        ((1, 30), "0-30"),
        ((30, 60), "31-60"),
        ((31, 45), "31-60"),
        ((61, 90), "61-90"),
        ((91, 120), "90+"),
        ((121, None), "90+"),
        ((0, 60), None),
        ((31, 90), None),
        ((60, None), None),
        ((0, 365), None),
    ],
)
def test_only_what_lies_within_a_standard_age_is_put_there(span: tuple[int, int | None], name: str | None) -> None:
    assert buckets.standard(span) == name
