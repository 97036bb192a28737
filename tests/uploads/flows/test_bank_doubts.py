"""Bank statements that do not add up or cannot be read as they stand: what is noticed, asked about and told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.flows.bank import read_ledger
from nlu.uploads.grid import Box, Cell, Grid
from tests.uploads.flows.made import (
    CENTS,
    INCOME,
    LAYOUTS,
    TODAY,
    Layout,
    Move,
    changed,
    failing,
    opened,
    read,
    sheet,
    written,
    year,
)


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
