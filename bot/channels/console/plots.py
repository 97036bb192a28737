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


_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 640.0, 200.0, 32.0, 14.0, 24.0


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


def _round_up(value: int) -> int:
    """The least of 2, 4, 10, 20, 40, 100 … that reaches a value: half of it is a whole number, too."""
    if value <= 2:
        return 2
    size = 10 ** math.floor(math.log10(value))
    return next(int(factor * size) for factor in (1, 2, 4, 10) if factor * size >= value and int(factor * size) % 2 == 0)
