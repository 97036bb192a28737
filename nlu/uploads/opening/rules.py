"""Tables with rules: lines and boxes drawn around cells become rows and columns; cells that no rule parts are one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlu.uploads.opening.columns import placed
from nlu.uploads.opening.glyphs import Placed, is_amount, joined, lines_of

#: Rules this near are one (a thin box has two long sides), and rules this near meet.
_NEAR, _MEETS = 2.5, 3.0
_LEAST_LENGTH = 4.0
#: Share of a column's rows that have a figure apart from other words, from which on the column is really several.
_SEVERAL = 0.3


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at` across the other direction, from `first` to `last` along its own."""

    at: float
    first: float
    last: float


@dataclass(frozen=True)
class Table:
    """A ruled table: where its columns and its rows begin and end, and its upright and level rules."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def holds(self, glyph: Placed) -> bool:
        """Whether a character stands within the table."""
        x, y = glyph.middle
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def rows(self, glyphs: Iterable[Placed]) -> list[dict[int, Placed]]:
        """The table's cells, by column, in each of its rows."""
        heads = self._heads()
        found: list[dict[int, list[Placed]]] = [{} for _ in self.ys[1:]]
        for glyph in glyphs:
            row, column = self._cell(glyph)
            top, left = heads[row, column]
            found[top].setdefault(left, []).append(glyph)
        rows = [row for cells in found for row in _text_rows(cells)]
        return _divided(rows, len(self.xs) - 1)

    def _cell(self, glyph: Placed) -> tuple[int, int]:
        x, y = glyph.middle
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return row, min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)

    def _heads(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each field between rules that cross, the first of those that it is one cell with."""
        heads: dict[tuple[int, int], tuple[int, int]] = {}

        def head(field: tuple[int, int]) -> tuple[int, int]:
            while heads.get(field, field) != field:
                field = heads[field]
            return field

        for row, (top, bottom) in enumerate(pairwise(self.ys)):
            for column, (left, right) in enumerate(pairwise(self.xs)):
                here = (row, column)
                heads[here] = here
                for beside, open_ in (
                    ((row, column - 1), column and not _covers(self.upright, left, (top + bottom) / 2)),
                    ((row - 1, column), row and not _covers(self.level, top, (left + right) / 2)),
                ):
                    if open_:
                        one, other = sorted((head(beside), head(here)))
                        heads[other] = one
        return {field: head(field) for field in heads}


def tables_of(upright: Sequence[Rule], level: Sequence[Rule]) -> list[Table]:
    """The tables with at least two columns that rules on a page make, from the top."""
    upright, level = _merged(upright), _merged(level)
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for rule in level:
        touching = [rule_up for rule_up in upright if _meet(rule_up, rule)]
        mine: tuple[list[Rule], list[Rule]] = (list(touching), [rule])
        apart = []
        for group in groups:
            if any(rule_up in group[0] for rule_up in touching):
                mine[0].extend(one for one in group[0] if one not in mine[0])
                mine[1].extend(group[1])
            else:
                apart.append(group)
        groups = [*apart, mine]
    tables = [table for ups, levels in groups if (table := _table(ups, levels)) is not None]
    return sorted(tables, key=lambda table: table.ys[0])


def _table(upright: Sequence[Rule], level: Sequence[Rule]) -> Table | None:
    if not upright or len(level) < 2:
        return None
    xs = _edges([rule.at for rule in upright], [rule.first for rule in level], [rule.last for rule in level])
    ys = _edges([rule.at for rule in level], [rule.first for rule in upright], [rule.last for rule in upright])
    if len(xs) < 3 or len(ys) < 2:
        return None
    return Table(tuple(xs), tuple(ys), tuple(upright), tuple(level))


def _edges(places: Sequence[float], firsts: Sequence[float], lasts: Sequence[float]) -> list[float]:
    """Where rules stand, and the ends of those across them that reach farther: tables are often open at the sides."""
    found = sorted({*places})
    if min(firsts) < found[0] - 2 * _MEETS:
        found.insert(0, min(firsts))
    if max(lasts) > found[-1] + 2 * _MEETS:
        found.append(max(lasts))
    return found


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules that lie on one another or go on as one. Each stands where the first of its neighbours does."""
    lanes: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lanes and rule.at - lanes[-1][0].at <= _NEAR:
            lanes[-1].append(rule)
        else:
            lanes.append([rule])
    found = []
    for lane in lanes:
        at = lane[0].at
        first = last = None
        for rule in sorted(lane, key=lambda rule: rule.first):
            if first is None or last is None:
                first, last = rule.first, rule.last
            elif rule.first <= last + _MEETS:
                last = max(last, rule.last)
            else:
                found.append(Rule(at, first, last))
                first, last = rule.first, rule.last
        if first is not None and last is not None:
            found.append(Rule(at, first, last))
    return [rule for rule in found if rule.last - rule.first >= _LEAST_LENGTH]


def _meet(upright: Rule, level: Rule) -> bool:
    return upright.first - _MEETS <= level.at <= upright.last + _MEETS and level.first - _MEETS <= upright.at <= level.last + _MEETS


def _covers(rules: Sequence[Rule], at: float, point: float) -> bool:
    return any(abs(rule.at - at) <= _NEAR and rule.first <= point <= rule.last for rule in rules)


Lines = list[list[Placed]]


def _text_rows(cells: dict[int, list[Placed]]) -> list[dict[int, Lines]]:
    """One row between two rules; or several, when figures stand under each other in it because its rows have no rules."""
    lines = {column: lines_of(glyphs) for column, glyphs in cells.items()}
    lines = {column: found for column, found in lines.items() if found}
    if not any(sum(is_amount(line[-1].text) for line in found) > 1 for found in lines.values()):
        return [lines]
    levels = lines_of(glyph for glyphs in cells.values() for glyph in glyphs)
    tops = [max(piece.top for piece in level) for level in levels]
    rows: list[dict[int, Lines]] = [{} for _ in levels]
    for column, found in lines.items():
        for line in found:
            middle = line[0].middle[1]
            row = min(range(len(levels)), key=lambda number: abs(levels[number][0].middle[1] - middle)) if tops else 0
            rows[row].setdefault(column, []).append(line)
    return rows


def _divided(rows: Sequence[dict[int, Lines]], columns: int) -> list[dict[int, Placed]]:
    """Cells as pieces. A column in which figures often stand apart from other words is divided where they do."""
    found: list[dict[int, Placed]] = [{} for _ in rows]
    first = 0
    for column in range(columns):
        filled = [(number, row[column]) for number, row in enumerate(rows) if column in row]
        several = sum(any(len(line) > 1 and is_amount(line[-1].text) for line in lines) for _, lines in filled)
        if several < 2 or several < _SEVERAL * len(filled):
            for number, lines in filled:
                found[number][first] = joined([piece for line in lines for piece in line])
            first += 1
            continue
        flat = [(number, line) for number, lines in filled for line in lines]
        cells, ends = placed([line for _, line in flat])
        for (number, _), pieces in zip(flat, cells, strict=True):
            for inner, piece in pieces.items():
                above = found[number].get(first + inner)
                found[number][first + inner] = piece if above is None else joined([above, piece])
        first += len(ends) + 1
    return found
