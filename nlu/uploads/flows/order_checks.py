"""What must hold in a shop's orders: readable rows, refunds within what was paid, no order counted twice, twelve months."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check
from nlu.uploads.flows import months, year
from nlu.uploads.flows.cells import amount, unreadable
from nlu.uploads.flows.dates import days
from nlu.uploads.flows.order_rows import Order
from nlu.uploads.flows.said import failed, money, passed, places
from nlu.uploads.flows.table import Row, Table
from nlu.uploads.flows.year import Window

SALES = ("platform_sales",)
#: Amounts that belong to one item of an order, so that the rows of an order add up.
_OF_ITEM = re.compile(r"商品|子订单|item|product|principal|line", re.IGNORECASE)


def rows(table: Table, counts: Callable[[Table, Row], bool]) -> Iterator[Check]:
    """Rows whose day or amount cannot be read."""
    kept = [row for row in table.rows if counts(table, row)]
    read = days([table.cell(row, "day") for row in kept])
    spoilt = [table.at(row, "paid") for row in kept if unreadable(table.only(row, "paid"))]
    spoilt += [table.at(row, "day") for row, when in zip(kept, read.days, strict=True) if when is None and amount(table.only(row, "paid"))]
    if spoilt:
        where = places(spoilt)
        yield failed("readable", f"这些格子读不出来：{where.zh}。", f"These cells cannot be read: {where.en}.", SALES)
    if read.ambiguous:
        yield failed("dates", "日期看不出哪个是月、哪个是日。", "The dates do not show which number is the month and which the day.", SALES)


def nothing() -> Check:
    return failed("empty", "这份订单里没有可读的成交记录。", "There is no order in this file that can be read.", SALES)


def of_orders(orders: Sequence[Order], used: Window, today: date) -> Iterator[Check]:
    """The checks on all orders together."""
    yield year.coverage(used, SALES)
    yield _basis([order for order in orders if used.has(order.day)])
    ahead = [order.table.at(order.row, "day") for order in orders if order.day > today]
    if ahead:
        where = places(ahead)
        yield failed("future", f"这些日期还没到：{where.zh}。", f"These dates lie in the future: {where.en}.", SALES)
    over = [order.at for order in orders if order.alive and order.paid >= 0 and order.back > order.paid]
    if over:
        where = places(over)
        yield failed("refunds", f"退款比付款还多：{where.zh}。", f"More was refunded than paid at {where.en}.", SALES)
    unclear = [order.at for order in orders if order.unclear]
    if unclear:
        where = places(unclear)
        yield failed(
            "refunds", f"有部分退款，但没写退了多少：{where.zh}。", f"Part of these was refunded, but not said how much: {where.en}.", SALES
        )
    yield from _repeated(orders)
    present = {months.month_of(order.day) for order in orders if order.alive}
    missing = [f"{month:%Y-%m}" for month in used.months if month not in present]
    if missing:
        yield failed(
            "gap",
            f"这些月份一单都没有：{'、'.join(missing)}。可能没导全。",
            f"There is no order in {', '.join(missing)}. The export may be incomplete.",
            SALES,
        )


def _basis(orders: Sequence[Order]) -> Check:
    dead = sum(not order.alive for order in orders)
    back = sum((order.back for order in orders if order.alive), Decimal(0))
    return passed(
        "counted",
        f"按实付算；关闭或未付款的 {dead} 行不算，退款 {money(back)} 已减掉。",
        f"Counted as paid; {dead} rows that were closed or not paid are left out, refunds of {money(back)} are taken off.",
    )


def _repeated(orders: Sequence[Order]) -> Iterator[Check]:
    """Orders of several rows that all show the same amount: it may be that of the whole order, once a row."""
    by_number: dict[str, list[Order]] = {}
    for order in orders:
        if order.number and order.alive and order.paid > 0:
            by_number.setdefault(order.number, []).append(order)
    several = [group for group in by_number.values() if len(group) > 1]
    if not several or _OF_ITEM.search(several[0][0].table.name("paid")):
        return
    same = [group for group in several if len({order.paid for order in group}) == 1]
    if same and (len(same) == len(several) or len(same) > 1):
        where = places(group[1].at for group in same)
        yield failed(
            "repeated",
            f"同一个订单号有好几行、金额都一样：{where.zh}。分不清是整单金额重复写了，还是每件商品的金额。",
            f"Orders stand there in several rows with the same amount: {where.en}. "
            "It may be the whole order's amount, written once an item.",
            SALES,
        )
