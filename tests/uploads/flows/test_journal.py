"""A firm's own journal of its bank account or till, in the ways in which people keep one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from nlu.uploads.document import Document, Findings
from nlu.uploads.flows import READERS
from nlu.uploads.flows import journal as journals
from nlu.uploads.flows.series import FlowSeries
from nlu.uploads.grid import Cell
from tests.uploads.flows.made import FIRM, opened, sheet

TODAY = date(2026, 11, 26)
OPENING = Decimal("20000.00")
_A_MONTH = (
    (4, "46200.00", "收厦门永辉货款"),
    (9, "-31500.00", "付面粉款"),
    (20, "-8650.00", "归还贷款本息"),
    (26, "18990.50", "收好又多货款"),
)
Months = tuple[tuple[int, int], ...]
HALF: Months = tuple((2026, month) for month in range(1, 7))
OVER_THE_YEAR: Months = ((2025, 10), (2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3))
HEADS: dict[str, list[list[Cell]]] = {
    "year above": [
        ["2026年", None, "凭证", None, "摘要", "对方科目", "借方", "贷方", "借或贷", "余额"],
        ["月", "日", "种类", "号数", None, None, None, None, None, None],
    ],
    "year above, spread": [
        ["2026", "年", "凭证", "凭证", "摘要", "对方科目", "借方金额", "贷方金额", "方向", "余额"],
        ["月", "日", "字", "号", None, None, None, None, None, None],
    ],
    "year in the title": [
        ["2026年度银行存款日记账"],
        ["月", "日", "凭证字", "凭证号", "摘要", "对方科目", "收入", "支出", "借/贷", "结余"],
    ],
    "English": [["Cash book 2026"], ["Month", "Day", "Ref", "No", "Details", "Account", "Received", "Paid out", "Dr/Cr", "Balance"]],
}


def journal(months: Months = HALF, head: str = "year above", title: str = "银行存款日记账", balances: bool = True) -> Iterator[list[Cell]]:
    yield [title]
    yield [f"单位：{FIRM}", None, None, "开户行：工商银行福州五四支行"]
    yield from [[str(cell).replace("2026", str(months[0][0])) if cell else None for cell in row] for row in HEADS[head]]
    yield [Decimal(months[0][1]), Decimal(1), None, None, "上年结转", None, None, None, "借", OPENING]
    balance, into, out = OPENING, Decimal(0), Decimal(0)
    for _, month in months:
        came = went = Decimal(0)
        for place, (day, said, words) in enumerate(_A_MONTH):
            amount = Decimal(said)
            balance, came, went = balance + amount, came + max(amount, Decimal(0)), went - min(amount, Decimal(0))
            shown = Decimal(month) if place == 0 else None
            sides: list[Cell] = [amount, None] if amount > 0 else [None, -amount]
            yield [shown, Decimal(day), "银", Decimal(place + 1), words, "应收账款", *sides, "借", balance if balances else None]
        into, out = into + came, out + went
        yield [Decimal(month), None, None, None, "本月合计", None, came, went, "借", balance]
        yield [None, None, None, None, "本年累计", None, into, out, "借", balance]


def read(rows: Iterator[list[Cell]], name: str | None = None) -> Findings | None:
    made = opened(sheet(list(rows), name))
    return next((found for reader in READERS if (found := reader(made, TODAY)) is not None), None)


@pytest.mark.parametrize("head", HEADS)
def test_is_read_like_a_statement_and_said_to_be_the_firms_own(head: str) -> None:
    found = read(journal(head=head))
    assert found is not None
    assert found.document is Document.BANK_STATEMENT
    assert [check.name for check in found.checks if not check.ok] == []
    assert found.facts["monthly_inflow"] == Decimal("65190.50")
    assert found.facts["monthly_debt_service"] == Decimal("8650.00")
    assert found.facts["cash"] == OPENING + 6 * Decimal("25040.50")
    assert journals.OWN_BOOK in found.notes
    assert found.holder == FIRM
    cash = next(figure for figure in found.figures if figure.fact == "cash")
    assert (cash.at[0].column, cash.period and cash.period.last) == (9, date(2026, 6, 26))


def test_months_go_on_into_the_next_year() -> None:
    found = read(journal(OVER_THE_YEAR))
    assert found is not None
    assert isinstance(found.series, FlowSeries)
    assert [(one.month.year, one.month.month) for one in found.series.months] == list(OVER_THE_YEAR)


def test_debit_is_what_came_in_without_balances_too() -> None:
    found = read(journal(balances=False))
    assert found is not None
    assert isinstance(found.series, FlowSeries)
    assert [one.inflow for one in found.series.months] == [Decimal("65190.50")] * 6


def test_a_wrong_total_of_a_month_shows() -> None:
    rows = list(journal())
    wrong = next(row for row in reversed(rows) if row[4] == "本年累计")
    wrong[6] = Decimal("391143.01")
    found = read(iter(rows))
    assert found is not None
    assert "monthly_inflow" not in found.facts


@pytest.mark.parametrize(("name", "title"), [(None, "银行日记账"), ("工行", "日记账")])
def test_without_a_year_anywhere_nothing_is_made_up(name: str | None, title: str) -> None:
    rows = [[str(cell).replace("2026年", "") or None if isinstance(cell, str) else cell for cell in row] for row in journal(title=title)]
    found = read(iter(rows), name)
    assert found is None or not found.facts


def test_another_accounts_book_is_no_bank_statement() -> None:
    assert read(journal(title="应收账款明细账")) is None
