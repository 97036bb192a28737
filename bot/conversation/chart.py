"""A plot in the reader's words, ready to be drawn: what becomes of borrowers, and of a lender's earnings, as the rate rises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.lists import in_lists


@dataclass(frozen=True)
class ChartLine:
    """A line through points (x, y) and, where it has one, its best point."""

    name: str
    points: tuple[tuple[float, float], ...]
    best: tuple[float, float] | None = None


@dataclass(frozen=True)
class ChartPanel:
    """Lines over one axis of rates in percent; `ticks` are the values the upright axis names."""

    title: str
    unit: str
    ticks: tuple[float, ...]
    lines: tuple[ChartLine, ...]


@dataclass(frozen=True)
class RateChart:
    """Panels one above the other under a title, with what is to be said about them."""

    language: str
    title: str
    subtitle: str
    panels: tuple[ChartPanel, ...]
    axis: str
    rates: tuple[float, ...]
    notes: tuple[str, ...]
    file_name: str


def chart_to_json(chart: RateChart) -> dict[str, Any]:
    """The chart as plain JSON, lists for tuples."""
    return in_lists(chart)


def chart_from_json(plain: Mapping[str, Any]) -> RateChart:
    """The inverse of chart_to_json. Raises KeyError or TypeError for what is not such a chart."""
    panels = tuple(
        ChartPanel(panel["title"], panel["unit"], tuple(panel["ticks"]), tuple(map(_line, panel["lines"]))) for panel in plain["panels"]
    )
    parts = {"panels": panels, "rates": tuple(plain["rates"]), "notes": tuple(plain["notes"])}
    return RateChart(**{**plain, **parts})


def _line(plain: Mapping[str, Any]) -> ChartLine:
    points = tuple((x, y) for x, y in plain["points"])
    best = plain["best"]
    return ChartLine(plain["name"], points, (best[0], best[1]) if best is not None else None)
