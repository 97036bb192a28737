"""Bills of payment apps: their own counts and sums, neutral rows, refunds, and pages of a certificate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from nlu.uploads.document import Document
from nlu.uploads.flows.series import FlowSeries
from nlu.uploads.grid import Box, Cell, Grid
from tests.uploads.flows.made import failing, read, sheet

Row = tuple[str, str, str, str, str, str]  # day, kind, other side, in or out, amount, status


def rows_of(months: int = 3) -> list[Row]:
    rows: list[Row] = []
    for month in range(1, months + 1):
        rows += [
            (f"2025-{month:02}-02 10:11:12", "二维码收款", "顾客甲", "收入", "100.50", "已收钱"),
            (f"2025-{month:02}-12 12:00:00", "二维码收款", "顾客乙", "收入", "200.00", "已收钱"),
            (f"2025-{month:02}-20 08:30:00", "商户消费", "福州面粉店", "支出", "80.00", "支付成功"),
            (f"2025-{month:02}-28 20:00:00", "零钱提现", "招商银行", "/", "150.00", "提现已到账"),
        ]
    return rows


def wechat(rows: list[Row], counts: tuple[str, ...] | None = None, months: int = 3) -> Grid:
    last = date(2025, months + 1, 1) - timedelta(days=1)
    into = [Decimal(row[4]) for row in rows if row[3] == "收入"]
    out = [Decimal(row[4]) for row in rows if row[3] == "支出"]
    lines = counts or (
        f"共{len(rows)}笔记录",
        f"收入：{len(into)}笔 {sum(into):.2f}元",
        f"支出：{len(out)}笔 {sum(out):.2f}元",
    )
    above: list[list[Cell]] = [
        ["微信支付账单明细"],
        ["微信昵称：[好味面馆]"],
        [f"起始时间：[2025-01-01 00:00:00] 终止时间：[{last} 23:59:59]"],
    ]
    header: list[Cell] = [
        "交易时间",
        "交易类型",
        "交易对方",
        "商品",
        "收/支",
        "金额(元)",
        "支付方式",
        "当前状态",
        "交易单号",
        "商户单号",
        "备注",
    ]
    body: list[list[Cell]] = [
        [day, kind, party, "/", side, f"¥{value}", "零钱", status, f"10000{index}\t", f"20000{index}\t", "/"]
        for index, (day, kind, party, side, value, status) in enumerate(rows)
    ]
    return sheet([*above, *([line] for line in lines), ["注："], ["1. 充值/提现/理财通购买等交易，将计入中性交易"], [], header, *body])


def alipay(rows: list[Row], counts: tuple[str, ...]) -> Grid:
    above: list[list[Cell]] = [
        ["------------------------"],
        ["导出信息："],
        ["姓名：林小妹"],
        ["起始时间：[2025-01-01 00:00:00]    终止时间：[2025-03-31 23:59:59]"],
        *([line] for line in counts),
        ["--------------支付宝（中国）网络技术有限公司  电子客户回单--------------"],
    ]
    header: list[Cell] = [
        "交易时间",
        "交易分类",
        "交易对方",
        "对方账号",
        "商品说明",
        "收/支",
        "金额",
        "收/付款方式",
        "交易状态",
        "交易订单号",
        "商家订单号",
        "备注",
        "",
    ]
    body: list[list[Cell]] = [
        [f"{day} ", kind, party, "/", "x", side, f"{value}   ", "余额", status, f"30000{index}\t", f"T{index}\t", "", ""]
        for index, (day, kind, party, side, value, status) in enumerate(rows)
    ]
    return sheet([*above, header, *body])


def test_a_bill_that_agrees_with_its_own_counts() -> None:
    findings = read(wechat(rows_of()))
    assert findings.document is Document.PAYMENT_BILL
    assert failing(findings) == set()
    assert findings.facts["monthly_inflow"] == Decimal("300.50")
    assert findings.facts["monthly_inflow_cv"] == 0
    assert findings.facts["largest_customer_share"] == Decimal("0.6656")
    assert "cash" not in {figure.fact for figure in findings.figures}
    assert isinstance(findings.series, FlowSeries)
    assert [flow.outflow for flow in findings.series.months] == [80, 80, 80]


@pytest.mark.parametrize("index", range(12))
def test_a_changed_amount_of_money_in_or_out_is_noticed(index: int) -> None:
    rows = rows_of()
    honest = wechat(rows)
    day, kind, party, side, value, status = rows[index]
    rows[index] = (day, kind, party, side, f"9{value}", status)
    changed = wechat(rows, tuple(str(honest.rows[line][0]) for line in (3, 4, 5)))
    findings = read(changed)
    assert failing(findings) == {"收入": {"stated_income"}, "支出": {"stated_expense"}, "/": set()}[side]
    assert ("monthly_inflow" in findings.facts) is (side != "收入")


def test_a_removed_row_is_noticed() -> None:
    rows = rows_of()
    honest = wechat(rows)
    findings = read(wechat(rows[1:], tuple(str(honest.rows[line][0]) for line in (3, 4, 5))))
    assert failing(findings) == {"stated_income", "stated_count"}
    assert "monthly_inflow" not in findings.facts


def test_closed_payments_and_neutral_rows_are_no_income() -> None:
    rows = rows_of()
    rows.insert(1, ("2025-01-05 10:00:00", "日用百货", "顾客丙", "收入", "999.00", "交易关闭"))
    rows.insert(2, ("2025-01-05 10:00:00", "投资理财", "余额宝", "不计收支", "999.00", "交易成功"))
    stated_with_closed = ("共14笔记录", "收入：7笔 1900.50元", "支出：3笔 240.00元", "不计收支：4笔 1449.00元")
    stated_without = ("共14笔记录", "收入：6笔 901.50元", "支出：3笔 240.00元", "不计收支：4笔 1449.00元")
    for counts in (stated_with_closed, stated_without):
        findings = read(alipay(rows, counts))
        assert failing(findings) == set(), counts
        assert findings.facts["monthly_inflow"] == Decimal("300.50")


@pytest.mark.parametrize(
    ("status", "mean"), [("已全额退款", "267.00"), ("已退款(￥60.00)", "280.50"), ("已退款￥60.00", "280.50"), ("已收钱", "300.50")]
)
def test_what_was_paid_back_is_taken_off(status: str, mean: str) -> None:
    rows = rows_of()
    rows[0] = (*rows[0][:5], status)
    assert read(wechat(rows)).facts["monthly_inflow"] == Decimal(mean)


def test_refunds_of_own_purchases_are_no_income() -> None:
    rows = rows_of()
    rows.insert(3, ("2025-01-21 08:30:00", "商户消费-退款", "福州面粉店", "收入", "80.00", "已全额退款"))
    findings = read(wechat(rows))
    assert findings.facts["monthly_inflow"] == Decimal("300.50")


def test_a_bill_of_purchases_gives_no_income() -> None:
    rows = [row for row in rows_of() if row[3] == "支出"]
    findings = read(wechat(rows))
    assert findings.facts == {}
    assert failing(findings) == {"no_income"}


def test_days_outside_of_the_stated_period_are_asked_about() -> None:
    rows = [*rows_of(), ("2024-06-02 10:11:12", "二维码收款", "顾客甲", "收入", "100.50", "已收钱")]
    findings = read(wechat(rows))
    assert "period" in failing(findings)
    assert "monthly_inflow" not in findings.facts


def test_a_copied_sheet_is_not_counted_twice() -> None:
    first = wechat(rows_of())
    findings = read(Grid("账单", first.rows), Grid("Sheet1", first.rows))
    assert findings.facts["monthly_inflow"] == Decimal("300.50")
    assert "Sheet1" in next(check.detail.en for check in findings.checks if check.name == "copies")


def test_a_merchants_list_with_two_columns_and_a_balance() -> None:
    rows: list[list[Cell]] = [
        ["#支付宝账务明细查询"],
        ["#账号：[20885****0156]"],
        ["#起始日期：[2025年01月01日 00:00:00]   终止日期：[2025年04月01日 00:00:00]"],
        ["账务流水号", "业务流水号", "商户订单号", "商品名称", "发生时间", "对方账号", "收入金额（+元）", "支出金额（-元）"],
    ]
    rows[-1] += ["账户余额（元）", "交易渠道", "业务类型", "备注"]
    balance = Decimal(0)
    for month in (1, 2, 3):
        for day, came, went, kind in ((3, "500.00", "", "交易付款"), (9, "", "-3.00", "收费"), (28, "", "-400.00", "提现")):
            balance += Decimal(came or went)
            rows.append(
                [
                    f"A{month}{day}\t",
                    "B",
                    "C",
                    "面",
                    f"2025-{month:02}-{day:02} 10:00:00",
                    "x",
                    came,
                    went,
                    f"{balance}",
                    "支付宝",
                    kind,
                    "",
                ]
            )
    rows += [["#支出合计：6笔，共-1209.00元"], ["#收入合计：3笔，共1500.00元"]]
    findings = read(sheet(rows))
    assert findings.document is Document.PAYMENT_BILL
    assert failing(findings) <= {"holder"}
    assert findings.facts["monthly_inflow"] == 500


def certificate(rows: list[Row]) -> Grid:
    """Pages of a certificate: numbers and days run over two lines, and what belongs to a record stands close together."""
    columns = [
        ("交易单号", 20),
        ("交易时间", 110),
        ("交易类型", 200),
        ("收/支/其他", 280),
        ("交易方式", 350),
        ("金额(元)", 420),
        ("交易对方", 490),
    ]
    lines: list[tuple[float, list[tuple[str, float]]]] = [
        (40, [("微信支付交易明细证明", 200)]),
        (60, [(name, left) for name, left in columns]),
    ]
    top = 80.0
    for index, (day, kind, party, side, value, _) in enumerate(rows):
        when, time = day.split()
        lines.append((top, [(f"1000050001{index}", 20), (when, 110), (kind, 200)]))
        lines.append((top + 5, [(side, 280), ("零钱", 350), (value, 420), (party, 490)]))
        lines.append((top + 10, [("20250102", 20), (time, 110)]))
        top += 24
    lines.append((top + 20, [("说明：", 20), ("本证明仅供参考", 110)]))
    cells, boxes = [], {}
    for number, (y, said) in enumerate(lines):
        cells.append(tuple(words for words, _ in said))
        boxes.update({(number, place): Box(1, x, y, x + 9 * len(words), y + 9) for place, (words, x) in enumerate(said)})
    return Grid("page 1", tuple(cells), boxes)


def test_records_over_several_lines_of_a_certificate() -> None:
    findings = read(certificate(rows_of()))
    assert findings.document is Document.PAYMENT_BILL
    assert findings.facts["monthly_inflow"] == Decimal("300.50")
    assert findings.facts["largest_customer_share"] == Decimal("0.6656")
    assert all(at.box is not None for figure in findings.figures for at in figure.at)


def test_the_older_list_with_its_service_fees_and_its_sums_below() -> None:
    header: list[Cell] = [
        "交易号",
        "商家订单号",
        "交易创建时间",
        "付款时间",
        "类型",
        "交易对方",
        "商品名称",
        "金额（元）",
        "收/支",
        "交易状态",
    ]
    header += ["服务费（元）", "成功退款（元）", "备注", "资金状态"]
    rows: list[list[Cell]] = [
        ["支付宝交易记录明细查询"],
        ["账号:[shop@example.com]"],
        ["起始日期:[2025-01-01 00:00:00]    终止日期:[2025-03-31 23:59:59]"],
        header,
    ]
    for month in (1, 2, 3):
        for day, value, back in ((2, "100.00", "0.00"), (28, "60.00", "10.00")):
            when = f"2025-{month:02}-{day:02} 10:00:00"
            rows.append(
                [
                    f"{month}{day}\t",
                    f"T{month}{day}",
                    when,
                    when,
                    "即时到账交易",
                    f"顾客{day}",
                    "鞋",
                    value,
                    "收入",
                    "交易成功",
                    "0.60",
                    back,
                    "",
                    "已收入",
                ]
            )
    rows += [["-----"], ["共6笔记录"], ["已收入:6笔,480.00元"], ["待收入:0笔,0.00元"], ["已支出:0笔,0.00元"], ["待支出:0笔,0.00元"]]
    findings = read(sheet(rows))
    assert findings.document is Document.PAYMENT_BILL
    assert failing(findings) == set()
    assert findings.facts["monthly_inflow"] == 150
