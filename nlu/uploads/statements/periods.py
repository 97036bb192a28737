"""Which column is the latest, and of what time its figures are.

A balance is of a day. Income is a year's only where the statement says so: by a year (2024年度), by its two ends, or by a column since
the beginning of the year (本年累计) that ends with the year. 本期金额 under a single month may be that month or all months until it;
such a column has no period here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from nlu.uploads.document import Period
from nlu.uploads.statements.headings import heading_span
from nlu.uploads.statements.heads import Head, Role
from nlu.uploads.statements.layout import Block
from nlu.uploads.statements.months import month_end, months_before, months_of, year_before
from nlu.uploads.statements.spans import Grain, Span, month_day_in, months_ended
from nlu.uploads.statements.statement import Statement

_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """A column of figures with their time; None where the statement does not say it, or only so that it may be several."""

    column: int
    period: Period | None
    said: str = ""


def span_of(block: Block) -> Span | None:
    """The time that the heading of a statement names above its columns, or else the name of its sheet."""
    return _stated_span(block) or heading_span((), block.grid.name)


def _stated_span(block: Block) -> Span | None:
    heads = " ".join(head.text for panel in block.panels for head in panel.columns if head.span is not None)
    above = [[text for text in row if text not in heads] for row in block.headings]
    return heading_span(above)


def balance_column(statement: Statement) -> Dated | None:
    """The column of the latest balance with its day; None where nothing says which column that is."""
    heads = statement.columns
    span = span_of(statement.block)
    day = span.last if span else None
    closing = [index for index, head in enumerate(heads) if head.role is Role.CLOSING]
    if len(closing) == 1:
        own = heads[closing[0]].span
        return Dated(closing[0], _day(own.last if own else day), heads[closing[0]].text)
    if statement.unheaded:
        return None
    dated = [
        (_balance_day(head.span, span), index)
        for index, head in enumerate(heads)
        if head.span is not None and head.role is not Role.OPENING and statement.is_filled(index)
    ]
    if dated:
        last, index = max(dated, key=lambda pair: (pair[0], -pair[1]))
        return Dated(index, _day(last), heads[index].text)
    now = [index for index, head in enumerate(heads) if head.role in (Role.YEAR, Role.CURRENT, Role.TO_DATE)]
    if len(now) == 1:
        return Dated(now[0], _day(day), heads[now[0]].text)
    others = [index for index, head in enumerate(heads) if head.role not in (Role.OPENING, Role.PRIOR, Role.ASIDE)]
    return Dated(others[0], _day(day), heads[others[0]].text) if len(others) == 1 and statement.sure else None


def _balance_day(own: Span, heading: Span | None) -> date:
    """The day of a column; one named by a year is of that year's day in the heading, "As of June 30, 2024" over 2024."""
    if own.grain is Grain.YEAR and heading is not None and heading.last.year - own.last.year in (0, 1):
        return month_end(date(own.last.year, heading.last.month, 1)) if heading.grain in (Grain.DAY, Grain.MONTH) else own.last
    return own.last


def _day(day: date | None) -> Period | None:
    return Period(day, day) if day else None


@dataclass(frozen=True)
class _Above:
    """What stands above the columns of an income statement.

    `weak`: its time is that of the sheet's name only. `months` and `month_day` are of "for the nine months ended September 30".
    """

    span: Span | None
    weak: bool
    months: int | None
    month_day: tuple[int, int] | None
    heads: tuple[Head, ...]


def flow_columns(statement: Statement, fallback: date | None = None) -> tuple[Dated, ...]:
    """Every column of an income statement with its period. `fallback` is the day of the balance sheet beside it."""
    span = _stated_span(statement.block)
    weak = span is None
    if span is None:
        span = Span(fallback, fallback, Grain.DAY) if fallback is not None else span_of(statement.block)
    above = _Above(span, weak, *_months_ended(statement.block), statement.columns)
    found = [Dated(index, _flow(head, above), head.text) for index, head in enumerate(above.heads)]
    return tuple(_compared(found, above.heads))


def _months_ended(block: Block) -> tuple[int | None, tuple[int, int] | None]:
    """ "For the nine months ended September 30" over columns that are named by years."""
    texts = [text for row in block.headings for text in row]
    return next(((months, month_day_in(text)) for text in texts if (months := months_ended(text)) is not None), (None, None))


def _flow(head: Head, above: _Above) -> Period | None:
    if head.role is Role.PRIOR:
        return head.span.period if head.span and head.span.grain in (Grain.YEAR, Grain.RANGE) else None
    if head.span is not None:
        return _of_span(head.span, head, above)
    if head.role is Role.SUM and any(other.span for other in above.heads):
        return _of_months(above.heads)
    if above.span is None or (above.weak and above.span.grain is Grain.YEAR):
        return None  # a sheet that is called 2024 may hold some months of it
    if head.role in (Role.TO_DATE, Role.YEAR):
        return _since_january(above.span)
    if head.role is Role.MONTH:
        return Period(above.span.last.replace(day=1), month_end(above.span.last))
    return _current(above.heads, above.span) if head.role in (Role.CURRENT, Role.NONE, Role.SUM) else None


