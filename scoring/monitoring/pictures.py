"""The report as SVG pictures, drawn by hand: the same bytes for the same report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from scoring.card_schema import Card
from scoring.monitoring.calibration import Drift
from scoring.monitoring.chance import Level
from scoring.monitoring.fairness import FOUR_FIFTHS, GroupRate
from scoring.monitoring.report import Report
from scoring.monitoring.stability import Shift
from scoring.monitoring.told import drift_name
from scoring.monitoring.words import feature_name, group_name, words

_FONT = 'font-family="Noto Sans CJK SC, Noto Sans, sans-serif" font-size="12" fill="#222"'
_COLOURS = {Level.OK: "#4a90a4", Level.WATCH: "#e0a030", Level.ALARM: "#c53030", Level.TOO_FEW: "#aaaaaa"}
#: Pixels: the column of names, a cell of the grid, the length of a scale, the height of a row.
_NAMES, _CELL, _SCALE, _ROW, _TOP = 330, 62, 420, 24, 64


def pictures(report: Report, card: Card, language: str) -> dict[str, str]:
    """File name -> picture, for whatever the report has figures of."""
    drawn = {}
    if report.shifts:
        drawn["stability.svg"] = _stability(report.shifts, card, language)
    if report.drifts:
        drawn["calibration.svg"] = _calibration(report.drifts, language)
    judged = [rate for rate in report.rates if rate.ratio is not None]
    if judged:
        drawn["fairness.svg"] = _fairness(judged, language)
    return drawn


def _stability(shifts: Sequence[Shift], card: Card, language: str) -> str:
    """A grid of indices; the colour says what to make of each."""
    names = list(dict.fromkeys(shift.feature for shift in shifts))
    months = sorted({shift.month for shift in shifts})
    parts = [_text(_NAMES + (column + 0.5) * _CELL, _TOP - 8, month, "middle") for column, month in enumerate(months)]
    parts += [_name(row, feature_name(card, name, language)) for row, name in enumerate(names)]
    for shift in shifts:
        x, y = _NAMES + months.index(shift.month) * _CELL, _TOP + names.index(shift.feature) * _ROW
        strength = min(0.25 + shift.psi, 1.0) if shift.level is not Level.OK else 0.25
        box = f'x="{x + 1}" y="{y + 1}" width="{_CELL - 2}" height="{_ROW - 2}" rx="3"'
        parts.append(f'<rect {box} fill="{_COLOURS[shift.level]}" fill-opacity="{strength:.2f}"/>')
        parts.append(_text(x + _CELL / 2, y + 16, f"{shift.psi:.2f}", "middle"))
    return _picture(_NAMES + len(months) * _CELL + 20, _TOP + len(names) * _ROW + 20, words("picture_stability", language), parts)


def _calibration(drifts: Sequence[Drift], language: str) -> str:
    """For each grade and month the expected share as a bar, the observed one as a dot on its interval."""
    top = max(0.05, *(max(drift.expected, min(drift.high, 2 * drift.observed + 0.05)) for drift in drifts))
    parts = list(_scale(top, len(drifts), percent=True))
    for row, drift in enumerate(drifts):
        y, colour = _TOP + row * _ROW + _ROW / 2, _COLOURS[drift.level]
        parts.append(_name(row, f"{drift_name(drift, language)} ({drift.firms})"))
        low, high, seen, told = (_at(share, top) for share in (drift.low, drift.high, drift.observed, drift.expected))
        parts.append(f'<line x1="{low:.1f}" y1="{y}" x2="{high:.1f}" y2="{y}" stroke="{colour}" stroke-width="3" stroke-opacity="0.5"/>')
        parts.append(f'<circle cx="{seen:.1f}" cy="{y}" r="5" fill="{colour}"/>')
        parts.append(f'<line x1="{told:.1f}" y1="{y - 8}" x2="{told:.1f}" y2="{y + 8}" stroke="#222" stroke-width="2"/>')
    return _picture(_NAMES + _SCALE + 40, _TOP + len(drifts) * _ROW + 36, words("picture_calibration", language), parts)


def _fairness(rates: Sequence[GroupRate], language: str) -> str:
    """Each group's ratio as a bar, and the line of four fifths."""
    top = max(1.0, *(rate.ratio or 0.0 for rate in rates))
    parts = list(_scale(top, len(rates), percent=False))
    for row, rate in enumerate(rates):
        y = _TOP + row * _ROW
        parts.append(_name(row, f"{group_name(rate.dimension, rate.group, language)} ({rate.firms})"))
        width = _at(rate.ratio or 0.0, top) - _NAMES
        box = f'x="{_NAMES}" y="{y + 4}" width="{width:.1f}" height="{_ROW - 8}"'
        parts.append(f'<rect {box} fill="{_COLOURS[rate.level]}" fill-opacity="0.7"/>')
        parts.append(_text(_NAMES + 6, y + 16, f"{rate.ratio:.2f}", "start"))
    x, end = _at(FOUR_FIFTHS, top), _TOP + len(rates) * _ROW
    parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{end}" stroke="#222" stroke-dasharray="4"/>')
    return _picture(_NAMES + _SCALE + 40, end + 36, words("picture_fairness", language), parts)


def _scale(top: float, rows: int, percent: bool) -> Iterator[str]:
    """Five marks from zero to the largest value, below the rows."""
    bottom = _TOP + rows * _ROW
    for mark in range(5):
        value = top * mark / 4
        x = _at(value, top)
        yield f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#ddd"/>'
        yield _text(x, bottom + 18, f"{value:.1%}" if percent else f"{value:.2f}", "middle")


def _at(value: float, top: float) -> float:
    return _NAMES + _SCALE * min(value / top, 1.0)


def _name(row: int, name: str) -> str:
    short = name if len(name) <= 48 else f"{name[:47]}…"
    return _text(_NAMES - 8, _TOP + row * _ROW + 16, short, "end")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {_FONT}>{escape(text)}</text>'


def _picture(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', _text(16, 26, title, "start"), *parts, "</svg>", ""])
