"""Movements of money as a list states them: their day, amount, balance, other side and words, before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Period
from nlu.uploads.flows.cells import amount, blank, text, unreadable
from nlu.uploads.flows.columns import vocabulary
from nlu.uploads.flows.dates import days
from nlu.uploads.flows.pages import gathered
from nlu.uploads.flows.table import Row, Table
from nlu.uploads.flows.totals import says_book_total, says_total
from nlu.uploads.grid import At

#: The day of the transaction comes before that of the entry.
LEDGER = vocabulary("ledger")

_HAN = re.compile(r"[^一-鿿]+")
_LATIN = re.compile(r"[^a-z]+")
_IN = frozenset("收入 收 收款 存 贷 贷方 转入 存入 入账 来账 进账 进 入 credit cr c in deposit income received + 贷记".split())
_OUT = frozenset("支出 支 付 付款 取 借 借方 转出 支取 出账 往账 出 debit dr d out withdrawal expense payment sent - 借记".split())
#: Words of a bank's books, which say the opposite in the firm's own books.
_SIDES = frozenset("借 贷 借方 贷方 借记 贷记 credit cr c debit dr d".split())
_FIGURE_OR_MASK = re.compile(r"\d|[xX*#?]{2,}")
_NOTED = re.compile(r"(.*\d) ?\((.*退款.*)\)")
_ALL_BACK = re.compile(r"全额退款|fully refunded")
_BACK = re.compile(r"已退款 ?\(?([¥$]?[\d.,]+)")
_OPENING = re.compile(
    r"期初|上期|承前|承上|上页|前页|年初|结转|opening"
    r"|b(?:rought)?[ /]?f(?:orward|wd)?\b|carried forward|previous balance|starting balance|balance b/f",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """One row of a ledger as it stands. `flag` is +1 in, -1 out, 0 neutral, None when the list has no such column."""

    table: Table
    row: Row
    day: date | None
    income: Decimal | None
    expense: Decimal | None
    amount: Decimal | None
    flag: int | None
    balance: Decimal | None
    party: str
    words: str
    #: What of the amount was paid back, as the row itself says.
    refunded: Decimal = Decimal(0)
    #: The role of a cell that should hold an amount and cannot be read.
    spoilt: str | None = None

    @property
    def moved(self) -> bool:
        return any(value is not None for value in (self.income, self.expense, self.amount))

    def at(self, role: str) -> At:
        return self.table.at(self.row, role)

    @property
    def place(self) -> At:
        """Where its amount stands."""
        role = "amount" if self.amount is not None and self.income is None else "income" if self.income else "expense"
        return self.at(role if self.table.has(role) else "day")


@dataclass(frozen=True)
class Ledger:
    """Every movement of a file in the file's order, and the rows that are totals or remarks."""

    raws: tuple[Raw, ...]
    totals: tuple[Raw, ...]
    openings: tuple[Raw, ...]
    remarks: tuple[tuple[Table, int], ...]
    ambiguous_days: bool
    #: +1/-1 are named as sides of a bank's books, not as income and expense.
    sided: bool


def _flag(table: Table, row: Row, role: str | None) -> int | None:
    if role is None:
        return None
    words = table.text(row, role).lower()
    for part in (words, _HAN.sub("", words), _LATIN.sub("", words)):  # 借 Dr
        if part in _IN or part in _OUT:
            return 1 if part in _IN else -1
    return 0


def flag_role(table: Table) -> str | None:
    """The column that says in or out: by its name, or a column of types that all say one of the two."""
    if table.has("flag"):
        return "flag"
    if table.has("kind") and not table.has("income", "expense"):
        said = [table.text(row, "kind").lower() for row in table.rows]
        known = [word for word in said if word]
        if known and sum(word in _IN or word in _OUT for word in known) >= 0.9 * len(known):
            return "kind"
    return None


