"""Reads VAT returns (增值税及附加税费申报表) of small-scale and of general taxpayers.

The sales of the return are the month's where it is of one month. A quarter's sales are no month's, so they are left out and said in a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence
from nlu.uploads.grid import At, Grid, Opened
from nlu.uploads.statements.equations import money
from nlu.uploads.statements.layout import words
from nlu.uploads.statements.spans import Grain, months_of
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
        note = Sentence("这张申报表是空的，还没有填数字。", "This return has no figures in it yet.")
        return Findings(Document.VAT_RETURN, tuple(read.figures.values()), (), period, table.holder, (note,))
    sales = _sales(table, small)
    notes: tuple[Sentence, ...] = ()
    months = months_of(period) if period else None
    checks: list[Check] = []
    if table.now and sales:
        if months == 1 or period is None:
            read.state("monthly_sales", sales, table.now, period)
        elif months is not None:
            notes = (_not_a_month(months, value_of(sales, table.now) * table.unit),)
        checks = [*_rate(table, sales, small), *([] if small else _sums(table)), *_to_date(table, sales)]
        if period is None:
            detail = Sentence("申报表上没有读到所属期，这是一个月的销售额吗？", "The return's period could not be read. Are these the sales of one month?")
            checks.append(Check("period", False, detail, ("monthly_sales",)))
    return Findings(Document.VAT_RETURN, tuple(read.figures.values()), tuple(checks), period, table.holder, notes)


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


def _not_a_month(months: int, sales: Decimal) -> Sentence:
    return Sentence(
        f"这张申报表是{months}个月的，销售额共{money(sales)}元，不是一个月的，月销售额没有用它。",
        f"This return covers {months} months with sales of {money(sales)} yuan, so it was not taken as the sales of a month.",
    )


def _rate(table: TaxTable, sales: Sequence[TaxLine], small: bool) -> list[Check]:
    """The tax on the taxed sales is a rate that exists."""
    taxed = value_of([line for line in sales if line.label.names[:1] in (("应征增值税不含税销售额",), ("按适用税率计税销售额",))], table.now)
    tax = value_of(table.find("本期应纳税额") if small else table.find("销项税额"), table.now)
    if taxed < 0 or tax < 0 or tax <= taxed * _HIGHEST_RATE + _YUAN:
        return []
    detail = Sentence("销售额和税额对不上：按这个销售额算不出这么多税，可能有一个数字少了一位。", "Sales and tax do not fit: so much tax does not come from these sales. A digit may be missing.")
    return [Check("tax_fits_sales", False, detail, ("monthly_sales",))]


def _sums(table: TaxTable) -> list[Check]:
    """The sums that the general return prints beside its lines, over all columns of the period."""
    at = {line.number: value_of([line], table.now) for line in table.lines if line.number is not None}
    checks = []
    for total, parts in _SUMS:
        if total in at and all(abs(part) in at for part in parts):
            added = sum((at[part] if part > 0 else -at[-part] for part in parts), Decimal(0))
            ok = abs(added - at[total]) <= _YUAN
            detail = Sentence(
                f"第{total}栏是{money(at[total])}，按表上的公式算是{money(added)}。", f"Line {total} is {money(at[total])}; its formula gives {money(added)}."
            )
            checks.append(Check(f"line_{total}", ok, detail))
    return checks


def _to_date(table: TaxTable, sales: Sequence[TaxLine]) -> list[Check]:
    """The year so far is no less than the period."""
    now, year = value_of(sales, table.now), value_of(sales, table.to_date)
    if not table.to_date or year >= now or year == 0 or now < 0:
        return []
    detail = Sentence(
        f"本期销售额{money(now)}比本年累计{money(year)}还大，可能有一个数字写错了。",
        f"The sales of the period, {money(now)}, exceed those of the year so far, {money(year)}; a figure may be wrong.",
    )
    return [Check("year_to_date", False, detail, ("monthly_sales",))]
