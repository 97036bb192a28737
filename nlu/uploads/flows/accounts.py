"""The accounts in a file: one, or several that are told apart by a column, by currency, or by sheet."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
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
    """The accounts read one by one, the rows in another currency, and the currency when it is not yuan.

    `named` when a column tells the accounts apart; otherwise that there are several is only what their balances suggest.
    """

    reads: tuple[Read, ...]
    named: bool
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
    if len(groups) > 1:
        reads = [balances.read(_part(book, group), None, None) for group in groups]
        return Accounts(tuple(reads), True, len(raws) - len(kept), foreign)
    whole = replace(book, raws=tuple(kept))
    layouts = _split(kept, lambda raw: tuple(sorted(raw.table.columns.items())))
    if len(layouts) > 1:
        reads = _continued([balances.read(_part(book, group), None, None) for group in layouts])
    else:
        reads = [balances.read(whole, opening, closing)] if kept else []
        if reads and reads[0].breaks and len({id(raw.table) for raw in kept}) > 1:
            sheets = [balances.read(_part(book, group), None, None) for group in _split(kept, lambda raw: id(raw.table))]
            reads = reads if any(read.breaks for read in sheets) else _continued(sheets)
    return Accounts(tuple(reads), False, len(raws) - len(kept), foreign)


def _part(book: Ledger, raws: list[Raw]) -> Ledger:
    """The ledger of these rows alone, with the opening balances that stand in their lists."""
    lists = {id(raw.table) for raw in raws}
    accounts = {raw.table.text(raw.row, "own_account") for raw in raws}
    openings = [raw for raw in book.openings if id(raw.table) in lists and raw.table.text(raw.row, "own_account") in accounts]
    return replace(book, raws=tuple(raws), openings=tuple(openings))


def _continued(reads: list[Read]) -> list[Read]:
    """Lists of which one goes on with the balance of the one before are lists of one account."""
    done: list[Read] = []
    for read in sorted(reads, key=_first_day):
        start = opening_of(read)
        last = next((one for one in reversed(done) if start is not None and one.closing == start), None)
        if last is not None:
            done.remove(last)
            joined = (*last.movements, *read.movements)
            breaks = (*last.breaks, *read.breaks)
            done.append(Read(joined, last.links + read.links, breaks, last.sure and read.sure, last.opening, read.closing))
        else:
            done.append(read)
    return done


def _first_day(read: Read) -> date:
    return min((one.raw.day for one in read.movements if one.raw.day), default=date.max)


def opening_of(read: Read) -> Decimal | None:
    """What was on an account before its first movement, as far as the list shows."""
    return read.opening if read.opening is not None else _before_first(read)


def _before_first(read: Read) -> Decimal | None:
    first = read.movements[0] if read.movements else None
    return None if first is None or first.raw.balance is None else first.raw.balance - (first.amount or Decimal(0))


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
