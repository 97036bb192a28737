"""Writes forms into tables as programs, offices and people do: sides beside or below one another, columns in any order, units, headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from nlu.uploads.document import Findings
from nlu.uploads.grid import Cell, Grid, Opened
from nlu.uploads.kinds import Kind
from nlu.uploads.statements import READERS
from tests.uploads.statements.books import Amounts, Form, Row

TODAY = date(2025, 6, 30)
_WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def written(amount: Decimal, style: str) -> Cell:
    """An amount as a cell: number, text, bracketed, full_width, currency; `dashed` and `blank` say how nothing is written."""
    if amount == 0 and style in ("dashed", "blank"):
        return "-" if style == "dashed" else None
    if style in ("number", "dashed", "blank"):
        return amount
    text = f"{abs(amount):,f}"
    if style == "bracketed":
        return f"({text})" if amount < 0 else text
    if style == "full_width":
        return ("－" if amount < 0 else "") + text.translate(_WIDE)
    if style == "currency":
        return ("-" if amount < 0 else "") + "¥" + text
    return f"-{text}" if amount < 0 else text


STYLES = ("number", "text", "bracketed", "full_width", "currency", "dashed", "blank")


@dataclass(frozen=True)
class Layout:
    """How a form stands in its table.

    `columns` are the headings of the amounts, in the order in which they stand; `number` is where line numbers stand: behind the label,
    before it, or nowhere. `indent` says how depth shows: by blanks, by columns, or not.
    """

    columns: tuple[str, ...]
    beside: bool = True
    number: str = "behind"
    indent: str = "blanks"
    style: str = "number"
    unit: int = 1
    above: tuple[tuple[Cell, ...], ...] = ()
    before: int = 0
    gap: bool = False
    label_head: tuple[str, ...] = ("资产", "负债和所有者权益")
    number_head: str = "行次"
    named: str | None = "资产负债表"
    extra: Mapping[str, str] = field(default_factory=dict)


def grid_of(form: Form, books: Mapping[str, Amounts], layout: Layout, wrong: tuple[str, Decimal] | None = None) -> Grid:
    """The form filled with the books of each column; `wrong` is a key and what stands there instead, in the first column of the books."""
    sides = form.sides if layout.beside else (form.rows,)
    heads: list[Cell] = []
    for place, _ in enumerate(sides):
        heads += _head(form, layout, place)
    first = next(iter(books))
    lines: list[list[Cell]] = []
    for index in range(max(len(side) for side in sides)):
        line: list[Cell] = []
        for side in sides:
            row = side[index] if index < len(side) else Row("")
            cells = [_amount(row, books.get(column), layout, wrong if column == first else None) for column in layout.columns]
            line += _cells(form, row, cells, layout)
        lines.append(line)
        if layout.gap and index % 7 == 6:
            lines.append([])
    headed = [heads] if any(heads) else []
    table = [list(row) for row in layout.above] + headed + lines
    return Grid(layout.named, tuple(tuple([None] * layout.before + row) for row in table))


def _head(form: Form, layout: Layout, place: int) -> list[Cell]:
    label: list[Cell] = [layout.label_head[min(place, len(layout.label_head) - 1)] or None] + [None] * (
        _depth(form) if layout.indent == "columns" else 0
    )
    number: list[Cell] = [layout.number_head] if layout.number != "nowhere" else []
    shown: list[Cell] = [column or None for column in layout.columns]
    return number + label + shown if layout.number == "before" else label + number + shown


def _cells(form: Form, row: Row, amounts: Sequence[Cell], layout: Layout) -> list[Cell]:
    label: list[Cell] = [("　" * row.depth if layout.indent == "blanks" else "") + row.label if row.label else None]
    if layout.indent == "columns":
        label = [None] * row.depth + label + [None] * (_depth(form) - row.depth)
    number: list[Cell] = [Decimal(row.number) if row.number is not None else None] if layout.number != "nowhere" else []
    return number + label + list(amounts) if layout.number == "before" else label + number + list(amounts)


def _depth(form: Form) -> int:
    return max(row.depth for row in form.rows)


def _amount(row: Row, amounts: Amounts | None, layout: Layout, wrong: tuple[str, Decimal] | None) -> Cell:
    if row.key is None or amounts is None:
        return None
    amount = wrong[1] if wrong is not None and wrong[0] == row.key else amounts[row.key]
    return written(amount / layout.unit, layout.style)


def opened(*grids: Grid, kind: Kind = Kind.XLSX) -> Opened:
    return Opened(kind, grids)


def read(*grids: Grid, kind: Kind = Kind.XLSX, today: date = TODAY) -> Findings:
    """What the first reader that knows the tables makes of them."""
    made = opened(*grids, kind=kind)
    return next(found for reader in READERS if (found := reader(made, today)) is not None)


def failed(found: Findings) -> list[str]:
    """The names of the checks that a file does not pass."""
    return [check.name for check in found.checks if not check.ok]
