"""Sums that must hold, which of them do not, and which lines could be to blame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlu.uploads.document import Check, Sentence

#: A sum of more parts than this may be out by two units of the last digit, as each part was rounded by itself.
_FEW = 4


@dataclass(frozen=True)
class Equation:
    """What the parts, each with its sign, must add up to. Lines go by their index in the statement."""

    name: str
    total: int
    parts: tuple[tuple[int, int], ...]
    tolerance: Decimal

    @property
    def lines(self) -> frozenset[int]:
        return frozenset((self.total, *(line for _, line in self.parts)))

    def sum(self, values: Mapping[int, Decimal]) -> Decimal:
        return sum((sign * values.get(line, Decimal(0)) for sign, line in self.parts), Decimal(0))

    def gap(self, values: Mapping[int, Decimal]) -> Decimal:
        """By how much the parts exceed the total."""
        return self.sum(values) - values.get(self.total, Decimal(0))

    def holds(self, values: Mapping[int, Decimal]) -> bool:
        return abs(self.gap(values)) <= self.tolerance


def tolerance(step: Decimal, parts: int) -> Decimal:
    """How far a sum of rounded figures may be out."""
    return step if parts <= _FEW else 2 * step


def suspects(equations: Sequence[Equation], values: Mapping[int, Decimal]) -> dict[int, frozenset[int]]:
    """For each sum that does not hold, by its place in the list, the lines that could be wrong.

    Where one wrong line explains every sum that fails together, only such lines; else all lines of the sum that no sum vouches for.
    A sum that holds vouches for its lines unless its tolerance could hide the gap.
    """
    failed = {place: equation.gap(values) for place, equation in enumerate(equations) if not equation.holds(values)}
    held = [equation for place, equation in enumerate(equations) if place not in failed]
    blamed: dict[int, frozenset[int]] = {}
    for group in _together(equations, failed):
        gap = min(abs(failed[place]) for place in group)
        cleared = frozenset(line for equation in held if equation.tolerance * 2 < gap for line in equation.lines)
        single = _single(equations, failed, group) - cleared
        for place in group:
            open_lines = equations[place].lines - cleared
            blamed[place] = frozenset(single) or open_lines or equations[place].lines
    return blamed


def _together(equations: Sequence[Equation], failed: Iterable[int]) -> list[list[int]]:
    """Failed sums grouped by the lines that they share."""
    groups: list[tuple[set[int], list[int]]] = []
    for place in failed:
        lines, members = set(equations[place].lines), [place]
        apart = []
        for known, others in groups:
            if known & lines:
                lines |= known
                members = others + members
            else:
                apart.append((known, others))
        groups = [*apart, (lines, members)]
    return [members for _, members in groups]


def _single(equations: Sequence[Equation], failed: Mapping[int, Decimal], group: Sequence[int]) -> frozenset[int]:
    """Lines of which one error, of one size, explains every gap of the group."""
    common = frozenset.intersection(*(equations[place].lines for place in group))
    return frozenset(line for line in common if _explains(line, equations, failed, group))


def _explains(line: int, equations: Sequence[Equation], failed: Mapping[int, Decimal], group: Sequence[int]) -> bool:
    errors = []
    for place in group:
        equation = equations[place]
        weight = sum(sign for sign, part in equation.parts if part == line) - (1 if equation.total == line else 0)
        if weight == 0:
            return False
        errors.append((failed[place] / weight, equation.tolerance))
    first, slack = errors[0]
    return all(abs(error - first) <= slack + margin for error, margin in errors)


@dataclass(frozen=True)
class Wording:
    """What a sum's lines are called, to tell its owner."""

    names: Mapping[int, str]
    values: Mapping[int, Decimal]

    def check(self, equation: Equation, blamed: frozenset[int], doubts: tuple[str, ...]) -> Check:
        """The check of one sum; `blamed` is empty where it holds."""
        total = self.names.get(equation.total, "")
        if not blamed:
            return Check(equation.name, True, Sentence(f"“{total}”与各项加总一致。", f"“{total}” agrees with its parts."))
        gap = equation.gap(self.values)
        stated, added = money(self.values.get(equation.total, Decimal(0))), money(equation.sum(self.values))
        why = self._reason(equation, gap, blamed)
        return Check(
            equation.name,
            False,
            Sentence(
                f"表里“{total}”写的是{stated}元，但各项算下来是{added}元，差{money(abs(gap))}元。{why.zh}",
                f"“{total}” says {stated} yuan, but its parts come to {added} yuan: a gap of {money(abs(gap))} yuan. {why.en}",
            ),
            doubts,
        )

    def _reason(self, equation: Equation, gap: Decimal, blamed: frozenset[int]) -> Sentence:
        """The likely reason of a gap."""
        size = abs(gap)
        named = [line for line in sorted(equation.lines) if line in blamed and self.names.get(line)]
        parts = [line for _, line in equation.parts if self.names.get(line)]
        for line in parts:
            if abs(self.values.get(line, Decimal(0))) * 2 == size:
                return Sentence(f"可能是“{self.names[line]}”的正负号反了。", f"The sign of “{self.names[line]}” may be the wrong way round.")
        for line in parts:
            if abs(self.values.get(line, Decimal(0))) == size:
                return Sentence(f"可能是“{self.names[line]}”漏加或多加了一次。", f"“{self.names[line]}” may have been left out or counted twice.")
        one = (f"“{self.names[named[0]]}”", f" in “{self.names[named[0]]}”") if len(blamed) == 1 and named else ("有一个数字", "")
        digits = "".join(map(str, size.normalize().as_tuple().digits))
        if len(digits) == 1:
            return Sentence(f"可能是{one[0]}写错了一位。", f"One digit{one[1]} may be wrong.")
        if int(digits) % 9 == 0:
            return Sentence(f"可能是{one[0]}里有两位写颠倒了。", f"Two digits{one[1]} may be swapped.")
        return Sentence(f"可能是{one[0]}写错了，或者漏了一行。", f"A figure{one[1]} may be wrong, or a line is missing.")


def money(amount: Decimal) -> str:
    """An amount as owners read it: 1,234,567 or 1,234.50."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
