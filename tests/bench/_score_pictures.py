"""Pictures of the score card's report as SVG: lines over a square, the same bytes for the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[float, float]
_FONT = 'font-family="sans-serif" font-size="11" fill="#222"'
_SIZE, _LEFT, _BOTTOM = 300, 60, 330
_COLOURS = ("#2b6cb0", "#c05621", "#2f855a")


@dataclass(frozen=True)
class Curve:
    """A named line; `bars` are the low and high end of each point's range, where it has one."""

    name: str
    points: Sequence[Point]
    bars: Sequence[tuple[float, float]] = ()
    dots: bool = False


def square(
    curves: Sequence[Curve], across: str, up: str, most: Point = (1.0, 1.0), least: Point = (0.0, 0.0), diagonal: bool = True
) -> str:
    """Curves over a square whose axes run from `least` to `most`, with the diagonal where it means something."""
    parts = [_axes(across, up, least, most)]
    if diagonal:
        start, end = _place(least, least, most), _place(most, least, most)
        parts.append(_line([start, end], "#999", dashed=True))
    for number, (curve, colour) in enumerate(zip(curves, _COLOURS, strict=False)):
        parts += _curve(curve, colour, least, most)
        y = _BOTTOM + 60 + 16 * number
        parts.append(f'<rect x="{_LEFT}" y="{y - 8}" width="14" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{_LEFT + 20}" y="{y}" {_FONT}>{curve.name}</text>')
    width, height = _LEFT + _SIZE + 40, _BOTTOM + 60 + 16 * len(curves)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>", ""])


def _curve(curve: Curve, colour: str, least: Point, most: Point) -> list[str]:
    places = [_place(point, least, most) for point in curve.points]
    parts = [_line(places, colour)]
    for (x, _), (low, high) in zip(curve.points, curve.bars, strict=False):
        parts.append(_line([_place((x, low), least, most), _place((x, high), least, most)], colour))
    if curve.dots:
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
    return parts


def _place(point: Point, least: Point, most: Point) -> Point:
    across, up = ((value - low) / (high - low) for value, low, high in zip(point, least, most, strict=True))
    return _LEFT + _SIZE * across, _BOTTOM - _SIZE * up


def _line(places: Sequence[Point], colour: str, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="4"' if dashed else ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dash}/>'


def _axes(across: str, up: str, least: Point, most: Point) -> str:
    parts = [f'<rect x="{_LEFT}" y="{_BOTTOM - _SIZE}" width="{_SIZE}" height="{_SIZE}" fill="none" stroke="#999"/>']
    for step in range(6):
        x, y = _LEFT + _SIZE * step / 5, _BOTTOM - _SIZE * step / 5
        right, top = (low + (high - low) * step / 5 for low, high in zip(least, most, strict=True))
        parts.append(f'<text x="{x:.1f}" y="{_BOTTOM + 16}" text-anchor="middle" {_FONT}>{right:.2g}</text>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" {_FONT}>{top:.2g}</text>')
    parts.append(f'<text x="{_LEFT + _SIZE / 2}" y="{_BOTTOM + 36}" text-anchor="middle" {_FONT}>{across}</text>')
    parts.append(f'<text transform="translate(18,{_BOTTOM - _SIZE / 2}) rotate(-90)" text-anchor="middle" {_FONT}>{up}</text>')
    return "\n".join(parts)
