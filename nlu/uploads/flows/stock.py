"""Stock lists: what is there, at what it cost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings, Period
from nlu.uploads.flows.accounts import without_copies
from nlu.uploads.flows.cells import amount, blank, text, unreadable
from nlu.uploads.flows.columns import vocabulary
from nlu.uploads.flows.dates import dates_in
from nlu.uploads.flows.preamble import Preamble, currency_of, preamble, unit_of
from nlu.uploads.flows.said import failed, foreign, money, passed, places
from nlu.uploads.flows.series import StockSeries
from nlu.uploads.flows.table import Row, Table, tables
from nlu.uploads.flows.totals import says_total, total_of
from nlu.uploads.grid import At, Opened

STOCK = vocabulary("stock")
STOCK_FACTS = ("inventory",)
_STOCK = re.compile(r"库存|存货|结存|盘点|在库|仓库|收发存|进销存|inventory|stock|on hand|warehouse", re.IGNORECASE)
#: Costs are shown rounded, so that quantity times cost may be off by a cent a piece, or by this part of the amount.
_PART = Decimal("0.005")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """An item in stock with its value as in the file; `product` is quantity times cost where both are known."""

    table: Table
    row: Row
    name: str
    quantity: Decimal | None
    value: Decimal
    product: Decimal | None

    @property
    def at(self) -> At:
        return self.table.at(self.row, "amount" if self.table.has("amount") else "qty")


def _is_list(columns: Mapping[str, tuple[int, ...]]) -> bool:
    roles = set(columns)
    return bool(roles & {"item", "code"}) and "qty" in roles and bool(roles & {"amount", "cost"}) and "other" not in roles


def read_stock(opened: Opened, today: date) -> Findings | None:
    """A stock list with quantities and costs; None when the file has none, or says nothing of stock."""
    lists = [table for table in tables(opened, STOCK, _is_list) if table.rows]
    kept, copies = without_copies(lists)
    around = preamble(opened, kept, copies)
    if not kept or not _STOCK.search(" ".join([around.all(), *kept[0].names.values(), kept[0].grid.name or ""])):
        return None
    pieces: list[Piece] = []
    checks: list[Check] = []
    for table in kept:
        found, totals, spoilt = _pieces(table)
        pieces += found
        checks += _checks(table, found, totals, spoilt)
    as_of = next((days[0] for line in around.lines if len(days := dates_in(line.text)) == 1), None)
    if as_of is not None and as_of > today:
        checks.append(failed("future", f"单子的日期 {as_of} 还没到。", f"The day of the list, {as_of}, lies in the future.", STOCK_FACTS))
    role = "amount" if kept[0].has("amount") else "cost"
    code = currency_of(around, (kept[0].name(role),), (text(kept[0].cell(row, role)) for row in kept[0].rows[:100]))
    if code not in (None, "CNY"):
        checks.append(foreign(code or "", STOCK_FACTS))
    figures, series = _figures(pieces, around, kept[0], role, Period(as_of, as_of) if as_of else None)
    if not figures:
        checks.append(
            failed("empty", "这份清单里没有可读的存货金额。", "There is no stock value in this list that can be read.", STOCK_FACTS)
        )
    return Findings(Document.STOCK_LIST, figures, tuple(checks), Period(as_of, as_of) if as_of else None, around.holder(), series)


def _figures(
    pieces: Sequence[Piece], around: Preamble, table: Table, role: str, period: Period | None
) -> tuple[tuple[Figure, ...], StockSeries | None]:
    unit = unit_of(around, table.name(role))
    total = sum((piece.value for piece in pieces), _NOTHING) * unit
    if total <= 0:
        return (), None
    items = sorted(((piece.name, piece.value * unit) for piece in pieces), key=lambda item: -item[1])
    return (Figure("inventory", total, table.name(role), tuple(piece.at for piece in pieces), period, unit),), StockSeries(tuple(items))


def _pieces(table: Table) -> tuple[list[Piece], list[Row], list[At]]:
    """The items, the total rows and the cells that cannot be read."""
    found: list[Piece] = []
    totals: list[Row] = []
    spoilt: list[At] = []
    role = "amount" if table.has("amount") else "cost"
    for row in table.rows:
        name = table.text(row, "item") or table.text(row, "code")
        quantity, cost, value = (amount(table.only(row, one)) for one in ("qty", "cost", "amount"))
        said = total_of(name) is not None and quantity is None
        if says_total(row.cells) or said or (not name and value is not None and cost is None):
            totals.append(row)
            continue
        product = quantity * cost if quantity is not None and cost is not None else None
        worth = value if value is not None else product
        unread = [
            table.at(row, one)
            for one in ("qty", role)
            if unreadable(table.only(row, one)) and any(map(str.isdigit, text(table.only(row, one))))
        ]
        spoilt += unread
        if worth is not None and name:
            found.append(Piece(table, row, name, quantity, worth, product if value is not None else None))
        elif name and quantity and not unread:
            spoilt.append(table.at(row, role))
    return found, totals, spoilt


def _checks(table: Table, pieces: Sequence[Piece], totals: Sequence[Row], spoilt: Sequence[At]) -> list[Check]:
    checks: list[Check] = []
    if spoilt:
        where = places(spoilt)
        checks.append(
            failed("readable", f"这些存货没有能读的金额：{where.zh}。", f"There is no readable amount at {where.en}.", STOCK_FACTS)
        )
    negative = [piece.at for piece in pieces if piece.value < 0 or (piece.quantity or _NOTHING) < 0]
    if negative:
        where = places(negative)
        zh, en = f"有负库存：{where.zh}。", f"There is negative stock at {where.en}."
        checks.append(failed("negative_stock", f"{zh}可能漏记了入库。", f"{en} A receipt may not have been booked.", STOCK_FACTS))
    wrong = [piece.at for piece in pieces if piece.product is not None and not _near(piece)]
    if wrong:
        where = places(wrong)
        zh, en = f"数量乘单价不等于金额：{where.zh}。", f"Quantity times cost is not the amount at {where.en}."
        checks.append(
            failed(
                "quantity_cost",
                f"{zh}可能有数字改动过，或单价不是成本价。",
                f"{en} A figure may be changed, or the price is no cost.",
                STOCK_FACTS,
            )
        )
    if not table.has("amount") and table.has("sale") and not table.has("cost"):
        checks.append(failed("cost", "只有售价，没有成本。", "There are only selling prices, no costs.", STOCK_FACTS))
    checks += _total(table, pieces, totals)
    return [*checks, *_doubles(pieces)]


def _near(piece: Piece) -> bool:
    assert piece.product is not None
    off = abs(piece.product - piece.value)
    return off <= max(abs(piece.quantity or _NOTHING) * Decimal("0.01"), Decimal("0.05")) and off <= max(
        abs(piece.value) * _PART, Decimal(1)
    )


def _total(table: Table, pieces: Sequence[Piece], totals: Sequence[Row]) -> list[Check]:
    said = (
        next((value for row in reversed(totals) if (value := amount(table.only(row, "amount"))) is not None), None)
        if table.has("amount")
        else None
    )
    counted = sum((piece.value for piece in pieces), _NOTHING)
    if said is None:
        return []
    if abs(said - counted) <= Decimal("0.05"):
        return [passed("stated_total", f"合计 {money(said)} 对得上。", f"The total, {money(said)}, agrees.")]
    zh = f"合计行写的是 {money(said)}，各行加起来是 {money(counted)}。可能少了几行，或改动过。"
    en = f"The total row says {money(said)}, but the rows come to {money(counted)}. Rows may be missing or changed."
    return [failed("stated_total", zh, en, STOCK_FACTS)]


def _doubles(pieces: Sequence[Piece]) -> list[Check]:
    seen: set[tuple[str, ...]] = set()
    twice = []
    for piece in pieces:
        key = tuple(text(cell) for cell in piece.row.cells if not blank(cell))
        if key in seen:
            twice.append(piece.at)
        seen.add(key)
    if not twice:
        return []
    where = places(twice)
    return [failed("doubles", f"有几行一模一样：{where.zh}。", f"Some rows stand there twice: {where.en}.", STOCK_FACTS)]
