"""Tax returns: the sales of a month, the income of a year, and what a return does not say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.document import Document, Period
from tests.uploads.statements.layouts import failed, read
from tests.uploads.statements.returns import annual_profit_tax, general_vat, quarterly_profit_tax, small_vat

QUARTER = (5_000_000, 4_000_000, 600_000, 0, 0, 0, 50_000, 0, 100_000, 450_000, 0, 112_500, 90_000, 15_000, 0, 7_500)
ANNUAL = {
    1: 8_000_000, 2: 5_500_000, 3: 60_000, 4: 400_000, 5: 900_000, 6: 80_000, 10: 1_060_000, 11: 20_000, 12: 10_000, 13: 1_070_000,
    15: 30_000,
    17: 200_000, 19: 900_000, 21: 100_000, 23: 800_000, 25: 200_000, 26: 160_000, 28: 40_000, 31: 40_000, 32: 25_000, 33: 15_000,
}  # fmt: skip


def test_a_general_return_gives_the_sales_of_its_month() -> None:
    now = {
        1: 300_000,
        2: 200_000,
        3: 100_000,
        5: 20_000,
        7: 50_000,
        8: 7_000,
        9: 7_000,
        11: 39_000,
        12: 30_000,
        17: 30_000,
        18: 30_000,
        19: 9_000,
        21: 600,
        24: 9_600,
    }
    found = read(general_vat(now, {line: amount * 11 for line, amount in now.items()}))
    assert found.document is Document.VAT_RETURN
    assert found.facts == {"vat_taxpayer": "general", "monthly_sales": Decimal(377_000)}
    assert found.period == Period(date(2024, 11, 1), date(2024, 11, 30))
    assert found.holder == "晨光贸易有限公司"
    assert failed(found) == []


@pytest.mark.parametrize(
    ("line", "typed", "check"),
    [
        (17, 80_000, "line_17"),
        (19, 8_000, "line_19"),
        (1, 30_000, "tax_fits_sales"),
        (1, 8_000_000, "year_to_date"),
    ],
)
def test_a_general_return_that_does_not_fit_is_told(line: int, typed: int, check: str) -> None:
    now = {1: 300_000, 11: 39_000, 12: 30_000, 17: 30_000, 18: 30_000, 19: 9_000, 24: 9_000}
    found = read(general_vat({**now, line: typed}, {place: amount * 11 for place, amount in now.items()}))
    assert check in failed(found)
    assert ("monthly_sales" in found.facts) == (line != 1)


def test_a_small_return_of_a_month_gives_goods_and_services_together() -> None:
    found = read(
        small_vat(
            {1: 80_000, 2: 50_000, 3: 30_000, 15: 2_400, 16: 1_600},
            {1: 20_000, 9: 5_000, 10: 5_000},
            "税款所属期：2024年11月1日至2024年11月30日",
        )
    )
    assert found.facts == {"vat_taxpayer": "small_scale", "monthly_sales": Decimal(105_000)}
    figure = next(figure for figure in found.figures if figure.fact == "monthly_sales")
    assert {str(at) for at in figure.at} >= {"D7", "E7"}
    assert found.holder == "晨光小店"


def test_the_sales_of_a_quarter_are_no_months() -> None:
    found = read(small_vat({9: 240_000, 10: 240_000}, {}, "税款所属期：2024年10月1日至2024年12月31日"))
    assert found.facts == {"vat_taxpayer": "small_scale"}
    assert "240,000" in found.notes[0].zh
    assert "240,000" in found.notes[0].en


def test_sales_without_a_period_are_asked_about() -> None:
    found = read(small_vat({1: 80_000}, {}, "税款所属期：   年  月  日"))
    assert found.facts == {"vat_taxpayer": "small_scale"}
    assert failed(found) == ["period"]


def test_the_day_of_filling_in_beside_the_period_is_no_part_of_it() -> None:
    said = "税款所属时间：自2024年11月1日至2024年11月30日　填表日期：2024年12月10日　金额单位：元（列至角分）"
    assert read(small_vat({1: 80_000}, {}, said)).facts["monthly_sales"] == 80_000


def test_an_empty_return_says_who_it_is_for_and_nothing_else() -> None:
    found = read(small_vat({}, {}, "税款所属期："))
    assert found.facts == {"vat_taxpayer": "small_scale"}
    assert found.notes


def test_the_fourth_quarter_is_of_the_year() -> None:
    found = read(quarterly_profit_tax(QUARTER, "2024年10月01日至2024年12月31日"))
    assert found.document is Document.PROFIT_TAX_RETURN
    assert found.facts == {
        "annual_revenue": Decimal(5_000_000),
        "operating_cost": Decimal(4_000_000),
        "gross_profit": Decimal(1_000_000),
        "taxable_income": Decimal(450_000),
    }
    assert found.period == Period(date(2024, 1, 1), date(2024, 12, 31))


def test_an_earlier_quarter_is_no_year() -> None:
    found = read(quarterly_profit_tax(QUARTER, "2024年07月01日至2024年09月30日"))
    assert found.facts == {}
    assert "2024-09-30" in found.notes[0].zh


def test_the_annual_form() -> None:
    found = read(annual_profit_tax(ANNUAL))
    assert found.facts == {
        "annual_revenue": Decimal(8_000_000),
        "operating_cost": Decimal(5_500_000),
        "operating_profit": Decimal(1_060_000),
        "finance_cost": Decimal(80_000),
        "gross_profit": Decimal(2_500_000),
        "taxable_income": Decimal(800_000),
    }
    assert failed(found) == ["income_tax_only"]  # shown, and used only when the owner says that it is all the tax there was
    assert next(figure.value for figure in found.figures if figure.fact == "annual_tax_paid") == 40_000


@pytest.mark.parametrize(
    ("line", "typed", "lost"),
    [
        (1, 8_100_000, "annual_revenue"),
        (2, 5_550_000, "operating_cost"),
        (19, 990_000, "taxable_income"),
        (23, 80_000, "taxable_income"),
        (10, 1_006_000, "operating_profit"),
    ],
)
def test_the_annual_form_does_not_pass_a_wrong_line(line: int, typed: int, lost: str) -> None:
    found = read(annual_profit_tax({**ANNUAL, line: typed}))
    assert lost not in found.facts
    assert any(name.startswith("sum_") for name in failed(found))


def test_a_loss_has_no_taxable_income() -> None:
    loss = {**ANNUAL, 10: -140_000, 5: 2_100_000, 13: -130_000, 19: -300_000, 21: 0, 23: 0, 25: 0, 26: 0, 28: 0, 31: 0, 33: -25_000}
    found = read(annual_profit_tax(loss))
    assert found.facts["taxable_income"] == 0
    assert [name for name in failed(found) if name.startswith("sum_")] == []
