"""Reads VAT returns (增值税及附加税费申报表) of small-scale and of general taxpayers.

The sales of the return are the month's where it is of one month. A quarter's sales are no month's, so they are left out and said in a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings, Sentence
from nlu.uploads.grid import At, Grid, Opened
from nlu.uploads.statements.cells import words
from nlu.uploads.statements.months import months_of
from nlu.uploads.statements.sentences import tell
from nlu.uploads.statements.spans import Grain
from nlu.uploads.statements.tax_table import TaxFigures, TaxLine, TaxTable, tax_table, value_of

_TITLE = re.compile(r"增值税.{0,12}申报表")
_SMALL = re.compile(r"小规模")
_GENERAL = re.compile(r"一般纳税人")
_ANNEX = re.compile(r"附列资料|附表|明细表|减免税申报")
_SMALL_SALES = ("应征增值税不含税销售额", "销售使用过的固定资产不含税销售额", "免税销售额", "出口免税销售额")
_GENERAL_SALES = ("按适用税率计税销售额", "按简易办法计税销售额", "免、抵、退办法出口销售额", "免税销售额")
#: No rate was ever above 17 %.
_HIGHEST_RATE = Decimal("0.17")
_YUAN = Decimal(1)
#: What lines of the general return add up to, by their numbers.
_SUMS: tuple[tuple[int, tuple[int, ...]], ...] = ((17, (12, 13, -14, -15, 16)), (19, (11, -18)), (24, (19, 21, -23)))


def read_vat_return(opened: Opened, today: date) -> Findings | None:  # noqa: ARG001 - a reader is given the day
    """What a VAT return says, or None when the file has none."""
    for grid in opened.grids:
        title = _title(grid)
        if title is None:
            continue
        table = tax_table(grid)
        if table is not None and (small := _is_small(title[1], table)) is not None:
            return _findings(table, small, title)
    return None


def _title(grid: Grid) -> tuple[At, str] | None:
    """The title with its place; the annexes have the same title and are left out."""
    found: tuple[At, str] | None = None
    for row in range(min(len(grid.rows), 15)):
        for column, cell in enumerate(grid.rows[row]):
            text = re.sub(r"\s+", "", words(cell))
            if _ANNEX.search(text):
                return None
            if _TITLE.search(text) and found is None:
                found = (grid.at(row, column), text)
            elif found is not None and (_SMALL.search(text) or _GENERAL.search(text)):
                found = (found[0], found[1] + text)
    return found


def _is_small(title: str, table: TaxTable) -> bool | None:
    """Which of the two forms it is, by its title or else by its lines; None for neither."""
    if _SMALL.search(title) or _GENERAL.search(title):
        return bool(_SMALL.search(title))
    if table.find("应征增值税不含税销售额"):
        return True
    return False if table.find("按适用税率计税销售额") else None


def _findings(table: TaxTable, small: bool, title: tuple[At, str]) -> Findings:
    read = TaxFigures(table)
    kind = "small_scale" if small else "general"
    period = table.span.period if table.span and table.span.grain is not Grain.DAY else None
    read.figures["vat_taxpayer"] = Figure("vat_taxpayer", kind, title[1], (title[0],), period)
    if table.is_empty():
        note = tell("empty")
        return Findings(Document.VAT_RETURN, tuple(read.figures.values()), (), period, table.holder, notes=(note,))
    sales = _sales(table, small)
    notes: tuple[Sentence, ...] = ()
    months = months_of(period) if period else None
    checks: list[Check] = []
    if table.now and sales:
        if months == 1 or period is None:
            read.state("monthly_sales", sales, table.now, period)
        elif months is not None:
            notes = (tell("not_a_month", months=str(months), sales=value_of(sales, table.now) * table.unit),)
        checks = [*_rate(table, sales, small), *([] if small else _sums(table)), *_to_date(table, sales)]
        if period is None:
            checks.append(Check("period", False, tell("return_period"), ("monthly_sales",)))
    return Findings(Document.VAT_RETURN, tuple(read.figures.values()), tuple(checks), period, table.holder, notes=notes)


def _sales(table: TaxTable, small: bool) -> list[TaxLine]:
    """The lines that the sales of the period consist of; 其中 lines are parts of them."""
    lines = [line for line in table.find(*(_SMALL_SALES if small else _GENERAL_SALES)) if not line.label.within]
    seen: set[tuple[int | None, str]] = set()
    kept = []
    for line in lines:
        key = (line.number, line.label.text)
        if key not in seen:
            kept.append(line)
        seen.add(key)
    return kept


def _rate(table: TaxTable, sales: Sequence[TaxLine], small: bool) -> list[Check]:
    """The tax on the taxed sales is a rate that exists."""
    taxed = value_of(
        [line for line in sales if line.label.names[:1] in (("应征增值税不含税销售额",), ("按适用税率计税销售额",))], table.now
    )
    tax = value_of(table.find("本期应纳税额") if small else table.find("销项税额"), table.now)
    if taxed < 0 or tax < 0 or tax <= taxed * _HIGHEST_RATE + _YUAN:
        return []
    return [Check("tax_fits_sales", False, tell("tax_and_sales"), ("monthly_sales",))]


def _sums(table: TaxTable) -> list[Check]:
    """The sums that the general return prints beside its lines, over all columns of the period."""
    at = {line.number: value_of([line], table.now) for line in table.lines if line.number is not None}
    checks = []
    for total, parts in _SUMS:
        if total in at and all(abs(part) in at for part in parts):
            added = sum((at[part] if part > 0 else -at[-part] for part in parts), Decimal(0))
            ok = abs(added - at[total]) <= _YUAN
            name = f"{total}"
            gap = abs(added - at[total])
            failed = tell("sum_fails", total=name, stated=at[total], added=added, gap=gap, why=tell("why_figure"))
            detail = tell("sum_holds", total=name) if ok else failed
            checks.append(Check(f"line_{total}", ok, detail))
    return checks


def _to_date(table: TaxTable, sales: Sequence[TaxLine]) -> list[Check]:
    """The year so far is no less than the period."""
    now, year = value_of(sales, table.now), value_of(sales, table.to_date)
    if not table.to_date or year >= now or year == 0 or now < 0:
        return []
    detail = tell("year_to_date", now=now, year=year)
    return [Check("year_to_date", False, detail, ("monthly_sales",))]
