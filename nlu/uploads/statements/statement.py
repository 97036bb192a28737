"""Statements as lists of entries: what each line is, whether it came from one side of a form or the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from nlu.uploads.grid import At
from nlu.uploads.statements.amounts import Amount
from nlu.uploads.statements.headings import heading_span, heading_units, is_foreign_heading
from nlu.uploads.statements.heads import Head, Role
from nlu.uploads.statements.labels import label_of
from nlu.uploads.statements.layout import Block, Panel
from nlu.uploads.statements.line import Line
from nlu.uploads.statements.spans import month_of
from nlu.uploads.statements.taxonomy import STATEMENTS, Form, Item, Named, taxonomy

_CENT = Decimal("0.01")
#: So many different core lines make a statement.
_CORE = 2
#: What a list is that more than one statement stands in.
_SEVERAL = "several"
#: An official form is known by so many lines whose number and name agree.
_AGREEING = 6


@dataclass(frozen=True)
class Entry:
    """A line with what it is. `number` is its line in the official form, `clash` set where name and number say different lines."""

    line: Line
    item: Item | None = None
    tier: int = 0
    number: int | None = None
    clash: bool = False

    @property
    def within(self) -> bool:
        return self.line.label.within or (self.item is not None and self.item.within)


@dataclass(frozen=True)
class Statement:
    """One statement: its lines from top to bottom, left side first, and its columns. Columns of all sides go by one numbering."""

    of: str
    block: Block
    columns: tuple[Head, ...]
    entries: tuple[Entry, ...]
    units: tuple[int, ...] = ()
    form: Form | None = None
    sure: bool = True
    foreign: bool = False

    @property
    def unit(self) -> int | None:
        """By how much the figures are multiplied, None where nothing says so."""
        return self.units[0] if self.units else None

    def values(self, column: int) -> dict[int, Value]:
        """The amounts of a column by line, in yuan."""
        return {
            index: Value(_yuan(entry.line.amounts[column][0], self.unit or 1), entry.line.amounts[column][1])
            for index, entry in enumerate(self.entries)
            if column in entry.line.amounts
        }

    def is_filled(self, column: int) -> bool:
        """Whether a column has any amount but nothing."""
        return any(entry.line.amounts[column][0].value for entry in self.entries if column in entry.line.amounts)

    @property
    def unheaded(self) -> bool:
        """Whether a column of amounts says nothing of its time while others do: which one is the latest is not certain then."""
        named = [head.role is not Role.NONE for head in self.columns]
        filled = [sum(column in entry.line.amounts for entry in self.entries) for column in range(len(self.columns))]
        return any(named) and any(not name and count * 3 > max(filled) for name, count in zip(named, filled, strict=True))

    def step(self, column: int) -> Decimal:
        """One unit of the last digit that the column shows, in yuan."""
        places = max((entry.line.amounts[column][0].places for entry in self.entries if column in entry.line.amounts), default=0)
        return max(_CENT, Decimal(self.unit or 1).scaleb(-places))


@dataclass(frozen=True, slots=True)
class Value:
    """An amount in yuan and its cell."""

    yuan: Decimal
    at: At


def statements_in(blocks: Iterable[Block]) -> tuple[Statement, ...]:
    """Every statement in the blocks of a table."""
    return tuple(statement for block in blocks for statement in _statements(block))


def _statements(block: Block) -> Iterable[Statement]:
    kinds = [_kind(panel.lines) for panel in block.panels]
    whole = _kind([line for panel in block.panels for line in panel.lines])
    for of in STATEMENTS:
        panels = [panel for panel, kind in zip(block.panels, kinds, strict=True) if (kind or whole) in (of, _SEVERAL)]
        lines = [line for panel in panels for line in panel.lines]
        if _cores(lines, of) >= _CORE or (_kind(lines) == _SEVERAL and of in _kinds(lines)):
            yield _statement(of, block, panels)


def _cores(lines: Iterable[Line], of: str) -> int:
    """How many different core lines of a statement there are."""
    found = (taxonomy().find(line.label, of) for line in lines)
    return len({named.item.name for named in found if named is not None and named.item.core})


def _kinds(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(of for of in STATEMENTS if _cores(lines, of) >= _CORE)


def _kind(lines: Sequence[Line]) -> str | None:
    """Which statement lines are of: the one with most core lines, or _SEVERAL where they are of more than one."""
    kinds = _kinds(lines)
    if len(kinds) > 1:
        return _SEVERAL
    counts = {of: _cores(lines, of) for of in STATEMENTS}
    best = max(counts, key=lambda of: counts[of])
    return best if counts[best] else None


def _statement(of: str, block: Block, panels: Sequence[Panel]) -> Statement:
    columns, lines = _joined(panels)
    columns = _with_years(columns, block)
    if len(_kinds(lines)) > 1:
        lines = _only(lines, of)
    form = _form(lines, of)
    entries = tuple(_entry(line, of, form) for line in lines)
    texts = [*(head.text for head in columns), *(line.label.text for line in lines if not line.amounts), block.grid.name or ""]
    texts += [text for row in block.below for text in row]
    return Statement(
        of,
        block,
        columns,
        entries,
        units=heading_units(block.headings, *texts),
        form=form,
        sure=all(panel.sure for panel in panels),
        foreign=is_foreign_heading(block.headings, *texts),
    )


def _with_years(columns: Sequence[Head], block: Block) -> tuple[Head, ...]:
    """Columns of single months (1月, March) as months of the year that the heading names."""
    heading = heading_span(block.headings, block.grid.name)
    year = heading.last.year if heading is not None else None
    return tuple(
        replace(head, span=month_of(head.text, year)) if year is not None and head.role is Role.DATED and head.span is None else head
        for head in columns
    )


def _joined(panels: Sequence[Panel]) -> tuple[tuple[Head, ...], list[Line]]:
    """The lines of all sides. A side's columns are those of the first side with the same heading, else in the same place."""
    columns = list(panels[0].columns)
    lines = list(panels[0].lines)
    for panel in panels[1:]:
        places: dict[int, int] = {}
        for index, head in enumerate(panel.columns):
            same = [
                place
                for place, known in enumerate(columns)
                if (known.role, known.span) == (head.role, head.span) and place not in places.values()
            ]
            free = [place for place in range(len(columns)) if place == index and place not in places.values()]
            place = (same or free or [len(columns)])[0]
            if place == len(columns):
                columns.append(head)
            places[index] = place
        lines.extend(replace(line, amounts={places[index]: amount for index, amount in line.amounts.items()}) for line in panel.lines)
    return tuple(columns), lines


