"""Lists of value-added tax invoices, issued or received: sales, purchases, customers and how many were voided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings
from nlu.uploads.flows import invoice_checks, months, year
from nlu.uploads.flows.cells import amount, blank, text
from nlu.uploads.flows.columns import vocabulary
from nlu.uploads.flows.dates import days
from nlu.uploads.flows.invoice_rows import Invoice, is_red_flushed, is_void
from nlu.uploads.flows.invoice_sides import sides
from nlu.uploads.flows.preamble import Preamble, preamble, unit_of
from nlu.uploads.flows.series import MonthSales, SalesSeries
from nlu.uploads.flows.table import Row, Table, tables
from nlu.uploads.flows.totals import says_total
from nlu.uploads.flows.year import Window
from nlu.uploads.grid import Opened

INVOICES = vocabulary("invoices")
_NOTHING = Decimal(0)


def _is_list(columns: Mapping[str, tuple[int, ...]]) -> bool:
    roles = set(columns)
    if not roles >= {"number", "day"} or "open" in roles or not roles & {"net", "gross"}:
        return False
    known = roles & {"buyer", "seller", "buyer_id", "seller_id", "direction"}
    return bool(known) and bool(roles & {"tax", "gross", "status", "code", "red", "seller", "seller_id"})


def read_invoices(opened: Opened, today: date) -> Findings | None:
    """A list of invoices issued or received; None when the file has none."""
    lists = [table for table in tables(opened, INVOICES, _is_list) if table.rows]
    if not lists:
        return None
    kept, copies = _once(lists)
    around = preamble(opened, lists)
    sided = [(table, sides(table, around)) for table in kept]
    checks: list[Check] = invoice_checks.rows(kept)
    checks += invoice_checks.unknown_side([table for table, one in sided if one is None])
    invoices = [invoice for table, one in sided if one is not None for invoice in _invoices(table, one, around)]
    if copies:
        checks.append(invoice_checks.copies(copies))
    if not invoices:
        return Findings(Document.INVOICE_LIST, (), tuple(checks or [invoice_checks.nothing()]), around.period())
    figures: list[Figure] = []
    series: SalesSeries | None = None
    used: Window | None = None
    for side in (-1, 1):
        of_side = [invoice for invoice in invoices if invoice.side == side]
        if of_side:
            used = year.window([invoice.day for invoice in of_side], around.period(), today)
            checks += invoice_checks.of_side(of_side, used, side, today, kept)
            figures += _figures(of_side, used, side, unit_of(around, ""))
            series = _series(of_side, used, side)
    return Findings(Document.INVOICE_LIST, tuple(figures), tuple(checks), used.period if used else None, around.holder(), series)


def _once(lists: Sequence[Table]) -> tuple[list[Table], list[Table]]:
    """Lists of whole invoices before lists of their lines; one that has the same invoices as another is a copy."""
    kept: list[Table] = []
    copies: list[Table] = []
    seen: list[frozenset[str]] = []
    for table in sorted(lists, key=lambda one: one.has("line")):
        numbers = frozenset(table.text(row, "number") for row in table.rows) - {""}
        if numbers and any(len(numbers & other) * 10 >= len(numbers) * 8 for other in seen):
            copies.append(table)
        else:
            kept.append(table)
            seen.append(numbers)
    return kept, copies


def _invoices(table: Table, side_of: Mapping[int, int], around: Preamble) -> list[Invoice]:
    """The rows that are invoices, in yuan. Rows whose day or amount cannot be read are told by a check."""
    found: list[Invoice] = []
    role = "net" if table.has("net") else "gross"
    unit = unit_of(around, table.name(role))
    read = days([table.cell(row, "day") for row in table.rows]).days
    numbers = {table.text(row, "number") for row in table.rows if (amount(table.cell(row, role)) or _NOTHING) < 0}
    for row, when in zip(table.rows, read, strict=True):
        value, number = amount(table.cell(row, role)), table.text(row, "number")
        side = side_of.get(row.index, 0)
        if when is None or value is None or not side or (says_total(row.cells) and not number):
            continue
        partner = _partner(table, row, side)
        void = is_void(table, row) or (value > 0 and not numbers and is_red_flushed(table, row))
        key = f"{table.text(row, 'code')}-{number}" if number else f"row {row.index}"
        found.append(Invoice(table, row, key, when, side, partner, value * unit, void))
    return found


def _partner(table: Table, row: Row, side: int) -> str:
    """The other side: by its name, else by its number."""
    roles = ("buyer", "buyer_id") if side > 0 else ("seller", "seller_id")
    cells = (table.cell(row, role) for role in roles)
    return next((text(cell) for cell in cells if not blank(cell)), "")


def _figures(invoices: Sequence[Invoice], used: Window, side: int, unit: int) -> list[Figure]:
    within = [invoice for invoice in invoices if used.has(invoice.day)]
    valid = [invoice for invoice in within if not invoice.void]
    places = tuple(invoice.place for invoice in valid)
    label = within[0].table.name("net" if within[0].table.has("net") else "gross") if within else ""
    total = sum((invoice.value for invoice in valid), _NOTHING)
    found: list[Figure] = []
    if used.is_year and total > 0:
        found.append(Figure("invoiced_sales" if side > 0 else "purchase_amount", total, label, places, used.period, unit))
    if side < 0 or not valid:
        return found
    partners = by_partner(valid)
    named = {name: value for name, value in partners.items() if name}
    column = "buyer" if valid[0].table.has("buyer") else "buyer_id"
    if len(named) == len(partners):
        found.append(Figure("customer_count", len(named), valid[0].table.name(column), tuple(one.at(column) for one in valid), used.period))
        bought = {name: value for name, value in named.items() if value > 0}
        if bought:
            name = max(bought, key=lambda one: bought[one])
            cells = tuple(invoice.place for invoice in valid if invoice.partner == name)
            part = months.share(bought[name], sum(bought.values(), _NOTHING))
            found.append(Figure("largest_customer_share", part, name, cells, used.period))
    if all(invoice.table.has("status") for invoice in within):
        every = {invoice.number: invoice.void for invoice in within}
        rate = months.share(Decimal(sum(every.values())), Decimal(len(every)))
        cells = tuple(invoice.at("status") for invoice in within if invoice.void) or (within[0].at("status"),)
        found.append(Figure("void_invoice_rate", rate, within[0].table.name("status"), cells, used.period))
    return found


def by_partner(invoices: Sequence[Invoice]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for invoice in invoices:
        found[invoice.partner] = found.get(invoice.partner, _NOTHING) + invoice.value
    return found


def _series(invoices: Sequence[Invoice], used: Window, side: int) -> SalesSeries:
    valid = [invoice for invoice in invoices if not invoice.void]
    sums = months.by_month((invoice.day, invoice.value) for invoice in valid)
    rows: dict[date, dict[str, bool]] = {}
    for invoice in invoices:
        rows.setdefault(months.month_of(invoice.day), {})[invoice.number] = invoice.void
    every = months.months_between(used.covered.first, used.covered.last)
    found = tuple(
        MonthSales(month, sums.get(month, _NOTHING), len(rows.get(month, {})), sum(rows.get(month, {}).values()), month in used.full)
        for month in every
    )
    partners = sorted(by_partner([invoice for invoice in valid if used.has(invoice.day)]).items(), key=lambda item: -item[1])
    return SalesSeries("output_invoices" if side > 0 else "input_invoices", found, tuple(partners))
