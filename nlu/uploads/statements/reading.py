"""Reads financial statements: balance sheets, income statements and cash-flow statements, alone or together in one file.

Income counts as a year's only where the statement says that it covers twelve months. Figures of a month or of some months are left out,
and a note says so. Where the statement does not say what its column covers, the figures are read but doubted by the check `period`
until the owner has said that it is a year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence
from nlu.uploads.grid import Opened
from nlu.uploads.kinds import Kind
from nlu.uploads.statements.balance import balance_facts
from nlu.uploads.statements.cells import turned
from nlu.uploads.statements.earnings import hold_against_equity
from nlu.uploads.statements.headings import holder_in
from nlu.uploads.statements.heads import Role
from nlu.uploads.statements.income import income_facts, previous_revenue
from nlu.uploads.statements.layout import Block, blocks_in, joined_pages
from nlu.uploads.statements.months import year_before
from nlu.uploads.statements.periods import Dated, balance_column, flow_columns, is_year
from nlu.uploads.statements.picking import UNPROVED, Column
from nlu.uploads.statements.sentences import tell
from nlu.uploads.statements.statement import Statement, statements_in

#: Below this a Chinese statement without a unit is more likely in 万元 than in 元.
_SMALL = Decimal(10_000)
#: Kinds of file whose tables are pages, on which a statement may go on.
_PAGES = frozenset({Kind.PDF, Kind.PNG, Kind.JPEG, Kind.HEIC})
_OTHER_KINDS = re.compile(r"申报表|科目余额|试算平衡|trial balance", re.IGNORECASE)
_DOCUMENTS = {"balance": Document.BALANCE_SHEET, "income": Document.INCOME_STATEMENT, "cash_flow": Document.FINANCIAL_STATEMENTS}


def read_statements(opened: Opened, today: date) -> Findings | None:
    """What the statements in a file say, or None when there are none."""
    paged = opened.kind in _PAGES
    blocks: Sequence[Block] = [block for grid in opened.grids for block in (blocks_in(grid, 1) if paged else blocks_in(grid))]
    blocks = [block for block in (joined_pages(blocks) if paged else blocks) if not _of_another_kind(block)]
    statements = statements_in(blocks)
    if not statements:
        blocks = [
            block
            for grid in opened.grids
            if (other := turned(grid)) is not None
            for block in blocks_in(other)
            if not _of_another_kind(block)
        ]
        statements = statements_in(blocks)
    if not statements:
        return None
    kinds = {statement.of for statement in statements}
    document = _DOCUMENTS[next(iter(kinds))] if len(kinds) == 1 else Document.FINANCIAL_STATEMENTS
    holder = next((name for block in blocks if (name := holder_in(block.headings)) is not None), None)
    filled = [statement for statement in statements if _is_filled(statement)]
    if not filled:
        return Findings(document, holder=holder, notes=(tell("empty"),))
    balance = _balance([statement for statement in filled if statement.of == "balance"], today)
    day = balance.period.last if balance is not None and balance.period is not None else None
    income, part = _income([statement for statement in filled if statement.of == "income"], today, day)
    if balance is not None and income:
        hold_against_equity(balance, income[0])
    paid = _taxes_paid([statement for statement in filled if statement.of == "cash_flow"], today, day)
    columns = [column for column in (balance, *income, *paid) if column is not None]
    figures: dict[str, Figure] = {}
    for column in columns:
        figures.update({fact: figure for fact, figure in column.figures.items() if fact not in figures})
    period = next((column.period for column in (*income, balance) if column is not None and column.period is not None), part)
    notes = [_part_of_a_year(part)] if part is not None else []
    if any(statement.of == "balance" and _has_opening_only(statement) for statement in filled):
        notes.append(tell("opening_only"))
    if any(_in_dollars(statement) for statement in filled):
        notes.append(tell("dollars"))
    # What was recognised in a picture is asked about figure by figure anyway.
    checks = tuple(check for column in columns for check in column.checks if not opened.views or check.name != UNPROVED)
    vouched = tuple(fact for column in columns for fact in column.vouched)
    return Findings(document, tuple(figures.values()), checks, period, holder, notes=tuple(notes), vouched=vouched)


def _of_another_kind(block: Block) -> bool:
    return any(_OTHER_KINDS.search(re.sub(r"(?<=[\u3400-\u9fff])\s+", "", text)) for row in block.headings for text in row)


def _is_filled(statement: Statement) -> bool:
    return any(amount.value for entry in statement.entries for amount, _ in entry.line.amounts.values())


def _in_dollars(statement: Statement) -> bool:
    """Whether amounts bear a dollar sign; accounting programs put one on totals only."""
    return any(amount.dollar for entry in statement.entries for amount, _ in entry.line.amounts.values()) and not statement.foreign


def _balance(statements: Sequence[Statement], today: date) -> Column | None:
    """The latest balance sheet. Several of the same day, or several without a day, leave open which one holds."""
    dated = [(statement, found) for statement in statements if (found := balance_column(statement)) is not None]
    unclear = [statement for statement in statements if balance_column(statement) is None]
    if not dated:
        return _without_headings(unclear[0]) if unclear and not _has_opening_only(unclear[0]) else None
    dated = [pair for pair in dated if any(value.yuan for value in pair[0].values(pair[1].column).values())]
    if not dated:
        return None
    last = max((found.period.last if found.period else date.min) for _, found in dated)
    latest = [(statement, found) for statement, found in dated if (found.period.last if found.period else date.min) == last]
    reads = [balance_facts(statement, found.column, found.period) for statement, found in latest]
    read = reads[0]
    if any(_values(other) != _values(read) for other in reads[1:]):
        read.doubt_all("which_statement", _which(latest[0][0], latest[1][0]))
    _common_checks(read, today)
    return read


def _has_opening_only(statement: Statement) -> bool:
    return all(head.role in (Role.OPENING, Role.PRIOR) for head in statement.columns)


def _values(read: Column) -> dict[str, object]:
    return {fact: figure.value for fact, figure in read.figures.items()}


def _which(first: Statement, second: Statement) -> Sentence:
    one, two = first.block.grid.name or "1", second.block.grid.name or "2"
    return tell("which_statement", one=one, two=two)


def _without_headings(statement: Statement) -> Column:
    read = balance_facts(statement, 0, None)
    read.doubt_all("columns", tell("columns"))
    return read


def _income(statements: Sequence[Statement], today: date, day: date | None) -> tuple[list[Column], Period | None]:
    """The latest whole year with the revenue of the year before, and the later part of a year that was left out."""
    columns = [
        (statement, dated)
        for statement in statements
        for dated in flow_columns(statement, day)
        if any(value.yuan for value in statement.values(dated.column).values())
    ]
    years = [
        (statement, dated)
        for statement, dated in columns
        if dated.period is not None and is_year(dated.period) and dated.period.last <= today
    ]
    if years:
        return _year(years, columns, today), _newer(years, columns)
    open_ended = [(statement, dated) for statement, dated in columns if dated.period is None and dated.column == 0]
    stated = [dated.period for _, dated in columns if dated.period is not None]
    if stated or not columns:
        return [], _longest(stated)
    statement, dated = (open_ended or columns)[0]
    read = income_facts(statement, dated.column, None)
    read.doubt_all("period", tell("period"))
    _common_checks(read, today)
    return [read], None


def _year(years: Sequence[tuple[Statement, Dated]], columns: Sequence[tuple[Statement, Dated]], today: date) -> list[Column]:
    last = max(dated.period.last for _, dated in years if dated.period)
    latest = [(statement, dated) for statement, dated in years if dated.period and dated.period.last == last]
    statement, dated = latest[0]
    read = income_facts(statement, dated.column, dated.period)
    if not statement.sure or statement.unheaded:
        read.doubt_all("columns", tell("columns"))
    reads = [income_facts(other, found.column, found.period) for other, found in latest[1:]]
    if any(_values(other) != _values(read) for other in reads):
        read.doubt_all("which_statement", _which(statement, latest[1][0]))
    _common_checks(read, today)
    assert dated.period is not None
    before = year_before(dated.period)
    prior = next(((other, found) for other, found in columns if found.period == before), None)
    if prior is None:
        return [read]
    earlier = previous_revenue(prior[0], prior[1].column, before)
    earlier.checks.extend(check for check in _doubting(read, earlier))
    return [read, earlier]


def _doubting(read: Column, earlier: Column) -> list[Check]:
    """What puts a whole statement in doubt puts the year before in doubt too."""
    whole = {"unit", "currency", "columns", "which_statement"}
    return [Check(check.name, False, check.detail, tuple(earlier.figures)) for check in read.checks if check.name in whole and not check.ok]


def _newer(years: Sequence[tuple[Statement, Dated]], columns: Sequence[tuple[Statement, Dated]]) -> Period | None:
    last = max(dated.period.last for _, dated in years if dated.period)
    return _longest([dated.period for _, dated in columns if dated.period is not None and dated.period.last > last])


def _longest(periods: Sequence[Period]) -> Period | None:
    """The latest of the periods, and the longest of those that end with it."""
    return max(periods, key=lambda period: (period.last, -period.first.toordinal()), default=None)


def _part_of_a_year(period: Period) -> Sentence:
    return tell("part_of_a_year", first=period.first.isoformat(), last=period.last.isoformat())


def _common_checks(read: Column, today: date) -> None:
    """What may be wrong with a whole statement: its unit, its currency, its date."""
    if read.statement.foreign:
        read.doubt_all("currency", tell("currency"))
    if len(read.statement.units) > 1:
        read.doubt_all("unit", tell("units_differ"))
    largest = max((abs(value.yuan) for value in read.values.values()), default=Decimal(0))
    if read.statement.unit is None and largest < _SMALL and _is_chinese(read.statement):
        read.doubt_all("unit", tell("unit"))
    if read.period is not None and read.period.last > today:
        read.doubt_all("date", tell("future", day=read.period.last.isoformat()))


def _is_chinese(statement: Statement) -> bool:
    return any(not name.isascii() for entry in statement.entries for name in entry.line.label.names)


def _taxes_paid(statements: Sequence[Statement], today: date, day: date | None) -> list[Column]:
    """The taxes paid in a whole year, from the cash-flow statement."""
    for statement in statements:
        for dated in flow_columns(statement, day):
            if dated.period is not None and is_year(dated.period) and dated.period.last <= today:
                read = Column(statement, statement.values(dated.column), dated.period)
                if read.take("taxes_paid", "annual_tax_paid") is not None:
                    _common_checks(read, today)
                    return [read]
    return []
