"""Figures in Chinese and English prose: as numbers, so that texts can be held against fields and each other, and as they are written."""

from __future__ import annotations

import re
from decimal import Decimal

_UNIT_ZH = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1}
_UNIT_EN = {"billion": 10**9, "million": 10**6, "": 1}
_DIGITS_ZH = {"半": "0.5", "两": "2"} | {word: str(n) for n, word in enumerate("零一二三四五六七八九十")}
_MEASURES = "年月天日倍次家人岁项笔期级档类名成条位部种"
#: 一 and 几 are articles as often as numbers (一笔贷款, 几家银行), so only what is more than one is a figure.
_MORE_ZH = "两二三四五六七八九十半"
_WORD_ZH = re.compile(
    rf"(?<![〇零一二三四五六七八九十百千万亿])[{_MORE_ZH}](?=个?[{_MEASURES}])|[一两三四五六七八九]成|一半|分之",
)
_NUMBER_ZH = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?(?:[%％])?(?:[—–~至到-] ?(\d[\d,]*(?:\.\d+)?))? ?(万亿|亿|万)?")
_WORDS_EN = "half two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred".split()
_VALUES_EN = dict(zip(_WORDS_EN, "0.5 2 3 4 5 6 7 8 9 10 11 12 20 30 50 100".split(), strict=True))
_WORD_EN = re.compile(rf"\b(?:{'|'.join(_WORDS_EN)}|double|twice|per cent|percent)\b", re.IGNORECASE)
_NUMBER_EN = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?: %)?(?:(?:[-–]| to )(\d[\d,]*(?:\.\d+)?))?(?: ?(billion|million))?")
_DIGITS = re.compile(r"\d(?:[\d,.]*\d)?(?:\s*[%％万亿]+)?")
_MONTHS = "January February March April May June July August September October November December".split()


def figures(text: str, language: str) -> frozenset[Decimal]:
    """Every number a text states; money in yuan whatever the unit, percentages as they are written."""
    found: set[Decimal] = set()
    if language == "zh":
        for first, second, unit in _NUMBER_ZH.findall(text):
            found |= {_number(part) * _UNIT_ZH[unit] for part in (first, second) if part}
        words = ["半" if word.group() == "一半" else word.group()[0] for word in _WORD_ZH.finditer(text)]
        found |= {Decimal(_DIGITS_ZH[word]) for word in words if word in _DIGITS_ZH}
    else:
        for rank, month in enumerate(_MONTHS, 1):
            text = re.sub(rf"(?<=\d ){month}\b|\b{month}(?= \d{{4}})", str(rank), text)
        for first, second, unit in _NUMBER_EN.findall(text):
            found |= {_number(part) * _UNIT_EN[unit] for part in (first, second) if part}
        found |= {Decimal(_VALUES_EN[word.lower()]) for word in _WORD_EN.findall(text) if word.lower() in _VALUES_EN}
    return frozenset(found)


def stray(text: str, language: str) -> list[str]:
    """Everything in a text that states a figure: digits, Chinese numerals with a measure, English number words."""
    words = _WORD_ZH if language == "zh" else _WORD_EN
    found = [*_DIGITS.finditer(text), *words.finditer(text)]
    return [match.group() for match in sorted(found, key=lambda match: match.start())]


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").rstrip("."))
