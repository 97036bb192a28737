"""Staff below nought and founding days to come, in files of any kind: asked about, never passed over."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from nlu.uploads.document import Document
from nlu.uploads.grid import Cell, Grid, Opened
from nlu.uploads.impossible import FOUNDED, STAFF, slips
from nlu.uploads.kinds import Kind
from nlu.uploads.read import read

TODAY = date(2026, 11, 27)


def _asked(*rows: tuple[Cell, ...]) -> dict[str, tuple[str, str]]:
    found = slips(Opened(Kind.XLSX, (Grid("基本情况", rows),)), TODAY)
    assert all(not check.ok and check.doubts for check in found)
    return {check.name: (check.detail.zh, check.detail.en) for check in found}


@pytest.mark.parametrize(
    "row",
    [
        ("员工人数", Decimal(-3)),
        ("从业人数（人）", None, "-3 人"),
        ("职工总数：", "负3人"),
        ("员工：-3",),
        ("Number of employees", "-3"),
        ("Staff", Decimal("-3.0")),
        ("Headcount: −3 people",),
    ],
)
def test_staff_below_nought_is_asked_about_with_its_cell(row: tuple[Cell, ...]) -> None:
    assert list(_asked(("企业基本情况表",), row)) == [STAFF]
    zh, en = _asked(("企业基本情况表",), row)[STAFF]
    assert zh.startswith("基本情况 ")
    assert "员工 -3 人" in zh
    assert zh.endswith("？")
    assert "-3 staff" in en
    assert en.endswith("?")


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (("成立日期", date(2027, 5, 1)), "2027-05-01"),
        (("注册时间", "2027年5月1日"), "2027-05-01"),
        (("成立时间：2027年5月",), "2027-05"),
        (("Founded", Decimal(2027)), "2027"),
        (("Date of incorporation", datetime(2026, 11, 28, 0, 0)), "2026-11-28"),
        (("Established on: 2027-01-02",), "2027-01-02"),
    ],
)
def test_a_founding_day_to_come_is_asked_about_with_its_cell(row: tuple[Cell, ...], shown: str) -> None:
    asked = _asked(("企业基本情况表",), row)
    assert list(asked) == [FOUNDED]
    assert all(shown in text for text in asked[FOUNDED])


@pytest.mark.parametrize(
    "row",
    [
        ("员工人数", Decimal(3)),
        ("员工人数", None, None),
        ("员工-3组", "是"),
        ("员工借款", Decimal(-3)),
        ("Staff costs", Decimal(-300)),
        ("成立日期", date(2026, 11, 27)),
        ("成立日期", "2026"),
        ("成立日期", "未知"),
        ("注册资本", Decimal(2000000)),
        ("有效期至", "2036-05-01"),
        ("员工人数", "12", "净利润", Decimal(-3)),
    ],
)
def test_what_can_be_is_not_asked_about(row: tuple[Cell, ...]) -> None:
    assert _asked(row) == {}


def test_values_below_their_heads_are_seen() -> None:
    assert list(_asked(("企业名称", "员工人数", "成立日期"), ("某某餐饮", Decimal(-3), date(2027, 5, 1)))) == [STAFF, FOUNDED]


def test_a_sheet_that_is_not_recognised_asks_beside_saying_so() -> None:
    found = read("员工人数,-3\n成立日期,2027-05-01\n营业额,1500000".encode(), "表.csv", TODAY)
    assert (found.document, found.facts) == (Document.UNKNOWN, {})
    assert [check.name for check in found.checks] == ["recognised", STAFF, FOUNDED]


def test_a_known_form_is_read_and_its_staff_asked_about() -> None:
    rows = [
        "企业财务报表,,,\n从业人数,-3,,\n资产负债表,,,\n编制单位：晨光贸易有限公司,,2025年12月31日,单位：元",
        "资产,期末余额,负债和所有者权益,期末余额\n货币资金,300000,短期借款,200000\n应收账款,200000,应付账款,100000",
        "存货,100000,流动负债合计,300000\n流动资产合计,600000,负债合计,300000\n固定资产,400000,实收资本,700000",
        "非流动资产合计,400000,所有者权益合计,700000\n资产总计,1000000,负债和所有者权益总计,1000000",
    ]
    found = read("\n".join(rows).encode(), "报表.csv", TODAY)
    assert found.document is Document.BALANCE_SHEET
    assert found.facts["total_assets"] == 1_000_000
    assert found.checks[0].name == STAFF
