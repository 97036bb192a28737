"""Pictures for the language model card as SVG, drawn by hand: a few lines each, the same bytes for the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

_FONT = 'font-family="sans-serif" font-size="11" fill="#222"'
_ON_COLOUR = 'font-family="sans-serif" font-size="10" fill="#fff"'
_PARTS = ("#2b6cb0", "#718096", "#c53030")
_CELL, _LEFT, _TOP = 18, 120, 120


def confusion(labels: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
    """A row for each true label, a column for each guess; the darker, the larger its share of the row. Mistakes are red."""
    side = _CELL * len(labels)
    parts = []
    for row, (label, line) in enumerate(zip(labels, counts, strict=True)):
        y, total = _TOP + row * _CELL, max(1, sum(line))
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 13}" text-anchor="end" {_FONT}>{escape(label)}</text>')
        x = _LEFT + row * _CELL + 13
        parts.append(f'<text transform="translate({x},{_TOP - 6}) rotate(-60)" {_FONT}>{escape(label)}</text>')
        for column, count in enumerate(line):
            if count:
                parts.append(_cell(_LEFT + column * _CELL, y, count, count / total, right=row == column))
    frame = f'<rect x="{_LEFT}" y="{_TOP}" width="{side}" height="{side}" fill="none" stroke="#999"/>'
    return _picture(_LEFT + side + 90, _TOP + side + 10, [*parts, frame])


def _cell(x: int, y: int, count: int, share: float, right: bool) -> str:
    colour = "#2b6cb0" if right else "#c53030"
    box = f'<rect x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" fill="{colour}" fill-opacity="{max(0.12, share):.2f}"/>'
    ink = "#fff" if share > 0.6 else "#222"
    place = f'x="{x + _CELL / 2}" y="{y + 13}" text-anchor="middle"'
    return f'{box}<text {place} font-family="sans-serif" font-size="9" fill="{ink}">{count}</text>'


def calibration(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> str:
    """For each tenth of confidence, the share of right guesses as a bar beside the diagonal where it should end."""
    size, left, bottom = 300, 50, 320
    parts = [f'<line x1="{left}" y1="{bottom}" x2="{left + size}" y2="{bottom - size}" stroke="#999" stroke-dasharray="4"/>']
    for number in range(bins):
        held = [hit for sure, hit in zip(confidences, right, strict=True) if min(int(sure * bins), bins - 1) == number]
        x, width = left + number * size / bins, size / bins
        if held:
            height = size * sum(held) / len(held)
            place = f'x="{x + 2:.1f}" y="{bottom - height:.1f}" width="{width - 4:.1f}" height="{height:.1f}"'
            parts.append(f'<rect {place} fill="#2b6cb0" fill-opacity="0.6"/>')
            parts.append(f'<text x="{x + width / 2:.1f}" y="{bottom - 4}" text-anchor="middle" {_FONT}>{len(held)}</text>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" {_FONT}>{number / bins:.1f}</text>')
    frame = f'<rect x="{left}" y="{bottom - size}" width="{size}" height="{size}" fill="none" stroke="#999"/>'
    titles = [
        f'<text x="{left + size / 2}" y="{bottom + 36}" text-anchor="middle" {_FONT}>confidence (messages in the bars)</text>',
        f'<text transform="translate(20,{bottom - size / 2}) rotate(-90)" text-anchor="middle" {_FONT}>share of right guesses</text>',
    ]
    return _picture(left + size + 20, bottom + 50, [*parts, frame, *titles])


def bars(rows: Sequence[tuple[str, int, int, int]], parts: tuple[str, str, str]) -> str:
    """A bar for each row of a name and three counts, cut into its parts, each with its count; the legend names the parts."""
    left, top, width, high = 190, 40, 420, 20
    longest = max((sum(counts) for _, *counts in rows), default=1)
    drawn = [_legend(left + 110 * number, part, colour) for number, (part, colour) in enumerate(zip(parts, _PARTS, strict=True))]
    for number, (name, *counts) in enumerate(rows):
        x, y = float(left), top + number * high
        drawn.append(f'<text x="{left - 8}" y="{y + 13}" text-anchor="end" {_FONT}>{escape(name)}</text>')
        for count, colour in zip(counts, _PARTS, strict=True):
            if count:
                wide = width * count / longest
                drawn.append(f'<rect x="{x:.1f}" y="{y + 2}" width="{wide:.1f}" height="{high - 5}" fill="{colour}"/>')
                drawn.append(f'<text x="{x + wide / 2:.1f}" y="{y + 13}" text-anchor="middle" {_ON_COLOUR}>{count}</text>')
                x += wide
    return _picture(left + width + 20, top + high * len(rows) + 10, drawn)


def _legend(x: int, part: str, colour: str) -> str:
    box = f'<rect x="{x}" y="12" width="12" height="12" fill="{colour}"/>'
    return f'{box}<text x="{x + 17}" y="22" {_FONT}>{escape(part)}</text>'


def _picture(width: float, height: float, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>", ""])
