"""Spans of time as statements name them: 2024年12月31日, 2024年1-9月, 2024年度, Jan - Dec 2024, As of Dec 31, 2024."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nlu.uploads.document import Period
from nlu.uploads.statements.months import last_day, month_end, months_before


class Grain(StrEnum):
    """How a span was named: by a day, a month, a quarter, a year, or by its two ends."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time with the way it was named."""

    first: date
    last: date
    grain: Grain

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)


_MONTHS = {name: rank for rank, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_Y = r"(?:19|20)\d\d"
_M = r"(?:1[0-2]|0?[1-9])"
_D = r"(?:3[01]|[12]\d|0?[1-9])"
_SHORT = r"(?:'|’)?\d\d"
_ATOMS = re.compile(
    rf"(?<!\d)(?P<y22>{_Y})年度?第?(?P<m22>{_M})月?[-至到](?P<e22>{_M})[月期](?!\d)"
    rf"|(?<!\d)(?P<y1>{_Y})(?:年(?P<m1>{_M})月|[-/.](?P<m20>{_M})[-/.])(?P<d1>{_D})日?(?!\d)(?!月)"
    rf"|(?<!\d)(?P<y2>{_Y})(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d)(?P<y3>{_Y})年?度?第?(?P<q3>[1-4一二三四])季度?"
    rf"|(?<!\d)(?P<y4>{_Y})年?[ -]?q(?P<q4>[1-4])|q(?P<q5>[1-4])[ -]?(?P<y5>{_Y})(?!\d)"
    rf"|(?<!\d)(?P<y6>{_Y})年?(?P<h6>[上下])半年"
    rf"|(?<!\d)(?P<y7>{_Y})(?:年(?P<m7>{_M})(?:月份?|期)|[-/.](?P<m21>{_M})(?!\d)(?![-/.]\d{{1,2}}(?!\d)))"
    rf"|(?<!\d)(?P<y8>{_Y})(?P<m8>0[1-9]|1[0-2])(?!\d)"
    rf"|(?<!\d)(?P<d9>{_D}|{_M})[/.](?P<m9>{_D})[/.](?P<y9>{_Y})(?!\d)"
    rf"|(?<![a-z])(?P<n10>{_NAME}) ?(?P<d10>{_D})(?:st|nd|rd|th)?,? ?(?P<y10>{_Y}|(?<=, )\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d11>{_D})(?:st|nd|rd|th)?[ -](?:of )?(?P<n11>{_NAME}),?[ -]?(?P<y11>{_Y}|{_SHORT})(?!\d)"
    rf"|(?<![a-z])(?P<n12>{_NAME})[ ,-]*(?P<y12>{_Y}|{_SHORT})(?![\d,])"
    rf"|(?<![a-z])(?P<n13>{_NAME}) ?(?P<d13>{_D})(?:st|nd|rd|th)?(?!\d)"
    rf"|(?<!\d)(?P<d14>{_D})(?:st|nd|rd|th)? (?P<n14>{_NAME})(?![a-z])"
    rf"|(?<!\d)(?P<m15>{_M})月(?P<d15>{_D})日"
    rf"|(?<!\d)(?P<m16>{_M})月份?"
    rf"|(?<![a-z])(?P<n17>{_NAME})(?![a-z])"
    rf"|(?<![\d,.])(?:fy ?)?(?P<y18>{_Y})(?:年度?)?(?![\d,.%]\d|\d)"
    rf"|(?<![a-z])fy ?'?(?P<y23>\d\d)(?!\d)"
    rf"|(?<!\d)(?P<m19>{_M})(?= ?[-~至到] ?{_M}月)"
)
_TO = re.compile(r" ?(?:-|~|至|到|to|through|thru|until|止|/|\.)+ ?")
_MONTHS_ENDED = re.compile(r"(?P<n>three|six|nine|twelve|3|6|9|12)[ -]months? (?:period )?(?:ended|ending|to)")
_YEAR_ENDED = re.compile(r"(?:year|annual period|fiscal year) (?:ended|ending|to)|y/?e ")
_NUMBERS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}
_HAN_YEAR = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)")
_HAN_MONTH = re.compile(r"(?<=年)(十[一二]?|[一二三四五六七八九])(?=月)")
_HAN_DAY = re.compile(r"(?<=月)(三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?=日)")
_HAN = {char: str(rank) for rank, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_BARE = re.compile(
    rf"(?P<n>{_NAME})|(?P<m>{_M})月份?|(?P<h>十[一二]?|[一二三四五六七八九])月份?|(?:第|q)?(?P<q>[1-4一二三四])(?:季度?|(?<=q\d))"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


@dataclass(frozen=True, slots=True)
class _Atom:
    """A date with what of it was named; a year may stand with the other end of the range only."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    length: int = 1  # months, where a quarter or a half was named


def spans_in(text: str) -> tuple[Span, ...]:
    """Every span of time in a text, in order. Two dates joined by a dash or 至 are one span."""
    plain = _plain(text)
    atoms = [atom for match in _ATOMS.finditer(plain) if (atom := _atom(match)) is not None]
    found: list[Span] = []
    place = 0
    while place < len(atoms):
        atom = atoms[place]
        pair = atoms[place + 1] if place + 1 < len(atoms) else None
        if pair is not None and _TO.fullmatch(plain[atom.end : pair.start]) and (span := _range(atom, pair)) is not None:
            found.append(span)
            place += 2
            continue
        span = _ended(atom, plain[: atom.start]) or _single(atom)
        if span is not None:
            found.append(span)
        place += 1
    return tuple(found)


def months_ended(text: str) -> int | None:
    """The number of months in "for the nine months ended …" and "for the year ended …", whose year may stand in another cell."""
    plain = _plain(text)
    if match := _MONTHS_ENDED.search(plain):
        return _NUMBERS.get(match["n"]) or int(match["n"])
    return 12 if _YEAR_ENDED.search(plain) else None


def month_day_in(text: str) -> tuple[int, int] | None:
    """The month and day that a period ends with, as in "for the year ended December 31,", whose year stands over the columns."""
    plain = _plain(text)
    for match in _ATOMS.finditer(plain):
        atom = _atom(match)
        if atom is not None and atom.month and atom.day:
            return atom.month, atom.day
    return None


def month_of(text: str, year: int) -> Span | None:
    """A text that is nothing but a month's or a quarter's name, as that time of a year: 3月, March, 一季度, Q2."""
    match = _BARE.fullmatch(_plain(text).strip())
    if match is None:
        return None
    if match["q"]:
        first = (_QUARTERS.get(match["q"]) or int(match["q"])) * 3 - 2
        return Span(date(year, first, 1), month_end(date(year, first + 2, 1)), Grain.QUARTER)
    month = _MONTHS[match["n"][:3]] if match["n"] else int(match["m"]) if match["m"] else _han(match["h"])
    return Span(date(year, month, 1), month_end(date(year, month, 1)), Grain.MONTH)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[‐‑‒–—―−﹣─〜～]+", "-", text)
    text = re.sub(r"(?<=[\u3400-\u9fff\d]) +(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff]) +(?=\d)", "", text)
    text = _HAN_YEAR.sub(lambda match: "".join(_HAN[char] for char in match[0]), text)
    text = _HAN_MONTH.sub(lambda match: str(_han(match[0])), text)
    return _HAN_DAY.sub(lambda match: str(_han(match[0])), re.sub(r"\s+", " ", text))


def _han(word: str) -> int:
    """A Chinese number below a hundred: 十二, 三十一."""
    tens, ten, ones = word.rpartition("十")
    value = int(_HAN[ones]) if ones else 0
    return value + (10 * (int(_HAN[tens]) if tens else 1) if ten else 0)


def _atom(match: re.Match[str]) -> _Atom | None:
    parts = {name.rstrip("0123456789"): value for name, value in match.groupdict().items() if value is not None}
    year = _year(parts["y"]) if "y" in parts else None
    if "q" in parts:
        quarter = _QUARTERS.get(parts["q"]) or int(parts["q"])
        return _Atom(year, quarter * 3 - 2, None, match.start(), match.end(), 3)
    if "h" in parts:
        return _Atom(year, 1 if parts["h"] == "上" else 7, None, match.start(), match.end(), 6)
    if "e" in parts:
        months = int(parts["e"]) - int(parts["m"]) + 1
        return _Atom(year, int(parts["m"]), None, match.start(), match.end(), months) if months > 1 else None
    month = _MONTHS[parts["n"][:3]] if "n" in parts else int(parts["m"]) if "m" in parts else None
    day = int(parts["d"]) if "d" in parts else None
    if match["m9"]:
        month, day = _month_first(int(match["d9"]), int(match["m9"]))
    if month is not None and month > 12:
        return None
    return _Atom(year, month, day, match.start(), match.end())


def _month_first(first: int, second: int) -> tuple[int, int]:
    """Which of two numbers is the month. Where both may be, the day is what begins or ends a month, else the second as in 12/31/2024."""
    if first > 12 or (second <= 12 and first == 1 and second != 1):
        return second, first
    return first, second


def _year(text: str) -> int:
    digits = int(text.lstrip("'’"))
    return digits if digits > 99 else 2000 + digits


def _range(first: _Atom, last: _Atom) -> Span | None:
    """From one date to another. What one of them does not say holds from the other."""
    end_year = last.year or first.year
    if end_year is None or (first.year is None and last.year is None):
        return None
    begin = _Atom(first.year or end_year, first.month or 1, first.day or 1, 0, 0)
    end_month = (last.month or 12) + last.length - 1
    if begin.year is not None and first.year is None and (begin.month or 1) > end_month:
        begin = _Atom(end_year - 1, begin.month, begin.day, 0, 0)
    opening = _day(begin.year, begin.month, begin.day)
    closing = _day(end_year, end_month, last.day or last_day(end_year, end_month))
    return Span(opening, closing, Grain.RANGE) if opening and closing and opening < closing else None


def _single(atom: _Atom) -> Span | None:
    if atom.year is None:
        return None
    if atom.month is None:
        return Span(date(atom.year, 1, 1), date(atom.year, 12, 31), Grain.YEAR)
    if atom.day is not None:
        day = _day(atom.year, atom.month, atom.day)
        return Span(day, day, Grain.DAY) if day else None
    last = atom.month + atom.length - 1
    grain = Grain.MONTH if atom.length == 1 else Grain.QUARTER if atom.length == 3 else Grain.RANGE
    return Span(date(atom.year, atom.month, 1), date(atom.year, last, last_day(atom.year, last)), grain)


def _ended(atom: _Atom, before: str) -> Span | None:
    """A date behind "for the nine months ended" or "for the year ended" as the months it closes."""
    months = months_ended(before[-40:])
    if months is None or atom.year is None or atom.month is None:
        return None
    last = _day(atom.year, atom.month, atom.day or last_day(atom.year, atom.month))
    return Span(months_before(last, months), last, Grain.RANGE) if last else None


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    try:
        return date(year or 0, month or 0, day or 0)
    except ValueError:
        return None
