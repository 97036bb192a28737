"""Files of one firm held against each other: what cannot all be right is told, what may well be is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.uploads.across import Amount, Stated, across
from nlu.uploads.document import Document, Period
from nlu.uploads.flows.series import MonthSales, SalesSeries

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
BEFORE = Period(date(2024, 1, 1), date(2024, 12, 31))
LAST = Period(date(2025, 12, 31), date(2025, 12, 31))
TO_SEPTEMBER = Period(date(2024, 10, 1), date(2025, 9, 30))
NOVEMBER = Period(date(2025, 11, 1), date(2025, 11, 30))
FIRM = "福州建安商贸有限公司"


def stated(document: Document, time: Period = YEAR, holder: str | None = None, **amounts: int) -> Stated:
    return Stated(document, {name: Amount(Decimal(amount), time) for name, amount in amounts.items()}, holder)


def books(revenue: int, time: Period = YEAR) -> Stated:
    return stated(Document.INCOME_STATEMENT, time, annual_revenue=revenue)


def invoiced(monthly: int, months: int = 12, full: bool = True) -> Stated:
    rows = tuple(MonthSales(date(2025, month, 1), Decimal(monthly), 3, 0, full) for month in range(13 - months, 13))
    return replace(stated(Document.INVOICE_LIST), series=SalesSeries("output_invoices", rows))


def bank(monthly: int, time: Period = YEAR) -> Stated:
    return stated(Document.BANK_STATEMENT, time, monthly_inflow=monthly)


CASES = [
    # the same figure of the same time in two files
    ((books(1_000_000), stated(Document.PROFIT_TAX_RETURN, annual_revenue=990_000)), []),
    ((books(1_000_000), stated(Document.PROFIT_TAX_RETURN, annual_revenue=989_000)), ["same_figure"]),
    ((books(1_000_000), stated(Document.PROFIT_TAX_RETURN, BEFORE, annual_revenue=500_000)), []),
    ((books(1_000_000, BEFORE), stated(Document.INCOME_STATEMENT, BEFORE, previous_revenue=900_000)), ["same_figure"]),
    ((books(1_000_000, BEFORE), stated(Document.INCOME_STATEMENT, YEAR, previous_revenue=900_000)), []),
    # an account and all accounts
    ((stated(Document.BANK_STATEMENT, LAST, cash=101), stated(Document.BALANCE_SHEET, LAST, cash=100)), []),
    ((stated(Document.BANK_STATEMENT, LAST, cash=102), stated(Document.BALANCE_SHEET, LAST, cash=100)), ["account_cash"]),
    ((stated(Document.BANK_STATEMENT, LAST, cash=5), stated(Document.BALANCE_SHEET, LAST, cash=100)), []),
    ((stated(Document.BANK_STATEMENT, NOVEMBER, cash=102), stated(Document.BALANCE_SHEET, LAST, cash=100)), []),
    ((stated(Document.BANK_STATEMENT, LAST, cash=5), stated(Document.PAYMENT_BILL, LAST, cash=100)), []),
    # invoices over the very months of the books, or over about the same year
    ((invoiced(105), books(1200)), []),
    ((invoiced(106), books(1200)), ["invoiced"]),
    ((invoiced(10), books(1200)), []),
    ((invoiced(1000, months=11), books(1200)), []),
    ((invoiced(1000, full=False), books(1200)), []),
    ((stated(Document.INVOICE_LIST, TO_SEPTEMBER, invoiced_sales=115), books(100)), []),
    ((stated(Document.INVOICE_LIST, TO_SEPTEMBER, invoiced_sales=116), books(100)), ["invoiced"]),
    ((stated(Document.INVOICE_LIST, BEFORE, invoiced_sales=900), books(100)), []),
    # declared sales
    ((stated(Document.VAT_RETURN, NOVEMBER, monthly_sales=1260), books(1200)), []),
    ((stated(Document.VAT_RETURN, NOVEMBER, monthly_sales=1261), books(1200)), ["declared"]),
    ((stated(Document.VAT_RETURN, NOVEMBER, monthly_sales=1261), books(1200, BEFORE)), []),
    ((stated(Document.VAT_RETURN, NOVEMBER, monthly_sales=100), invoiced(105)), []),
    ((stated(Document.VAT_RETURN, NOVEMBER, monthly_sales=100), invoiced(106)), ["undeclared"]),
    # a shop
    ((stated(Document.SHOP_ORDERS, platform_sales=125), books(100)), []),
    ((stated(Document.SHOP_ORDERS, platform_sales=126), books(100)), ["shop"]),
    # what comes in, on all accounts together
    ((bank(50), books(1200)), []),
    ((bank(49), books(1200)), ["inflow_low"]),
    ((bank(200), books(1200)), []),
    ((bank(201), books(1200)), ["inflow_high"]),
    ((bank(30), bank(30), books(1200)), []),
    ((bank(30), bank(30, BEFORE), books(1200)), ["inflow_low"]),
    ((bank(1), books(1200, Period(date(2023, 1, 1), date(2023, 12, 31)))), []),
    ((bank(49), stated(Document.INVOICE_LIST, invoiced_sales=1200)), ["inflow_low"]),
    ((bank(500), stated(Document.INVOICE_LIST, invoiced_sales=1200)), []),
    # whose they are
    (
        (stated(Document.BALANCE_SHEET, holder=FIRM, cash=1), stated(Document.INVOICE_LIST, holder="厦门海蓝超市", invoiced_sales=1)),
        ["holders"],
    ),
    ((stated(Document.BALANCE_SHEET, holder=FIRM, cash=1), stated(Document.INVOICE_LIST, holder=f"{FIRM}（总店）", invoiced_sales=1)), []),
    ((stated(Document.BALANCE_SHEET, holder=FIRM, cash=1), stated(Document.BANK_STATEMENT, holder="王小明", monthly_inflow=1)), []),
    ((stated(Document.BALANCE_SHEET, holder=FIRM, cash=1), stated(Document.BANK_STATEMENT, monthly_inflow=1)), []),
]


@pytest.mark.parametrize(("files", "names"), CASES)
def test_each_bound_from_both_sides(files: tuple[Stated, ...], names: list[str]) -> None:
    for order in (files, files[::-1]):
        found = across(order)
        assert [one.check.name.removeprefix("across_") for one in found] == names
        assert all(not one.check.ok and one.check.doubts for one in found)


def test_both_values_and_the_likely_reason_are_said_in_both_languages() -> None:
    (found,) = across([bank(20_000), books(2_800_000)])
    assert found.check.detail.zh == (
        "按流水一年进账约24万元，不到利润表里年营业收入280万元的一半。可能还有别的收款账户没发来，或者货款还没收回。"
    )
    assert "CNY 240,000" in found.check.detail.en
    assert "CNY 2.8 million" in found.check.detail.en
    assert found.check.doubts[0] == "monthly_inflow"


_periods = st.dates(date(2020, 1, 1), date(2026, 1, 1)).flatmap(
    lambda first: st.integers(0, 800).map(lambda days: Period(first, first + timedelta(days)))
)
_names = st.sampled_from(
    ["annual_revenue", "previous_revenue", "monthly_inflow", "invoiced_sales", "monthly_sales", "platform_sales", "cash"]
)
_amounts = st.builds(Amount, st.decimals(-(10**9), 10**9, places=2), _periods)
_files = st.builds(Stated, st.sampled_from(Document), st.dictionaries(_names, _amounts), st.sampled_from([None, "", FIRM, "王小明"]))


@given(st.lists(_files, max_size=4))
def test_any_files_can_be_compared(files: list[Stated]) -> None:
    for found in across(files):
        assert len(set(found.files)) == len(found.files)
        assert "{" not in found.check.detail.zh + found.check.detail.en


@given(_files)
def test_a_file_never_contradicts_itself(file: Stated) -> None:
    alone = {name: amount for name, amount in file.facts.items() if name != "monthly_inflow"}
    assert across([replace(file, facts=alone)]) == ()