def ledger(lists: Sequence[Table], period: Period | None) -> Ledger:
    """The movements of these lists."""
    raws: list[Raw] = []
    totals: list[Raw] = []
    openings: list[Raw] = []
    remarks: list[tuple[Table, int]] = []
    ambiguous = sided = False
    for table in map(gathered, lists):
        around = (period.first, period.last) if period else None
        read = days([table.cell(row, "day") for row in table.rows], around)
        ambiguous |= read.ambiguous
        role = flag_role(table)
        sided |= _is_sided(table, role)
        last: date | None = None
        for row, when in zip(table.rows, read.days, strict=True):
            raw = _raw(table, row, when, role)
            if raw.balance is not None and not (raw.income or raw.expense or raw.amount) and _opens(row):
                openings.append(raw)
            elif says_total(row.cells) and (when is None or says_book_total(row.cells)):
                totals.append(raw)
                remarks.append((table, row.index))
            elif _is_page_number(table, row):
                remarks.append((table, row.index))
            elif raw.moved or (when and (raw.spoilt or raw.balance is not None)):
                # Some banks write the day once and leave it out for what follows on that day.
                raws.append(replace(raw, day=last) if when is None and blank(table.cell(row, "day")) else raw)
            elif when is None:
                remarks.append((table, row.index))
            last = when or last
    return Ledger(tuple(raws), tuple(totals), tuple(openings), tuple(remarks), ambiguous, sided)


def _is_sided(table: Table, role: str | None) -> bool:
    if role is not None:
        return any(_HAN.sub("", words) in _SIDES or words in _SIDES for words in {table.text(row, role).lower() for row in table.rows})
    return re.search(r"借|贷|debit|credit", f"{table.name('income')} {table.name('expense')}", re.IGNORECASE) is not None


def _raw(table: Table, row: Row, when: date | None, role: str | None) -> Raw:
    income, expense = (amount(table.cell(row, name)) for name in ("income", "expense"))
    value, refunded = _with_refund(table, row)
    spoilt = next((name for name in ("income", "expense", "amount", "balance") if _spoils(table, row, name)), None)
    two = table.has("income", "expense")
    words = f"{table.words(row, 'words')} {table.words(row, 'kind')}".strip()
    flag = _flag(table, row, role)
    if spoilt == "amount" and value is not None:
        spoilt = None
    balance = amount(table.cell(row, "balance"))
    party = _party(table, row, income or (value if flag is None else Decimal(flag)))
    return Raw(table, row, when, income, expense, None if two else value, flag, balance, party, words, refunded, spoilt)


def _with_refund(table: Table, row: Row) -> tuple[Decimal | None, Decimal]:
    """A row's amount, and what was paid back of it: by a remark in the amount, by the status or by a column of its own."""
    cell = table.cell(row, "amount")
    match = _NOTED.fullmatch(text(cell)) if isinstance(cell, str) else None
    value = amount(match[1]) if match else amount(cell)
    if value is None:
        return None, Decimal(0)
    for words in (match[2] if match else "", table.text(row, "status")):
        if _ALL_BACK.search(words):
            return value, value
        back = _BACK.search(words)
        if back and (part := amount(back[1])) is not None:
            return value, part
    return value, abs(amount(table.cell(row, "refunded")) or Decimal(0))


def _spoils(table: Table, row: Row, role: str) -> bool:
    cell = table.cell(row, role)
    return unreadable(cell) and _FIGURE_OR_MASK.search(text(cell)) is not None


def _opens(row: Row) -> bool:
    """Whether a row says that it is the balance before the first movement."""
    return any(_OPENING.search(cell) for cell in row.cells if isinstance(cell, str))


def _is_page_number(table: Table, row: Row) -> bool:
    if not table.grid.boxes:
        return False
    said = [text(cell) for cell in row.cells if cell is not None]
    return len(said) == 1 and said[0].isdigit()


def _party(table: Table, row: Row, came: Decimal | None) -> str:
    """The other side; where both sides have a column, who paid what came in and who was paid what went out."""
    if table.has("payer", "payee"):
        return table.text(row, "payer" if came is not None and came > 0 else "payee")
    return table.text(row, "party")
