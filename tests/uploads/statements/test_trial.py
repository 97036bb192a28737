"""Trial balances: balances of accounts, and the revenue booked in a year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nlu.uploads.document import Document
from nlu.uploads.grid import Cell, Grid
from nlu.uploads.statements import READERS
from tests.uploads.statements.layouts import TODAY, failed, opened, read
from tests.uploads.statements.returns import trial_balance

#: code, name, opening, debit, credit, credit of the year
ACCOUNTS = [
    ("1001", "库存现金", 2_000, 1_000, 500, 9_000),
    ("1002", "银行存款", 500_000, 300_000, 250_000, 4_000_000),
    ("100201", "工行", 400_000, 200_000, 150_000, 3_000_000),
    ("100202", "建行", 100_000, 100_000, 100_000, 1_000_000),
    ("1122", "应收账款", 800_000, 200_000, 100_000, 900_000),
    ("1405", "库存商品", 300_000, 100_000, 150_000, 900_000),
    ("1403", "原材料", 50_000, 20_000, 20_000, 90_000),
    ("1601", "固定资产", 900_000, 0, 0, 0),
    ("1602", "累计折旧", -300_000, 0, 10_000, 120_000),
    ("2001", "短期借款", -600_000, 0, 0, 500_000),
    ("2202", "应付账款", -250_000, 120_500, 150_000, 900_000),
    ("2501", "长期借款", -200_000, 0, 0, 0),
    ("3001", "实收资本", -1_000_000, 0, 0, 0),
    ("3103", "本年利润", -202_000, 239_000, 300_000, 3_000_000),
    ("5001", "主营业务收入", 0, 280_000, 280_000, 3_300_000),
    ("5051", "其他业务收入", 0, 20_000, 20_000, 200_000),
    ("5401", "主营业务成本", 0, 150_000, 150_000, 1_900_000),
]  # fmt: skip


@pytest.mark.parametrize("deep", [True, False])
def test_balances_and_the_revenue_of_the_year(deep: bool) -> None:
    found = read(trial_balance(ACCOUNTS, deep=deep))
    assert found.document is Document.TRIAL_BALANCE
    assert found.facts == {
        "cash": Decimal(552_500),
        "receivables": Decimal(900_000),
        "inventory": Decimal(300_000),
        "fixed_assets": Decimal(590_000),
        "short_term_debt": Decimal(600_000),
        "long_term_debt": Decimal(200_000),
        "existing_loans": Decimal(800_000),
        "annual_revenue": Decimal(3_500_000),
    }
    assert failed(found) == []


def test_the_revenue_of_some_months_is_no_years() -> None:
    assert "annual_revenue" not in read(trial_balance(ACCOUNTS, "2024年11月")).facts
    assert "annual_revenue" not in read(trial_balance(ACCOUNTS, year=False)).facts


@pytest.mark.parametrize("code", ["1001", "1002", "1122", "1403", "1601", "2001", "2501"])
def test_a_wrong_closing_balance_is_flagged(code: str) -> None:
    grid = trial_balance(ACCOUNTS)
    rows = [list(row) for row in grid.rows]
    for row in rows:
        if row and row[0] == code:
            place = next(place for place in (len(row) - 2, len(row) - 1) if row[place])
            amount = row[place]
            assert isinstance(amount, Decimal)
            row[place] = amount + 40_000
    right, found = read(grid), read(Grid(grid.name, tuple(map(tuple, rows))))
    assert {"account_moves", "debits_equal_credits"} <= set(failed(found))
    assert all(right.facts[fact] == value for fact, value in found.facts.items())


def test_an_allowance_leaves_receivables_open() -> None:
    found = read(trial_balance([*ACCOUNTS, ("1231", "坏账准备", -5_000, 0, 0, 0), ("6701", "资产减值损失", 5_000, 0, 0, 0)]))
    assert "receivables" not in found.facts


def test_an_english_chart_of_accounts() -> None:
    lines: tuple[tuple[str, str, int, int], ...] = (
        ("1010", "Checking Account", 40_000, 0), ("1020", "Petty Cash", 500, 0), ("1200", "Accounts Receivable", 30_000, 0),
        ("1500", "Equipment", 60_000, 0),
        ("2000", "Accounts Payable", 0, 20_000), ("2500", "Equipment Loan", 0, 30_000), ("3000", "Owner Capital", 0, 50_000),
        ("4000", "Sales Revenue", 0, 90_000),
        ("5000", "Rent Expense", 59_500, 0),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        ("Morning Trading Ltd",),
        ("Trial Balance as at 31 December 2024",),
        ("Account", "Description", "Debit", "Credit"),
    ]
    rows += [(code, name, Decimal(debit), Decimal(credit)) for code, name, debit, credit in lines]
    rows.append((None, "Total", Decimal(190_000), Decimal(190_000)))
    found = read(Grid(None, tuple(rows)))
    assert found.facts["cash"] == 40_500
    assert found.facts["total_assets"] == 130_500
    assert found.facts["total_liabilities"] == 50_000
    assert found.facts["equity"] == 80_500
    assert failed(found) == []


@pytest.mark.parametrize(
    "rows",
    [
        (
            ("Date", "Description", "Debit", "Credit", "Balance"),
            *((f"2024-01-0{day}", "Cash", Decimal(5), None, Decimal(day)) for day in range(1, 9)),
        ),
        (
            ("日期", "摘要", "科目名称", "借方金额", "贷方金额"),
            *((f"2024-01-0{day}", "付款", "银行存款", Decimal(5), Decimal(5)) for day in range(1, 9)),
        ),
    ],
)
def test_a_list_of_bookings_is_no_trial_balance(rows: tuple[tuple[Cell, ...], ...]) -> None:
    assert all(reader(opened(Grid(None, rows)), TODAY) is None for reader in READERS)


def test_a_balance_of_the_years_beginning_goes_with_what_was_booked_since() -> None:
    """年初余额 beside 本期发生额 and 本年累计发生额: only the last of them leads to the closing balance."""
    names = ["科目编码", "科目名称", "年初余额", None, "本期发生额", None, "本年累计发生额", None, "期末余额", None]
    sides = [None, None, *["借方", "贷方"] * 4]
    rows: list[list[Cell]] = [["科目余额表"], ["会计期间：2024年12月"], list(names), list(sides)]
    for code, name, first, booked, credited in (
        ("1002", "银行存款", 320_000, 6_100_000, 6_070_000),
        ("1122", "应收账款", 410_000, 5_200_000, 5_100_000),
        ("1405", "库存商品", 260_000, 4_100_000, 4_060_000),
        ("2001", "短期借款", -400_000, 200_000, 300_000),
        ("3001", "实收资本", -590_000, 0, 70_000),
    ):
        last = first + booked - credited
        amounts = [max(first, 0), max(-first, 0), booked // 12, credited // 12, booked, credited, max(last, 0), max(-last, 0)]
        rows.append([code, name, *map(Decimal, amounts)])
    found = read(Grid("科目余额表", tuple(map(tuple, rows))))
    assert failed(found) == []
    assert found.facts["short_term_debt"] == 500_000
    rows[4][8] = Decimal(359_000)
    assert "account_moves" in failed(read(Grid("科目余额表", tuple(map(tuple, rows)))))


def test_loans_of_an_english_chart_are_added_up() -> None:
    names = ("1080 Bank", "1500 Equipment", "2100 Bank Loan", "2300 Trade Payable", "2400 Loan from Shareholder", "2900 Mortgage",
             "3100 Capital", "4000 Sales", "5000 Wages")  # fmt: skip
    amounts = (80_000, 190_000, -60_000, -10_000, -30_000, -90_000, -50_000, -70_000, 40_000)
    rows: list[list[Cell]] = [["Trial Balance As at 12/31/2024"], ["Account Number", "Account Description", "Debits", "Credits"]]
    for name, amount in zip(names, amounts, strict=True):
        code, _, title = name.partition(" ")
        rows.append([code, title, Decimal(max(amount, 0)), Decimal(max(-amount, 0))])
    assert read(Grid("Sheet1", tuple(map(tuple, rows)))).facts["existing_loans"] == 150_000
