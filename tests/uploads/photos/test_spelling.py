"""Labels with a slip are brought back, and never to another line's name."""

from __future__ import annotations

import pytest

from nlu.uploads.photos.spelling import spelled
from nlu.uploads.statements.labels import label_of
from nlu.uploads.statements.taxonomy import taxonomy


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("货帀资金", "货币资金"),
        ("减：营业戍本", "减：营业成本"),
        ("Netincome", "Net income"),
        ("TOTALASSETS", "Total assets"),
        ("Total Fixd Assets", "Total fixed assets"),
        ("Total Liabilties", "Total liabilities"),
        ("lotal Current Liabilit ies", "Total current liabilities"),
        ("lotal Widgets", "Total Widgets"),
        # two lines of one label read one into the other
        ("(或股东权益）合计  所有者权益", "所有者权益合计"),
        ("所有者权益权益）合计", "所有者权益合计"),
        # a blank inside a word, a numeral that was read as a letter
        ("Total shareholders' eq uity", "Total shareholders' equity"),
        ("TOTAL LIABILITIES & EQ UITY", "TOTAL LIABILITIES & EQUITY"),
        ("E、  利润总额（亏损总额以“-”号填列）", "利润总额（亏损总额以“-”号填列）"),
        # a character that another line has may be no slip at all
        ("长期应收款", "长期应收款"),
        ("应忖账款", "应忖账款"),
        ("Net assets", "Net assets"),
        ("资产", "资产"),
        ("1,234.00", "1,234.00"),
        ("2024年12月31日", "2024年12月31日"),
        ("晨光贸易有限公司", "晨光贸易有限公司"),
    ],
)
def test_a_slip_is_brought_back(read: str, meant: str) -> None:
    assert spelled(read) == meant


def test_every_name_that_statements_have_stays() -> None:
    names = {name for _, name in taxonomy().names} | {name for form in taxonomy().forms for names in form.lines.values() for name in names}
    for name in names:
        assert label_of(spelled(name)).names == label_of(name).names
