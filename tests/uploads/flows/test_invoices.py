"""Invoices issued and received: twelve months, void and red ones, whose list it is, and what does not add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Document
from nlu.uploads.flows.series import SalesSeries
from nlu.uploads.grid import Cell, Grid
from tests.uploads.flows.made import FIRM, changed, columns, failing, read, sheet

Invoice = tuple[date, str, Decimal, str]  # day, other side, net, status

#: What columns hold, with their names, by layout.
LAYOUTS: dict[str, tuple[tuple[str, str], ...]] = {
    "issued": columns("number 发票号码, day 开票日期, partner 购方名称, net 金额, tax 税额, gross 价税合计, status 发票状态"),
    "received": columns(
        "x 序号, code 发票代码, number 发票号码, day 开票日期, partner 销方名称, net 金额, tax 税额, gross 价税合计, status 发票状态"
    ),
    "tax office, issued": columns(
        "number 数电发票号码, ownid 销方识别号, own 销方名称, partnerid 购方识别号, partner 购买方名称, "
        "day 开票日期, net 金额, tax 税额, gross 价税合计, x 发票来源, x 发票票种, status 发票状态"
    ),
    "tax office, received": columns(
        "number 数电发票号码, partnerid 销方识别号, partner 销方名称, ownid 购方识别号, own 购买方名称, "
        "day 开票日期, gross 价税合计, net 金额, tax 税额, status 发票状态"
    ),
    "English, issued": columns(
        "day Invoice date, number Invoice No., partner Customer, net Net amount, tax VAT, gross Total, status Status"
    ),
    "English, received": columns(
        "number Invoice number, day Date, partner Supplier, net Amount, tax Tax, gross Total amount, status Invoice status"
    ),
}


def listed(invoices: list[Invoice], layout: str, above: int = 0, total: Decimal | None = None) -> Grid:
    held = LAYOUTS[layout]
    rows: list[list[Cell]] = [["导出日期"] for _ in range(above)]
    rows.append([name for _, name in held])
    for index, (day, partner, net, status) in enumerate(invoices):
        tax = (net * Decimal("0.13")).quantize(Decimal("0.01"))
        said: dict[str, Cell] = {
            "number": f"{24000000 + index}",
            "code": "3500",
            "day": f"{day.year}/{day.month}/{day.day}",
            "partner": partner,
            "net": f"{net:.2f}",
            "tax": f"{tax:.2f}",
            "gross": f"{net + tax:.2f}",
            "status": status,
            "own": FIRM,
            "ownid": "91350100MA00000000",
            "partnerid": f"91{crc32(partner.encode()):016}",
            "x": "数电票",
        }
        rows.append([said[what] for what, _ in held])
    if total is not None:
        rows.append([{"number": "合计", "net": f"{total:.2f}"}.get(what) for what, _ in held])
    return sheet(rows)


def year(extra: tuple[Invoice, ...] = (), months: int = 13) -> list[Invoice]:
    """From December 2024: 1,000 to the first and 500 to the second customer a month."""
    found: list[Invoice] = []
    for month in range(months):
        first = date(2024 + (11 + month) // 12, (11 + month) % 12 + 1, 1)
        found += [(first, "宁德海鲜批发有限公司", Decimal(1000), "正常"), (first.replace(day=27), "莆田鞋业有限公司", Decimal(500), "正常")]
    return sorted([*found, *extra], key=lambda invoice: invoice[0])


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("above", [0, 3])
def test_the_latest_twelve_full_months_in_every_layout(layout: str, above: int) -> None:
    invoices = year(((date(2025, 5, 3), "莆田鞋业有限公司", Decimal(800), "作废" if "English" not in layout else "Void"),))
    findings = read(listed(invoices, layout, above))
    assert findings.document is Document.INVOICE_LIST
    assert failing(findings) == set()
    if "received" in layout:
        assert findings.facts == {"purchase_amount": 18000}
    else:
        assert findings.facts == {
            "invoiced_sales": 18000,
            "customer_count": 2,
            "largest_customer_share": Decimal("0.6667"),
            "void_invoice_rate": Decimal("0.0400"),
        }
    assert str(findings.period) == "2025-01-01/2025-12-31"
    assert isinstance(findings.series, SalesSeries)
    assert findings.series.what == ("input_invoices" if "received" in layout else "output_invoices")
    assert [month.amount for month in findings.series.months] == [1500] * 13
    assert next(month for month in findings.series.months if month.month == date(2025, 5, 1)).void == 1


@given(
    st.lists(
        st.tuples(
            st.integers(0, 364),
            st.sampled_from(["甲公司", "乙公司", "丙公司"]),
            st.integers(-99_999, 999_999),
            st.sampled_from(["有效发票", "作废发票"]),
        ),
        max_size=40,
    )
)
@settings(max_examples=100, deadline=None)
def test_void_ones_are_left_out_and_red_ones_taken_off(some: list[tuple[int, str, int, str]]) -> None:
    invoices = [
        (date.fromordinal(date(2025, 1, 1).toordinal() + day), partner, Decimal(cents) / 100, status)
        for day, partner, cents, status in some
        if cents
    ]
    ends = [(date(2025, 1, 1), "甲公司", Decimal(50000), "有效发票"), (date(2025, 12, 31), "乙公司", Decimal(70000), "有效发票")]
    invoices = sorted([*invoices, *ends], key=lambda invoice: invoice[0])
    findings = read(listed(invoices, "issued"))
    figures = {figure.fact: figure.value for figure in findings.figures}
    valid = [invoice for invoice in invoices if invoice[3] == "有效发票"]
    assert figures["invoiced_sales"] == sum(invoice[2] for invoice in valid)
    assert figures["customer_count"] == len({invoice[1] for invoice in valid})
    assert figures["void_invoice_rate"] == (Decimal(len(invoices) - len(valid)) / len(invoices)).quantize(Decimal("0.0001"))


@given(st.integers(0, 25), st.sampled_from(["net", "tax", "gross"]), st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_a_changed_figure_is_noticed_where_net_tax_and_gross_stand(index: int, what: str, digit: int) -> None:
    honest = listed(year(), "issued")
    column = [role for role, _ in LAYOUTS["issued"]].index(what)
    cell = str(honest.rows[1 + index][column])
    other = f"{digit}{cell[1:]}" if cell[0] != str(digit) else f"{(digit + 1) % 10}{cell[1:]}"
    findings = read(changed(honest, (1 + index, column), other))
    assert "net_tax_gross" in failing(findings)
    assert findings.facts == {}


def test_less_than_a_year_is_not_scaled() -> None:
    findings = read(listed(year(months=8), "issued"))
    assert "invoiced_sales" not in findings.facts
    assert findings.facts["customer_count"] == 2
    assert failing(findings) == {"coverage"}


@pytest.mark.parametrize(
    ("status", "red", "sales"),
    [
        ("已红冲-全额", True, 18000),  # the red one stands in the list and takes it back
        ("已红冲-全额", False, 18000),  # it does not: what was taken back is no sale
        ("正常", False, 18700),
        ("异常", False, 18000),
        ("失控发票", False, 18000),
        ("未作废", False, 18700),
    ],
)
def test_red_flushed_and_abnormal_invoices(status: str, red: bool, sales: int) -> None:
    extra: tuple[Invoice, ...] = ((date(2025, 5, 3), "莆田鞋业有限公司", Decimal(700), status),)
    if red:
        extra = (*extra, (date(2025, 5, 9), "莆田鞋业有限公司", Decimal(-700), "正常"))
    assert read(listed(year(extra), "issued")).facts["invoiced_sales"] == sales


def test_a_void_flag_of_yes_and_no() -> None:
    grid = listed(year(((date(2025, 5, 3), "莆田鞋业有限公司", Decimal(700), "是"),)), "issued")
    rows = [list(row) for row in grid.rows]
    rows[0][-1] = "作废标志"
    rows = [rows[0], *([*row[:-1], "否" if row[-1] == "正常" else row[-1]] for row in rows[1:])]
    findings = read(sheet(rows))
    assert findings.facts["invoiced_sales"] == 18000
    assert findings.facts["void_invoice_rate"] == Decimal("0.0400")


@pytest.mark.parametrize(("total", "ok"), [(Decimal(19500), True), (Decimal(19400), False)])
def test_the_total_row_is_compared_and_not_counted(total: Decimal, ok: bool) -> None:
    findings = read(listed(year(), "issued", total=total))
    assert ("stated_total" not in failing(findings)) is ok
    assert next(figure.value for figure in findings.figures if figure.fact == "invoiced_sales") == 18000


def test_one_customer_and_one_seller_need_words_to_tell() -> None:
    only = [(day, "莆田鞋业有限公司", net, status) for day, _, net, status in year()]
    grid = listed(only, "tax office, issued")
    assert "direction" in failing(read(grid))
    assert read(sheet([["开具发票明细（销项）"], *map(list, grid.rows)])).facts["invoiced_sales"] == 18000
    assert read(sheet([["取得发票明细（进项）"], *map(list, grid.rows)])).facts["purchase_amount"] == 18000


def test_issued_and_received_in_one_list() -> None:
    issued, received = listed(year(), "tax office, issued"), listed(year(), "tax office, received")
    findings = read(replace(issued, name="销项"), replace(changed_numbers(received), name="进项"))
    assert findings.facts["invoiced_sales"] == 18000
    assert findings.facts["purchase_amount"] == 18000


def changed_numbers(grid: Grid) -> Grid:
    rows = [list(row) for row in grid.rows]
    return replace(grid, rows=tuple((f"9{row[0]}" if index else row[0], *row[1:]) for index, row in enumerate(rows)))


def test_the_same_invoices_line_by_line_are_not_added_again() -> None:
    whole = listed(year(), "issued")
    lines = [[*row, "*鞋*运动鞋"] for row in map(list, whole.rows)]
    lines[0][-1] = "货物或应税劳务名称"
    findings = read(replace(sheet(lines), name="信息汇总表"), replace(whole, name="发票基础信息"))
    assert findings.facts["invoiced_sales"] == 18000
    assert any(check.name == "copies" and "信息汇总表" in check.detail.zh for check in findings.checks)


def test_doubles_gaps_and_days_to_come() -> None:
    honest = listed(year(), "issued")
    assert "doubles" in failing(read(replace(honest, rows=(*honest.rows, honest.rows[-1]))))
    assert "future" in failing(read(honest, today=date(2025, 12, 20)))
    busy = [
        (day.replace(day=1 + number), who, net, status)
        for day, who, net, status in year()
        for number in range(5)
        if day.month != 7 or day.year != 2025
    ]
    assert "gap" in failing(read(listed(sorted(busy), "issued")))
    sparse = [invoice for invoice in year() if invoice[0].month != 7]
    assert "gap" not in failing(read(listed(sparse, "issued")))


def test_unreadable_amounts_and_days_are_told() -> None:
    honest = listed(year(), "issued")
    for column, cell in ((3, "1O00.00"), (1, "2025/13/1"), (3, "")):
        findings = read(changed(honest, (5, column), cell))
        assert "readable" in failing(findings)
        assert findings.facts == {}
