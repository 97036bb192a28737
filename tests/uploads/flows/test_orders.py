"""Shop orders of several platforms: status, refunds, twelve months, and amounts that stand there twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Document
from nlu.uploads.flows.series import SalesSeries
from nlu.uploads.grid import Cell, Grid
from tests.uploads.flows.made import changed, columns, failing, read, sheet

Order = tuple[date, Decimal, Decimal, str]  # day, paid, refunded, status

LAYOUTS: dict[str, tuple[tuple[str, str], ...]] = {
    "taobao_tmall": columns(
        "number 订单编号, x 买家会员名, gross 总金额, paid 买家实际支付金额, status 订单状态, "
        "day 订单创建时间, day 订单付款时间, x 宝贝标题, back 退款金额"
    ),
    "jd": columns("number 订单号, x 商品名称, day 下单时间, status 订单状态, paid 实付金额（元）, back 退款金额, x 下单帐号"),
    "meituan": columns(
        "x 门店名称, number 订单编号, day 下单时间, gross 商品总价, paid 用户实付, back 退款金额, status 订单状态, x 美团活动补贴"
    ),
    "pinduoduo": columns(
        "x 商品, number 订单号, status 订单状态, gross 商品总价(元), paid 用户实付金额(元), "
        "x 多多支付立减金额(元), back 退款金额, day 支付时间"
    ),
    "other": columns("day Order date, number Order number, status Order status, paid Amount paid, back Refund amount, x Product"),
}
_ENGLISH = {"交易成功": "Completed", "交易关闭": "Cancelled", "等待买家付款": "Pending"}


def listed(orders: list[Order], layout: str, above: tuple[str, ...] = ()) -> Grid:
    held = LAYOUTS[layout]
    rows: list[list[Cell]] = [[line] for line in above]
    rows.append([name for _, name in held])
    for index, (day, paid, back, status) in enumerate(orders):
        said: dict[str, Cell] = {
            "number": f"{20250000 + index}\t",
            "day": f"{day} 10:00:00",
            "paid": f"{paid:.2f}",
            "gross": f"{paid + 5:.2f}",
            "back": f"{back:.2f}" if back else "",
            "status": _ENGLISH[status] if layout == "other" else status,
            "x": "运动鞋",
        }
        rows.append([said[what] for what, _ in held])
    return sheet(rows)


def year(months: int = 13) -> list[Order]:
    """From December 2024, a month: 100 paid, 50 paid and 10 of it back, 70 closed, 30 never paid."""
    found: list[Order] = []
    for month in range(months):
        first = date(2024 + (11 + month) // 12, (11 + month) % 12 + 1, 1)
        for day, paid, back, status in (
            (1, 100, 0, "交易成功"),
            (5, 50, 10, "交易成功"),
            (9, 70, 0, "交易关闭"),
            (28, 30, 0, "等待买家付款"),
        ):
            found.append((first.replace(day=day), Decimal(paid), Decimal(back), status))
    return found


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_twelve_months_of_what_was_paid_and_kept(layout: str) -> None:
    findings = read(listed(year(), layout))
    assert findings.document is Document.SHOP_ORDERS
    assert failing(findings) == set()
    assert findings.facts["platform_sales"] == 12 * 140
    assert findings.facts.get("platform") == (None if layout == "other" else layout)
    assert isinstance(findings.series, SalesSeries)
    assert [(month.amount, month.count, month.void) for month in findings.series.months] == [(140, 2, 2)] * 13


@given(
    st.lists(
        st.tuples(
            st.integers(0, 364), st.integers(0, 99_999), st.integers(0, 99_999), st.sampled_from(["交易成功", "交易关闭", "等待买家付款"])
        ),
        max_size=30,
    )
)
@settings(max_examples=80, deadline=None)
def test_any_orders_of_a_year_come_to_what_was_kept(some: list[tuple[int, int, int, str]]) -> None:
    orders = [
        (date.fromordinal(date(2025, 1, 1).toordinal() + day), Decimal(max(a, b)) / 100, Decimal(min(a, b)) / 100, status)
        for day, a, b, status in some
    ]
    orders += [(date(2025, month, day), Decimal(3), Decimal(0), "交易成功") for month in range(1, 13) for day in (1, 28)]
    findings = read(listed(orders, "taobao_tmall"))
    assert findings.facts["platform_sales"] == sum(paid - back for _, paid, back, status in orders if status == "交易成功")


def test_less_than_a_year_is_said_and_not_scaled() -> None:
    findings = read(listed(year(5), "jd"))
    assert "platform_sales" not in findings.facts
    said = next(check for check in findings.checks if check.name == "coverage")
    assert not said.ok
    assert "5 个整月" in said.detail.zh
    assert "5 full months" in said.detail.en


@pytest.mark.parametrize(
    ("status", "after", "counted"),
    [
        ("交易成功", "", 100),
        ("已发货", "", 100),
        ("已完成", "退款成功", 0),
        ("已全额退款", "", 0),
        ("交易成功", "无售后或售后取消", 100),
        ("已取消", "", 0),
        ("待付款", "", 0),
        ("Refunded", "", 0),
        ("Shipped", "", 100),
        ("Canceled", "", 0),
        ("未退款", "", 100),
    ],
)
def test_what_a_status_means(status: str, after: str, counted: int) -> None:
    header: list[Cell] = ["订单编号", "下单时间", "实付金额", "订单状态", "售后状态"]
    rows: list[list[Cell]] = [
        [f"A{month}", f"2025-{month:02}-{day:02}", "10.00", "交易成功", ""] for month in range(1, 13) for day in (1, 28)
    ]
    rows = [[f"{row[0]}-{index}", *row[1:]] for index, row in enumerate(rows)]
    findings = read(sheet([header, *rows, ["B", "2025-06-06", "100.00", status, after]]))
    assert findings.facts["platform_sales"] == 240 + counted


def test_amazon_date_ranges_count_goods_sold_and_given_back() -> None:
    header: list[Cell] = [
        "date/time",
        "settlement id",
        "type",
        "order id",
        "sku",
        "description",
        "quantity",
        "marketplace",
        "product sales",
        "selling fees",
        "total",
    ]
    rows: list[list[Cell]] = []
    for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"):
        rows += [
            [
                f"{month} 1, 2025 1:02:03 AM PST",
                "1",
                "Order",
                f"11-{month}",
                "S",
                "Shoes",
                "1",
                "amazon.com",
                "1,050.00",
                "-100.00",
                "950.00",
            ],
            [f"{month} 9, 2025 1:02:03 AM PST", "1", "Refund", f"11-{month}", "S", "Shoes", "1", "amazon.com", "-50.00", "5.00", "-45.00"],
            [f"{month} 28, 2025 1:02:03 AM PST", "1", "Transfer", "", "", "To your account", "", "", "0.00", "0.00", "-905.00"],
        ]
    findings = read(sheet([["Includes Amazon Marketplace transactions"], ["All amounts in CNY"], header, *rows]))
    assert findings.facts["platform_sales"] == 12000
    assert findings.facts["platform"] == "amazon"
    abroad = read(sheet([["Includes Amazon Marketplace transactions"], ["Currency: USD"], header, *rows]))
    assert "platform_sales" not in abroad.facts
    assert "currency" in failing(abroad)


def test_amazon_settlements_count_principal_alone() -> None:
    header: list[Cell] = [
        "settlement-id",
        "currency",
        "transaction-type",
        "order-id",
        "amount-type",
        "amount-description",
        "amount",
        "posted-date",
        "sku",
    ]
    rows: list[list[Cell]] = []
    for month in range(1, 13):
        for day in (1, 28):
            rows += [
                ["1", "CNY", "Order", f"O{month}{day}", "ItemPrice", "Principal", "100.00", f"2025-{month:02}-{day:02}", "S"],
                ["1", "CNY", "Order", f"O{month}{day}", "ItemPrice", "Tax", "8.00", f"2025-{month:02}-{day:02}", "S"],
                ["1", "CNY", "Order", f"O{month}{day}", "ItemFees", "Commission", "-15.00", f"2025-{month:02}-{day:02}", "S"],
            ]
    rows.append(["1", "CNY", "Refund", "O11", "ItemPrice", "Principal", "-100.00", "2025-02-02", "S"])
    assert read(sheet([header, *rows])).facts["platform_sales"] == 2300


def test_an_orders_amount_in_each_of_its_rows_is_not_guessed() -> None:
    header: list[Cell] = ["订单编号", "付款时间", "订单金额", "订单状态", "商品名称"]
    rows: list[list[Cell]] = [
        [f"{month}-{day}", f"2025-{month:02}-{day:02}", "60.00", "已完成", name]
        for month in range(1, 13)
        for day in (1, 28)
        for name in ("鞋", "袜")
    ]
    findings = read(sheet([header, *rows]))
    assert "repeated" in failing(findings)
    assert "platform_sales" not in findings.facts
    items = read(sheet([["主订单编号", "支付完成时间", "商品总价", "订单状态", "选购商品"], *rows]))
    assert items.facts["platform_sales"] == 24 * 120


def test_refunds_checks_and_gaps() -> None:
    honest = listed(year(), "taobao_tmall")
    back = [what for what, _ in LAYOUTS["taobao_tmall"]].index("back")
    assert "refunds" in failing(read(changed(honest, (5, back), "900.00")))
    assert "future" in failing(read(honest, today=date(2025, 12, 20)))
    assert "gap" in failing(read(listed([order for order in year() if order[0].month != 6], "jd")))
    paid = [what for what, _ in LAYOUTS["taobao_tmall"]].index("paid")
    assert "readable" in failing(read(changed(honest, (5, paid), "1OO.00")))
    partly = read(listed([(day, paid, Decimal(0), status) for day, paid, _, status in year()], "jd"))
    assert partly.facts["platform_sales"] == 12 * 150


def plain_year() -> list[list[Cell]]:
    """Two orders a month, of 100 each."""
    return [[f"A{month:02}{day:02}", f"2025-{month:02}-{day:02}", "100.00", "已完成"] for month in range(1, 13) for day in (1, 28)]


PAID: list[Cell] = ["订单编号", "付款时间", "实付金额", "订单状态"]


@pytest.mark.parametrize(
    ("header", "rows", "back"),
    [
        (
            ["退款编号", "订单编号", "退款金额", "退款状态"],
            [["R1", "A0301", "30.00", "退款成功"], ["R2", "A0328", "100.00", "退款成功"]],
            130,
        ),
        (
            ["退款编号", "订单编号", "退款金额", "退款状态"],
            [["R1", "A0301", "30.00", "退款关闭"], ["R2", "A0328", "5.00", "待商家处理"]],
            0,
        ),
        (["售后单号", "订单编号", "付款时间", "实付金额", "退款金额"], [["R1", "A0301", "2025-03-02", "100.00", "30.00"]], 30),
        (
            ["Return ID", "Order number", "Refund amount", "Refund status"],
            [["R1", "A0301", "30", "done"], ["R2", "A0301", "20", "done"]],
            50,
        ),
        (["退款编号", "订单编号", "退款金额", "退款状态"], [["R1", "Z9", "30.00", "退款成功"]], 0),  # of an order before
    ],
)
def test_a_list_of_refunds_is_taken_off_its_orders(header: list[Cell], rows: list[list[Cell]], back: int) -> None:
    findings = read(sheet([PAID, *plain_year()], "订单"), sheet([header, *rows], "退款"))
    assert findings.facts["platform_sales"] == 2400 - back
    assert isinstance(findings.series, SalesSeries)
    assert [month.amount for month in findings.series.months] == [200 - (back if month == 3 else 0) for month in range(1, 13)]


def test_a_refund_that_the_order_states_itself_is_taken_off_once() -> None:
    orders = [[*row, "40.00" if row[0] == "A0301" else ""] for row in plain_year()]
    listed_again: list[list[Cell]] = [["退款编号", "订单编号", "退款金额", "退款状态"], ["R1", "A0301", "40.00", "退款成功"]]
    findings = read(sheet([[*PAID, "退款金额"], *orders], "订单"), sheet(listed_again, "退款"))
    assert findings.facts["platform_sales"] == 2360


def test_more_given_back_than_paid_is_doubted() -> None:
    findings = read(sheet([PAID, *plain_year()], "订单"), sheet([["退款编号", "订单编号", "退款金额"], ["R1", "A0301", "900.00"]], "退款"))
    assert "refunds" in failing(findings)
    assert "platform_sales" not in findings.facts


def test_a_list_of_refunds_alone_is_no_sales() -> None:
    findings = read(sheet([["退款编号", "订单编号", "付款时间", "实付金额", "退款金额"], ["R1", "A1", "2025-03-01", "100.00", "30.00"]]))
    assert (findings.document, findings.figures) == (Document.SHOP_ORDERS, ())
    assert failing(findings) == {"refunds_only"}


@pytest.mark.parametrize(("kind", "counted"), [("退款", -100), ("退货退款", -100), ("Refund", -100), ("销售", 100), ("无退款", 100)])
def test_rows_that_are_refunds_themselves_are_taken_off(kind: str, counted: int) -> None:
    rows = [[*row, "销售"] for row in plain_year()]
    findings = read(sheet([[*PAID, "类型"], *rows, ["B1", "2025-06-06", "100.00", "已完成", kind]]))
    assert findings.facts["platform_sales"] == 2400 + counted


def test_how_long_the_shop_has_been_open() -> None:
    findings = read(listed(year(), "jd", ("开店时间：2022-03-20",)))
    assert findings.facts["platform_months"] == 50
    assert "platform_months" not in read(listed(year(), "jd")).facts
