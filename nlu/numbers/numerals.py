"""Numbers as people write them, Chinese and English, up to but not including the unit behind them.

`read` works on normalised text (nlu.text). What is too vague to carry a value (几十, 好几万) is reported as such.
"""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.numbers.chinese import DIGITS, SMALL, read_chinese
from nlu.numbers.english import EN_START, read_english
from nlu.numbers.english_scales import in_brackets, with_scale
from nlu.numbers.numeral import Numeral
from nlu.numbers.shortened import read_shortened

__all__ = ["START", "Numeral", "read"]

#: Where a figure may begin.
START = re.compile(
    r"[0-9零一二两俩仨三四五六七八九十百千万亿几半廿卅]|(?<![a-z])(?:zero(?= point)|quarter(?= of an? mil)|half|hundred|an?|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|thrice|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?![a-z])"
)
#: 700.000 and 640 000, as many people of Europe part thousands. Only whole thousands: 1.250 may be a decimal.
_PARTED = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})*\.000|(?: \d{3})* 000)(?![\d.,]*\d|[.,]\d| ?(?:[万亿wkm%]|mil|thou|lakh|crore))")


def read(text: str, at: int) -> Numeral | None:
    """The number that begins at this place of a normalised text, or None."""
    char = text[at]
    if char.isdigit() and char.isascii():
        parted = None if at and text[at - 1] in "0123456789.," else _PARTED.match(text, at)
        if parted:
            value = Decimal(re.sub(r"\D", "", parted[0]))
            return Numeral(value, value, value, parted.end(), plain=True)
        number = read_chinese(text, at)
        return in_brackets(text, number) or with_scale(text, number)
    if char in DIGITS or char in SMALL or char in "几万半廿卅":
        return read_shortened(text, at) or read_chinese(text, at)
    match = EN_START.match(text, at) if "a" <= char <= "z" else None
    return read_english(text, match) if match else None