def _only(lines: Sequence[Line], of: str) -> list[Line]:
    """Where several statements follow one another without titles: each line belongs to the statement whose name came last."""
    kept, now = [], None
    for line in lines:
        named = [kind for kind in STATEMENTS if taxonomy().find(line.label, kind) is not None]
        if len(named) == 1:
            now = named[0]
        if now == of or (now is None and of == STATEMENTS[0]):
            kept.append(line)
    return kept


def _form(lines: Sequence[Line], of: str) -> Form | None:
    """The official form whose numbers agree with the names beside them."""
    for form in taxonomy().forms:
        if form.of == of:
            pairs = [(line.number, form.number_of(line.label)) for line in lines if line.number is not None]
            known = [(number, named) for number, named in pairs if named is not None]
            agreeing = sum(number == named for number, named in known)
            if agreeing >= _AGREEING and agreeing * 5 >= len(known) * 4:
                return form
    return None


def _entry(line: Line, of: str, form: Form | None) -> Entry:
    named = taxonomy().find(line.label, of)
    number: int | None = None
    clash = False
    if form is not None:
        by_name = form.number_of(line.label)
        number = line.number if line.number in form.lines else by_name
        clash = by_name is not None and number != by_name
        if named is None and number is not None:
            named = taxonomy().find(label_of(form.lines[number][0]), of)
    return Entry(_signed(line, named), named.item if named else None, named.tier if named else 0, number, clash)


def _signed(line: Line, named: Named | None) -> Line:
    """A line called a loss is one: "Net loss 500" is -500."""
    if (
        named is None
        or not named.item.profit
        or not any("loss" in name.split() and not {"income", "profit"} & set(name.split()) for name in line.label.names)
    ):
        return line
    amounts: Mapping[int, tuple[Amount, At]] = {
        column: (replace(amount, value=-abs(amount.value)), at) for column, (amount, at) in line.amounts.items()
    }
    return replace(line, amounts=amounts)


def _yuan(amount: Amount, unit: int) -> Decimal:
    return (amount.value * (amount.unit if amount.unit is not None else unit)).quantize(_CENT)
