"""Dates of a column, in whatever form they are written. Which of two numbers is the month is decided for a whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from nlu.uploads.flows.cells import text
from nlu.uploads.grid import Cell

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_YEAR_FIRST = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d)")
_SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6}|\d{4})?(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/ ,]*([a-z]{3,9})[-/ ,.']*(\d{4}|\d{2})(?![\d:])")
_NAME_DAY = re.compile(r"([a-z]{3,9})[-/ .]*(\d{1,2})(?:st|nd|rd|th)?[-/ ,]+(\d{4})(?![\d:])")
_NO_YEAR = (re.compile(r"(\d{1,2})月(\d{1,2})日?"), re.compile(r"([a-z]{3,9})[- .]*(\d{1,2})$"), re.compile(r"(\d{1,2})[-/](\d{1,2})$"))
_DAY_NAME_ONLY = re.compile(r"(\d{1,2})[- ]([a-z]{3,9})$")
_DAY_ZERO = date(1899, 12, 30)
#: Spreadsheets count days; these are 2000 to 2050.
_SERIALS = range(36526, 55000)
_YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Days:
    """The dates of a column, one a cell; `ambiguous` when nothing shows whether 03/04 is in March or in April."""

    days: tuple[date | None, ...]
    ambiguous: bool = False


def _made(year: int, month: int, day: int) -> date | None:
    """The date, when there is one that a list of today can be about."""
    full = year + 2000 if year < 100 else year
    try:
        return date(full, month, day) if full in _YEARS else None
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTHS.get(name[:3], 0)


def day(cell: Cell) -> date | None:
    """The date that a cell begins with, when it can be read in one way only. Times of day are left off."""
    if isinstance(cell, date):
        return _made(cell.year, cell.month, cell.day)
    if isinstance(cell, Decimal) and cell.is_finite() and cell == cell.to_integral_value() and int(cell) in _SERIALS:
        return _DAY_ZERO + timedelta(days=int(cell))
    words = text(cell).lower().lstrip("[(\"' ")
    if match := _YEAR_FIRST.match(words) or _SOLID.match(words):
        return _made(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_NAME.match(words):
        return _made(int(match[3]), _month(match[2]), int(match[1]))
    if match := _NAME_DAY.match(words):
        return _made(int(match[3]), _month(match[1]), int(match[2]))
    return None


def days(cells: Sequence[Cell], around: tuple[date, date] | None = None) -> Days:
    """The dates of a column. `around` gives the years of dates that are written without one."""
    found = [day(cell) for cell in cells]
    short = {
        index: (int(match[1]), int(match[2]), int(match[3]))
        for index, cell in enumerate(cells)
        if found[index] is None and (match := _YEAR_LAST.match(text(cell).lstrip("[")))
    }
    ambiguous = False
    if short:
        month_first, ambiguous = _month_first(list(short.values()))
        for index, (one, two, year) in short.items():
            found[index] = _made(year, one, two) if month_first else _made(year, two, one)
    if around:
        found = [known or _within(text(cell).lower(), around) for known, cell in zip(found, cells, strict=True)]
    return Days(tuple(found), ambiguous)


def _month_first(parts: list[tuple[int, int, int]]) -> tuple[bool, bool]:
    """Whether the first number is the month, and whether that had to be guessed."""
    if any(one > 12 for one, _, _ in parts):
        return False, False
    if any(two > 12 for _, two, _ in parts):
        return True, False
    if all(one == two for one, two, _ in parts):
        return True, False
    steps = {}
    for month_first in (True, False):
        made = [_made(year, one, two) if month_first else _made(year, two, one) for one, two, year in parts]
        known = [when for when in made if when]
        ups = sum(after >= before for before, after in pairwise(known))
        downs = sum(after <= before for before, after in pairwise(known))
        steps[month_first] = max(ups, downs) == len(known) - 1
    if steps[True] != steps[False] and len(parts) >= 4:
        return steps[True], False
    return False, True


def _within(words: str, around: tuple[date, date]) -> date | None:
    """A date without its year, which lies in the period."""
    for pattern in (*_NO_YEAR, _DAY_NAME_ONLY):
        match = pattern.match(words)
        if not match:
            continue
        one, two = match[1], match[2]
        month, number = (int(one), int(two)) if one.isdigit() and two.isdigit() else (0, 0)
        if not month:
            month, number = (_month(one), int(two)) if two.isdigit() else (_month(two), int(one))
        for year in range(around[0].year, around[1].year + 1):
            made = _made(year, month, number)
            if made and around[0] <= made <= around[1]:
                return made
    return None


_ANYWHERE = re.compile(
    r"\d{4} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}|(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}(?:st|nd|rd|th)?[- ][a-z]{3,9}[-, ]+\d{4}|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? +\d{4}"
)


def dates_in(words: str) -> tuple[date, ...]:
    """Every date that a line of text names, in order."""
    found: Iterable[str] = (match[0] for match in _ANYWHERE.finditer(words.lower()))
    return tuple(when for when in days(list(found)).days if when)
