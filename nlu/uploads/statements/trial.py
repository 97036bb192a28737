"""Reads trial balances (科目余额表): what accounts hold, checked by debit and credit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings, Period
from nlu.uploads.grid import Opened
from nlu.uploads.statements.accounts import Account, Ledger, ledger_in, top_accounts
from nlu.uploads.statements.headings import heading_span, heading_units, holder_in, is_foreign_heading
from nlu.uploads.statements.periods import is_year
from nlu.uploads.statements.sentences import tell
from nlu.uploads.statements.spans import Grain
from nlu.uploads.statements.taxonomy import taxonomy

_CENT = Decimal("0.01")
#: Facts by the accounts that make them up, as the Chinese standards name those; the sign is that of a debit balance.
_BALANCES: tuple[tuple[str, int, frozenset[str]], ...] = (
    ("cash", 1, frozenset({"库存现金", "现金", "银行存款", "其他货币资金", "货币资金"})),
    ("receivables", 1, frozenset({"应收账款"})),
    (
        "inventory",
        1,
        frozenset(
            (
                "存货 材料采购 在途物资 原材料 材料成本差异 库存商品 发出商品 商品进销差价 委托加工物资 周转材料"
                " 低值易耗品 包装物 消耗性生物资产 生产成本 制造费用 存货跌价准备"
            ).split()
        ),
    ),
    ("fixed_assets", 1, frozenset({"固定资产", "累计折旧", "固定资产减值准备"})),
    ("short_term_debt", -1, frozenset({"短期借款"})),
    ("long_term_debt", -1, frozenset({"长期借款"})),
)
_REVENUE = frozenset({"主营业务收入", "其他业务收入"})
_BAD_DEBTS = frozenset({"坏账准备"})
#: What an account of a class is never called, by the first digit of its code in English charts of accounts.
_NEVER = {
    "1": ("payable", "revenue", "expense", "capital"),
    "2": ("receivable", "expense", "inventory"),
    "3": ("payable", "receivable", "expense"),
    "4": ("payable", "expense", "receivable"),
    "5": ("payable", "receivable", "capital"),
}


@dataclass
class _Read:
    """Facts while they are taken from a trial balance."""

    ledger: Ledger
    unit: int
    day: Period | None
    figures: dict[str, Figure] = field(default_factory=dict)
    accounts: dict[str, frozenset[int]] = field(default_factory=dict)

    def state(self, fact: str, value: Decimal, accounts: Sequence[Account], phase: str, period: Period | None) -> None:
        at = tuple(place for account in accounts for place in account.at(phase))
        if at:
            self.figures[fact] = Figure(fact, (value * self.unit).quantize(_CENT), accounts[0].label.text, at, period, self.unit)
            self.accounts[fact] = frozenset(account.row for account in accounts)


def read_trial_balance(opened: Opened, today: date) -> Findings | None:
    """What a trial balance says, or None when the file has none."""
    ledgers = [ledger for grid in opened.grids if (ledger := ledger_in(grid)) is not None]
    if not ledgers:
        return None
    ledger = max(ledgers, key=_end)
    span = heading_span(ledger.headings, ledger.grid.name)
    day = Period(span.last, span.last) if span else None
    read = _Read(ledger, next(iter(heading_units(ledger.headings)), 1), day)
    accounts = top_accounts(ledger)
    _balances(read, accounts)
    _revenue(read, accounts, span.period if span and span.grain in (Grain.YEAR, Grain.RANGE) else None, day)
    _classes(read, accounts)
    checks = [*_moves(read, accounts), *_sides(read, accounts), *_heading(read, today)]
    return Findings(Document.TRIAL_BALANCE, tuple(read.figures.values()), tuple(checks), day, holder_in(ledger.headings))


def _end(ledger: Ledger) -> date:
    span = heading_span(ledger.headings, ledger.grid.name)
    return span.last if span else date.min


def _balances(read: _Read, accounts: Sequence[Account]) -> None:
    phase = "closing"
    for fact, sign, names in _BALANCES:
        used = [account for account in accounts if names & set(account.label.names) and account.net(phase) is not None]
        if used and not (
            fact == "receivables" and any(_BAD_DEBTS & set(account.label.names) and account.net(phase) for account in accounts)
        ):
            read.state(fact, sign * _sum(used, phase), used, phase, read.day)
    if "cash" not in read.figures:
        parts = [account for account in accounts if account.net(phase) is not None and _is_cash(account)]
        if parts:
            read.state("cash", _sum(parts, phase), parts, phase, read.day)
    if {"short_term_debt", "long_term_debt"} <= set(read.figures):
        both = [account for account in accounts if {"短期借款", "长期借款"} & set(account.label.names)]
        read.state("existing_loans", -_sum(both, phase), both, phase, read.day)


def _is_cash(account: Account) -> bool:
    named = taxonomy().find(account.label, "balance")
    return named is not None and named.item.name in ("cash", "cash_part") and account.code[:1] in ("", "1")


def _sum(accounts: Iterable[Account], phase: str) -> Decimal:
    return sum((account.net(phase) or Decimal(0) for account in accounts), Decimal(0))


def _revenue(read: _Read, accounts: Sequence[Account], whole: Period | None, day: Period | None) -> None:
    """A year's revenue: what was booked to its credit since January in a table that ends with December, or in a table of a year."""
    used = [account for account in accounts if _REVENUE & set(account.label.names)]
    phase, period = "", None
    if "to_date" in read.ledger.phases and day is not None and day.last.month == 12:
        phase, period = "to_date", Period(date(day.last.year, 1, 1), date(day.last.year, 12, 31))
    elif is_year(whole) and "period" in read.ledger.phases:
        phase, period = "period", whole
    credits = [account.amounts[phase, "credit"][0] for account in used if (phase, "credit") in account.amounts]
    if phase and sum(credits) > 0:
        read.state("annual_revenue", sum(credits, Decimal(0)), used, phase, period)


