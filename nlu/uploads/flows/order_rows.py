"""One order of a shop: what was paid, what went back, and whether it came to anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nlu.uploads.flows.cells import amount
from nlu.uploads.flows.dates import days
from nlu.uploads.flows.table import Row, Table
from nlu.uploads.flows.totals import says_total
from nlu.uploads.grid import At

_DEAD = re.compile(
    r"关闭|取消|未付款|待付款|等待买家付款|未支付|待支付|失败|作废|撤销|cancel|pending|unpaid|fail|void|declin|expire|revoked|closed",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?<!部分)(?<!无)(?:全额退款|已退款|退款成功|退款完成|退货成功)|(?<!partially )(?<!partial )(?<!not )refunded|returned", re.IGNORECASE
)
_GIVEN_BACK = re.compile(r"(?:仅|部分|全额)?(?:退款|退货|退货退款|退单)(?:单|订单)?|refund|return", re.IGNORECASE)
_PARTLY = re.compile(r"部分退款|partial(?:ly)? refund", re.IGNORECASE)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """A row of orders in yuan: what was paid and what of it went back. `alive` when it was paid at all."""

    table: Table
    row: Row
    number: str
    day: date
    paid: Decimal
    back: Decimal
    alive: bool
    unclear: bool

    @property
    def net(self) -> Decimal:
        return self.paid - self.back if self.alive else _NOTHING

    @property
    def at(self) -> At:
        return self.table.at(self.row, "paid")


def is_paid_row(table: Table, row: Row) -> bool:
    """Whether a row is about goods sold: settlements also list fees, taxes and payouts."""
    if table.has("amount_type", "amount_description"):
        kind = f"{table.text(row, 'amount_type')} {table.text(row, 'amount_description')}".lower()
        return kind in ("itemprice principal", "item price principal")
    return not says_total(row.cells)


def read_rows(table: Table, unit: int) -> list[Order]:
    """The rows that are about goods and can be read, in yuan."""
    read = days([table.cell(row, "day") for row in table.rows]).days
    found: list[Order] = []
    for row, when in zip(table.rows, read, strict=True):
        paid = amount(table.only(row, "paid"))
        if when is None or paid is None or not is_paid_row(table, row):
            continue
        status = f"{table.text(row, 'status')} {table.text(row, 'after')}"
        stated = amount(table.cell(row, "refund"))
        if paid > 0 and not stated and _GIVEN_BACK.fullmatch(table.text(row, "kind")):
            # The row is the refund itself: what it shows went back on its day.
            found.append(Order(table, row, table.text(row, "number"), when, -paid * unit, _NOTHING, _DEAD.search(status) is None, False))
            continue
        back = abs(stated or _NOTHING)
        whole = _BACK.search(status) is not None
        if whole and not back and paid > 0:
            back = paid
        dead = _DEAD.search(table.text(row, "status")) is not None
        unclear = not dead and not back and _PARTLY.search(status) is not None
        found.append(Order(table, row, table.text(row, "number"), when, paid * unit, back * unit, not dead, unclear))
    return found