def _of_span(span: Span, head: Head, above: _Above) -> Period | None:
    """A column named by a time. A year may be one that ends in another month; a single day is the end of what the heading says."""
    if head.role is Role.TO_DATE and span.grain in (Grain.DAY, Grain.MONTH):
        return _since_january(span)
    if head.role is Role.TO_DATE and span.grain is Grain.YEAR:
        return _to_date_in(span, above)
    if span.grain is Grain.YEAR and above.months is not None:
        if above.month_day is None:
            return span.period if above.months == _YEAR_MONTHS else None
        last = month_end(date(span.first.year, above.month_day[0], 1))
        return Period(months_before(last, above.months), last)
    heading = _over_years(above.span, above.heads)
    if span.grain is Grain.YEAR and heading is not None:
        return _of_year(span, heading)
    if span.grain is Grain.DAY:
        return Period(months_before(span.last, above.months), span.last) if above.months is not None else None
    return span.period


def _to_date_in(span: Span, above: _Above) -> Period | None:
    """ "YTD 2024" ends where the heading or the latest other column of that year does; else nobody knows."""
    spans = [above.span, *(head.span for head in above.heads if head.role is not Role.TO_DATE)]
    ends = [other.last for other in spans if other is not None and other.grain is not Grain.YEAR and other.last.year == span.last.year]
    return Period(span.first, month_end(max(ends))) if ends else None


def _over_years(span: Span | None, heads: Sequence[Head]) -> Span | None:
    """The heading's time where it is of one of the years that the columns name; else it is that of the paper."""
    years = {head.span.last.year for head in heads if head.span is not None}
    return span if span is not None and span.last.year in years else None


def _of_year(span: Span, heading: Span) -> Period | None:
    """A column named by a year below a heading that names a time: 2024年 below 2024年1-9月 is nine months, below 2024年9月 nobody knows."""
    if (heading.last.month, heading.last.day) == (12, 31) and (months_of(heading.period) or _YEAR_MONTHS) == _YEAR_MONTHS:
        return span.period
    months = months_of(heading.period)
    if heading.grain is not Grain.RANGE or months is None or months > heading.last.month:
        return None
    last = month_end(date(span.last.year, heading.last.month, 1))
    return Period(months_before(last, months), last)


def _since_january(span: Span | None) -> Period | None:
    """From the beginning of the year, or of the business year that a longer span names."""
    if span is None:
        return None
    first = date(span.last.year, 1, 1)
    if span.grain is Grain.RANGE and span.first.day == 1 and (months_of(span.period) or 0) == _YEAR_MONTHS:
        first = span.first
    return Period(first, month_end(span.last))


def _current(heads: Sequence[Head], span: Span) -> Period | None:
    """本期, or a column without a heading. A month or a day beside it leaves open since when, unless a column to date stands there too."""
    if span.grain in (Grain.RANGE, Grain.YEAR, Grain.QUARTER):
        return span.period
    if span.grain is Grain.MONTH and any(head.role is Role.TO_DATE for head in heads):
        return span.period
    return None


def _of_months(heads: Sequence[Head]) -> Period | None:
    """The total of columns of single months or quarters: all of them together when they follow one another."""
    months = [head.span if head.span.grain is not Grain.DAY else _month_of(head.span) for head in heads if head.span is not None]
    spans = sorted((span for span in months if span.grain in (Grain.MONTH, Grain.QUARTER)), key=lambda span: span.first)
    if not spans:
        return None
    period = Period(spans[0].first, spans[-1].last)
    return period if months_of(period) == sum(months_of(span.period) or 0 for span in spans) else None


def _month_of(span: Span) -> Span:
    """A column that is named by a day of its month, as dates in cells are."""
    return Span(span.first.replace(day=1), month_end(span.first), Grain.MONTH)


def _compared(found: Sequence[Dated], heads: Sequence[Head]) -> Iterable[Dated]:
    """Columns of 上年 and 上期 as the year before the main column, where that one is of a year or since its beginning."""
    main = next(
        (dated.period for dated, head in zip(found, heads, strict=True) if head.role in (Role.TO_DATE, Role.YEAR) and dated.period), None
    )
    main = main or next(
        (dated.period for dated, head in zip(found, heads, strict=True) if head.role is not Role.PRIOR and dated.period), None
    )
    priors = sum(head.role is Role.PRIOR for head in heads)
    for dated, head in zip(found, heads, strict=True):
        if head.role is Role.PRIOR and dated.period is None and main is not None and months_of(main) == _YEAR_MONTHS and priors == 1:
            yield Dated(dated.column, year_before(main), dated.said)
        else:
            yield dated


def is_year(period: Period | None) -> bool:
    return period is not None and months_of(period) == _YEAR_MONTHS
