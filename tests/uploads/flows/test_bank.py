"""Bank statements of any bank: the monthly mean in every layout, and what does not add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Document
from nlu.uploads.flows.bank import read_ledger
from nlu.uploads.flows.series import FlowSeries
from nlu.uploads.grid import Box, Cell, Grid
from tests.uploads.flows.made import FIRM, LAYOUTS, TODAY, Layout, Move, changed, failing, opened, paged, read, sheet, written

CENTS = Decimal("0.01")
INCOME = {"monthly_inflow", "monthly_inflow_cv", "largest_customer_share"}


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


def year(*extra: Move, months: int = 12) -> list[Move]:
    """A plain year: 30,000 in and 10,000 out a month, and what is added."""
    moves = []
    for month in range(1, months + 1):
        moves += [
            Move(date(2025, month, 1), Decimal(10000), "宁德海鲜批发有限公司", "货款"),
            Move(date(2025, month, 15), Decimal(20000), "莆田鞋业有限公司", "货款"),
            Move(date(2025, month, 28), Decimal(-10000), "福州包装材料厂", "采购"),
        ]
    return sorted([*moves, *extra], key=lambda move: move.day)


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


def test_a_missing_row_is_noticed_by_the_balance() -> None:
    statement = written(year(), Decimal(1000), LAYOUTS["two columns"]).grid
    without = replace(statement, rows=(*statement.rows[:10], *statement.rows[11:]))
    findings = read(without)
    assert findings.facts == {}
    said = next(check for check in findings.checks if check.name == "running_balance")
    assert "E11" in said.detail.zh
    assert "E11" in said.detail.en


def test_rows_of_a_day_may_stand_in_any_order() -> None:
    moves = [Move(date(2025, month, 10), Decimal(value), "某某公司", "货款") for month in (1, 2, 3) for value in (500, -200, 300, -50)]
    moves = [Move(date(2025, 1, 1), Decimal(1), "", "x"), *moves, Move(date(2025, 3, 31), Decimal(1), "", "x")]
    statement = written(moves, Decimal(0), LAYOUTS["two columns"]).grid
    rows = list(statement.rows)
    rows[2:6] = [rows[3], rows[5], rows[2], rows[4]]
    findings = read(replace(statement, rows=tuple(rows)))
    assert "running_balance" not in failing(findings)
    assert findings.facts["monthly_inflow"] == (Decimal(2402) / 3).quantize(CENTS)


def test_a_day_written_once_counts_for_what_follows_on_it() -> None:
    rows: list[list[Cell]] = [["Date", "Details", "Withdrawal", "Deposit", "Balance"], ["1 Jan 2025", "B/F BALANCE", None, None, "100.00"]]
    for month in ("Jan", "Feb", "Mar"):
        rows += [
            [f"3 {month} 2025", "TRANSFER A", None, "50.00", None],
            [None, "TRANSFER B", None, "30.00", None],
            [None, "RENT", "20.00", None, None],
        ]
    rows.append(["31 Mar 2025", "TRANSFER A", None, "10.00", "290.00"])
    findings = read(sheet(rows))
    assert "running_balance" not in failing(findings)
    assert findings.facts["monthly_inflow"] == (Decimal(250) / 3).quantize(CENTS)
    rows[-1][-1] = "291.00"
    assert "running_balance" in failing(read(sheet(rows)))


@pytest.mark.parametrize(
    ("above", "below", "check", "ok"),
    [
        (("收入合计：360,000.00", "支出合计：120,000.00"), (), "stated_income", True),
        (("收入合计：360,000.01",), (), "stated_income", False),
        (("Total credits", Decimal(360000)), (), "stated_income", True),
        (("贷方笔数：24", "借方笔数：12"), (), "stated_count", True),
        (("贷方笔数：25",), (), "stated_count", False),
        (("总笔数：36",), (), "stated_count", True),
        (("Number of transactions:", Decimal(40)), (), "stated_count", False),
        ((), (("合计", None, "360,000.00", "120,000.00"),), "stated_income", True),
        ((), (("合计", None, "360,500.00", "120,000.00"),), "stated_income", False),
        ((), (("人民币合计", None, "360,000.00", "121,000.00"),), "stated_expense", False),
        (("期初余额：1,000.00", "期末余额：241,000.00"), (), "closing_balance", True),
        (("Closing balance: 241,100.00",), (), "closing_balance", False),
        (("Opening balance: 900.00",), (), "running_balance", False),
    ],
)
def test_what_the_bank_states_is_compared(above: tuple[Cell, ...], below: tuple[tuple[Cell, ...], ...], check: str, ok: bool) -> None:
    layout = replace(LAYOUTS["two columns"], above=(above,), below=below)
    findings = read(written(year(), Decimal(1000), layout).grid)
    assert (check not in failing(findings)) is ok
    assert "monthly_inflow" in {figure.fact for figure in findings.figures}
    if check == "stated_expense":
        assert "monthly_inflow" in findings.facts, "what went out does not touch what came in"


def test_months_without_a_row_are_asked_about_unless_the_balance_goes_on() -> None:
    moves = [move for move in year() if move.day.month not in (4, 5)]
    with_balance = read(written(moves, Decimal(1000), LAYOUTS["two columns"]).grid)
    assert "gap" not in failing(with_balance)
    assert with_balance.facts["monthly_inflow"] == 25000
    bare = replace(LAYOUTS["two columns"], columns=tuple(one for one in LAYOUTS["two columns"].columns if one[0] != "balance"))
    without = read(written(moves, Decimal(1000), bare).grid)
    assert "gap" in failing(without)
    assert not INCOME & set(without.facts)


def test_days_to_come_are_asked_about() -> None:
    statement = written(year(), Decimal(1000), LAYOUTS["two columns"]).grid
    assert "future" in failing(read(statement, today=date(2025, 12, 20)))


def test_rows_pasted_twice_are_noticed_without_a_balance() -> None:
    bare = replace(LAYOUTS["two columns"], columns=tuple(one for one in LAYOUTS["two columns"].columns if one[0] != "balance"))
    statement = written(year(), Decimal(0), bare).grid
    twice = replace(statement, rows=(*statement.rows, *statement.rows[-6:]))
    assert "doubles" in failing(read(twice))
    assert "doubles" not in failing(read(statement))


@pytest.mark.parametrize(
    ("name", "currency"), [("收入（美元）", "USD"), ("Deposits (HKD)", "HKD"), ("收入", "USD"), ("收入", "港币"), ("收入", "$")]
)
def test_other_currencies_are_not_taken_for_yuan(name: str, currency: str) -> None:
    amounts = "${:,.2f}" if currency == "$" else "{:,.2f}"
    above: tuple[tuple[Cell, ...], ...] = ((f"币种：{currency}",),) if name == "收入" and currency != "$" else ()
    layout = Layout((("day", "日期"), ("words", "摘要"), ("in", name), ("out", "支出"), ("balance", "余额")), amounts=amounts, above=above)
    findings = read(written(year(), Decimal(1000), layout).grid)
    assert "currency" in failing(findings)
    assert not {"monthly_inflow", "cash"} & set(findings.facts)


def test_what_cannot_be_read_is_told_with_its_place() -> None:
    statement = written(year(), Decimal(1000), LAYOUTS["two columns"])
    findings = read(changed(statement.grid, statement.amounts[4], "2#,000.00"))
    assert {"readable", "running_balance"} <= failing(findings)
    row, column = statement.amounts[4]
    assert str(statement.grid.at(row, column)) in next(check.detail.en for check in findings.checks if check.name == "readable")


def test_one_column_without_sign_or_balance_is_not_guessed() -> None:
    layout = Layout((("day", "日期"), ("words", "摘要"), ("size", "金额"), ("party", "对方户名"), ("x", "对方账号")))
    findings = read(written(year(), Decimal(0), layout).grid)
    assert "direction" in failing(findings)
    assert findings.facts == {}


def test_ambiguous_days_are_asked_about() -> None:
    moves = [Move(date(2025, month, day), Decimal(100), "A公司", "货款") for month, day in ((3, 1), (2, 4), (5, 6))]
    findings = read(sheet([["Date", "Description", "Deposit", "Withdrawal"], *[[f"{m.day:%d/%m/%Y}", "x", "100.00", None] for m in moves]]))
    assert "dates" in failing(findings)
    assert findings.facts == {}


def test_two_accounts_in_a_file_are_read_apart() -> None:
    rows: list[list[Cell]] = [["本方账号", "交易日期", "摘要", "收入", "支出", "余额"]]
    for account, opening in (("6222***1111", 1000), ("6222***2222", 9000)):
        for month in (1, 2, 3):
            rows.append([account, f"2025-{month:02}-01", "货款", "100.00", None, str(opening + month * 100)])
        rows.append([account, "2025-03-31", "货款", None, "1.00", str(opening + 299)])
    findings = read(sheet(rows))
    assert "running_balance" not in failing(findings)
    assert findings.facts["monthly_inflow"] == 200
    assert next(figure.value for figure in findings.figures if figure.fact == "cash") == 1299 + 9299


def test_months_on_sheets_of_their_own_are_one_statement() -> None:
    moves = year(months=6)
    whole = written(moves, Decimal(1000), LAYOUTS["two columns"]).grid
    sheets = [replace(whole, name=f"{month}月", rows=(whole.rows[0], *whole.rows[1 + 3 * month : 4 + 3 * month])) for month in range(6)]
    findings = read(*sheets)
    assert findings.facts["monthly_inflow"] == 30000
    assert next(figure.value for figure in findings.figures if figure.fact == "cash") == 121000


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
    "header",
    [
        ["科目编码", "科目名称", "期初余额", "本期借方", "本期贷方", "期末余额"],
        ["日期", "凭证号", "科目名称", "摘要", "借方", "贷方", "余额"],
        ["项目", "行次", "期末余额", "年初余额"],
        ["姓名", "日期", "工资", "备注"],
    ],
)
def test_other_tables_are_no_bank_statements(header: list[Cell]) -> None:
    rows: list[list[Cell]] = [header, ["2025-01-31", "1", "库存现金", "x", "1.00", "2.00", "3.00"]]
    assert read_ledger(opened(sheet(rows)), TODAY) is None


def test_an_empty_statement_says_so() -> None:
    findings = read(sheet([["交易日期", "摘要", "收入", "支出", "余额"], ["暂无记录"]]))
    assert failing(findings) == {"empty"}


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


def test_another_header_in_the_same_sheet_begins_another_list() -> None:
    moves = year(months=6)
    first = written(moves[:9], Decimal(1000), LAYOUTS["two columns"]).grid
    second = written(moves[9:], Decimal(61000), LAYOUTS["signed"]).grid
    findings = read(replace(first, rows=(*first.rows, *second.rows)))
    assert findings.facts["monthly_inflow"] == 30000
    assert len(next(figure.at for figure in findings.figures if figure.fact == "monthly_inflow")) == 12


def test_words_over_several_lines_belong_to_their_own_row() -> None:
    """Four lines of words under each row's amount, the last of them nearer to the next row than to its own."""
    rows: list[tuple[Cell, ...]] = [("交易日期", "摘要", "收入", "支出", "余额", "对方户名")]
    boxes = {(0, place): Box(1, 90.0 * place, 20, 90.0 * place + 60, 29) for place in range(6)}
    top, balance = 60.0, 0
    for month in (1, 2, 3):
        for day, party in ((1, ["宁德", "海鲜", "批发", "有限公司"]), (28, ["莆田", "鞋业", "有限", "公司"])):
            balance += 100
            lines: list[list[tuple[int, str]]] = [
                [(0, f"2025-{month:02}-{day:02}"), (1, "货款"), (2, "100.00"), (4, f"{balance}.00"), (5, party[0])]
            ]
            lines += [[(5, part)] for part in party[1:]]
            for line in lines:
                boxes.update(
                    {(len(rows), place): Box(1, 90.0 * column, top, 90.0 * column + 60, top + 9) for place, (column, _) in enumerate(line)}
                )
                rows.append(tuple(words for _, words in line))
                top += 10
            top += 6
    findings = read(Grid("page 1", tuple(rows), boxes))
    assert findings.facts["largest_customer_share"] == Decimal("0.5000")
    share = next(figure for figure in findings.figures if figure.fact == "largest_customer_share")
    assert share.label in ("宁德海鲜批发有限公司", "莆田鞋业有限公司")
    assert findings.facts["monthly_inflow"] == 200


def test_lists_that_do_not_go_on_from_one_another_are_asked_about() -> None:
    moves = year(months=6)
    first = written(moves[:9], Decimal(1000), LAYOUTS["two columns"]).grid
    second = written(moves[9:], Decimal(70000), LAYOUTS["two columns"]).grid
    findings = read(replace(first, name="一"), replace(second, name="二"))
    assert "accounts" in failing(findings)
    assert findings.facts == {}
