"""The profit of a year against the earnings that the balance sheet of the same file kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nlu.uploads.document import Findings
from nlu.uploads.grid import Cell, Grid
from nlu.uploads.statements.earnings import is_slip
from nlu.uploads.statements.picking import UNPROVED
from tests.uploads.statements import layouts

TODAY = date(2026, 6, 30)
NET = Decimal("284713.25")


def read(
    net: Decimal, paid_out: Decimal = Decimal(0), reserve: Decimal = Decimal(0), short: bool = True, stated: Decimal = NET
) -> Findings:
    """A balance sheet that earned `net` and paid some of it out, beside an income statement that says `stated`."""
    capital, before, saved = Decimal(500_000), Decimal("120000.50"), Decimal(60_000)
    kept = before + net - paid_out - reserve
    now, then = capital + saved + reserve + kept, capital + saved + before
    balance: list[list[Cell]] = [
        ["资产负债表"], ["2025年12月31日", "单位：元"], ["项目", "期末余额", "年初余额"],
        ["货币资金", now - 200_000, then - 200_000], ["应收账款", Decimal(400_000), Decimal(400_000)],
        ["资产总计", now + 200_000, then + 200_000],
        ["短期借款", Decimal(200_000), Decimal(200_000)], ["负债合计", Decimal(200_000), Decimal(200_000)],
        ["实收资本", capital, capital], ["盈余公积", saved + reserve, saved], ["未分配利润", kept, before],
        ["所有者权益合计", now, then], ["负债和所有者权益总计", now + 200_000, then + 200_000],
    ]  # fmt: skip
    costs: list[list[Cell]] = [["营业成本", Decimal(2_100_000)]]
    if not short:
        costs += [["管理费用", 900_000 - stated], ["利润总额", stated], ["所得税费用", Decimal(0)]]
    income: list[list[Cell]] = [
        ["利润表"], ["2025年度", "单位：元"], ["项目", "本年金额"],
        ["营业收入", Decimal(3_000_000)], *costs, ["净利润", stated],
    ]  # fmt: skip
    return layouts.read(Grid("资产负债表", tuple(map(tuple, balance))), Grid("利润表", tuple(map(tuple, income))), today=TODAY)


def kept(found: Findings) -> list[bool]:
    return [check.ok for check in found.checks if check.name == "kept_earnings"]


def unproved(found: Findings) -> str:
    return next((check.detail.zh for check in found.checks if check.name == UNPROVED), "")


def test_earnings_that_were_kept_vouch_for_a_profit_that_stands_alone() -> None:
    for reserve in (Decimal(0), Decimal("28471.33")):
        found = read(NET, reserve=reserve)
        assert kept(found) == [True]
        assert "净利润" not in unproved(found)
        assert found.facts["net_profit"] == NET


@pytest.mark.parametrize("stated", ["248713.25", "284731.25", "284713.52", "274713.25", "284713.20"])
def test_a_slip_in_a_profit_that_stands_alone_is_flagged(stated: str) -> None:
    found = read(NET, stated=Decimal(stated))
    assert kept(found) == [False]
    assert "net_profit" not in found.facts


@pytest.mark.parametrize("stated", ["294713.25", "824713.25"])
def test_a_slip_that_may_be_a_payment_to_the_owners_is_said_to_be_unproved(stated: str) -> None:
    found = read(NET, stated=Decimal(stated))
    assert kept(found) == []
    assert "净利润" in unproved(found)


@given(st.sampled_from([10**4, 5 * 10**4, 10**5]), st.integers(1, 5))
def test_round_dividends_are_no_slip(size: int, times: int) -> None:
    found = read(NET, paid_out=Decimal(size * times))
    assert kept(found) == []
    assert found.facts["net_profit"] == NET


@pytest.mark.parametrize("short", [True, False])
@given(cents=st.integers(1, 28_471_325))
def test_what_was_paid_out_is_no_error(short: bool, cents: int) -> None:
    paid_out = Decimal(cents) / 100
    assume(not is_slip(NET, NET - paid_out))
    found = read(NET, paid_out=paid_out, short=short)
    assert kept(found) == []
    assert found.facts["net_profit"] == NET
    assert ("净利润" in unproved(found)) == short


def test_a_profit_that_its_own_sums_prove_is_not_doubted_by_a_chance_likeness() -> None:
    assert is_slip(NET, NET - 2)
    assert kept(read(NET, paid_out=Decimal(2), short=True)) == [False]
    assert kept(read(NET, paid_out=Decimal(2), short=False)) == []


@pytest.mark.parametrize(
    ("other", "slip"), [("-284713.25", False), ("84713.25", False), ("482713.25", False), ("248713.25", True), ("284713.24", True)]
)
def test_a_slip_is_two_neighbours_changed_over_or_one_digit(other: str, slip: bool) -> None:
    assert is_slip(Decimal(other), NET) is slip