def _classes(read: _Read, accounts: Sequence[Account]) -> None:
    """Assets and liabilities of an English chart of accounts, whose codes begin with 1 and 2; only where no name speaks against it."""
    if any(not name.isascii() for account in accounts for name in account.label.names) or not all(
        account.code[:1] in _NEVER for account in accounts
    ):
        return
    if (
        any(word in name for account in accounts for name in account.label.names for word in _NEVER[account.code[0]])
        or len({account.code[0] for account in accounts}) < 4
    ):
        return
    groups = {digit: [account for account in accounts if account.code[0] == digit] for digit in "12"}
    if all(groups.values()):
        assets, liabilities = _sum(groups["1"], "closing"), -_sum(groups["2"], "closing")
        read.state("total_assets", assets, groups["1"], "closing", read.day)
        read.state("total_liabilities", liabilities, groups["2"], "closing", read.day)
        read.state("equity", assets - liabilities, groups["1"] + groups["2"], "closing", read.day)
        _loans(read, groups["2"])


def _loans(read: _Read, liabilities: Sequence[Account]) -> None:
    """All loans from outside together; the chart does not say which of them fall due within a year."""
    words = taxonomy().debts
    loans = [
        account
        for account in liabilities
        if any(words["loan"].search(name) and not words["owners"].search(name) for name in account.label.names)
    ]
    if loans and "existing_loans" not in read.figures:
        read.state("existing_loans", -_sum(loans, "closing"), loans, "closing", read.day)


def _moves(read: _Read, accounts: Sequence[Account]) -> list[Check]:
    """Opening balance and what was booked make the closing balance, account by account."""
    if not {"opening", "closing"} <= read.ledger.phases:
        return []
    # A balance at the year's beginning goes with what was booked since then, one at the period's beginning with what was booked in it.
    phases = [phase for phase in ("period", "to_date") if phase in read.ledger.phases]
    if not phases:
        return []
    phase = min(phases, key=lambda name: sum(not _follows(account, name) for account in accounts))
    failed = []
    for account in accounts:
        opening, moved, closing = (account.net(name) or Decimal(0) for name in ("opening", phase, "closing"))
        if not _follows(account, phase):
            facts = tuple(fact for fact, rows in read.accounts.items() if account.row in rows)
            detail = tell("moves_fail", line=account.label.text, added=abs(opening + moved), stated=abs(closing))
            failed.append(Check("account_moves", False, detail, facts))
    return failed or [Check("account_moves", True, tell("moves_hold"))]


def _follows(account: Account, phase: str) -> bool:
    """Whether the opening balance and what was booked make the closing balance, which a table may show without its side."""
    opening, moved, closing = (account.net(name) or Decimal(0) for name in ("opening", phase, "closing"))
    return abs(opening + moved - closing) <= _CENT or abs(opening + moved + closing) <= _CENT


def _sides(read: _Read, accounts: Sequence[Account]) -> list[Check]:
    """What stands to the debit of all accounts equals what stands to their credit."""
    gap = _sum(accounts, "closing")
    if abs(gap) <= _CENT:
        return [Check("debits_equal_credits", True, tell("sides_hold"))]
    detail = tell("sides_fail", gap=abs(gap))
    return [Check("debits_equal_credits", False, detail, tuple(read.figures))]


def _heading(read: _Read, today: date) -> list[Check]:
    facts = tuple(read.figures)
    checks = []
    if is_foreign_heading(read.ledger.headings):
        checks.append(Check("currency", False, tell("currency"), facts))
    if read.day is not None and read.day.last > today:
        checks.append(Check("date", False, tell("future", day=read.day.last.isoformat()), facts))
    return checks
