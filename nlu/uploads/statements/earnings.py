"""The year's profit against what the balance sheet of the same file says was earned.

What was kept (盈余公积 and 未分配利润) grows by the profit less what was paid out, so a difference alone is no error. It is one where no
sum of the income statement vouches for the profit and one slip of the hand, two digits changed over or one wrong, explains it all. Even
then whole hundreds less than the profit may just as well have been paid out: such a profit stays unproved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal

from nlu.uploads.document import Check
from nlu.uploads.statements.heads import Role
from nlu.uploads.statements.lent import unproved
from nlu.uploads.statements.picking import UNPROVED, Column
from nlu.uploads.statements.sentences import tell

_KEPT = frozenset({"未分配利润", "盈余公积", "盈余公积金", "一般风险准备", "retained earnings", "retained surplus", "accumulated profits"})
_LEFT = frozenset({"未分配利润", "retained earnings", "retained surplus", "accumulated profits"})
#: Lines of a balance sheet that carry the profit of the year itself.
_OF_THE_YEAR = frozenset({"本年利润", "net income", "net profit", "current year earnings", "profit for the year", "net income loss"})
_CENT = Decimal("0.01")
#: Owners pay out whole hundreds of yuan at least.
_ROUND = 100


def hold_against_equity(balance: Column, income: Column) -> None:
    """Adds to the income statement what the balance sheet of the same day says of its profit, where it says anything."""
    net = income.figures.get("net_profit")
    if net is None or not isinstance(net.value, Decimal) or balance.period is None or income.period is None:
        return
    if balance.period.last != income.period.last:
        return
    carried, earned = list(_carried(balance)), list(_earned(balance, income))
    lines = income.lines["net_profit"]
    loose = [line for line in unproved(income) if line in lines]
    if any(abs(amount - net.value) <= _CENT for amount in (*carried, *earned)):
        income.checks.append(Check("kept_earnings", True, tell("kept_holds")))
        if loose:
            income.checks = [check for check in income.checks if check.name != UNPROVED]
            income.remark_on([line for line in unproved(income) if line not in lines])
        return
    said = (*carried, *(amount for amount in earned if not _may_be_paid_out(net.value - amount)))
    likely = next((amount for amount in said if is_slip(amount, net.value)), None)
    if loose and likely is not None:
        detail = tell("kept_fails", net=net.value, kept=likely)
        income.checks.append(Check("kept_earnings", False, detail, income.facts_of(lines)))


def _may_be_paid_out(amount: Decimal) -> bool:
    return amount > 0 and amount % _ROUND == 0


def _carried(balance: Column) -> Iterator[Decimal]:
    """The profit of the year as the balance sheet has it in a line of its own."""
    yield from (balance.values[index].yuan for index in _named(balance, _OF_THE_YEAR) if index in balance.values)


def _earned(balance: Column, income: Column) -> Iterator[Decimal]:
    """What was kept more than a year before."""
    before = _a_year_before(balance, income)
    kept, left = _named(balance, _KEPT), [index for index in _named(balance, _LEFT) if index in balance.values]
    if before is None or not left or not any(index in before for index in left):
        return
    for lines in (kept, left):
        yield sum((balance.yuan.get(line, Decimal(0)) - before.get(line, Decimal(0)) for line in lines), Decimal(0))


def _named(balance: Column, names: frozenset[str]) -> list[int]:
    return [index for index, entry in enumerate(balance.entries) if names & set(entry.line.label.names)]


def _a_year_before(balance: Column, income: Column) -> Mapping[int, Decimal] | None:
    """The column of the day before the income statement begins: 年初余额, or one of that date."""
    assert income.period is not None
    day = income.period.first - timedelta(days=1)
    heads = balance.statement.columns
    found = [index for index, head in enumerate(heads) if head.role is Role.OPENING or (head.span is not None and head.span.last == day)]
    filled = [index for index in found if balance.statement.is_filled(index)]
    if len(filled) != 1:
        return None
    return {line: value.yuan for line, value in balance.statement.values(filled[0]).items()}


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ by two neighbouring digits that were changed over, or by one digit, and by nothing else."""
    if (one < 0) != (other < 0):
        return False
    first, second = (f"{abs(amount):.2f}".replace(".", "") for amount in (one, other))
    if len(first) != len(second):
        return False
    places = [place for place in range(len(first)) if first[place] != second[place]]
    if len(places) == 2 and places[1] - places[0] == 1:
        left, right = places
        return (first[left], first[right]) == (second[right], second[left])
    return len(places) == 1
