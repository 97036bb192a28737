"""What was given back, where it stands apart from the orders: in a list of refunds beside them, taken off the orders by their numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from nlu.uploads.document import Check
from nlu.uploads.flows.cells import amount
from nlu.uploads.flows.order_rows import Order
from nlu.uploads.flows.said import failed, money, passed
from nlu.uploads.flows.table import Table

#: Columns that only a list of refunds has.
_APART = re.compile(
    r"(?:退款|售后|退货)(?:单|编)?(?:编号|单号|号)|(?:退款|售后|退货)(?:申请|创建|完结|完成|成功)?时间"
    r"|\b(?:refund|return|rma)[ _-]?(?:id|no\.?|number|date|requested|completed)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(r"处理中|进行中|申请中|待|拒绝|关闭|撤销|取消|失败|pending|open|reject|declin|cancel|closed|fail", re.IGNORECASE)
#: An order list may have such a column too, but most of its rows are no refunds.
_NEARLY_ALL = Decimal("0.9")
_NOTHING = Decimal(0)


def is_refunds(columns: Mapping[str, tuple[int, ...]]) -> bool:
    """Whether columns are those of a list that names orders and what of them was given back."""
    return {"number", "refund"} <= set(columns) and "ledger" not in columns


def is_refund_list(table: Table) -> bool:
    """Whether a list is one of refunds: it is called so, and nearly every row gives something back."""
    if not is_refunds(table.columns) or not any(_APART.search(name) for name in table.names.values()):
        return False
    return sum(bool(amount(table.cell(row, "refund"))) for row in table.rows) >= len(table.rows) * _NEARLY_ALL


def given_back(lists: Sequence[Table], unit: int) -> dict[str, Decimal]:
    """What was given back by the orders' numbers, in yuan; what was refused or is not done yet is not."""
    found: dict[str, Decimal] = {}
    for table in lists:
        for row in table.rows:
            back, number = amount(table.cell(row, "refund")), table.text(row, "number")
            if back and number and not _NOT_DONE.search(f"{table.text(row, 'status')} {table.text(row, 'after')}"):
                found[number] = found.get(number, _NOTHING) + abs(back) * unit
    return found


def without_refunds(orders: Sequence[Order], back: Mapping[str, Decimal]) -> list[Order]:
    """The orders net of a list of refunds. An order that states its own refund is left as it is: the list says the same once more."""
    stated = {order.number for order in orders if order.back}
    left = {number: value for number, value in back.items() if number not in stated}
    last = {order.number: place for place, order in enumerate(orders) if order.alive}
    found: list[Order] = []
    for place, order in enumerate(orders):
        open_ = left.get(order.number, _NOTHING) if order.alive else _NOTHING
        # What exceeds an order's rows stays with the last of them, where the check on refunds sees it.
        taken = open_ if last.get(order.number) == place else min(open_, max(order.paid, _NOTHING))
        if taken:
            left[order.number] -= taken
            order = replace(order, back=taken)
        found.append(order)
    return found


def said(orders: Sequence[Order], back: Mapping[str, Decimal]) -> Check:
    """How much of the list of refunds was taken off, and how much belongs to orders that are not in the file."""
    numbers = {order.number for order in orders}
    known = sum((value for number, value in back.items() if number in numbers), _NOTHING)
    count = sum(number in numbers for number in back)
    return passed(
        "refund_list",
        f"退款清单里有 {count} 单对得上订单，共 {money(known)}，已减掉；另有 {len(back) - count} 单不在这份订单里。",
        f"{count} refunds of the list belong to these orders, {money(known)} in all, and are taken off; "
        f"{len(back) - count} are of orders that are not in the file.",
    )


def only_refunds() -> Check:
    return failed(
        "refunds_only",
        "这份是退款清单，没有订单。请把订单也发来，订单号对得上的退款我会减掉。",
        "This is a list of refunds without the orders. Please send the orders too; I take off the refunds whose order numbers match.",
        ("platform_sales",),
    )
