"""Sums that another column of the same statement proves: the lines that add up there must add up here, too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from nlu.uploads.statements.equations import Equation, tolerance
from nlu.uploads.statements.picking import Column

#: So many parts with an amount make it no chance that they add up.
_PARTS = 2


def with_lent(read: Column, column: int, sums_of: Callable[[Column, int], list[Equation]]) -> list[Equation]:
    """The sums of a column, and those of other columns that hold there and whose totals no sum of this one adds up.

    A sum that is broken by a wrong digit may not be found in its own column at all, where nothing but its adding up shows its extent.
    """
    own = sums_of(read, column)
    totals = {equation.total for equation in own}
    step = read.statement.step(column)
    for other in range(len(read.statement.columns)):
        if other == column or not read.statement.is_filled(other):
            continue
        twin = Column(read.statement, read.statement.values(other), None)
        for equation in sums_of(twin, other):
            if equation.total not in totals and equation.total in read.values and _is_proved(equation, twin):
                own.append(replace(equation, tolerance=tolerance(step, len(equation.parts))))
                totals.add(equation.total)
    return own


def _is_proved(equation: Equation, twin: Column) -> bool:
    filled = [line for _, line in equation.parts if twin.yuan.get(line)]
    return len(filled) >= _PARTS and equation.holds(twin.yuan)


def unproved(read: Column) -> Sequence[int]:
    """The lines of facts that stand in no sum at all: nothing would show a wrong digit in them."""
    proved = {line for equation in read.equations for line in equation.lines}
    lines = dict.fromkeys(line for used in read.lines.values() for line in sorted(used))
    return [line for line in lines if line not in proved and read.yuan.get(line) and not _repeats(read, line, proved)]


def _repeats(read: Column, line: int, proved: Collection[int]) -> bool:
    """Whether it is all of the line above it of which it is a part (营业总收入, 其中：营业收入), and a sum has that one."""
    return read.entries[line].within and line - 1 in proved and read.yuan.get(line - 1) == read.yuan[line]
