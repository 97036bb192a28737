"""Income statements as older programs and accountants write them by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.grid import Cell, Grid
from tests.uploads.statements.layouts import failed, read

TODAY = date(2026, 6, 30)


def facts(rows: list[list[Cell]]) -> dict[str, object]:
    found = read(Grid("Sheet1", tuple(map(tuple, rows))), today=TODAY)
    assert failed(found) == []
    return dict(found.facts)


def test_the_month_above_the_column_of_line_numbers_is_that_of_the_statement() -> None:
    lines = [
        ("一、主营业务收入", 1, 520_000, 5_860_000), ("减：主营业务成本", 4, 390_000, 4_410_000), ("主营业务税金及附加", 5, 2_100, 24_500),
        ("二、主营业务利润", 10, 127_900, 1_425_500), ("加：其他业务利润", 11, 3_000, 30_000), ("减：营业费用", 14, 21_000, 260_000),
        ("管理费用", 15, 52_000, 610_000), ("财务费用", 16, 6_200, 74_500), ("三、营业利润", 18, 51_700, 511_000),
        ("减：所得税", 28, 2_585, 26_000), ("四、净利润", 30, 49_115, 485_000),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        ["利 润 表"],
        ["单位名称：某某食品有限公司", "2025年12月", None, "单位：元"],
        ["项目", "行数", "本月数", "本年累计数"],
    ]
    rows += [[name, *map(Decimal, amounts)] for name, *amounts in lines]
    found = facts(rows)
    assert (found["annual_revenue"], found["net_profit"], found["finance_cost"]) == (5_860_000, 485_000, 74_500)


@pytest.mark.parametrize(("written", "cost"), [("(18.80)", 188_000), ("2.40", -24_000)])
def test_where_costs_stand_as_negatives_so_does_that_of_finance(written: str, cost: int) -> None:
    finance = -Decimal("18.80") if "(" in written else Decimal(written)
    profit = Decimal("74.30") + finance
    costs = [("营业成本", "(901.20)"), ("税金及附加", "(4.10)"), ("销售费用", "(120.30)"), ("管理费用", "(186.50)"), ("财务费用", written)]
    lines = [("营业收入", "1,286.40"), *costs, ("营业利润", str(profit)), ("净利润", str(profit))]
    found = facts([["利润表"], ["单位：万元"], ["项目", "2025年度"], *([name, amount] for name, amount in lines)])
    assert (found["operating_cost"], found["finance_cost"]) == (9_012_000, cost)
