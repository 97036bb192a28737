"""What must add up in a list of invoices: net and tax to gross, its total row, doubles, days to come, months without any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from nlu.uploads.document import Check
from nlu.uploads.flows import months, year
from nlu.uploads.flows.cells import amount, blank, unreadable
from nlu.uploads.flows.dates import days
from nlu.uploads.flows.invoice_rows import Invoice, is_void
from nlu.uploads.flows.said import failed, money, passed, places
from nlu.uploads.flows.table import Row, Table
from nlu.uploads.flows.totals import says_total
from nlu.uploads.flows.year import Window

SALES = ("invoiced_sales", "customer_count", "largest_customer_share", "void_invoice_rate")
PURCHASES = ("purchase_amount",)
EVERY = (*SALES, *PURCHASES)
#: Tax is rounded on each line of an invoice, so that its sum may be some cents off.
_ROUNDING = Decimal("0.05")
#: A firm with so many invoices in a usual month hardly has a month without any.
_REGULAR = 5


def _is_total(table: Table, row: Row) -> bool:
    return says_total(row.cells) and not table.text(row, "day")


def rows(lists: Sequence[Table]) -> list[Check]:
    """Rows that cannot be read, and rows whose net and tax are not their gross."""
    checks: list[Check] = []
    for table in lists:
        kept = [
            row
            for row in table.rows
            if not _is_total(table, row) and any(not blank(table.cell(row, role)) for role in ("number", "net", "gross"))
        ]
        role = "net" if table.has("net") else "gross"
        read = days([table.cell(row, "day") for row in kept])
        spoilt = [
            table.at(row, role)
            for row in kept
            if unreadable(table.cell(row, role)) or (table.text(row, "number") and blank(table.cell(row, role)))
        ]
        spoilt += [
            table.at(row, "day")
            for row, when in zip(kept, read.days, strict=True)
            if when is None and amount(table.cell(row, role)) is not None
        ]
        if spoilt:
            where = places(spoilt)
            checks.append(failed("readable", f"这些格子读不出来：{where.zh}。", f"These cells cannot be read: {where.en}.", EVERY))
        if read.ambiguous:
            checks.append(
                failed(
                    "dates", "日期看不出哪个是月、哪个是日。", "The dates do not show which number is the month and which the day.", EVERY
                )
            )
        checks += _red(table, kept)
        checks += _sums(table, kept)
    return checks


def _red(table: Table, kept: Sequence[Row]) -> Iterator[Check]:
    """What is marked as red takes back, so that it has a minus sign."""
    role = "net" if table.has("net") else "gross"
    odd = [table.at(row, role) for row in kept if _marked_red(table.text(row, "red")) and (amount(table.cell(row, role)) or 0) > 0]
    if odd:
        where = places(odd)
        yield failed("red", f"标为红字，金额却是正数：{where.zh}。", f"Marked as red but without a minus sign at {where.en}.", EVERY)


def _marked_red(words: str) -> bool:
    return words in ("否", "红字", "红票", "负数", "红")


def _sums(table: Table, kept: Sequence[Row]) -> Iterator[Check]:
    if table.has("net", "tax", "gross"):
        wrong = []
        for row in kept:
            net, tax, gross = (amount(table.cell(row, role)) for role in ("net", "tax", "gross"))
            if net is not None and gross is not None and abs(net + (tax or 0) - gross) > _ROUNDING:
                wrong.append(table.at(row, "gross"))
        if wrong:
            where = places(wrong)
            yield failed(
                "net_tax_gross",
                f"金额加税额不等于价税合计：{where.zh}。可能有数字改动过或抄错。",
                f"Net and tax do not add up to the total at {where.en}. A figure there may be changed or mistyped.",
                EVERY,
            )
        else:
            yield passed(
                "net_tax_gross", f"{len(kept)} 行的金额加税额都等于价税合计。", f"Net and tax add up to the total in all {len(kept)} rows."
            )
    role = "net" if table.has("net") else "gross"
    totals = [row for row in table.rows if _is_total(table, row) and amount(table.cell(row, role)) is not None]
    if totals:
        said = amount(table.cell(totals[-1], role)) or Decimal(0)
        counted = sum((amount(table.cell(row, role)) or Decimal(0) for row in kept), Decimal(0))
        valid = _valid_sum(table, kept, role)
        if said in (counted, valid):
            yield passed("stated_total", f"合计 {money(said)} 对得上。", f"The total, {money(said)}, agrees.")
        else:
            yield failed(
                "stated_total",
                f"合计行写的是 {money(said)}，各行加起来是 {money(counted)}。可能少了几行，或改动过。",
                f"The total row says {money(said)}, but the rows come to {money(counted)}. Rows may be missing or changed.",
                EVERY,
            )


def _valid_sum(table: Table, kept: Sequence[Row], role: str) -> Decimal:
    return sum((amount(table.cell(row, role)) or Decimal(0) for row in kept if not is_void(table, row)), Decimal(0))


def unknown_side(lists: Sequence[Table]) -> list[Check]:
    if not lists:
        return []
    return [
        failed(
            "direction",
            "看不出这是开出去的发票还是收到的发票。请告诉我，或发一份有购方、销方的清单。",
            "I cannot tell whether these invoices were issued or received. Please tell me, or send a list with buyer and seller.",
            EVERY,
        )
    ]


def copies(lists: Sequence[Table]) -> Check:
    names = "、".join(table.grid.name or "" for table in lists)
    return passed(
        "copies", f"和另一张表是同一批发票，没有再算：{names}。", f"The same invoices as in another sheet, not counted again: {names}."
    )


def nothing() -> Check:
    return failed("empty", "这份清单里没有可读的发票。", "There is no invoice in this list that can be read.", EVERY)


def of_side(invoices: Sequence[Invoice], used: Window, side: int, today: date, lists: Sequence[Table]) -> Iterator[Check]:
    """The checks on all invoices issued, or all received."""
    doubts = SALES if side > 0 else PURCHASES
    yield year.coverage(used, doubts[:1])
    yield _basis([invoice for invoice in invoices if used.has(invoice.day)], side)
    ahead = [invoice.at("day") for invoice in invoices if invoice.day > today]
    if ahead:
        where = places(ahead)
        yield failed("future", f"这些日期还没到：{where.zh}。", f"These dates lie in the future: {where.en}.", doubts)
    if not any(table.has("line") for table in lists):
        yield from _doubles(invoices, doubts)
    within = [invoice for invoice in invoices if used.has(invoice.day)]
    counts = [sum(months.month_of(invoice.day) == month for invoice in within) for month in used.months]
    missing = [f"{month:%Y-%m}" for month, count in zip(used.months, counts, strict=True) if not count]
    if not missing:
        return
    zh, en = "、".join(missing), ", ".join(missing)
    if median(counts) >= _REGULAR:
        yield failed(
            "gap",
            f"平时每月都有发票，{zh} 却一张都没有。可能没导全，请核对。",
            f"There are invoices in every usual month but none in {en}. The export may be incomplete.",
            doubts,
        )
    else:
        yield passed("gap", f"这些月份没有发票：{zh}。", f"There are no invoices in {en}.")


def _basis(invoices: Sequence[Invoice], side: int) -> Check:
    """What is added up: net of tax where the list has it, without the void, less the red ones."""
    net = all(invoice.table.has("net") for invoice in invoices)
    void = [invoice for invoice in invoices if invoice.void]
    red = sum((invoice.value for invoice in invoices if invoice.value < 0 and not invoice.void), Decimal(0))
    kind = ("开出的发票", "invoices issued") if side > 0 else ("收到的发票", "invoices received")
    basis = ("不含税金额", "net of tax") if net else ("含税金额（清单里没有不含税的）", "with tax, as the list has no net amounts")
    return passed(
        "counted",
        f"{kind[0]}：按{basis[0]}；作废 {len({one.number for one in void})} 张不算，红字 {money(red)} 已冲减。",
        f"{kind[1].capitalize()}: {basis[1]}; {len({one.number for one in void})} void ones left out, {money(red)} of red ones taken off.",
    )


def _doubles(invoices: Sequence[Invoice], doubts: tuple[str, ...]) -> Iterator[Check]:
    seen: set[tuple[object, ...]] = set()
    twice = []
    for invoice in invoices:
        key = (invoice.number, invoice.day, invoice.partner, invoice.value)
        if key in seen and not invoice.number.startswith("row "):
            twice.append(invoice.at("number"))
        seen.add(key)
    if twice:
        where = places(twice)
        yield failed("doubles", f"同一张发票出现了两次：{where.zh}。", f"The same invoice stands there twice: {where.en}.", doubts)
