"""Receivables by age: invoice by invoice with due dates, or customer by customer in spans of days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings, Period
from nlu.uploads.flows import ageing_checks, buckets, months
from nlu.uploads.flows.ageing_rows import Open, Reading, by_buckets, by_invoices
from nlu.uploads.flows.cells import text
from nlu.uploads.flows.columns import vocabulary
from nlu.uploads.flows.dates import dates_in
from nlu.uploads.flows.preamble import Preamble, currency_of, preamble, unit_of
from nlu.uploads.flows.said import foreign
from nlu.uploads.flows.series import AgeingSeries
from nlu.uploads.flows.table import Table, tables
from nlu.uploads.grid import Opened

AGEING = vocabulary("ageing", buckets.role)
_AS_OF = re.compile(r"as of|as at|截止|截至|基准日|日期|date", re.IGNORECASE)
_PAYABLE = re.compile(r"应付|payable|a/p\b|vendor|supplier", re.IGNORECASE)
_NOTHING = Decimal(0)


def _is_list(columns: Mapping[str, tuple[int, ...]]) -> bool:
    roles = set(columns)
    if "payable" in roles:
        return False
    if len(columns.get("bucket", ())) >= 2:
        return True
    return bool(roles & {"customer", "customer_id"}) and "open" in roles and bool(roles & {"due", "past", "bucket_name"})


def read_ageing(opened: Opened, today: date) -> Findings | None:
    """Receivables by age; None when the file has no such list."""
    lists = _parts([table for table in tables(opened, AGEING, _is_list) if table.rows])
    if not lists:
        return None
    around = preamble(opened, [table for pages in lists for table in pages])
    if _PAYABLE.search(f"{around.all()} {lists[0][0].grid.name or ''}"):
        return None
    stated = _as_of(around)
    readings = [_reading(pages, unit_of(around, _label(pages[0])), stated) for pages in lists]
    # A summary and the details of the same receivables may stand side by side: the details count.
    best = max(range(len(lists)), key=lambda index: (len(lists[index][0].columns.get("bucket", ())) < 2, len(readings[index][0])))
    table, (found, checks, as_of) = lists[best][0], readings[best]
    if len(lists) > 1:
        checks = [*checks, *ageing_checks.several([_total(rows) for rows, _, _ in readings if rows])]
    code = currency_of(around, (_label(table),), _money(table))
    if code is not None and code != "CNY":
        checks = [*checks, foreign(code, ageing_checks.DEBTS[:1])]
    if as_of is not None and as_of > today:
        checks = [*checks, ageing_checks.ahead(as_of)]
    if not found:
        checks = [*checks, ageing_checks.nothing()]
    period = Period(as_of, as_of) if as_of else None
    figures = _figures(found, _label(table), period, unit_of(around, _label(table)))
    return Findings(Document.RECEIVABLES_AGEING, tuple(figures), tuple(checks), period, around.holder(), _series(found, as_of))


def _parts(lists: Sequence[Table]) -> list[list[Table]]:
    """The lists of the file, each with the pages that it runs over: a later page has the columns of the one before."""
    parts: list[list[Table]] = []
    for table in lists:
        if parts and table.grid.boxes and list(table.names.values()) == list(parts[-1][0].names.values()):
            parts[-1].append(table)
        else:
            parts.append([table])
    return parts


def _reading(pages: Sequence[Table], unit: int, stated: date | None) -> Reading:
    found: list[Open] = []
    checks: list[Check] = []
    as_of = stated
    for table in pages:
        reader = by_buckets if len(table.columns.get("bucket", ())) >= 2 else by_invoices
        rows, said, day = reader(table, unit, stated)
        found, checks, as_of = [*found, *rows], [*checks, *said], as_of or day
    if len(pages) > 1:
        checks = ageing_checks.of_pages(checks)
    return found, checks, as_of


def _as_of(around: Preamble) -> date | None:
    for line in around.lines:
        found = dates_in(line.text)
        if len(found) == 1 and _AS_OF.search(line.text):
            return found[0]
    return None


def _money(table: Table) -> list[str]:
    columns = (*table.columns.get("open", ()), *table.columns.get("total", ()), *table.columns.get("bucket", ()))
    return [text(row.cells[column]) for row in table.rows[:100] for column in columns if column < len(row.cells)]


def _total(found: Iterable[Open]) -> Decimal:
    return sum((one.value for one in found), _NOTHING)


def _label(table: Table) -> str:
    return table.name("open") or table.name("total")


def by_customer(found: Iterable[Open]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for one in found:
        sums[one.customer] = sums.get(one.customer, _NOTHING) + one.value
    return sums


def _figures(found: Sequence[Open], label: str, period: Period | None, unit: int) -> list[Figure]:
    if not found:
        return []
    figures = [Figure("receivables", _total(found), label, tuple(one.at for one in found), period, unit)]
    owing = {name: value for name, value in by_customer(found).items() if value > 0}
    if owing and "" not in owing:
        name = max(owing, key=lambda one: owing[one])
        cells = tuple(one.at for one in found if one.customer == name)
        figures.append(Figure("largest_customer_share", months.share(owing[name], sum(owing.values(), _NOTHING)), name, cells, period))
    return figures


def _series(found: Sequence[Open], as_of: date | None) -> AgeingSeries:
    ages: dict[str, Decimal] = {}
    for one in found:
        for name, value in one.ages:
            ages[name] = ages.get(name, _NOTHING) + value
    order = [name for name, _ in buckets.STANDARD]
    rows = sorted(ages.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order))
    partners = sorted(by_customer(found).items(), key=lambda item: -item[1])
    return AgeingSeries(as_of, tuple(rows), tuple(partners))
