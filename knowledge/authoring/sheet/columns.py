"""The columns of the sheet of entries: where each stands in an entry, and how its cells are read and shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, get_args

from knowledge.authoring.prose import field_value
from knowledge.authoring.sheet import cells, items
from knowledge.authoring.sheet.cells import CellError
from knowledge.authoring.wording import catalogue, tell
from knowledge.entries import Entry, Kind
from knowledge.firm import Text


class Shape(StrEnum):
    """What the cells of a column hold.

    LINES is one item a line, PAIRED a line of a list of texts in both languages, ITEMS a line of a list of figures with their names; what
    is FIXED is shown and stays as it is.
    """

    TEXT = "text"
    LINES = "lines"
    PAIRED = "paired"
    CHOICE = "choice"
    DATE = "date"
    MONEY = "money"
    RATE = "rate"
    MONTHS = "months"
    FLAG = "flag"
    REGION = "region"
    REGIONS = "regions"
    COUNT = "count"
    ITEMS = "items"
    FIXED = "fixed"


@dataclass(frozen=True)
class Column:
    """One column; `path` is where its value stands in an entry, `width` is in characters."""

    path: tuple[str, ...]
    shape: Shape = Shape.TEXT
    width: int = 16
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return ".".join(self.path)

    def label(self, language: str) -> str:
        return tell(f"column_{self.key}", language)

    def note(self, language: str) -> str:
        """What belongs into the column."""
        shape = tell(f"shape_{self.shape.value}", language)
        own = f"note_{self.key}"
        return f"{tell(own, language)}\n{shape}" if own in catalogue() else shape

    def labels(self) -> Mapping[str, Text]:
        """The choices with their labels."""
        texts = {choice: catalogue()[f"choice_{self.path[-1]}_{choice}"] for choice in self.choices}
        return {choice: Text(both["zh"], both["en"]) for choice, both in texts.items()}

    def show(self, raw: Mapping[str, Any], language: str) -> Any:
        """The cell of an entry as plain data; None where it has no such value."""
        value = self._stored(raw)
        if value in (None, [], ()):
            return None
        match self.shape:
            case Shape.LINES | Shape.PAIRED:
                return "\n".join(" ".join(str(item).split()) for item in value)
            case Shape.CHOICE:
                labels = self.labels()
                return labels[value][language] if value in labels else str(value)
            case Shape.FLAG:
                return tell("cell_yes" if value else "cell_no", language)
            case Shape.REGION:
                return cells.region_cell(str(value), language)
            case Shape.REGIONS:
                return "\n".join(cells.region_cell(str(code), language) for code in value)
            case Shape.TEXT:
                return str(value).strip()
            case Shape.ITEMS:
                return _ITEMS[self.key].show(value, language)
            case Shape.FIXED:
                return items.terms_in_words(value, language)
        return cells.plain(Decimal(str(value))) if isinstance(value, int | float) else value

    def read(self, cell: Any) -> Any:
        """The value of a cell; None where it is empty. Raises CellError."""
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            return None
        if self.shape is Shape.CHOICE:
            return cells.named(cell, self.labels())
        if self.shape is Shape.ITEMS:
            return _ITEMS[self.key].read(cell)
        if self.shape is Shape.FIXED:
            raise CellError("cell_fixed")
        return _READERS[self.shape](cell)

    def _stored(self, raw: Mapping[str, Any]) -> Any:
        if self.shape is not Shape.PAIRED:
            return field_value(raw, self.path)
        return [item.get(self.path[1], "") if isinstance(item, Mapping) else "" for item in raw.get(self.path[0]) or ()]


_ITEMS = {"offer.limit": items.LIMIT, "offer.quoted": items.QUOTED, "offer.risk": items.RISK}
_READERS: Mapping[Shape, Callable[[Any], Any]] = {
    Shape.TEXT: cells.text,
    Shape.LINES: cells.lines,
    Shape.PAIRED: cells.lines,
    Shape.DATE: cells.day,
    Shape.MONEY: cells.amount,
    Shape.RATE: cells.fraction,
    Shape.MONTHS: cells.months,
    Shape.FLAG: lambda cell: cells.yes(cell) or None,
    Shape.COUNT: cells.count,
    Shape.REGION: cells.region,
    Shape.REGIONS: lambda cell: [cells.region(line) for line in cells.lines(cell)],
}


def _literal(name: str) -> tuple[str, ...]:
    return tuple(get_args(Entry.model_fields[name].annotation))


def _both(path: str, shape: Shape = Shape.TEXT, width: int = 24) -> tuple[Column, Column]:
    return Column((*path.split("."), "zh"), shape, width), Column((*path.split("."), "en"), shape, width)


def _figures(shape: Shape, *paths: str) -> tuple[Column, ...]:
    return tuple(Column(("offer", *path.split(".")), shape, 14) for path in paths)


@cache
def columns() -> tuple[Column, ...]:
    """Every column in its order; the first names the entry."""
    return (
        Column(("id",), width=28),
        *_both("name", width=26),
        Column(("kind",), Shape.CHOICE, 12, tuple(kind.value for kind in Kind)),
        Column(("status",), Shape.CHOICE, 12, _literal("status")),
        Column(("confidence",), Shape.CHOICE, 12, _literal("confidence")),
        Column(("audience",), Shape.CHOICE, 12, _literal("audience")),
        *_both("summary", width=50),
        Column(("valid", "from"), Shape.DATE, 12),
        Column(("valid", "until"), Shape.DATE, 12),
        Column(("valid", "inferred"), Shape.FLAG, 10),
        Column(("checked",), Shape.DATE, 12),
        Column(("region", "within"), Shape.REGION, 18),
        Column(("region", "without"), Shape.REGIONS, 18),
        *_figures(Shape.MONEY, "cap"),
        *_figures(Shape.MONTHS, "term_months"),
        *_figures(Shape.RATE, "rate.low", "rate.high", "guarantee_fee", "subsidy.points", "subsidy.share"),
        *_figures(Shape.MONTHS, "subsidy.months"),
        *_figures(Shape.MONEY, "subsidy.principal_cap", "subsidy.amount_cap", "grant.amount", "grant.per_head"),
        *_figures(Shape.TEXT, "grant.heads"),
        *_figures(Shape.RATE, "tax_rate", "relief", "fee.of_raised"),
        *_figures(Shape.TEXT, "mechanism"),
        *(Column(("offer", name), Shape.ITEMS, 26) for name in ("limit", "quoted", "risk")),
        Column(("offer", "terms"), Shape.FIXED, 40),
        *_both("confirm", Shape.PAIRED, 40),
        *_both("changed", Shape.PAIRED, 40),
        *_both("documents", Shape.PAIRED, 32),
        *_both("apply", width=40),
        *_both("also", Shape.LINES, 24),
        Column(("provider", "id")),
        *_both("provider.name", width=18),
        Column(("products",), Shape.LINES, 24),
        Column(("response", "days"), Shape.COUNT, 10),
        *_both("response.stated", width=18),
        *_both("source.issuer"),
        *_both("source.title", width=32),
        Column(("source", "number"), width=24),
        Column(("source", "date"), width=12),
        Column(("source", "url"), width=30),
        Column(("replaced_by",), width=26),
    )
