"""What a number in a text is, before its unit is read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Numeral:
    """A number in the text: its value, bounds when it names several, and how it was written."""

    value: Decimal
    low: Decimal
    high: Decimal
    end: int
    approximate: bool = False
    #: it ends in a large unit (万, 亿, k, million), so it speaks of money unless a thing is counted
    scaled: bool = False
    #: it names no number at all (几十, 好几万)
    vague: bool = False
    #: written in Chinese characters only
    han: bool = False
    #: other ways to take it
    readings: tuple[Decimal, ...] = ()
    #: a number of digits without any unit
    plain: bool = False
