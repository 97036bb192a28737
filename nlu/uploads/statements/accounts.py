"""Trial balances as accounts: their codes, names and balances, whatever columns a program gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlu.uploads.grid import At, Grid
from nlu.uploads.statements.amounts import amount_of
from nlu.uploads.statements.cells import words
from nlu.uploads.statements.labels import Label, label_of

_ROWS = 20_000
_ACCOUNT = re.compile(
    r"科目(?:名称)?$|会计科目|^account(?: (?:name|description|title|no|number|code))?s?$|^description$|科目(?:编码|代码|编号|号)"
)
#: Columns of bookings one by one; a trial balance has none.
_BOOKINGS = re.compile(r"日期|摘要|凭证|流水|\bdate\b|reference|cheque|voucher|particulars")
_CODE = re.compile(r"编码|代码|编号|科目号|code|number|\bno\b")
_PHASES = (
    ("opening", re.compile(r"期初|年初|opening|beginning")),
    ("to_date", re.compile(r"累计|year to date|ytd")),
    ("closing", re.compile(r"期末|年末|closing|ending")),
    ("period", re.compile(r"本期|本月|发生|movement|activity|period")),
)
_SIDES = (
    ("debit", re.compile(r"借|debits?|\bdr\b")),
    ("credit", re.compile(r"贷|credits?|\bcr\b")),
    ("direction", re.compile(r"方向|^借贷$")),
)


@dataclass(frozen=True)
class Account:
    """One account. Amounts by phase (opening, period, to_date, closing) and side; a balance without side goes by its direction."""

    code: str
    label: Label
    amounts: Mapping[tuple[str, str], tuple[Decimal, At]]
    row: int
    credit: bool | None = None

    def net(self, phase: str) -> Decimal | None:
        """Debit less credit of a phase, None where nothing stands."""
        debit, credit = self.amounts.get((phase, "debit")), self.amounts.get((phase, "credit"))
        if debit is not None or credit is not None:
            return (debit[0] if debit else Decimal(0)) - (credit[0] if credit else Decimal(0))
        plain = self.amounts.get((phase, "balance"))
        if plain is None:
            return None
        return -plain[0] if self.credit else plain[0]

    def at(self, phase: str) -> tuple[At, ...]:
        return tuple(at for (place, _), (value, at) in self.amounts.items() if place == phase and value)

    @property
    def is_total(self) -> bool:
        return (
            self.label.total
            or not (self.code or self.label.names)
            or any(name in ("合计", "总计", "小计", "total", "totals") for name in self.label.names)
        )


@dataclass(frozen=True)
class Ledger:
    """The accounts of one trial balance and the words above them."""

    grid: Grid
    accounts: tuple[Account, ...]
    headings: tuple[tuple[str, ...], ...]
    phases: frozenset[str]
    unit: int = 1


def ledger_in(grid: Grid) -> Ledger | None:
    """The trial balance of a table, or None: a heading for accounts, and debit and credit beside it."""
    if len(grid.rows) > _ROWS:
        return None
    for row in range(min(len(grid.rows), 40)):
        names = [column for column in range(len(grid.rows[row])) if _ACCOUNT.search(_plain(words(grid.cell(row, column))))]
        if names:
            found = _ledger(grid, row, names)
            if found is not None:
                return found
    return None


def _plain(text: str) -> str:
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", text).strip().lower()


def _ledger(grid: Grid, row: int, names: Sequence[int]) -> Ledger | None:
    below = [_plain(words(cell)) for cell in grid.rows[row + 1]] if row + 1 < len(grid.rows) else []
    deep = any(_SIDES[0][1].search(text) or _SIDES[1][1].search(text) for text in below) and not any(_is_code(text) for text in below)
    columns = _columns(grid, row, names, deep)
    sides = {side for _, side in columns.values()}
    if any(_BOOKINGS.search(_plain(words(cell))) for cell in grid.rows[row]):
        return None
    if not ({"debit", "credit"} <= sides or ("direction" in sides and "balance" in sides)):
        return None
    codes = [column for column in names if _CODE.search(_plain(words(grid.cell(row, column)))) or _holds_codes(grid, row, column)]
    titles = [column for column in names if column not in codes]
    accounts = tuple(
        account
        for at in range(row + (2 if deep else 1), len(grid.rows))
        if (account := _account(grid, at, codes, titles, columns)) is not None
    )
    above = tuple(texts for at in range(row) if (texts := tuple(filter(None, map(words, grid.rows[at])))))
    phases = frozenset(phase for phase, side in columns.values() if side in ("debit", "credit", "balance"))
    return Ledger(grid, accounts, above, phases) if len(accounts) >= 5 else None


def _columns(grid: Grid, row: int, names: Sequence[int], deep: bool) -> dict[int, tuple[str, str]]:
    """What each column holds. Upper headings span the columns to their right."""
    found: dict[int, tuple[str, str]] = {}
    width = max(len(grid.rows[row]), len(grid.rows[row + 1]) if deep else 0)
    upper = ""
    for column in range(width):
        top = _plain(words(grid.cell(row, column)))
        upper = top or (upper if deep else "")
        text = f"{upper} {_plain(words(grid.cell(row + 1, column)))}" if deep else top
        if column in names or not text.strip():
            continue
        side = next((side for side, pattern in reversed(_SIDES) if pattern.search(text.split()[-1] if deep else text)), "")
        phase = next((phase for phase, pattern in _PHASES if pattern.search(text)), "")
        if side or phase or "余额" in text or "balance" in text:
            found[column] = (phase or "closing", side or "balance")
    return found


def _holds_codes(grid: Grid, head: int, column: int) -> bool:
    """Whether a column of accounts has numbers in it and no names."""
    texts = [text for row in range(head + 1, len(grid.rows)) if (text := words(grid.cell(row, column)))]
    return sum(map(_is_code, texts)) * 2 > len(texts)


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(r"\d{3,}[\d.\-]*", text))


def _account(grid: Grid, row: int, codes: Sequence[int], titles: Sequence[int], columns: Mapping[int, tuple[str, str]]) -> Account | None:
    amounts: dict[tuple[str, str], tuple[Decimal, At]] = {}
    credit: bool | None = None
    for column, key in columns.items():
        if key[1] == "direction":
            credit = (
                words(grid.cell(row, column)).strip().lower() in ("贷", "贷方", "credit", "cr")
                if key[0] == "closing" or credit is None
                else credit
            )
        elif (amount := amount_of(grid.cell(row, column))) is not None:
            amounts[key] = (amount.value, grid.at(row, column))
    if not amounts:
        return None
    code = next((text for column in codes if (text := words(grid.cell(row, column)))), "")
    title = next((text for column in titles if (text := words(grid.cell(row, column)))), "")
    if not code and (match := re.match(r"(\d{4,})[\s·\-_]*(\D.*)", title)):
        code, title = match[1], match[2]
    return Account(re.sub(r"\D", "", code), label_of(title), amounts, row, credit)


def top_accounts(ledger: Ledger) -> list[Account]:
    """Accounts of the first level; sub-accounts, which their account adds up, are left out."""
    accounts = [account for account in ledger.accounts if not account.is_total]
    codes = {account.code for account in accounts if account.code}
    return [account for account in accounts if not any(account.code[:end] in codes for end in range(3, len(account.code)))]
