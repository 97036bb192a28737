"""Statements as they come: units, currencies, several sheets, templates, slipped rows, and what must not be taken for something else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Document, Findings, Period
from nlu.uploads.grid import Cell, Grid
from nlu.uploads.statements import READERS
from nlu.uploads.statements.picking import UNPROVED
from nlu.uploads.statements.sentences import sentences
from tests.test_house import placeholders
from tests.uploads.statements import layouts
from tests.uploads.statements.books import Row, filled
from tests.uploads.statements.forms import (
    GENERAL_BALANCE,
    GENERAL_INCOME,
    QUICKBOOKS_BALANCE,
    SMALL_BALANCE,
    SMALL_INCOME,
    TEMPLATE_BALANCE,
)
from tests.uploads.statements.layouts import TODAY, Layout, grid_of, opened, read

BALANCE = (
    ("货币资金", 200), ("应收账款", 300), ("存货", 100), ("流动资产合计", 600), ("固定资产", 400), ("非流动资产合计", 400),
    ("资产总计", 1000),
    ("短期借款", 250), ("应付账款", 150), ("流动负债合计", 400), ("长期借款", 100), ("非流动负债合计", 100), ("负债合计", 500),
    ("实收资本", 300), ("未分配利润", 200), ("所有者权益合计", 500), ("负债和所有者权益总计", 1000),
)  # fmt: skip
INCOME = (
    ("营业收入", 900), ("营业成本", 500), ("管理费用", 100), ("营业利润", 300), ("利润总额", 300), ("所得税费用", 75), ("净利润", 225),
)  # fmt: skip


def table(
    lines: tuple[tuple[str, int], ...], *above: tuple[Cell, ...], head: str = "期末余额", scale: int = 1000, name: str | None = None
) -> Grid:
    rows = [*above, ("项目", head), *((label, Decimal(amount) * scale) for label, amount in lines)]
    return Grid(name, tuple(rows))


def failed(found: Findings) -> list[str]:
    return [name for name in layouts.failed(found) if name != UNPROVED]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：元", 1), ("单位:人民币元", 1), ("金额单位：元（列至角分）", 1), ("单位：万元", 10_000), ("（单位：人民币万元）", 10_000),
        ("单 位 : 千 元", 1000),
        ("(in thousands)", 1000), ("Stated in 000s", 1000), ("RMB'000", 1000), ("(RMB in thousands)", 1000),
        ("in RMB millions", 1_000_000), ("单位：百万元", 1_000_000),
        ("Expressed in RMB", 1),
    ],
)  # fmt: skip
def test_the_unit_line_is_honoured(line: str, unit: int) -> None:
    found = read(table(BALANCE, ("资产负债表",), (line,)))
    assert found.facts["total_assets"] == Decimal(1_000_000) * unit
    assert {figure.unit for figure in found.figures} == {unit}


@pytest.mark.parametrize(
    "line", ["编制单位：万元化工有限公司", "编制单位：万达贸易", "填报单位：千禧商行", "编制单位：元宝餐饮", "被评估单位：亿达公司"]
)
def test_a_firms_name_is_no_unit(line: str) -> None:
    found = read(table(BALANCE, ("资产负债表",), (line, "2024年12月31日")))
    assert found.facts["total_assets"] == 1_000_000


def test_two_units_are_asked_about() -> None:
    found = read(table(BALANCE, ("资产负债表",), ("单位：元",), head="期末余额（万元）"))
    assert found.facts == {}
    assert failed(found) == ["unit"]


def test_a_unit_below_the_years() -> None:
    rows = (
        ("Balance Sheet",),
        (None, "2024", "2023"),
        (None, "RMB'000", "RMB'000"),
        ("Total assets", "900", "800"),
        ("Total liabilities", "400", "300"),
        ("Total equity", "500", "500"),
    )
    found = read(Grid(None, rows))
    assert found.facts["total_assets"] == 900_000


def test_a_unit_over_the_column_counts_too() -> None:
    assert read(table(BALANCE, ("资产负债表",), head="期末余额（万元）", scale=1)).facts["total_assets"] == 10_000_000


def test_small_figures_without_a_unit_are_asked_about() -> None:
    found = read(table(BALANCE, ("资产负债表",), scale=1))
    assert found.facts == {}
    assert failed(found) == ["unit"]


@pytest.mark.parametrize("line", ["单位：美元", "US$ in thousands", "(Expressed in US dollars)", "HKD", "货币单位：港币"])
def test_another_currency_is_asked_about(line: str) -> None:
    found = read(table(BALANCE, ("资产负债表",), (line,)))
    assert found.facts == {}
    assert "currency" in failed(found)


def test_a_bare_dollar_sign_is_mentioned() -> None:
    rows = (
        ("Balance Sheet",),
        ("Total Current Assets", "$600.00"),
        ("Total Assets", "$1,000.00"),
        ("Total Liabilities", "$400.00"),
        ("Total Equity", "$600.00"),
    )
    found = read(Grid(None, rows))
    assert found.facts["total_assets"] == 1000
    assert any("美元" in note.zh for note in found.notes)


def test_a_workbook_of_statements_with_its_trial_balance() -> None:
    ledger: tuple[tuple[Cell, ...], ...] = (
        ("科目编码", "科目名称", "期末借方", "期末贷方"), *((f"10{place:02}", "银行存款", Decimal(7), Decimal(7)) for place in range(9)),
    )  # fmt: skip
    found = read(
        Grid("科目余额表", ledger),
        table(BALANCE, ("资产负债表",), ("编制单位：晨光贸易有限公司", "2024年12月31日", "单位：元"), name="资产"),
        table(INCOME, ("利润表",), ("2024年度", "单位：元"), head="本期金额", name="利润"),
    )
    assert found.document is Document.FINANCIAL_STATEMENTS
    assert found.facts["total_assets"] == 1_000_000
    assert found.facts["annual_revenue"] == 900_000
    assert found.period == Period(date(2024, 1, 1), date(2024, 12, 31))
    assert found.holder == "晨光贸易有限公司"
    assert {str(figure.at[0]).split("!")[0] for figure in found.figures} == {"资产", "利润"}


def test_statements_below_one_another_on_one_sheet() -> None:
    both = (
        *table(BALANCE, ("资产负债表",), ("2024年12月31日", "单位：元")).rows, (), ("利润表",), ("2024年度",), ("项目", "本年金额"),
        *((label, Decimal(amount) * 1000) for label, amount in INCOME),
    )  # fmt: skip
    found = read(Grid("Sheet1", both))
    assert (found.facts["total_assets"], found.facts["net_profit"]) == (1_000_000, 225_000)
    assert failed(found) == []


def test_the_latest_of_several_years() -> None:
    sheets = [table(BALANCE, ("资产负债表",), (f"{year}年12月31日", "单位：元"), scale=year, name=str(year)) for year in (2022, 2024, 2023)]
    found = read(*sheets)
    assert found.facts["total_assets"] == 1000 * 2024
    assert found.period == Period(date(2024, 12, 31), date(2024, 12, 31))


def test_two_of_the_same_day_leave_it_open() -> None:
    sheets = [
        table(BALANCE, ("资产负债表",), ("2024年12月31日", "单位：元"), scale=scale, name=name)
        for scale, name in ((1000, "母公司"), (1100, "合并"))
    ]
    found = read(*sheets)
    assert found.facts == {}
    assert "which_statement" in failed(found)
    assert "母公司" in next(check.detail.zh for check in found.checks if check.name == "which_statement")


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


def test_the_months_of_a_year_with_their_total() -> None:
    months = [f"{month}月" for month in range(1, 13)]
    rows: list[tuple[Cell, ...]] = [("2024年利润表",), ("单位：元",), ("项目", *months, "合计")]
    rows += [(label, *(Decimal(amount * 1000),) * 12, Decimal(amount * 12_000)) for label, amount in INCOME]
    found = read(Grid(None, tuple(rows)))
    assert found.facts["annual_revenue"] == 900_000 * 12
    assert found.period == Period(date(2024, 1, 1), date(2024, 12, 31))


def test_the_last_filled_month_is_the_latest_balance() -> None:
    months = [f"{month}月" for month in range(1, 13)]
    rows: list[tuple[Cell, ...]] = [("2025年资产负债表",), ("单位：元",), ("项目", *months)]
    rows += [
        (label, *(Decimal(amount * 1000 + month) if month <= 5 else None for month in range(1, 13)))
        for label, amount in (("资产总计", 9), ("负债合计", 4), ("所有者权益合计", 5))
    ]
    rows[-1] = ("所有者权益合计", *(Decimal(5000) if month <= 5 else None for month in range(1, 13)))
    found = read(Grid(None, tuple(rows)))
    assert next(figure.value for figure in found.figures if figure.fact == "total_assets") == 9005
    assert found.period == Period(date(2025, 5, 31), date(2025, 5, 31))


def test_items_side_by_side() -> None:
    rows = (
        ("报表日期", *(label for label, _ in BALANCE)),
        ("2023-12-31", *(Decimal(amount * 900) for _, amount in BALANCE)),
        ("2024-12-31", *(Decimal(amount * 1000) for _, amount in BALANCE)),
    )
    found = read(Grid("data", rows))
    assert found.facts["total_assets"] == 1_000_000
    assert str(next(figure.at[0] for figure in found.figures if figure.fact == "total_assets")) == "data!H3"
    assert found.period == Period(date(2024, 12, 31), date(2024, 12, 31))


def test_taxes_paid_in_a_year_come_from_the_cash_flow_statement() -> None:
    lines = (
        ("销售产成品、商品、提供劳务收到的现金", 900), ("支付的税费", 80), ("经营活动产生的现金流量净额", 100),
        ("投资活动产生的现金流量净额", -20),
        ("筹资活动产生的现金流量净额", 0), ("四、现金净增加额", 80),
    )  # fmt: skip
    found = read(table(lines, ("现金流量表",), ("2024年度", "单位：元"), head="本年累计金额"))
    assert found.facts == {"annual_tax_paid": Decimal(80_000)}
    assert read(table(lines, ("现金流量表",), ("2024年9月", "单位：元"), head="本年累计金额")).facts == {}


def test_budgets_differences_and_shares_are_no_figures() -> None:
    rows: list[tuple[Cell, ...]] = [
        ("利润表",),
        ("2024年度", "单位：元"),
        ("项目", "附注", "预算", "本年金额", "上年金额", "增减额", "占比"),
    ]
    rows += [
        (label, "五、1", Decimal(1), Decimal(amount * 1000), Decimal(amount * 900), Decimal(amount * 100), "10.0%")
        for label, amount in INCOME
    ]
    found = read(Grid(None, tuple(rows)))
    assert (found.facts["annual_revenue"], found.facts["previous_revenue"]) == (900_000, 810_000)


def test_two_columns_without_headings_are_asked_about() -> None:
    rows = (("资产负债表", None, None), *((label, Decimal(amount * 1000), Decimal(amount * 900)) for label, amount in BALANCE))
    found = read(Grid(None, rows))
    assert found.facts == {}
    assert "columns" in failed(found)


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


CELLS = st.one_of(
    st.none(),
    st.sampled_from([row.label for form in (SMALL_BALANCE, SMALL_INCOME, QUICKBOOKS_BALANCE, TEMPLATE_BALANCE,
    GENERAL_INCOME) for row in form.rows]),
    st.sampled_from(
        ["资产负债表", "利润表", "期末余额", "本年累计金额", "行次", "2024年12月31日", "单位：万元", "科目编码", "科目名称", "借方",
        "贷方", "增值税及附加税费申报表", "本月数",
         "企业所得税年度纳税申报表", "项目", "合计", "Total", "-", "(1,234.00)", "红字12", "%", "99999999999999999999", "1,23", "　"]
    ),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.dates(),
    st.text(max_size=12),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=7).map(tuple), max_size=25).map(tuple))
@settings(deadline=None, max_examples=300)
def test_no_table_makes_a_reader_fail(rows: tuple[tuple[Cell, ...], ...]) -> None:
    for reader in READERS:
        found = reader(opened(Grid("x", rows)), TODAY)
        if found is not None:
            assert len({figure.fact for figure in found.figures}) == len(found.figures)
            assert all(figure.at for figure in found.figures)


@pytest.mark.parametrize("key", list(sentences()))
def test_every_sentence_is_there_in_both_languages(key: str) -> None:
    texts = sentences()[key]
    assert set(texts) == {"zh", "en"}
    assert placeholders(texts["zh"]) == placeholders(texts["en"])
