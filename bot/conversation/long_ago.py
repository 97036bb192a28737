"""How long ago a thing was that an owner tells of: 去年3月, in March 2024, two years ago. Pure."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH_ZH = "1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
_DATED = re.compile(
    rf"(?P<last>去年)(?P<half>上半年)?(?:(?P<m1>{_MONTH_ZH})月|(?P<season>[春夏秋]))?|(?P<before>前年|大前年)|(?P<year>20[0-4]\d)年(?:(?P<m2>{_MONTH_ZH})月)?"
    r"|(?P<ago>[两二三四五六七八九十]|\d+)年(?:多|半)?(?:以)?前"
    r"|\b(?P<en>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:of )?(?P<when>last year|20[0-4]\d)"
    r"|\b(?P<ago_en>two|three|four|five|\d+) years? ago",
    re.IGNORECASE,
)
#: The last month of a season.
_SEASON_ENDS = {"春": 5, "夏": 8, "秋": 11}
_COUNTS = {word: count for count, words in enumerate(("两二", "三", "四", "五", "六", "七", "八", "九", "十"), 2) for word in words}
_WORDS = {**_COUNTS, "two": 2, "three": 3, "four": 4, "five": 5}
A_YEAR = 12


def months_since(text: str, today: date) -> int | None:
    """Months since the day that is told; the latest that it may be, where only a year is."""
    found = _DATED.search(text)
    if found is None:
        return None
    if ago := found["ago"] or found["ago_en"]:
        return A_YEAR * (int(ago) if ago.isdigit() else _WORDS[ago.lower()])
    if found["before"]:
        year, month = today.year - (2 if found["before"] == "前年" else 3), 12
    elif found["last"]:
        year, month = today.year - 1, _month(found["m1"]) or (6 if found["half"] else _SEASON_ENDS.get(found["season"] or "", 12))
    elif found["year"]:
        year, month = int(found["year"]), _month(found["m2"]) or 12
    else:
        last = found["when"].lower() == "last year"
        year, month = today.year - 1 if last else int(found["when"]), _MONTHS[found["en"].lower()[:3]]
    return (today.year - year) * A_YEAR + today.month - month


def _month(told: str | None) -> int:
    """A month's number, 0 where none is told: 3, 三, 十一."""
    if told is None or told.isdigit():
        return int(told or 0)
    return (10 if told[0] == "十" else 0) + "一二三四五六七八九".find(told[-1]) + 1
