"""Stock lists: amounts, quantities times cost, totals and negative stock."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Document
from nlu.uploads.flows.series import StockSeries
from nlu.uploads.flows.stock import read_stock
from nlu.uploads.grid import Cell, Grid
from tests.uploads.flows.made import TODAY, changed, columns, failing, opened, read, sheet

LAYOUTS: dict[str, tuple[tuple[str, str], ...]] = {
    "amount": columns("code 商品编码, name 商品名称, qty 库存数量, cost 成本单价, amount 库存金额"),
    "no amount": columns("name 存货名称, x 规格, cost 进价, sale 零售价, qty 现存量"),
    "in and out": columns("name 物料名称, x 期初数量, x 入库数量, x 出库数量, qty 结存数量, cost 结存单价, amount 结存金额"),
    "English": columns("code SKU, name Description, qty Quantity on hand, cost Unit cost, sale Retail price, amount Inventory value"),
    "English, no amount": columns("name Item, qty In stock, cost Cost price, x Reorder level"),
}


def listed(items: list[tuple[int, Decimal]], layout: str, total: bool = False) -> Grid:
    held = LAYOUTS[layout]
    rows: list[list[Cell]] = [["库存表"], [name for _, name in held]]
    for index, (quantity, cost) in enumerate(items):
        said: dict[str, Cell] = {
            "code": f"A{index:03}",
            "name": f"货品{index}",
            "qty": str(quantity),
            "cost": f"{cost:.2f}",
            "amount": f"{quantity * cost:,.2f}",
            "sale": f"{cost * 2:.2f}",
            "x": "7",
        }
        rows.append([said[what] for what, _ in held])
    if total:
        last: dict[str, Cell] = {
            held[0][0]: "合计",
            "qty": str(sum(quantity for quantity, _ in items)),
            "amount": f"{sum(quantity * cost for quantity, cost in items):,.2f}",
        }
        rows.append([last.get(what) for what, _ in held])
    return sheet(rows)


stock = st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 99_999).map(lambda cents: Decimal(cents) / 100)), min_size=1, max_size=8)


@given(stock, st.sampled_from(sorted(LAYOUTS)), st.booleans())
@settings(max_examples=100, deadline=None)
def test_the_value_in_every_layout_without_its_total(items: list[tuple[int, Decimal]], layout: str, total: bool) -> None:
    findings = read(listed(items, layout, total))
    assert findings.document is Document.STOCK_LIST
    assert failing(findings) == set()
    assert findings.facts == {"inventory": sum(quantity * cost for quantity, cost in items)}
    assert isinstance(findings.series, StockSeries)
    assert sum(value for _, value in findings.series.items) == findings.facts["inventory"]


@pytest.mark.parametrize("what", ["qty", "cost", "amount"])
def test_a_changed_figure_is_noticed(what: str) -> None:
    honest = listed([(10, Decimal("20.00")), (30, Decimal("5.50"))], "amount")
    column = [role for role, _ in LAYOUTS["amount"]].index(what)
    findings = read(changed(honest, (2, column), f"9{honest.rows[2][column]}"))
    assert failing(findings) == {"quantity_cost"}
    assert findings.facts == {}


def test_negative_stock_wrong_totals_and_doubles_are_asked_about() -> None:
    assert "negative_stock" in failing(read(listed([(10, Decimal(2)), (-3, Decimal(1))], "amount")))
    right = listed([(10, Decimal(2)), (3, Decimal(1))], "amount", total=True)
    assert "stated_total" in failing(read(changed(right, (4, 4), "24.00")))
    assert "doubles" in failing(read(replace(right, rows=(*right.rows[:3], *right.rows[2:]))))
    assert "readable" in failing(read(changed(right, (2, 4), "2o.00")))


def test_headers_of_two_rows() -> None:
    rows: list[list[Cell]] = [
        ["收发存汇总表"],
        ["存货名称", "期初", None, "本期收入", None, "本期发出", None, "期末结存", None],
        [None, "数量", "金额", "数量", "金额", "数量", "金额", "数量", "金额"],
        ["螺丝", "1", "10.00", "5", "50.00", "2", "20.00", "4", "40.00"],
        ["螺母", "2", "4.00", "0", "0.00", "1", "2.00", "1", "2.00"],
        ["合计", "3", "14.00", "5", "50.00", "3", "22.00", "5", "42.00"],
    ]
    findings = read(sheet(rows))
    assert findings.facts == {"inventory": 42}
    assert failing(findings) == set()


@pytest.mark.parametrize(
    "header",
    [["商品名称", "数量", "单价", "金额"], ["客户名称", "商品名称", "数量", "单价", "金额"], ["Item", "Quantity", "Unit price", "Total"]],
)
def test_lists_of_goods_that_say_nothing_of_stock_are_not_taken_for_it(header: list[Cell]) -> None:
    assert read_stock(opened(sheet([["销售单"], header, ["x", "1", "2", "2"]])), TODAY) is None
