"""Cutting mixed Chinese and English text into tokens whose spans are exact in the original text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_FULL_WIDTH_DIGIT = "\uff10-\uff19"
# A full-width comma groups thousands only between full-width digits: elsewhere it is the ordinary Chinese comma.
_NUMBER = rf"""
    (?: \d{{1,3}} (?: ,\d{{3}} )+ (?!\d)
      | [{_FULL_WIDTH_DIGIT}]{{1,3}} (?: \uff0c[{_FULL_WIDTH_DIGIT}]{{3}} )+ (?!\d)
      | \d+ )
    (?: [.\uff0e]\d+ )?
    [%\uff05\u2030]?
"""
_LETTER = rf"[^\W\d_{HAN}]"
_MARK = "[\u0300-\u036f]"
_WORD = rf"{_LETTER} (?: {_LETTER} | {_MARK} | \d | ['\u2019](?={_LETTER}) )*"
_TOKEN = re.compile(rf"(?P<han>[{HAN}]) | (?P<number>{_NUMBER}) | (?P<word>{_WORD}) | (?P<mark>[^\w\s])", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Span:
    """One token: `text` is exactly the slice `[start:end]` of what was typed."""

    text: str
    start: int
    end: int


def tokenize(text: str) -> Iterator[Span]:
    """Yields one span for every Han character, whole number, whole word and symbol (emoji, currency, plus sign).

    White space, punctuation and control characters give no token. A number keeps its thousands separators, decimal
    point and per-cent sign, in half-width or full-width digits; its unit (`万`, `k`) is a token of its own.
    """
    for match in _TOKEN.finditer(text):
        # Of what is neither letter, digit nor space only symbols carry meaning of their own.
        if match.lastgroup == "mark" and not unicodedata.category(match.group()).startswith("S"):
            continue
        yield Span(match.group(), match.start(), match.end())
