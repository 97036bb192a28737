"""Reads returns of the tax on company profits (企业所得税): quarterly ones of class A, and the annual main form A100000.

The figures of a quarterly return run from the beginning of the year, so only that of the fourth quarter is of a year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Findings, Period, Sentence
from nlu.uploads.grid import Grid, Opened
from nlu.uploads.statements.cells import words
from nlu.uploads.statements.months import month_end
from nlu.uploads.statements.periods import is_year
from nlu.uploads.statements.sentences import tell
from nlu.uploads.statements.tax_table import TaxFigures, TaxLine, TaxTable, tax_table

_TITLE = re.compile(r"企业所得税.{0,20}(?:申报表|纳税申报)|A100000|A200000")
_OTHER = re.compile(r"明细表|附表|^A10[1-9]\d{3}$|^A20[1-9]\d{3}$")
_CENT = Decimal("0.01")
_TAXABLE = re.compile(r"实际利润额.*|应纳税所得额")
#: Annual facts and the lines that state them.
_FACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("annual_revenue", ("营业收入",)),
    ("operating_cost", ("营业成本",)),
    ("operating_profit", ("营业利润",)),
    ("finance_cost", ("财务费用",)),
    ("rd_spend", ("研发费用",)),
)


@dataclass(frozen=True)
class _Sum:
    """What lines add up to; lines that the form at hand does not have count as nothing, but the needed ones must be there."""

    total: str
    parts: tuple[tuple[int, str], ...]
    needs: tuple[str, ...]
    facts: tuple[str, ...]


_ANNUAL: tuple[_Sum, ...] = (
    _Sum(
        "营业利润",
        (
            (1, "营业收入"), (-1, "营业成本"), (-1, "税金及附加"), (-1, "销售费用"), (-1, "管理费用"), (-1, "研发费用"), (-1, "财务费用"),
            (1, "其他收益"), (1, "投资收益"), (1, "净敞口套期收益"), (1, "公允价值变动收益"), (1, "资产处置收益"),
        ),
        ("营业收入", "营业成本", "管理费用"),
        ("annual_revenue", "operating_cost", "operating_profit", "gross_profit", "finance_cost", "rd_spend"),
    ),
    _Sum("利润总额", ((1, "营业利润"), (1, "营业外收入"), (-1, "营业外支出")), ("营业利润",), ("operating_profit",)),
    _Sum(
        "纳税调整后所得",
        (
            (1, "利润总额"), (-1, "境外所得"), (1, "纳税调整增加额"), (-1, "纳税调整减少额"), (-1, "免税、减计收入及加计扣除"),
            (1, "境外应税所得抵减境内亏损"),
        ),
        ("利润总额",),
        ("taxable_income",),
    ),
    _Sum(
        "应纳税所得额",
        ((1, "纳税调整后所得"), (-1, "所得减免"), (-1, "弥补以前年度亏损"), (-1, "抵扣应纳税所得额")),
        ("纳税调整后所得",),
        ("taxable_income",),
    ),
)  # fmt: skip


def read_profit_tax_return(opened: Opened, today: date) -> Findings | None:
    """What a profit-tax return says, or None when the file has none."""
    for grid in opened.grids:
        title = _title(grid)
        table = tax_table(grid) if title is not None else None
        if title is not None and table is not None and (table.find("利润总额") or table.find("营业收入")):
            return _findings(table, title, today)
    return None


def _title(grid: Grid) -> str | None:
    texts = [re.sub(r"\s+", "", words(cell)) for row in grid.rows[:12] for cell in row]
    if any(_OTHER.search(text) for text in texts):
        return None
    return next((text for text in texts if _TITLE.search(text)), None)


def _findings(table: TaxTable, title: str, today: date) -> Findings:
    annual = bool(table.find("纳税调整后所得")) or ("年度" in title and "预缴" not in title)
    columns = table.to_date or table.now or _only_column(table)
    period = _period(table, annual)
    if table.is_empty():
        return Findings(Document.PROFIT_TAX_RETURN, (), (), period, table.holder, notes=(tell("empty"),))
    read = TaxFigures(table)
    if period is None or not is_year(period) or period.last > today:
        return Findings(Document.PROFIT_TAX_RETURN, (), (), period, table.holder, notes=(_no_year(period),))
    for fact, names in _FACTS:
        read.state(fact, _first(table, *names), columns, period)
    _gross(read, period)
    taxable = [line for line in table.lines if any(_TAXABLE.fullmatch(name) for name in line.label.names)]
    read.state("taxable_income", taxable[:1], columns, period)
    checks = _checks(table, columns, read)
    if annual:
        checks.extend(_income_tax_only(read, table, columns, period))
    return Findings(Document.PROFIT_TAX_RETURN, tuple(read.figures.values()), tuple(checks), period, table.holder)


def _only_column(table: TaxTable) -> tuple[int, ...]:
    """The column of amounts of the annual form, which is headed by 金额 alone."""
    counts: dict[int, int] = {}
    for line in table.lines:
        for column in line.amounts:
            counts[column] = counts.get(column, 0) + 1
    return (max(counts, key=lambda column: (counts[column], column)),) if counts else ()


def _period(table: TaxTable, annual: bool) -> Period | None:
    """An annual return's own time; a quarterly return's since the beginning of its year."""
    if table.span is None:
        return None
    last = table.span.last
    first = table.span.first if annual and table.span.first != last else date(last.year, 1, 1)
    return Period(first, month_end(last))


def _no_year(period: Period | None) -> Sentence:
    return tell("return_without_period") if period is None else tell("return_part", last=period.last.isoformat())


def _first(table: TaxTable, *names: str) -> list[TaxLine]:
    return [line for line in table.find(*names) if line.amounts and not line.label.within][:1]


def _gross(read: TaxFigures, period: Period) -> None:
    revenue, cost = read.figures.get("annual_revenue"), read.figures.get("operating_cost")
    if revenue is not None and cost is not None and isinstance(revenue.value, Decimal) and isinstance(cost.value, Decimal):
        figure = revenue.__class__("gross_profit", revenue.value - cost.value, revenue.label, (*revenue.at, *cost.at), period, revenue.unit)
        read.figures["gross_profit"] = figure


def _amount(table: TaxTable, name: str, columns: Sequence[int]) -> Decimal | None:
    cells = [line.amounts[column][0] for line in _first(table, name) for column in columns if column in line.amounts]
    return cells[-1] if cells else None


def _checks(table: TaxTable, columns: Sequence[int], read: TaxFigures) -> list[Check]:
    """The sums of the annual form, by the names of its lines; the impairments, whose sign changed with the form, either way."""
    checks = []
    for item in _ANNUAL:
        total = _amount(table, item.total, columns)
        if total is None or any(_amount(table, need, columns) is None for need in item.needs):
            continue
        added = sum((sign * (_amount(table, name, columns) or Decimal(0)) for sign, name in item.parts), Decimal(0))
        loose = (
            sum((abs(_amount(table, name, columns) or Decimal(0)) for name in ("资产减值损失", "信用减值损失")), Decimal(0))
            if item.total == "营业利润"
            else Decimal(0)
        )
        below_zero = item.total == "应纳税所得额" and added < 0 and total == 0
        ok = below_zero or any(abs(added + turn - total) <= _CENT * 2 for turn in (Decimal(0), loose, -loose))
        failed = tell("sum_fails", total=item.total, stated=total, added=added, gap=abs(added - total), why=tell("why_figure"))
        detail = tell("sum_holds", total=item.total) if ok else failed
        checks.append(
            Check(
                f"sum_{_ANNUAL.index(item) + 1}", ok, detail, tuple(fact for fact in item.facts if fact in read.figures) if not ok else ()
            )
        )
    return checks


def _income_tax_only(read: TaxFigures, table: TaxTable, columns: Sequence[int], period: Period) -> list[Check]:
    """The tax on profits is one of the taxes of a year: the figure is shown, and used only when the owner says that it is all."""
    read.state("annual_tax_paid", _first(table, "实际应纳所得税额"), columns, period)
    if "annual_tax_paid" not in read.figures:
        return []
    return [Check("income_tax_only", False, tell("income_tax_only"), ("annual_tax_paid",))]
