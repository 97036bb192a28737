"""The lines of a statement: garbled, slipped or signed otherwise, totals and their parts, and what must not be taken for something else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.document import Document, Period
from nlu.uploads.grid import Cell, Grid
from nlu.uploads.statements import READERS
from nlu.uploads.statements.picking import UNPROVED
from tests.uploads.statements.books import Row, filled
from tests.uploads.statements.filled import BALANCE, failed, table
from tests.uploads.statements.layouts import TODAY, Layout, grid_of, opened, read
from tests.uploads.statements.official_forms import GENERAL_BALANCE, SMALL_BALANCE


@pytest.mark.parametrize("amount", [None, Decimal(0), "-", "0.00", "－"])
def test_an_empty_form_has_no_figures(amount: Cell) -> None:
    rows = [("资产负债表",), ("单位：元",), ("资产", "行次", "期末余额", "年初余额")]
    rows += [
        (row.label, Decimal(row.number) if row.number else None, amount if row.key else None, amount if row.key else None)
        for row in SMALL_BALANCE.rows
    ]  # type: ignore[misc]
    found = read(Grid(None, tuple(rows)))
    assert found.document is Document.BALANCE_SHEET
    assert found.figures == ()
    assert len(found.notes) == 1


def test_line_numbers_speak_where_a_label_is_garbled() -> None:
    amounts = filled(SMALL_BALANCE, 5)
    sides = tuple(
        tuple(Row("应收帐欤", row.key, row.number) if row.key == "receivables" else row for row in side) for side in SMALL_BALANCE.sides
    )
    form = SMALL_BALANCE.__class__(SMALL_BALANCE.name, sides, SMALL_BALANCE.sums, SMALL_BALANCE.facts, SMALL_BALANCE.balancing)
    found = read(grid_of(form, {"期末余额": amounts}, Layout(("期末余额",), above=(("资产负债表", "单位：元"),))))
    assert found.facts["receivables"] == amounts["receivables"]


def test_a_slipped_line_number_is_flagged() -> None:
    amounts = filled(SMALL_BALANCE, 5)
    sides = tuple(tuple(Row(row.label, row.key, 4) if row.key == "a3" else row for row in side) for side in SMALL_BALANCE.sides)
    form = SMALL_BALANCE.__class__(SMALL_BALANCE.name, sides, SMALL_BALANCE.sums, SMALL_BALANCE.facts, SMALL_BALANCE.balancing)
    found = read(grid_of(form, {"期末余额": amounts}, Layout(("期末余额",), above=(("资产负债表", "单位：元"),))))
    assert "line_numbers" in failed(found)


def test_totals_are_not_taken_for_their_parts() -> None:
    lines = (
        ("一、营业总收入", 950), ("其中：营业收入", 900), ("二、营业总成本", 700), ("其中：营业成本", 500), ("税金及附加", 20),
        ("管理费用", 150), ("财务费用", 30),
        ("加：其他收益", 10), ("三、营业利润", 260), ("四、利润总额", 260), ("减：所得税费用", 60), ("五、净利润", 200),
        ("归属于母公司股东的净利润", 190), ("综合收益总额", 205),
    )  # fmt: skip
    found = read(table(lines, ("利润表",), ("2024年度", "单位：元"), head="本期金额"))
    assert found.facts["annual_revenue"] == 900_000
    assert found.facts["operating_cost"] == 500_000
    assert found.facts["net_profit"] == 200_000
    assert found.facts["finance_cost"] == 30_000
    assert failed(found) == []


def test_main_and_other_business_are_the_revenue_together() -> None:
    lines = (
        ("主营业务收入", 800), ("其他业务收入", 100), ("主营业务成本", 450), ("其他业务成本", 50), ("管理费用", 100), ("营业利润", 300),
        ("利润总额", 300), ("净利润", 300),
    )  # fmt: skip
    found = read(table(lines, ("利润表",), ("2024年度", "单位：元"), head="本期金额"))
    assert (found.facts["annual_revenue"], found.facts["operating_cost"], found.facts["gross_profit"]) == (900_000, 500_000, 400_000)
    figure = next(figure for figure in found.figures if figure.fact == "annual_revenue")
    assert [str(at) for at in figure.at] == ["B4", "B5"]


def test_costs_may_stand_as_negative_figures() -> None:
    rows = (
        ("Income Statement",), ("Year ended 31 December 2024",), ("Revenue", "900,000"), ("Cost of sales", "(500,000)"),
        ("Gross profit", "400,000"),
        ("Administrative expenses", "(100,000)"), ("Finance costs", "(30,000)"), ("Profit before tax", "270,000"),
        ("Income tax expense", "(60,000)"), ("Profit for the year", "210,000"),
    )  # fmt: skip
    found = read(Grid(None, rows))
    assert found.facts["operating_cost"] == 500_000
    assert found.facts["gross_profit"] == 400_000
    assert found.facts["finance_cost"] == 30_000
    assert found.facts["net_profit"] == 210_000
    assert failed(found) == []


def test_a_net_loss_is_negative() -> None:
    rows = (
        ("Income Statement",),
        ("Year ended 31 December 2024",),
        ("Total revenue", "100,000"),
        ("Total expenses", "130,000"),
        ("Net loss", "30,000"),
    )
    found = read(Grid(None, rows))
    assert found.facts["net_profit"] == -30_000
    assert failed(found) == []


def test_traditional_characters_and_hong_kong_words() -> None:
    rows = (
        ("綜合損益表",), ("截至2024年12月31日止年度",), ("單位：人民幣千元",), ("項目", "2024年"), ("收益", "9,000"),
        ("銷售成本", "(5,000)"), ("毛利", "4,000"),
        ("行政費用", "(1,000)"), ("除稅前溢利", "3,000"), ("所得稅", "(500)"), ("年內溢利", "2,500"),
    )  # fmt: skip
    found = read(Grid(None, rows))
    assert found.facts["annual_revenue"] == 9_000_000
    assert found.facts["net_profit"] == 2_500_000
    assert found.facts["gross_profit"] == 4_000_000


def test_inner_amounts_belong_to_the_outer_line_below_them() -> None:
    rows = (
        ("Balance Sheet as at 31 December 2024",), ("Current Assets",), ("Bank account", None, "500.00"), ("Debtors", None, "300.00"),
        ("Total Current Assets", None, "800.00"), ("Total Assets", None, "800.00"),
        ("Current Liabilities",), ("Payroll tax", "60.00"), ("Pension", "40.00"), ("Staff payable", None, "100.00"),
        ("Bank loan", None, "200.00"),
        ("Total Current Liabilities", None, "300.00"), ("Total Liabilities", None, "300.00"), ("Capital", None, "500.00"),
        ("Total Equity", None, "500.00"),
        ("Total Liabilities and Equity", None, "800.00"),
    )  # fmt: skip
    found = read(Grid(None, rows))
    assert found.facts["short_term_debt"] == 200
    assert found.facts["cash"] == 500
    assert failed(found) == []


def test_a_long_term_line_that_may_be_a_loan_is_asked_about() -> None:
    rows = (
        ("Balance Sheet",), ("Total Assets", "900"), ("Long Term Liabilities",), ("Equipment Loan", "300"), ("Sunrise Capital", "100"),
        ("Deferred Tax", "50"),
        ("Total Long Term Liabilities", "450"), ("Total Liabilities", "450"), ("Total Equity", "450"),
    )  # fmt: skip
    found = read(Grid(None, rows))
    assert "long_term_debt" not in found.facts
    assert "Sunrise Capital" in next(check.detail.en for check in found.checks if not check.ok)


def test_loans_of_the_owners_are_no_bank_loans() -> None:
    rows = (
        ("Balance Sheet",), ("Total Assets", "900"), ("Current Liabilities",), ("Loan from director", "300"), ("Bank overdraft", "100"),
        ("Total Current Liabilities", "400"),
        ("Total Liabilities", "400"), ("Total Equity", "500"),
    )  # fmt: skip
    assert read(Grid(None, rows)).facts["short_term_debt"] == 100


def test_an_extract_of_both_statements() -> None:
    rows = (
        ("2024年财务情况",), ("项目", "金额（万元）"), ("资产总额", "850.5"), ("负债总额", "320.2"), ("所有者权益", "530.3"),
        ("营业收入", "1200"), ("净利润", "88.6"),
    )  # fmt: skip
    found = read(Grid(None, rows))
    assert failed(found) == []
    assert (found.facts["total_assets"], found.facts["annual_revenue"], found.facts["net_profit"]) == (8_505_000, 12_000_000, 886_000)


def test_opening_figures_do_not_stand_in_for_closing_ones() -> None:
    rows = (("资产负债表",), ("项目", "年初余额", "期末余额"), *((label, Decimal(amount * 1000), None) for label, amount in BALANCE))
    found = read(Grid(None, rows))
    assert found.figures == ()
    assert "年初" in found.notes[0].zh


def test_the_vertical_form_of_british_firms() -> None:
    rows = (
        ("Balance Sheet",), ("Morning Trading Ltd",), ("As at 31 March 2024",), (None, "2024", "2023"), ("Fixed assets",),
        ("Tangible assets", "5,000", "5,500"),
        ("Current assets",), ("Stock", "2,000", "1,500"), ("Debtors", "3,000", "2,500"), ("Cash at bank and in hand", "1,000", "500"),
        ("Total current assets", "6,000", "4,500"), ("Creditors: amounts falling due within one year", "(4,000)", "(3,000)"),
        ("Net current assets", "2,000", "1,500"),
        ("Net assets", "7,000", "7,000"), ("Capital and reserves",), ("Called up share capital", "100", "100"),
        ("Profit and loss account", "6,900", "6,900"),
        ("Total equity", "7,000", "7,000"),
    )  # fmt: skip
    found = read(Grid(None, rows))
    assert failed(found) == []
    assert found.period == Period(date(2024, 3, 31), date(2024, 3, 31))
    assert found.facts == {
        "cash": 1000, "receivables": 3000, "inventory": 2000, "current_assets": 6000, "fixed_assets": 5000, "current_liabilities": 4000,
        "equity": 7000,
    }  # fmt: skip


def test_taxes_paid_in_a_year_come_from_the_cash_flow_statement() -> None:
    lines = (
        ("销售产成品、商品、提供劳务收到的现金", 900), ("支付的税费", 80), ("经营活动产生的现金流量净额", 100),
        ("投资活动产生的现金流量净额", -20),
        ("筹资活动产生的现金流量净额", 0), ("四、现金净增加额", 80),
    )  # fmt: skip
    found = read(table(lines, ("现金流量表",), ("2024年度", "单位：元"), head="本年累计金额"))
    assert found.facts == {"annual_tax_paid": Decimal(80_000)}
    assert read(table(lines, ("现金流量表",), ("2024年9月", "单位：元"), head="本年累计金额")).facts == {}


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (Decimal(500_000), "漏"),  # 100,000 too much is just 非流动负债合计
        (Decimal(700_000), "一位"),
        (Decimal(445_000), "颠倒"),
        (Decimal(444_000), "写错"),
    ],
)
def test_the_likely_reason_is_said(typed: Decimal, reason: str) -> None:
    lines = [(label, typed / 1000 if label == "流动负债合计" else Decimal(amount)) for label, amount in BALANCE]
    rows = (("资产负债表",), ("单位：元",), ("项目", "期末余额"), *((label, amount * 1000) for label, amount in lines))
    found = read(Grid(None, rows))
    assert "current_liabilities" not in found.facts
    assert found.facts["total_assets"] == 1_000_000
    details = [check.detail for check in found.checks if not check.ok and check.name != UNPROVED]
    assert any(reason in detail.zh for detail in details)


SAGE = (
    ("Fixed Assets", None), ("Plant and Machinery", 50), ("Less: Accumulated Depreciation", -10), (None, 40),
    ("Current Assets", None), ("Stock", 30), ("Debtors", 20), ("Bank Account", 10), (None, 60),
    ("Current Liabilities", None), ("Creditors : Short Term", 25), ("VAT Liability", 5), (None, 30),
    ("Current Assets less Current Liabilities:", 30), ("Total Assets less Current Liabilities:", 70),
    ("Long Term Liabilities", None), ("Bank Loan", 20), (None, 20), ("Total Assets less Total Liabilities:", 50),
    ("Capital & Reserves", None), ("Share Capital", 10), ("P & L Account", 40), (None, 50),
)  # fmt: skip


def test_totals_without_a_name_are_those_of_the_section_above_them() -> None:
    rows = [("Balance Sheet",), ("As at 31 December 2024",), (None, "2024")]
    rows += [(label, None if amount is None else Decimal(amount) * 1000) for label, amount in SAGE]
    found = read(Grid(None, tuple(rows)))
    assert found.facts == {
        "fixed_assets": 40_000, "current_assets": 60_000, "current_liabilities": 30_000, "equity": 50_000, "inventory": 30_000,
        "receivables": 20_000, "cash": 10_000, "long_term_debt": 20_000,
    }  # fmt: skip
    assert failed(found) == []
    wrong = tuple((label, Decimal(16_000)) if label == "Bank Account" else (label, *rest) for label, *rest in rows)
    assert "current_assets" not in read(Grid(None, wrong)).facts


def test_what_stands_in_no_sum_is_said_to_be_unproved() -> None:
    extract = (("营业收入", 2803), ("财务费用", 30), ("净利润", 210))
    found = read(table(extract, ("利润表",), ("2024年度", "单位：元"), head="本年累计金额"))
    (check,) = [check for check in found.checks if check.name == UNPROVED]
    assert (check.ok, check.doubts) == (False, ())
    assert "“营业收入”、“净利润”、“财务费用”" in check.detail.zh
    assert found.facts["annual_revenue"] == 2803000


def test_only_what_could_be_wrong_is_doubted() -> None:
    """A wrong total of a section fails two sums at once, so its parts are not to blame."""
    amounts = filled(GENERAL_BALANCE, 3)
    wrong = ("current_assets", amounts["current_assets"] + 10_000)
    found = read(
        grid_of(GENERAL_BALANCE, {"期末余额": amounts}, Layout(("期末余额",), number="nowhere", above=(("资产负债表", "单位：元"),)), wrong)
    )
    expected = GENERAL_BALANCE.truth(amounts)
    missing = {fact for fact in expected if fact not in found.facts}
    assert missing <= {"current_assets", "existing_loans"}


@pytest.mark.parametrize(
    "rows",
    [
        (("交易日期", "摘要", "借方发生额", "贷方发生额", "余额"),
        *((f"2024-01-{day:02}", "货款", Decimal(5), None, Decimal(day)) for day in range(1, 20))),
        (("商品", "数量", "金额"), *((f"商品{number}", Decimal(2), Decimal(30)) for number in range(20))),
        (("客户", "应收账款", "30天内", "31-60天"), *((f"客户{number}", Decimal(2), Decimal(1), Decimal(1)) for number in range(20)),
        ("合计", Decimal(40), Decimal(20), Decimal(20))),
        (("发票代码", "发票号码", "金额", "税额"), *(("3500", f"{number:08}", Decimal(100), Decimal(3)) for number in range(20))),
        (("存货名称", "库存商品", "单价", "存货"), *((f"货{number}", Decimal(2), Decimal(3), Decimal(6)) for number in range(20))),
        (("hello",), ("world",)),
        (),
    ],
)  # fmt: skip
def test_other_tables_are_not_taken(rows: tuple[tuple[Cell, ...], ...]) -> None:
    assert all(reader(opened(Grid("资产负债表", rows)), TODAY) is None for reader in READERS)
