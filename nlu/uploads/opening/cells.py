"""From what a file states to what a cell holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from nlu.uploads.grid import Cell

#: What exports put around a number so that a spreadsheet leaves it as it is: ="00123", a leading apostrophe.
_FORCED = re.compile(r'="([^"]*)"')
#: Blanks of any width, marks of byte order, and characters without width, at either end.
_AROUND = " \t\r\n\f\v\xa0\u3000\ufeff\u200b\u200e\u200f\u202a\u202c"


def of_text(text: str) -> str | None:
    """A cell of words, without what exports put around them; None when nothing is left."""
    text = text.strip(_AROUND)
    if text.startswith('="'):
        forced = _FORCED.fullmatch(text)
        text = forced[1].strip(_AROUND) if forced else text
    return text.removeprefix("'").replace("\0", "") or None


def of_number(number: float) -> Decimal:
    """A spreadsheet's number, which counts to 15 digits."""
    return Decimal(f"{number:.15g}")


def of_value(value: Any) -> Cell:
    """A cell of a workbook as its library hands it over."""
    if isinstance(value, str):
        return of_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return of_number(value)
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else of_text(str(value)) if value is not None else None


def trimmed(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows without the empty cells at their ends and without the empty rows at the end; no place changes."""
    kept: list[tuple[Cell, ...]] = []
    for row in rows:
        end = len(row)
        while end and row[end - 1] is None:
            end -= 1
        kept.append(tuple(row[:end]))
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
