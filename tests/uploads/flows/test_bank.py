"""Bank statements of any bank: the monthly mean in every layout, what is income, and which months count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Document
from nlu.uploads.flows.series import FlowSeries
from nlu.uploads.grid import Cell
from tests.uploads.flows.made import CENTS, FIRM, LAYOUTS, Move, changed, failing, paged, read, sheet, written, year


@st.composite
def histories(draw: st.DrawFn) -> list[Move]:
    """Three to five whole months with money in and out every month, in the order in which it moved."""
    start = date(2025, draw(st.integers(1, 6)), 1)
    moves: list[Move] = []
    for month in range(draw(st.integers(3, 5))):
        first = date(start.year, start.month + month, 1)
        days = sorted({1, 28, *draw(st.lists(st.integers(1, 28), max_size=5))})
        for number in days:
            for _ in range(draw(st.integers(1, 2))):
                cents = draw(st.integers(1, 9_999_999))
                sign = draw(st.sampled_from([1, -1]))
                party = draw(st.sampled_from(["宁德海鲜批发有限公司", "莆田鞋业有限公司", "三明林业有限公司"]))
                moves.append(Move(first + timedelta(days=number - 1), sign * Decimal(cents) / 100, party, "货款"))
        moves.append(Move(first + timedelta(days=27), Decimal(100) + month, "南平竹业有限公司", "货款"))
    return moves


def monthly(moves: list[Move]) -> dict[tuple[int, int], Decimal]:
    sums: dict[tuple[int, int], Decimal] = {}
    for move in moves:
        key = (move.day.year, move.day.month)
        sums[key] = sums.get(key, Decimal(0)) + max(move.amount, Decimal(0))
    return sums


@given(histories(), st.sampled_from(sorted(LAYOUTS)), st.integers(0, 10**9), st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_monthly_mean_is_exact_in_every_layout(moves: list[Move], name: str, cents: int, on_pages: bool) -> None:
    layout = LAYOUTS[name]
    statement = written(moves, Decimal(cents) / 100, layout).grid
    findings = read(*(paged(statement) if on_pages else (statement,)))
    sums = list(monthly(moves).values())
    figures = {figure.fact: figure for figure in findings.figures}
    assert findings.document is Document.BANK_STATEMENT
    assert figures["monthly_inflow"].value == (sum(sums, Decimal(0)) / len(sums)).quantize(CENTS)
    assert findings.facts["monthly_inflow"] == figures["monthly_inflow"].value, [check for check in findings.checks if not check.ok]
    variation = findings.facts["monthly_inflow_cv"]
    assert isinstance(variation, Decimal)
    assert float(variation) == pytest.approx(pstdev(map(float, sums)) / fmean(map(float, sums)), abs=1e-4)
    assert figures["cash"].value == Decimal(cents) / 100 + sum(move.amount for move in moves)
    assert len(figures["monthly_inflow"].at) == sum(move.amount > 0 for move in moves)
    by_party: dict[str, Decimal] = {}
    for move in moves:
        by_party[move.party] = by_party.get(move.party, Decimal(0)) + max(move.amount, Decimal(0))
    assert findings.facts["largest_customer_share"] == (max(by_party.values()) / sum(by_party.values())).quantize(Decimal("0.0001"))
    assert isinstance(findings.series, FlowSeries)
    assert [flow.inflow for flow in findings.series.months] == sums
    assert_days_agree(findings.series, moves)


def assert_days_agree(series: FlowSeries, moves: list[Move]) -> None:
    """Day by day it is what moved in the last half year."""
    assert series.since is not None
    assert series.until is not None
    assert (series.until - series.since).days < 182
    recent = [move for move in moves if move.day >= series.since]
    assert sum(one.inflow - one.outflow for one in series.days) == sum(move.amount for move in recent)
    assert {one.day for one in series.days} == {move.day for move in recent if move.amount}


@given(histories(), st.sampled_from(sorted(LAYOUTS)), st.data())
@settings(max_examples=150, deadline=None)
def test_a_changed_amount_is_never_unnoticed(moves: list[Move], name: str, data: st.DataObject) -> None:
    """With a balance in every row; the very first amount has none before it, unless the statement says its opening balance."""
    layout = replace(LAYOUTS[name], above=(*LAYOUTS[name].above, ("期初余额：5000.00" if LAYOUTS[name].unit == 1 else "期初余额：0.5",)))
    statement = written(moves, Decimal(5000), layout)
    index = data.draw(st.integers(0, len(moves) - 1))
    places = statement.amounts if data.draw(st.booleans()) else statement.balances
    row, column = places[index]
    cell = statement.grid.rows[row][column]
    assert isinstance(cell, str)
    digits = [at for at, char in enumerate(cell) if char.isdigit()]
    at = data.draw(st.sampled_from(digits))
    digit = data.draw(st.sampled_from("0123456789".replace(cell[at], "")))
    findings = read(changed(statement.grid, (row, column), f"{cell[:at]}{digit}{cell[at + 1 :]}"))
    assert "monthly_inflow" not in findings.facts
    assert "cash" not in findings.facts
    assert failing(findings) & {"running_balance", "closing_balance"}


def test_what_repays_a_loan_is_told_from_what_else_is_spent() -> None:
    loan = [Move(date(2025, month, 28), Decimal(-3000), "建设银行福州分行", "贷款还款") for month in range(1, 13)]
    findings = read(written(year(*loan), Decimal(1000), replace(LAYOUTS["two columns"], above=((f"户名：{FIRM}",),))).grid)
    assert isinstance(findings.series, FlowSeries)
    last = findings.series.days[-1]
    assert (last.day, last.inflow, last.outflow, last.repaid) == (date(2025, 12, 28), 0, 13000, 3000)


@pytest.mark.parametrize(
    ("extra", "left_out"),
    [
        (Move(date(2025, 3, 3), Decimal(50000), FIRM, "往来款"), "own"),
        (Move(date(2025, 3, 3), Decimal(50000), "", "定期到期转存"), "own"),
        (Move(date(2025, 3, 3), Decimal(50000), "兴业银行", "理财赎回"), "own"),
        (Move(date(2025, 3, 3), Decimal(50000), "支付宝（中国）网络技术有限公司", "提现"), "own"),
        (Move(date(2025, 3, 3), Decimal(50000), "福州包装材料厂", "退款"), "refund"),
        (Move(date(2025, 3, 3), Decimal(50000), "福州包装材料厂", "账号有误退汇"), "refund"),
        (Move(date(2025, 3, 3), Decimal(50000), "", "冲正"), "reversal"),
        (Move(date(2025, 3, 3), Decimal(50000), "建设银行福州分行", "贷款发放"), "loan"),
        (Move(date(2025, 3, 3), Decimal(50000), "建设银行福州分行", "放款"), "loan"),
        (Move(date(2025, 3, 3), Decimal(50000), "Bank of Fuzhou", "Loan disbursement"), "loan"),
        (Move(date(2025, 3, 3), Decimal(50000), "林建国", "股东投资款"), "capital"),
    ],
)
def test_what_is_no_income_is_left_out_and_said(extra: Move, left_out: str) -> None:
    findings = read(written(year(extra), Decimal(1000), replace(LAYOUTS["two columns"], above=((f"户名：{FIRM}",),))).grid)
    assert findings.facts["monthly_inflow"] == 30000
    assert isinstance(findings.series, FlowSeries)
    assert findings.series.left_out == {left_out: Decimal(50000)}
    said = next(check for check in findings.checks if check.name == "not_counted")
    assert said.ok
    assert "50,000.00" in said.detail.zh
    assert "50,000.00" in said.detail.en


@pytest.mark.parametrize(
    ("party", "words"),
    [
        ("贷记客户有限公司", "贷记凭证"),
        ("国家税务总局福州市税务局", "增值税留抵退税"),
        ("退耕还林合作社", "货款"),
        ("", "结息"),
        ("林还款", "收回还款"),
    ],
)
def test_income_that_only_sounds_like_something_else_stays(party: str, words: str) -> None:
    extra = Move(date(2025, 3, 3), Decimal(12000), party, words)
    findings = read(written(year(extra), Decimal(1000), LAYOUTS["two columns"]).grid)
    assert findings.facts["monthly_inflow"] == 31000


def test_income_that_was_reversed_is_no_income() -> None:
    wrong = [Move(date(2025, 3, 3), Decimal(77000), "某某公司", "货款"), Move(date(2025, 3, 4), Decimal(-77000), "某某公司", "冲正")]
    red = [Move(date(2025, 5, 3), Decimal(8000), "某某公司", "货款")]
    statement = written(year(*wrong, *red), Decimal(1000), LAYOUTS["two columns"])
    assert read(statement.grid).facts["monthly_inflow"] == (Decimal(360000 + 8000) / 12).quantize(CENTS)


def test_red_entries_take_income_back() -> None:
    rows: list[list[Cell]] = [["交易日期", "摘要", "收入", "支出", "余额"]]
    balance = Decimal(0)
    for month in (1, 2, 3):
        for day, value in ((1, "900.00"), (2, "-300.00"), (28, "400.00")):
            balance += Decimal(value)
            rows.append([f"2025-{month:02}-{day:02}", "货款", value, "", str(balance)])
    assert read(sheet(rows)).facts["monthly_inflow"] == 1000


@pytest.mark.parametrize(
    ("words", "value", "fact"),
    [
        ("贷款还款", [-3000, -3000, -3000], Decimal(3000)),
        ("贷款利息", [-300, -310, -290], Decimal(300)),
        ("Loan repayment", [-3000, -3000, -3000], Decimal(3000)),
        ("信用卡还款", [-3000, -3000, -3000], None),
        ("归还借款", [-3000, -3000], None),  # not every month
        ("归还贷款", [-3000, -3000, -100000], None),  # the last one pays it off
        ("采购", [-3000, -3000, -3000], None),
    ],
)
def test_debt_service_only_where_it_is_clearly_and_regularly_paid(words: str, value: list[int], fact: Decimal | None) -> None:
    extra = [Move(date(2025, 1 + index, 20), Decimal(one), "建设银行", words) for index, one in enumerate(value)]
    findings = read(written(year(*extra, months=3), Decimal(500000), LAYOUTS["signed"]).grid)
    assert findings.facts.get("monthly_debt_service") == fact


def test_only_full_months_count_and_it_is_said() -> None:
    moves = [move for move in year() if date(2025, 1, 20) <= move.day <= date(2025, 6, 10)]
    findings = read(written(moves, Decimal(1000), LAYOUTS["two columns"]).grid)
    assert findings.facts["monthly_inflow"] == 30000
    said = next(check for check in findings.checks if check.name == "coverage")
    assert "4 个整月（2025-02 至 2025-05）" in said.detail.zh
    assert "4 full months (2025-02 to 2025-05)" in said.detail.en


@pytest.mark.parametrize(
    ("line", "months"),
    [
        ("查询期间：2025-01-01 至 2025-03-31", 3),
        ("起止日期：20250101-20250331", 3),
        ("Statement Period: January 1, 2025 - March 31, 2025", 3),
        ("起始日期：2025-01-03  终止日期：2025-03-31", 2),
        ("期间：2025年1月1日至2025年3月20日", 2),
    ],
)
def test_a_stated_period_decides_which_months_are_full(line: str, months: int) -> None:
    findings = read(written(year(months=3)[:8], Decimal(1000), replace(LAYOUTS["two columns"], above=((line,),))).grid)
    assert f"{months} full months" in next(check.detail.en for check in findings.checks if check.name == "coverage")


def test_the_present_month_is_not_full() -> None:
    statement = written(year(), Decimal(1000), LAYOUTS["two columns"]).grid
    assert "11 full months" in next(
        check.detail.en for check in read(statement, today=date(2025, 12, 30)).checks if check.name == "coverage"
    )


def test_less_than_a_month_gives_no_mean() -> None:
    findings = read(written(year()[:2], Decimal(1000), LAYOUTS["two columns"]).grid)
    assert "monthly_inflow" not in findings.facts
    assert "coverage" in failing(findings)


@pytest.mark.parametrize(
    ("holder", "used"),
    [(FIRM, True), ("Fuzhou Jian'an Trading Co., Ltd", True), ("张三丰", False), ("John A. Doe", False), (None, False)],
)
def test_cash_is_what_stands_on_a_firms_account(holder: str | None, used: bool) -> None:
    above: tuple[tuple[Cell, ...], ...] = ((f"户名：{holder}",),) if holder else ()
    findings = read(written(year(), Decimal(1000), replace(LAYOUTS["two columns"], above=above)).grid)
    assert findings.holder == holder
    assert findings.facts.get("cash") == (Decimal(241000) if used else None)
    assert next(figure for figure in findings.figures if figure.fact == "cash").value == 241000


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["交易日期", "入账日期", "交易描述", "卡末四位", "币种", "交易金额"],
            ["2025-01-02", "2025-01-03", "支付宝", "6688", "人民币", "5.90"],
        ],
        [["信用卡账单"], ["日期", "摘要", "币种", "金额"], ["2025-01-02", "餐饮", "人民币", "5.90"]],
        [["Credit card statement"], ["Date", "Description", "Currency", "Amount"], ["2025-01-02", "Cafe", "CNY", "5.90"]],
    ],
)
def test_a_credit_card_shows_no_income(rows: list[list[Cell]]) -> None:
    findings = read(sheet(rows))
    assert findings.facts == {}
    assert failing(findings) == {"card"}


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [(8, 24, 3), (9, 24, 2), (8, 23, 2), (9, 23, 1)],
)
def test_a_week_without_movements_at_either_end_is_still_a_full_month(first: int, last: int, months: int) -> None:
    moves = [Move(date(2025, 1, first), Decimal(10)), Move(date(2025, 2, 14), Decimal(20)), Move(date(2025, 3, last), Decimal(30))]
    findings = read(written(moves, Decimal(0), LAYOUTS["two columns"]).grid)
    assert f"over {months} full month" in next(check.detail.en for check in findings.checks if check.name == "coverage")


def test_what_comes_through_a_channel_names_no_customer() -> None:
    through = [Move(date(2025, month, 20), Decimal(9000), "支付宝（中国）网络技术有限公司", "收款") for month in range(1, 13)]
    findings = read(written(year(*through), Decimal(0), LAYOUTS["two columns"]).grid)
    assert findings.facts["monthly_inflow"] == 39000
    assert "largest_customer_share" not in findings.facts
    little = [Move(date(2025, month, 20), Decimal(300), "支付宝（中国）网络技术有限公司", "收款") for month in range(1, 13)]
    assert read(written(year(*little), Decimal(0), LAYOUTS["two columns"]).grid).facts["largest_customer_share"] == Decimal("0.6601")
