"""Spans of age, as the columns and cells of ageing lists name them: 31-60, 90天以上, Current."""

from __future__ import annotations

import re

#: Days, both ends included; None when the span has no end.
Span = tuple[int, int | None]

STANDARD: tuple[tuple[str, Span], ...] = (("0-30", (0, 30)), ("31-60", (31, 60)), ("61-90", (61, 90)), ("90+", (91, None)))
_NOT_DUE = re.compile(r"current|not (?:yet )?due|未到期|未逾期|信用期内|账期内|正常", re.IGNORECASE)
_UNIT = {"个月": 30, "月": 30, "month": 30, "months": 30, "年": 365, "year": 365, "years": 365}
_U = r"(天|日|个月|月|年|days?|months?|years?)?"
_RANGE = re.compile(rf"(\d{{1,4}}) ?{_U} ?(?:-|~|至|到|to) ?(\d{{1,4}}) ?{_U}(?: ?(?:past due|overdue|逾期))?")
_OVER = re.compile(
    rf"(?:[>≥]=? ?|over |more than |above |超过|大于)(\d{{1,4}}) ?{_U}"
    rf"|(\d{{1,4}}) ?{_U} ?(?:\+|以上|and over|and above|or more|plus|days?\+)(?: ?{_U})?"
)
_WITHIN = re.compile(
    rf"(?:[<≤]=? ?|within |up to |under |小于|不超过)(\d{{1,4}}) ?{_U}|(\d{{1,4}}) ?{_U} ?(?:以内|以下|内|or less|and under)"
)


def span(words: str) -> Span | None:
    """The days that a name stands for; None when it names no span."""
    said = re.sub(r"^(?:账龄|逾期|aged?|past due|overdue|应收)[ :]*|[()]|\s*(?:amount|金额|余额)$", "", words.strip().lower()).strip()
    if _NOT_DUE.fullmatch(said):
        return 0, 0
    if match := _RANGE.fullmatch(said):
        unit = _UNIT.get(match[4] or match[2] or "", 1)
        low, high = int(match[1]), int(match[3])
        return (low * unit + (unit > 1 and low > 0), high * unit) if high > low else None
    if match := _OVER.fullmatch(said):
        return int(match[1] or match[3]) * _UNIT.get(match[2] or match[4] or "", 1) + 1, None
    if match := _WITHIN.fullmatch(said):
        return 0, int(match[1] or match[3]) * _UNIT.get(match[2] or match[4] or "", 1)
    return None


def role(words: str) -> str | None:
    """The role of a column that is named by a span."""
    return "bucket" if span(words) is not None else None


def standard(days: Span) -> str | None:
    """The standard span in which all of these days lie; None when they reach over its bounds."""
    low, high = days
    for name, (first, last) in STANDARD:
        # 30-60 and 90+ are how people write 31-60 and 91+.
        if first - 1 <= low and (last is None or (high is not None and high <= last)):
            return name
    return None


def of_days(past: int) -> str:
    return next(name for name, (_, last) in STANDARD if last is None or past <= last)
