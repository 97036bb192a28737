"""Numbers as people write them, Chinese and English, up to but not including the unit behind them.

`read` works on normalised text (nlu.text). What is too vague to carry a value (几十, 好几万) is reported as such.
"""

from __future__ import annotations

from nlu.numbers.chinese import DIGITS, SMALL, read_chinese
from nlu.numbers.english import EN_START, read_english, with_scale
from nlu.numbers.numeral import Numeral

__all__ = ["Numeral", "read"]


def read(text: str, at: int) -> Numeral | None:
    """The number that begins at this place of a normalised text, or None."""
    char = text[at]
    if char.isdigit() and char.isascii():
        return with_scale(text, read_chinese(text, at))
    if char in DIGITS or char in SMALL or char in "几万半廿卅":
        return read_chinese(text, at)
    match = EN_START.match(text, at) if "a" <= char <= "z" else None
    return read_english(text, match) if match else None
