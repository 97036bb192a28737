"""Plots as SVG: the numbers of places and sizes, which a template draws. No script and no style of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A bar with its value; `label` is empty where the axis leaves one out, and `series` is 0 or 1."""

    x: float
    y: float
    width: float
    height: float
    value: int
    label: str
    series: int = 0


@dataclass(frozen=True)
class Plot:
    """Bars within `width` by `height`, over a base line at `base`; `ticks` are (y, value)."""

    width: float
    height: float
    base: float
    left: float
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    labels: tuple[tuple[float, str], ...]


_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 640.0, 200.0, 48.0, 14.0, 24.0


def columns(labels: Sequence[str], series: Sequence[Sequence[int]], every: int = 1) -> Plot:
    """Upright bars, the series side by side; of the labels every so many is written."""
    top = _round_up(max((value for values in series for value in values), default=0))
    step = (_WIDTH - _LEFT) / max(len(labels), 1)
    room, base = step * 0.76, _HEIGHT - _FOOT
    wide = room / len(series)

    def height(value: int) -> float:
        return (base - _TOP) * value / top

    bars = [
        Bar(
            x=round(_LEFT + step * place + (step - room) / 2 + wide * number, 2),
            y=round(base - height(value), 2),
            width=round(wide, 2),
            height=round(height(value), 2),
            value=value,
            label=labels[place],
            series=number,
        )
        for number, values in enumerate(series)
        for place, value in enumerate(values)
    ]
    ticks = tuple((round(base - height(value), 2), value) for value in sorted({0, top // 2, top}))
    written = tuple((round(_LEFT + step * (place + 0.5), 2), label) for place, label in enumerate(labels) if place % every == 0)
    return Plot(_WIDTH, _HEIGHT, base, _LEFT, tuple(bars), ticks, written)


@dataclass(frozen=True)
class Segment:
    """A part of a bar: `series` counts from 0."""

    x: float
    width: float
    value: int
    series: int


@dataclass(frozen=True)
class Line:
    """A group: its name above its bar, the bar's parts, and its sum behind the bar."""

    name: str
    top: float
    segments: tuple[Segment, ...]
    end: float
    total: int


@dataclass(frozen=True)
class Stacked:
    """Bars that lie one below the other, their parts behind one another."""

    width: float
    height: float
    lines: tuple[Line, ...]


#: Height of a group, and what is left behind the longest bar for its number.
_LINE, _NUMBER = 64.0, 96.0


def stacked(groups: Sequence[tuple[str, Sequence[int]]]) -> Stacked:
    """Groups with a value for each series; the longest bar is as long as there is room."""
    most = max((sum(values) for _, values in groups), default=0) or 1
    lines = []
    for place, (name, values) in enumerate(groups):
        segments, x = [], 0.0
        for series, value in enumerate(values):
            width = (_WIDTH - _NUMBER) * value / most
            segments.append(Segment(round(x, 2), round(width, 2), value, series))
            x += width
        lines.append(Line(name, _LINE * place, tuple(one for one in segments if one.value), round(x, 2), sum(values)))
    return Stacked(_WIDTH, _LINE * len(groups), tuple(lines))


def _round_up(value: int) -> int:
    """The least of 2, 4, 10, 20, 40, 100 … that reaches a value: half of it is a whole number, too."""
    if value <= 2:
        return 2
    size = 10 ** math.floor(math.log10(value))
    return next(int(factor * size) for factor in (1, 2, 4, 10) if factor * size >= value and int(factor * size) % 2 == 0)
