"""Facts from the entries of one column: which line states a fact, and which lines make one together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from nlu.uploads.document import Check, Figure, Period, Sentence, Sum
from nlu.uploads.statements.equations import Equation, Wording, suspects, vouched
from nlu.uploads.statements.sentences import tell
from nlu.uploads.statements.statement import Entry, Statement, Value

#: The check of lines that stand in no sum. It doubts no figure: it says which ones a wrong digit would not show in.
UNPROVED = "unproved"
#: Lines that are named to the owner.
_NAMED = 4


@dataclass
class Column:
    """One column of a statement while facts are taken from it. `lines` says from which lines each fact was made."""

    statement: Statement
    values: Mapping[int, Value]
    period: Period | None
    equations: Sequence[Equation] = ()
    figures: dict[str, Figure] = field(default_factory=dict)
    lines: dict[str, frozenset[int]] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    #: facts picked by names so near to others that a misread letter could have picked more or fewer lines
    loose: set[str] = field(default_factory=set)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.statement.entries

    @property
    def yuan(self) -> dict[int, Decimal]:
        return {index: value.yuan for index, value in self.values.items()}

    def named(self, *items: str) -> list[int]:
        """The lines with an amount that are of these items, in order."""
        return [
            index
            for index, entry in enumerate(self.entries)
            if entry.item is not None and entry.item.name in items and index in self.values
        ]

    def surest(self, item: str) -> list[int]:
        """The lines of an item with the surest name of all that are there. One that is blank says nothing, and no other speaks for it."""
        there = [index for index, entry in enumerate(self.entries) if entry.item is not None and entry.item.name == item]
        best = min((self.entries[index].tier for index in there), default=0)
        return [index for index in there if index in self.values and self.entries[index].tier == best]

    def state(self, fact: str, value: Decimal, lines: Iterable[int]) -> None:
        """Note a fact and the lines that it was made of."""
        used = tuple(lines)
        label = self.entries[used[0]].line.label.text
        self.figures[fact] = Figure(fact, value, label, tuple(self.values[line].at for line in used), self.period, self.statement.unit or 1)
        self.lines[fact] = frozenset(used)

    def take(self, item: str, fact: str, sign: Callable[[Decimal], Decimal] = lambda value: value) -> int | None:
        """The fact of an item from the line that states it. Lines that say different things leave it doubted."""
        lines = self.surest(item)
        if not lines:
            return None
        totals = (
            [index for index in lines if self.entries[index].line.label.total]
            or [index for index in lines if not self.entries[index].within]
            or lines
        )
        chosen = totals[-1]
        self.state(fact, sign(self.values[chosen].yuan), (chosen,))
        other = next((index for index in totals if self.values[index].yuan != self.values[chosen].yuan), None)
        if other is not None:
            self.checks.append(self._twice(fact, chosen, other))
        return chosen

    def _twice(self, fact: str, first: int, second: int) -> Check:
        places = f"{self.values[first].at}, {self.values[second].at}"
        label = self.entries[first].line.label.text
        detail = tell("twice", line=label, one=self.values[first].yuan, two=self.values[second].yuan, places=places)
        return Check(f"{fact}_twice", False, detail, (fact,))

    def check_sums(self) -> None:
        """Every sum of the column as a check. One that fails doubts the facts made of lines that could be wrong."""
        yuan = self.yuan
        blamed = suspects(self.equations, yuan)
        wording = Wording({index: entry.line.label.text for index, entry in enumerate(self.entries)}, yuan)
        for place, equation in enumerate(self.equations):
            lines = blamed.get(place, frozenset())
            check = wording.check(equation, lines, self.facts_of(lines))
            self.checks.append(replace(check, sum=self._sum(equation)))
        self._check_numbers()

    def _sum(self, equation: Equation) -> Sum | None:
        """The sum with its lines as the facts that they state; None where no fact is in it."""
        weights: dict[int, int] = {equation.total: -1}
        for sign, line in equation.parts:
            weights[line] = weights.get(line, 0) + sign
        open_lines, terms = dict(weights), []
        for fact in sorted(self.lines, key=lambda fact: len(self.lines[fact])):
            lines, figure = self.lines[fact], self.figures.get(fact)
            if figure is None or not lines <= open_lines.keys() or len({open_lines[line] for line in lines}) > 1:
                continue
            stands = sum((self.values[line].yuan for line in lines if line in self.values), Decimal(0))
            sign = 1 if figure.value == stands else -1 if figure.value == -stands else 0
            if sign:  # a fact that is no plain sum of its lines is left with the rest
                terms.append((open_lines[next(iter(lines))] * sign, fact))
                open_lines = {line: weight for line, weight in open_lines.items() if line not in lines}
        rest = sum((weight * self.values[line].yuan for line, weight in open_lines.items() if line in self.values), Decimal(0))
        label = self.entries[equation.total].line.label.text
        return Sum(tuple(terms), rest, equation.tolerance, label) if terms else None

    def facts_of(self, lines: frozenset[int]) -> tuple[str, ...]:
        return tuple(fact for fact, used in self.lines.items() if used & lines)

    @property
    def vouched(self) -> tuple[str, ...]:
        """The facts made only of lines that sums vouch for."""
        lines = vouched(self.equations, self.yuan)
        return tuple(fact for fact, used in self.lines.items() if used <= lines and fact not in self.loose)

    def _check_numbers(self) -> None:
        """Lines of an official form whose number and name are of different lines."""
        clashing = frozenset(index for index, entry in enumerate(self.entries) if entry.clash)
        if clashing:
            label = self.entries[min(clashing)].line.label.text
            self.checks.append(Check("line_numbers", False, tell("line_numbers", line=label), self.facts_of(clashing)))

    def remark_on(self, lines: Sequence[int]) -> None:
        """Lines of facts that nothing can check: said, though nothing speaks against them."""
        if lines:
            labels = [self.entries[line].line.label.text for line in lines]
            more = len(labels) > _NAMED
            zh = "、".join(f"“{label}”" for label in labels[:_NAMED]) + ("等" if more else "")
            en = ", ".join(f"“{label}”" for label in labels[:_NAMED]) + (" and others" if more else "")
            self.checks.append(Check(UNPROVED, False, tell("unproved", lines=Sentence(zh, en))))

    def doubt_all(self, name: str, detail: Sentence) -> None:
        """Something that puts every figure of the column in doubt."""
        self.checks.append(Check(name, False, detail, tuple(self.figures)))
