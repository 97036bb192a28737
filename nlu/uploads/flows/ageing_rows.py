"""The open items of an ageing list, each with its customer and its amount by age."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from nlu.uploads.document import Check
from nlu.uploads.flows import ageing_checks, buckets
from nlu.uploads.flows.cells import amount, blank, text, unreadable
from nlu.uploads.flows.dates import days
from nlu.uploads.flows.table import Row, Table
from nlu.uploads.flows.totals import says_total, total_of
from nlu.uploads.grid import At

_SETTLED = re.compile(
    r"(?<![un])(?:paid|closed|settled|written off|write-off|void|cancel)"
    r"|(?<!未)(?<!部分)(?:已收|已结|结清|收讫|核销|作废|坏账)|已付清|已回款",
    re.IGNORECASE,
)
_PARTLY = re.compile(r"part|部分", re.IGNORECASE)
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """What a customer owes, in yuan, by the names of ages."""

    customer: str
    value: Decimal
    ages: tuple[tuple[str, Decimal], ...]
    at: At


Reading = tuple[list[Open], list[Check], date | None]


def by_buckets(table: Table, unit: int, stated: date | None) -> Reading:
    """Customers in rows, ages in columns. Total rows are compared with what they add up, not counted."""
    columns = table.columns["bucket"]
    names = {column: _name(table, column) for column in columns}
    rows: list[tuple[Row, str, dict[int, Decimal]]] = []
    totals: list[Row] = []
    seen: set[str] = set()
    spoilt: list[At] = []
    for row in table.rows:
        customer = _customer(table, row, min(columns))
        said = total_of(customer)
        if says_total(row.cells) or (said is not None and said in seen):
            totals.append(row)
            continue
        seen.add(customer.lower())
        values = {column: value for column in columns if (value := _at(row, column)) is not None}
        spoilt += [table.grid.at(row.index, column) for column in columns if _is_spoilt(row, column)]
        if values or amount(table.cell(row, "total")) is not None:
            rows.append((row, customer, values))
    checks = ageing_checks.unreadable(spoilt) + ageing_checks.across(table, rows) + ageing_checks.down(table, rows, totals)
    found = [_open(table, row, customer, values, names, unit) for row, customer, values in rows]
    return [one for one in found if one.value], checks, stated


def _open(table: Table, row: Row, customer: str, values: dict[int, Decimal], names: dict[int, str], unit: int) -> Open:
    total = amount(table.cell(row, "total"))
    value = sum(values.values(), _NOTHING) if values else total or _NOTHING
    at = table.at(row, "total") if table.has("total") else table.grid.at(row.index, min(values, default=0))
    return Open(customer, value * unit, tuple((names[column], value * unit) for column, value in values.items() if value), at)


def _at(row: Row, column: int) -> Decimal | None:
    return amount(row.cells[column]) if column < len(row.cells) else None


def _is_spoilt(row: Row, column: int) -> bool:
    return (
        column < len(row.cells)
        and unreadable(row.cells[column])
        and any(char.isdigit() for char in text(row.cells[column]))
        and "%" not in text(row.cells[column])
    )


def _name(table: Table, column: int) -> str:
    """The standard age that a column stands for, or its own name where it reaches over several."""
    span = buckets.span(text(table.names[column]))
    return (buckets.standard(span) if span else None) or table.names[column]


def _customer(table: Table, row: Row, before: int) -> str:
    """The customer's name; in lists without a name over that column the words that stand first in the row."""
    named = table.text(row, "customer") or table.text(row, "customer_id")
    return named or next((text(cell) for cell in row.cells[:before] if not blank(cell)), "")


def by_invoices(table: Table, unit: int, stated: date | None) -> Reading:
    """Open invoices one by one. What is settled is not counted."""
    totals = [row for row in table.rows if says_total(row.cells) and not table.text(row, "number")]
    added = {row.index for row in totals}
    rows = [row for row in table.rows if row.index not in added]
    rows = [row for row in rows if not blank(table.only(row, "open")) or table.text(row, "number")]
    read = days([table.cell(row, "due") for row in rows])
    as_of, checks = _as_of(table, rows, read.days, stated)
    spoilt = [table.at(row, "open") for row in rows if unreadable(table.only(row, "open"))]
    checks += ageing_checks.unreadable(spoilt)
    kept = [(row, due) for row, due in zip(rows, read.days, strict=True) if not is_settled(table, row)]
    found = [_invoice(table, row, due, as_of, unit) for row, due in kept]
    checks += ageing_checks.of_invoices(table, [row for row, _ in kept], [row for row in rows if is_settled(table, row)], totals)
    ids: dict[str, set[str]] = {}
    for row, _ in kept:
        if (name := table.text(row, "customer")) and (number := table.text(row, "customer_id")):
            ids.setdefault(name, set()).add(number)
    return [one for one in found if one.value], [*checks, *ageing_checks.one_name(ids)], as_of


def is_settled(table: Table, row: Row) -> bool:
    status = table.text(row, "status")
    return _SETTLED.search(status) is not None and not _PARTLY.search(status)


def _as_of(table: Table, rows: Sequence[Row], dues: Sequence[date | None], stated: date | None) -> tuple[date | None, list[Check]]:
    """The day of the list: as it says, else the day from which its own days past due are counted."""
    counted: Counter[date] = Counter()
    for row, due in zip(rows, dues, strict=True):
        past = amount(table.cell(row, "past"))
        if due and past is not None and 0 < past < 20000:
            counted[due + timedelta(days=int(past))] += 1
    if not counted:
        return stated, []
    as_of, most = counted.most_common(1)[0]
    odd = sum(counted.values()) - most
    return as_of, ageing_checks.days_past_due(odd, most)


def _invoice(table: Table, row: Row, due: date | None, as_of: date | None, unit: int) -> Open:
    value = (amount(table.only(row, "open")) or _NOTHING) * unit
    past = amount(table.cell(row, "past"))
    name: str | None = None
    if due and as_of:
        name = buckets.of_days((as_of - due).days)
    elif past is not None:
        name = buckets.of_days(int(past))
    elif span := buckets.span(table.text(row, "bucket_name")):
        name = buckets.standard(span)
    customer = table.text(row, "customer") or table.text(row, "customer_id")
    return Open(customer, value, ((name, value),) if name else (), table.at(row, "open"))
