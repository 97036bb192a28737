"""The table of figures in all the forms owners write, tests/data/quantities.tsv: what stands in a row, and what is read instead.

A row is one text with its one figure: kind, value, the ends of a range, `yes` where it is approximate, every reading where there are
several, the period, a currency other than yuan, what is counted, and a year's month. Of kind `none` is a text without a figure.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from nlu.quantities import Quantity, quantities

TODAY = date(2026, 11, 21)
Row = dict[str, str]
_TABLE = Path(__file__).parents[1] / "data" / "quantities.tsv"
_COLUMNS = ("kind", "value", "low", "high", "approximate", "readings", "period", "currency", "unit", "month")


def rows() -> list[Row]:
    """Every row of the table."""
    return list(csv.DictReader(_TABLE.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def as_read(text: str, year: bool) -> Row:
    """The row that the reader makes of a text; the years in it only where a year is what it is about."""
    found = [item for item in quantities(text, today=TODAY) if year or item.kind != "year"]
    figure = _described(found) if found else {"kind": "none"}
    return {"text": text, **dict.fromkeys(_COLUMNS, ""), **figure}


def _described(found: Sequence[Quantity]) -> Row:
    item = found[0]
    return {
        "kind": item.kind if len(found) == 1 else " ".join(one.kind for one in found),
        "value": _plain(item.value),
        "low": _plain(item.low),
        "high": _plain(item.high),
        "approximate": "yes" if item.approximate else "",
        "readings": " ".join(map(_plain, item.readings)) if len(item.readings) > 1 else "",
        "period": item.period or "",
        "currency": item.currency if item.currency not in (None, "cny") else "",
        "unit": item.unit if item.kind == "count" else "",
        "month": str(item.month or ""),
    }


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")
