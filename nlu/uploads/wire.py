"""Findings as JSON and back, for the way out of the process that read a file. Nothing that comes back is believed to be well-formed."""

from __future__ import annotations

import base64
import json
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.firm import FactValue
from nlu.uploads.document import Check, Document, Figure, Findings, Period, Sentence, Strip, Sum, UnreadableError
from nlu.uploads.flows import series_json
from nlu.uploads.grid import At, Box, Cutting
from nlu.uploads.opening.limits import MOST_STRIPS, STRIP_HEIGHT, STRIP_WIDTH


class GarbledError(ValueError):
    """What came back is no findings; the message says what it is, without words of the file."""


def written(findings: Findings) -> bytes:
    """Findings as JSON."""
    return _dumped(
        {
            "document": findings.document.value,
            "figures": [_figure(figure) for figure in findings.figures],
            "checks": [_check(check) for check in findings.checks],
            "period": _period(findings.period),
            "holder": findings.holder,
            "series": series_json.to_json(findings.series) if findings.series else None,
            "notes": [_sentence(note) for note in findings.notes],
            "strips": [_strip(strip) for strip in findings.strips],
        }
    )


def refused(sentence: Sentence) -> bytes:
    """Why a file was not read, as JSON."""
    return _dumped({"unreadable": _sentence(sentence)})


def failed(where: str) -> bytes:
    """What went wrong while a file was read, as JSON."""
    return _dumped({"failed": where})


def taken(raw: bytes) -> Findings:
    """The findings that were written. Raises UnreadableError when a refusal was, GarbledError for anything else."""
    try:
        found = json.loads(raw)
        if "unreadable" in found:
            raise UnreadableError(_taken_sentence(found["unreadable"]))
        if "failed" in found:
            raise GarbledError(_text(found["failed"]))
        return Findings(
            Document(found["document"]),
            tuple(_taken_figure(figure) for figure in found["figures"]),
            tuple(_taken_check(*check) for check in found["checks"]),
            _taken_period(found["period"]),
            _text(found["holder"]) if found["holder"] is not None else None,
            series_json.from_json(found["series"]) if found["series"] is not None else None,
            tuple(_taken_sentence(note) for note in found["notes"]),
            strips=tuple(_taken_strip(*strip) for strip in found["strips"][:MOST_STRIPS]),
        )
    except (UnreadableError, GarbledError):
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        raise GarbledError(type(error).__name__) from error


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()


def _check(check: Check) -> list[Any]:
    return [check.name, check.ok, _sentence(check.detail), list(check.doubts), sum_to_json(check.sum) if check.sum else None]


def sum_to_json(tried: Sum) -> list[Any]:
    """A sum as plain JSON."""
    return [[list(term) for term in tried.terms], str(tried.rest), str(tried.tolerance), tried.total]


def sum_from_json(plain: Any) -> Sum:
    """The sum that was written. Raises ValueError, TypeError or ArithmeticError for anything else."""
    terms, rest, tolerance, total = plain
    amounts = Decimal(rest), Decimal(tolerance)
    if not all(amount.is_finite() for amount in amounts):
        raise ValueError("no number")
    return Sum(tuple((_whole(weight), _text(fact)) for weight, fact in terms), *amounts, _text(total))


def _figure(figure: Figure) -> list[Any]:
    return [figure.fact, _value(figure.value), figure.label, [_at(at) for at in figure.at], _period(figure.period), figure.unit]


def _value(value: FactValue) -> Any:
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return list(value) if isinstance(value, tuple) else value


def _at(at: At) -> list[Any]:
    box = at.box
    return [at.sheet, at.row, at.column, [box.page, box.left, box.top, box.right, box.bottom] if box else None]


def _strip(strip: Strip) -> list[Any]:
    """Bare pixels: no library that unpacks pictures has to believe them."""
    cutting = strip.cutting
    return [strip.fact, cutting.width, cutting.height, base64.b64encode(cutting.pixels).decode()]


def _period(period: Period | None) -> list[str] | None:
    return [period.first.isoformat(), period.last.isoformat()] if period else None


def _sentence(sentence: Sentence) -> list[str]:
    return [sentence.zh, sentence.en]


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError("no text")
    return raw


def _whole(raw: Any) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise TypeError("no whole number")
    return raw


def _taken_sentence(raw: Any) -> Sentence:
    zh, en = raw
    return Sentence(_text(zh), _text(en))


def _taken_period(raw: Any) -> Period | None:
    if raw is None:
        return None
    first, last = raw
    return Period(date.fromisoformat(first), date.fromisoformat(last))


def _taken_check(name: Any, ok: Any, detail: Any, doubts: Any, tried: Any) -> Check:
    if not isinstance(ok, bool):
        raise TypeError("neither true nor false")
    again = sum_from_json(tried) if tried is not None else None
    return Check(_text(name), ok, _taken_sentence(detail), tuple(_text(doubt) for doubt in doubts), again)


def _taken_figure(raw: Any) -> Figure:
    fact, value, label, at, period, unit = raw
    places = tuple(_taken_at(*place) for place in at)
    return Figure(_text(fact), _taken_value(value), _text(label), places, _taken_period(period), _whole(unit))


def _taken_value(raw: Any) -> FactValue:
    if isinstance(raw, dict):
        value = Decimal(raw["decimal"])
        if not value.is_finite():
            raise ValueError("no number")
        return value
    if isinstance(raw, list):
        return tuple(_text(choice) for choice in raw)
    return raw if isinstance(raw, bool) else raw if isinstance(raw, str) else _whole(raw)


def _taken_at(sheet: Any, row: Any, column: Any, box: Any) -> At:
    place = Box(_whole(box[0]), *(float(edge) for edge in box[1:5])) if box is not None else None
    return At(_text(sheet) if sheet is not None else None, _whole(row), _whole(column), place)


def _taken_strip(fact: Any, width: Any, height: Any, pixels: Any) -> Strip:
    wide, high = _whole(width), _whole(height)
    if not (0 < wide <= STRIP_WIDTH and 0 < high <= STRIP_HEIGHT):
        raise ValueError("no strip")
    content = base64.b64decode(_text(pixels), validate=True)
    if len(content) != wide * high * 3:
        raise ValueError("no strip")
    return Strip(_text(fact), Cutting(wide, high, content))
