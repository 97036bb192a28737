"""Statements as they come: units, currencies, several sheets, years and months, and whose figures are whose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Document, Period
from nlu.uploads.grid import Cell, Grid
from nlu.uploads.statements import READERS
from nlu.uploads.statements.sentences import sentences
from tests.test_house import placeholders
from tests.uploads.statements.filled import BALANCE, INCOME, failed, table
from tests.uploads.statements.layouts import TODAY, opened, read
from tests.uploads.statements.official_forms import GENERAL_INCOME, SMALL_BALANCE, SMALL_INCOME
from tests.uploads.statements.program_forms import QUICKBOOKS_BALANCE, TEMPLATE_BALANCE


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
