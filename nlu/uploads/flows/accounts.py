"""The accounts in a file: one, or several that are told apart by a column, by currency, or by sheet."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from nlu.uploads.flows import balances
from nlu.uploads.flows.balances import Read
from nlu.uploads.flows.cells import amount, currency, text
from nlu.uploads.flows.entries import Ledger, Raw
from nlu.uploads.flows.table import Table
from nlu.uploads.grid import Cell

#: More values than this in a column are not those of one owner's accounts.
_MOST_ACCOUNTS = 12


@dataclass(frozen=True)
class Accounts:
    """The accounts read one by one, the rows in another currency, and the currency when it is not yuan."""

    reads: tuple[Read, ...]
    foreign_rows: int
    foreign: str | None


def accounts(book: Ledger, currency_said: str | None, opening: Decimal | None, closing: Decimal | None) -> Accounts:
    """Each account of the ledger with its signs and order. Rows in other currencies are left out where some are in yuan."""
    raws = list(book.raws)
    codes = {id(raw): currency(raw.table.text(raw.row, "currency")) or currency_said or "CNY" for raw in raws}
    yuan = [raw for raw in raws if codes[id(raw)] == "CNY"]
    foreign = None
    kept = yuan
    if not yuan and raws:
        counted: dict[str, int] = {}
        for code in codes.values():
            counted[code] = counted.get(code, 0) + 1
        foreign = max(counted, key=lambda code: counted[code])
        kept = [raw for raw in raws if codes[id(raw)] == foreign]
    groups = _split(kept, lambda raw: raw.table.text(raw.row, "own_account"))
    one = len(groups) == 1
    reads = [
        balances.read(replace(book, raws=tuple(group)), opening if one else None, closing if one else None) for group in groups if group
    ]
    if one and reads and reads[0].breaks and len({id(raw.table) for raw in kept}) > 1:
        sheets = [balances.read(_of_sheet(book, group), None, None) for group in _split(kept, lambda raw: raw.table.grid.name)]
        if not any(read.breaks for read in sheets):
            reads = sheets
    return Accounts(tuple(reads), len(raws) - len(kept), foreign)


def _of_sheet(book: Ledger, raws: list[Raw]) -> Ledger:
    grids = {id(raw.table.grid) for raw in raws}
    return replace(book, raws=tuple(raws), openings=tuple(raw for raw in book.openings if id(raw.table.grid) in grids))


def _split(raws: list[Raw], key: Callable[[Raw], Hashable]) -> list[list[Raw]]:
    groups: dict[Hashable, list[Raw]] = {}
    for raw in raws:
        groups.setdefault(key(raw), []).append(raw)
    if len(groups) > _MOST_ACCOUNTS or (len(groups) == 2 and "" in groups):
        return [raws]
    return list(groups.values())


def _same(cell: Cell) -> str:
    """A cell's content in the form in which two copies of it are equal: amounts without signs and noughts."""
    value = amount(cell)
    return text(cell) if value is None else str(value.normalize())


def without_copies(lists: Iterable[Table]) -> tuple[list[Table], list[Table]]:
    """The lists without those that repeat another's rows (a copied sheet), and the copies."""
    every = list(lists)
    if len(every) < 2:
        return every, []
    kept: list[Table] = []
    copies: list[Table] = []
    seen: list[set[tuple[str, ...]]] = []
    for table in every:
        rows = {tuple(_same(table.cell(row, role)) for role in sorted(table.columns)) for row in table.rows}
        if rows and any(len(rows & other) * 10 >= len(rows) * 8 for other in seen):
            copies.append(table)
        else:
            kept.append(table)
            seen.append(rows)
    return kept, copies
