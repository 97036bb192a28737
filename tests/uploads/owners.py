"""Files as a shop owner has them, for conversations: a workbook of statements, a tax return, bank and payment lists, invoices.

One firm and one set of books, so that the files agree unless one is made not to.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from tests.uploads.building import sheet_xml, xlsx_parts
from tests.uploads.businesses import Business, statement, stretch

FIRM = "福州建安商贸有限公司"

_BALANCE = (
    ("流动资产：", None), ("货币资金", 123000), ("应收账款", 260000), ("存货", 403200), ("流动资产合计", 786200), ("非流动资产：", None),
    ("固定资产账面价值", 213800),
    ("非流动资产合计", 213800), ("资产总计", 1000000), ("流动负债：", None), ("短期借款", 300000), ("应付账款", 180000),
    ("流动负债合计", 480000), ("负债合计", 480000),
    ("所有者权益：", None), ("实收资本", 300000), ("未分配利润", 220000), ("所有者权益合计", 520000), ("负债和所有者权益总计", 1000000),
)  # fmt: skip
_INCOME = (
    ("一、营业收入", 2803100), ("减：营业成本", 2102300), ("税金及附加", 8400), ("销售费用", 280000),
    ("管理费用", 190000), ("财务费用", 16800),
    ("二、营业利润", 205600), ("三、利润总额", 205600), ("减：所得税费用", 5140), ("四、净利润", 200460),
)  # fmt: skip
_ENGLISH_BALANCE = (
    ("Current assets", None), ("Cash and bank", 123000), ("Accounts receivable", 260000), ("Inventory", 403200),
    ("Total current assets", 786200), ("Fixed assets, net", 213800), ("Total assets", 1000000),
    ("Current liabilities", None), ("Short-term loans", 300000), ("Accounts payable", 180000), ("Total current liabilities", 480000),
    ("Total liabilities", 480000), ("Share capital", 300000), ("Retained earnings", 220000), ("Total equity", 520000),
    ("Total liabilities and equity", 1000000),
)  # fmt: skip

_Rows = Sequence[Sequence[object]]


def balance_sheet(changed: Mapping[str, int] | None = None, day: str = "2025年12月31日", unit: str = "单位：元") -> _Rows:
    """A balance sheet of one column; `changed` are lines that say something else."""
    lines = [(name, (changed or {}).get(name, amount)) for name, amount in _BALANCE]
    return [["资产负债表"], [f"编制单位：{FIRM}", day, unit], ["项目", "期末余额"], *lines]


def income_statement(changed: Mapping[str, int] | None = None, period: str = "2025年度") -> _Rows:
    lines = [(name, (changed or {}).get(name, amount)) for name, amount in _INCOME]
    return [["利润表"], [f"编制单位：{FIRM}", period, "单位：元"], ["项目", "本期金额"], *lines]


def english_balance_sheet(changed: Mapping[str, int] | None = None) -> _Rows:
    lines = [(name, (changed or {}).get(name, amount)) for name, amount in _ENGLISH_BALANCE]
    return [["Harbour Noodle Trading Ltd"], ["Balance sheet"], ["As at 31 December 2025"], ["in RMB"], ["", "2025"], *lines]


def book(**sheets: _Rows) -> bytes:
    """A workbook of these sheets: the same bytes whenever and wherever it is made, for a file is known by its content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        for name, part in xlsx_parts({name: sheet_xml(rows) for name, rows in sheets.items()}).items():
            container.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()


