"""What documents and the times they are of are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from knowledge.formats import day
from nlu.uploads.document import Document, Period, Sentence

NAMES: Mapping[Document, Sentence] = {
    Document.FINANCIAL_STATEMENTS: Sentence("财务报表", "financial statements"),
    Document.BALANCE_SHEET: Sentence("资产负债表", "balance sheet"),
    Document.INCOME_STATEMENT: Sentence("利润表", "income statement"),
    Document.TRIAL_BALANCE: Sentence("科目余额表", "trial balance"),
    Document.VAT_RETURN: Sentence("增值税申报表", "VAT return"),
    Document.PROFIT_TAX_RETURN: Sentence("企业所得税申报表", "profit tax return"),
    Document.BANK_STATEMENT: Sentence("银行流水", "bank statement"),
    Document.PAYMENT_BILL: Sentence("收付款账单", "payment bill"),
    Document.SHOP_ORDERS: Sentence("店铺订单", "shop orders"),
    Document.INVOICE_LIST: Sentence("发票清单", "invoice list"),
    Document.RECEIVABLES_AGEING: Sentence("应收账龄表", "receivables ageing"),
    Document.STOCK_LIST: Sentence("库存清单", "stock list"),
    Document.UNKNOWN: Sentence("认不出的文件", "unknown file"),
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def time_of(period: Period, language: str) -> str:
    """2025年, 2025年8月至10月, 截至2025年12月31日 / 2025, Aug to Oct 2025, as of 31 December 2025."""
    first, last = period.first, period.last
    zh = language == "zh"
    if first == last:
        return f"截至{day(last, language)}" if zh else f"as of {day(last, language)}"
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return f"{day(first, language)}至{day(last, language)}" if zh else f"{day(first, language)} to {day(last, language)}"
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return f"{first.year}年" if zh else str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year}年{first.month}月" if zh else _month(first)
    if zh:
        return f"{first.year}年{first.month}月至{'' if first.year == last.year else f'{last.year}年'}{last.month}月"
    return f"{_MONTHS[first.month - 1] if first.year == last.year else _month(first)} to {_month(last)}"


def _month(of: date) -> str:
    return f"{_MONTHS[of.month - 1]} {of.year}"
