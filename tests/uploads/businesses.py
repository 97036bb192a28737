"""Bank statements of a shop day by day, as a bank would write them: takings with weekdays and seasons, suppliers, rent, wages, a loan.

The same bytes whenever and wherever they are made: what looks like chance is a sum of the day's number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

#: What a month takes against an average one.
_SEASON = {2: 45, 7: 65, 12: 160}
#: The same for the days of the week, Monday first.
_WEEKDAYS = (80, 85, 90, 95, 130, 150, 70)
_BUYERS = (("鼎盛餐饮", "Golden Wok"), ("海蓝超市", "Blue Sea Stores"), ("鼎盛餐饮", "Golden Wok"), ("闽江酒楼", "Minjiang House"))


@dataclass(frozen=True)
class Business:
    """A shop and its account, in whole yuan. `rent` and `wages` are a month's, `growth` is by what percent a year takes more."""

    holder: str = "福州建安商贸有限公司"
    first: date = date(2025, 10, 1)
    last: date = date(2026, 10, 31)
    takings: int = 8000
    supplies: int = 70
    rent: int = 18000
    wages: int = 52000
    instalment: int = 9600
    growth: int = 12
    opening: int = 150000
    english: bool = False
    #: the first and the last day of a holiday on which no money moves
    rests: tuple[date, date] | None = None


def moves(shop: Business) -> Iterator[tuple[date, int, str, str]]:
    """Day, amount (in is positive), the other side and the words."""
    day = shop.first
    spent = 0
    while day <= shop.last:
        if shop.rests is not None and shop.rests[0] <= day <= shop.rests[1]:
            day += timedelta(days=1)
            continue
        takings = _takings(day, shop)
        spent += takings * shop.supplies // 100
        yield day, takings, _said(*_BUYERS[day.toordinal() % len(_BUYERS)], shop), _said("货款", "goods sold", shop)
        if day.weekday() == 0:
            yield day, -spent, _said("丰谷食品", "Fenggu Foods", shop), _said("采购款", "supplies", shop)
            spent = 0
        if day.day == 5:
            yield day, -shop.rent, _said("榕城物业", "Rongcheng Estates", shop), _said("房租", "rent", shop)
        if day.day == 10:
            yield day, -shop.wages, _said("代发工资户", "payroll", shop), _said("工资", "wages", shop)
        if day.day == 20 and shop.instalment:
            yield day, -shop.instalment, _said("建设银行福州分行", "Bank of Fuzhou", shop), _said("贷款还款", "loan repayment", shop)
        day += timedelta(days=1)


def _takings(day: date, shop: Business) -> int:
    chance = 90 + day.toordinal() * 7919 % 21
    grown = 100 + shop.growth * (day - shop.first).days // 365
    return shop.takings * _SEASON.get(day.month, 100) * _WEEKDAYS[day.weekday()] * chance * grown // 100**4


def _said(zh: str, en: str, shop: Business) -> str:
    return en if shop.english else zh


def statement(shop: Business) -> bytes:
    """The statement as a list with commas, with a running balance."""
    return stretch(shop, shop.first, shop.last)


def stretch(shop: Business, first: date, last: date, number: str = "") -> bytes:
    """The statement of some days of the account, as it is asked for by day; with the account's number where there is one."""
    balance, rows = shop.opening, []
    for day, amount, party, words in moves(shop):
        balance += amount
        into, out = (f"{amount}.00", "") if amount > 0 else ("", f"{-amount}.00")
        if first <= day <= last:
            rows.append(f"{day},{into},{out},{balance}.00,{party},{words}")
    if shop.english:
        numbered = [f"Account number: {number}"] if number else []
        above = [f"Account name: {shop.holder}", *numbered, f"Period: {first} to {last}", "Currency: CNY"]
        return "\n".join([*above, "Date,Paid in,Paid out,Balance,Counterparty,Description", *rows, ""]).encode()
    above = [f"户名：{shop.holder}", *([f"账号：{number}"] if number else []), f"查询期间：{first} 至 {last}"]
    return "\n".join([*above, "交易日期,收入金额,支出金额,余额,对方户名,摘要", *rows, ""]).encode("gb18030")
