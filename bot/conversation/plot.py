"""A plot of one finding in the reader's words, ready to be drawn: columns by month, rows by share, or weeks with a band."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.conversation.lists import in_lists

#: What a bar is like: as usual, standing out to the good or to the bad, or of earlier or other things.
Tone = Literal["plain", "good", "poor", "faint"]


@dataclass(frozen=True)
class Column:
    """A bar of a month. Its label may be empty where there is no room for one; `before` stands beside it, paler."""

    label: str
    value: float
    tone: Tone = "plain"
    before: float | None = None


@dataclass(frozen=True)
class Row:
    """A bar from `start` to `end` of the widest, 0 to 1, with its value in words."""

    label: str
    start: float
    end: float
    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Point:
    """A week: what is expected at its end, between which bounds, and whether it is the one to look at."""

    label: str
    low: float
    middle: float
    high: float
    marked: bool = False


@dataclass(frozen=True)
class Plot:
    """One of columns, rows or points under a title and what they show. `ticks` are places on the upright axis with their names."""

    language: str
    title: str
    finding: str
    file_name: str
    unit: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    points: tuple[Point, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    #: a level across the columns, and its name
    level: tuple[float, str] | None = None
    #: what the tones stand for, where that is not plain to see
    legend: tuple[tuple[Tone, str], ...] = ()
    notes: tuple[str, ...] = ()


def plot_to_json(plot: Plot) -> dict[str, Any]:
    """The plot as plain JSON, lists for tuples."""
    return in_lists(plot)


def plot_from_json(plain: Mapping[str, Any]) -> Plot:
    """The inverse of plot_to_json. Raises KeyError or TypeError for what is not such a plot."""
    level = plain["level"]
    parts = {
        "columns": tuple(Column(**column) for column in plain["columns"]),
        "rows": tuple(Row(**row) for row in plain["rows"]),
        "points": tuple(Point(**point) for point in plain["points"]),
        "ticks": tuple((at, name) for at, name in plain["ticks"]),
        "level": (level[0], level[1]) if level is not None else None,
        "legend": tuple((tone, name) for tone, name in plain["legend"]),
        "notes": tuple(plain["notes"]),
    }
    return Plot(**{**plain, **parts})
