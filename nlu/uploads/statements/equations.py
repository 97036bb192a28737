"""Sums that must hold, which of them do not, and which lines could be to blame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlu.uploads.document import Check, Sentence
from nlu.uploads.statements.sentences import tell

#: A sum of more parts than this may be out by two units of the last digit, as each part was rounded by itself.
_FEW = 4
#: The tolerance of sums whose figures are shown in cents.
_CENTS = Decimal("0.02")


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


def vouched(equations: Sequence[Equation], values: Mapping[int, Decimal]) -> frozenset[int]:
    """The lines that sums vouch for so well that a misread digit would have shown.

    These are the lines of a sum of several figures that holds, and those that such a line fixes in a further sum. A sum of one figure says
    it twice, and what was misread once may be misread twice. Lines of a sum that fails are never among them. In cents nothing is rounded,
    so such a sum must hold exactly.
    """
    holding = [equation for equation in equations if equation.holds(values) and (equation.tolerance > _CENTS or not equation.gap(values))]
    failed = {line for equation in equations if equation not in holding for line in equation.lines}
    known: set[int] = set()
    for _ in range(len(holding) + 1):
        for equation in holding:
            filled = {line for line in equation.lines if values.get(line)}
            if len(filled - {equation.total}) > 1 or known & (filled or equation.lines):
                known |= equation.lines - failed
    return frozenset(known)


def held_by(equations: Sequence[Equation], total: int) -> frozenset[int]:
    """The lines that a total adds up, those of its subtotals among them."""
    found: set[int] = set()
    open_totals = {total}
    while open_totals:
        now = open_totals.pop()
        parts = {line for equation in equations if equation.total == now for _, line in equation.parts}
        open_totals |= parts - found
        found |= parts
    return frozenset(found)


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
            return Check(equation.name, True, tell("sum_holds", total=total))
        gap = abs(equation.gap(self.values))
        stated = self.values.get(equation.total, Decimal(0))
        why = self._reason(equation, gap, blamed)
        detail = tell("sum_fails", total=total, stated=stated, added=equation.sum(self.values), gap=gap, why=why)
        return Check(equation.name, False, detail, doubts)

    def _reason(self, equation: Equation, gap: Decimal, blamed: frozenset[int]) -> Sentence:
        """The likely reason of a gap."""
        for line in (line for _, line in equation.parts if self.names.get(line)):
            size = abs(self.values.get(line, Decimal(0)))
            if gap in (size, size * 2):
                return tell("why_left_out" if gap == size else "why_sign", line=self.names[line])
        digits = "".join(map(str, gap.normalize().as_tuple().digits))
        cause = "digit" if len(digits) == 1 else "swapped" if int(digits) % 9 == 0 else "figure"
        if len(blamed) == 1 and (name := self.names.get(next(iter(blamed)))):
            return tell({"digit": "why_digit_of", "swapped": "why_swapped_in", "figure": "why_figure_of"}[cause], line=name)
        return tell(f"why_{cause}")
