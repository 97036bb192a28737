"""Facts from an income statement, for a column that is of a whole year."""

from __future__ import annotations

from decimal import Decimal

from nlu.uploads.document import Period
from nlu.uploads.statements.equations import Equation
from nlu.uploads.statements.ladder import ladder
from nlu.uploads.statements.lent import unproved, with_lent
from nlu.uploads.statements.outline import form_sums
from nlu.uploads.statements.picking import Column
from nlu.uploads.statements.statement import Statement

#: Lines that are the main business's only; the whole has the other business too.
_MAIN = frozenset({"主营业务收入", "主营业务收入净额", "主营业务成本"})


def income_facts(statement: Statement, column: int, period: Period | None) -> Column:
    """The facts and checks of one column of an income statement."""
    read = Column(statement, statement.values(column), period)
    read.equations = with_lent(read, column, _equations)
    _with_other(read, "revenue", "other_revenue", "annual_revenue")
    _with_other(read, "operating_cost", "other_cost", "operating_cost")
    read.take("operating_profit", "operating_profit")
    read.take("net", "net_profit")
    read.take("finance", "finance_cost", _cost if _is_named_as_cost(read) else _turned if _costs_are_negative(read) else _as_it_stands)
    if read.take("rd", "rd_spend", _cost) is None:
        read.take("rd_part", "rd_spend", _cost)
    _gross(read)
    read.check_sums()
    read.remark_on(unproved(read))
    return read


def previous_revenue(statement: Statement, column: int, period: Period) -> Column:
    """The revenue of the year before, checked by the sums of its own column."""
    read = Column(statement, statement.values(column), period)
    read.equations = with_lent(read, column, _equations)
    _with_other(read, "revenue", "other_revenue", "previous_revenue")
    read.check_sums()
    read.checks = [check for check in read.checks if check.doubts]
    return read


def _equations(read: Column, column: int) -> list[Equation]:
    step = read.statement.step(column)
    if read.statement.form is not None:
        return form_sums(read.entries, read.statement.form, read.yuan, step)
    return ladder(read.entries, read.yuan, step)


def _as_it_stands(value: Decimal) -> Decimal:
    return value


def _cost(value: Decimal) -> Decimal:
    """A cost as a positive amount, also where costs stand as negative ones."""
    return abs(value)


def _turned(value: Decimal) -> Decimal:
    return -value


def _costs_are_negative(read: Column) -> bool:
    """Whether the statement writes what is taken off as negative figures: 营业成本 (901.20)."""
    costs = [read.values[index].yuan for index in read.named("operating_cost", "selling", "admin")]
    filled = [cost for cost in costs if cost]
    return bool(filled) and all(cost < 0 for cost in filled)


def _is_named_as_cost(read: Column) -> bool:
    """Whether a negative figure is a cost all the same: "Interest expense (200)". A negative 财务费用 is an income."""
    return all(name.isascii() for index in read.named("finance") for name in read.entries[index].line.label.names)


def _with_other(read: Column, item: str, other: str, fact: str) -> None:
    """A line of the whole, or that of the main business together with the other business where the form has them apart."""
    sign = _cost if item == "operating_cost" else _as_it_stands
    chosen = read.take(item, fact, sign)
    if chosen is None or not _MAIN & set(read.entries[chosen].line.label.names):
        return
    others = [index for index in read.named(other) if not read.entries[index].within]
    if others and any(read.values[index].yuan for index in others):
        lines = (chosen, *others)
        read.state(fact, sign(sum((read.values[line].yuan for line in lines), Decimal(0))), lines)


def _gross(read: Column) -> None:
    """Revenue less cost where both are there, else the line that states it."""
    revenue, cost = read.figures.get("annual_revenue"), read.figures.get("operating_cost")
    if revenue is not None and cost is not None and isinstance(revenue.value, Decimal) and isinstance(cost.value, Decimal):
        stated = read.named("gross")
        read.state(
            "gross_profit",
            revenue.value - cost.value,
            (*stated, *sorted(read.lines["annual_revenue"]), *sorted(read.lines["operating_cost"])),
        )
    else:
        read.take("gross", "gross_profit")
