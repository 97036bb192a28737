"""Orders of an online shop, from any platform: what was paid and not given back, by month."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings
from nlu.uploads.flows import months, order_checks, refund_rows, year
from nlu.uploads.flows.accounts import without_copies
from nlu.uploads.flows.cells import text
from nlu.uploads.flows.columns import vocabulary
from nlu.uploads.flows.dates import dates_in
from nlu.uploads.flows.marks import order_mark
from nlu.uploads.flows.order_rows import Order, is_paid_row, read_rows
from nlu.uploads.flows.preamble import Preamble, currency_of, preamble, unit_of
from nlu.uploads.flows.said import foreign
from nlu.uploads.flows.series import MonthSales, RefundSeries, SalesSeries
from nlu.uploads.flows.table import Row, Table, tables
from nlu.uploads.flows.year import Window
from nlu.uploads.grid import At, Opened

ORDERS = vocabulary("orders")
#: Whose report it is, by words that only its own reports have.
_PLATFORMS = (
    ("pinduoduo", re.compile(r"拼多多|多多支付|拼单")),
    ("douyin", re.compile(r"抖音|抖店|达人昵称|选购商品")),
    ("jd", re.compile(r"京东|京豆|下单帐号")),
    ("meituan", re.compile(r"美团|三快")),
    ("amazon", re.compile(r"amazon|\basin\b|\bfba\b|settlement[- ]id", re.IGNORECASE)),
    ("taobao_tmall", re.compile(r"淘宝|天猫|宝贝标题|买家会员名|集分宝")),
)
_NOTHING = Decimal(0)
#: So many orders, and refunds, are kept by their marks.
_KEPT = 2000


def _is_list(columns: Mapping[str, tuple[int, ...]]) -> bool:
    roles = set(columns)
    if not roles >= {"day", "paid"} or "ledger" in roles:
        return False
    if "number" in roles:
        return bool(roles & {"status", "buyer", "item", "shop", "kind", "refund", "after", "quantity"})
    return "visitors" in roles


def read_orders(opened: Opened, today: date) -> Findings | None:
    """A shop's orders; None when the file has none."""
    lists, refunds = _lists(opened)
    if not lists:
        return _of_refunds(refunds, opened) if refunds else None
    kept, copies = without_copies(lists)
    around = preamble(opened, kept, copies)
    checks: list[Check] = [check for table in kept for check in order_checks.rows(table, is_paid_row)]
    orders = [order for table in kept for order in read_rows(table, unit_of(around, table.name("paid")))]
    if back := refund_rows.given_back(refunds, unit_of(around, refunds[0].name("refund")) if refunds else 1):
        orders = refund_rows.without_refunds(orders, back)
        checks.append(refund_rows.said(orders, back))
    platform = _platform(kept, around)
    if not orders:
        return Findings(Document.SHOP_ORDERS, (), tuple(checks or [order_checks.nothing()]), around.period())
    code = currency_of(around, [kept[0].name("paid")], [_money(table, row) for table in kept for row in table.rows[:100]])
    if code not in (None, "CNY"):
        checks.append(foreign(code or "", order_checks.SALES))
    used = year.window([order.day for order in orders], around.period(), today)
    checks += order_checks.of_orders(orders, used, today)
    figures = _figures(orders, used, kept[0], unit_of(around, kept[0].name("paid")))
    if platform:
        figures.append(Figure("platform", platform[0], platform[0], (platform[1],)))
    figures += _opened(around, today)
    return Findings(Document.SHOP_ORDERS, tuple(figures), tuple(checks), used.period, around.holder(), _series(orders, used))


def _of_refunds(refunds: list[Table], opened: Opened) -> Findings:
    """A list of refunds alone, to be taken off orders that come in another file."""
    back = refund_rows.given_back(refunds, unit_of(preamble(opened, refunds), refunds[0].name("refund")))
    found = sorted(((order_mark(number), value) for number, value in back.items()), key=lambda one: -one[1])
    series = RefundSeries(tuple(found)) if len(found) <= _KEPT else None
    return Findings(Document.SHOP_ORDERS, (), (refund_rows.only_refunds(),), series=series)


def _lists(opened: Opened) -> tuple[list[Table], list[Table]]:
    """The lists of orders, and those of refunds: on sheets of their own, whether they also say what was paid or not."""
    found = [table for table in tables(opened, ORDERS, _is_list) if table.rows]
    refunds = [table for table in found if refund_rows.is_refund_list(table)]
    lists = [table for table in found if table not in refunds]
    rest = replace(opened, grids=tuple(grid for grid in opened.grids if not any(table.grid is grid for table in found)))
    further = [table for table in tables(rest, ORDERS, refund_rows.is_refunds) if table.rows and refund_rows.is_refund_list(table)]
    return lists, [*refunds, *further]


def _money(table: Table, row: Row) -> str:
    return table.text(row, "currency") or text(table.only(row, "paid"))


def _figures(orders: Sequence[Order], used: Window, table: Table, unit: int) -> list[Figure]:
    within = [order for order in orders if order.alive and used.has(order.day)]
    total = sum((order.net for order in within), _NOTHING)
    if not used.is_year or total <= 0:
        return []
    return [Figure("platform_sales", total, table.name("paid"), tuple(order.at for order in within), used.period, unit)]


def _platform(lists: Sequence[Table], around: Preamble) -> tuple[str, At] | None:
    """The platform whose words the header or the lines above have; None when no or several platforms are named."""
    table = lists[0]
    said = " ".join([*table.names.values(), around.all()])
    named = [platform for platform, words in _PLATFORMS if words.search(said)]
    return (named[0], table.grid.at(max(table.header, 0), 0)) if len(named) == 1 else None


def _opened(around: Preamble, today: date) -> list[Figure]:
    """How long the shop has been open, where a line says since when."""
    for line in around.lines:
        if re.search(r"开店(?:时间|日期)|店铺创建|shop opened|store opened", line.text, re.IGNORECASE) and (found := dates_in(line.text)):
            since = found[0]
            count = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
            return [Figure("platform_months", count, line.text, (line.at,))] if count >= 0 else []
    return []


def _series(orders: Sequence[Order], used: Window) -> SalesSeries:
    sums = months.by_month((order.day, order.net) for order in orders)
    counts: dict[date, set[str]] = {}
    dead: dict[date, set[str]] = {}
    for order in (one for one in orders if one.paid >= 0):  # a row of a refund is no further order
        for wanted, found in ((order.alive, counts), (not order.alive, dead)):
            if wanted:
                found.setdefault(months.month_of(order.day), set()).add(order.number or str(order.row.index))
    every = months.months_between(used.covered.first, used.covered.last)
    rows = tuple(
        MonthSales(month, sums.get(month, _NOTHING), len(counts.get(month, ())), len(dead.get(month, ())), month in used.full)
        for month in every
    )
    return SalesSeries("shop_orders", rows, orders=_marks(orders, used))


def _marks(orders: Sequence[Order], used: Window) -> tuple[tuple[date, tuple[str, ...]], ...]:
    """The marks of the orders that count and that gave nothing back, by month. Of more than are kept none is: a part would mislead."""
    counted = [one for one in orders if one.alive and one.number and not one.back and used.has(one.day)]
    found: dict[date, dict[str, None]] = {}
    for order in counted if len(counted) <= _KEPT else ():
        found.setdefault(months.month_of(order.day), {})[order_mark(order.number)] = None
    return tuple((month, tuple(marks)) for month, marks in sorted(found.items()))