def bank_statement(monthly: int = 236000, first: date = date(2026, 1, 1), months: int = 10, holder: str = FIRM) -> bytes:
    """An account by a bank: so much from customers in each month, in two sums, and most of it paid on."""
    rows, balance = [], 80000
    for number in range(months):
        month = date(first.year + (first.month - 1 + number) // 12, (first.month - 1 + number) % 12 + 1, 1)
        for day, amount, party, words in (
            (0, monthly * 6 // 10, "福州鼎盛餐饮有限公司", "货款"),
            (14, monthly - monthly * 6 // 10, "厦门海蓝超市有限公司", "货款"),
            (27, -(monthly - 4000), "福建丰谷食品有限公司", "采购款"),
        ):
            balance += amount
            into, out = (f"{amount}.00", "") if amount > 0 else ("", f"{-amount}.00")
            rows.append(f"{month + timedelta(days=day)},{into},{out},{balance}.00,{party},{words}")
    last = date(first.year + (first.month - 2 + months) // 12, (first.month - 2 + months) % 12 + 1, 28)
    above = [f"户名：{holder}", f"查询期间：{first} 至 {last + timedelta(days=3)}"]
    return "\n".join([*above, "交易日期,收入金额,支出金额,余额,对方户名,摘要", *rows, ""]).encode("gb18030")


def invoices(monthly: int = 230000, year: int = 2025) -> bytes:
    """Invoices issued over a year, two a month."""
    rows = []
    for month in range(1, 13):
        for number, part, buyer in ((1, 6, "福州鼎盛餐饮有限公司"), (2, 4, "厦门海蓝超市有限公司")):
            net = monthly * part // 10
            rows.append(f"{year}{month:02}{number:04},{year}-{month:02}-{10 * number:02},{buyer},{net}.00,{net * 3 // 100}.00,正常")
    rows.append(f"{year}129999,{year}-12-31,福州鼎盛餐饮有限公司,100.00,3.00,正常")
    rows.insert(0, f"{year}010000,{year}-01-01,福州鼎盛餐饮有限公司,100.00,3.00,正常")
    head = f"销方名称：{FIRM}\n发票号码,开票日期,购方名称,金额,税额,发票状态"
    return "\n".join([head, *rows, ""]).encode("utf-8-sig")


_HARBOUR = Business(holder="Harbour Noodle Trading Ltd", english=True)

OWNERS: Mapping[str, Callable[[], bytes]] = {
    "statements": lambda: book(资产负债表=balance_sheet(), 利润表=income_statement()),
    "statements_wrong": lambda: book(资产负债表=balance_sheet({"存货": 430200}), 利润表=income_statement()),
    "older_statements": lambda: book(资产负债表=balance_sheet({}, "2024年12月31日"), 利润表=income_statement({}, "2024年度")),
    "statements_without_unit": lambda: book(
        资产负债表=[["资产负债表"], ["2025年12月31日"], ["项目", "期末余额"], *((name, sum_ and sum_ / 10000) for name, sum_ in _BALANCE)]
    ),
    "half_a_year": lambda: book(利润表=income_statement({}, "2026年1-6月")),
    "english_balance": lambda: book(BS=english_balance_sheet()),
    "english_balance_wrong": lambda: book(BS=english_balance_sheet({"Inventory": 430200})),
    "bank": bank_statement,
    "bank_small": lambda: bank_statement(90000),
    "second_bank": lambda: bank_statement(50000, holder=FIRM),
    "shop_year": lambda: statement(Business()),
    "shop_year_english": lambda: statement(Business(holder="Harbour Noodle Trading Ltd", english=True)),
    "shop_quarter_english": lambda: statement(
        Business(holder="Harbour Noodle Trading Ltd", first=date(2026, 8, 1), last=date(2026, 10, 31), english=True)
    ),
    "account_first": lambda: stretch(Business(), Business().first, date(2026, 4, 30), "6222 0210 0123 4567"),
    "account_then": lambda: stretch(Business(), date(2026, 4, 16), date(2026, 10, 31), "6222 0210 0123 4567"),
    "account_first_english": lambda: stretch(_HARBOUR, _HARBOUR.first, date(2026, 4, 30), "012 345678 001"),
    "account_later_english": lambda: stretch(_HARBOUR, date(2026, 6, 1), date(2026, 10, 31), "012 345678 001"),
    "invoices": invoices,
    "invoices_more": lambda: invoices(330000),
    "recipe": lambda: "菜名,口味\n佛跳墙,鲜\n".encode(),
}
