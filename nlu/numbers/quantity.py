"""One figure of a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Quantity:
    """One figure of a text.

    `value` is yuan (or another `currency`) for money, a fraction a year for rate, months for duration, a plain count, or a year.
    A range has `low` < `high` and its middle as value. `sign` is -1 only for a minus written before the number. `readings` lists every
    plausible value when there are several. `period` is what the text says the figure is per: month, year, day, quarter or None.
    """

    kind: str
    value: Decimal
    start: int
    end: int
    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    unit: str = ""
    period: str | None = None
    sign: int = 1
    currency: str | None = None
    readings: tuple[Decimal, ...] = ()
    #: for a year: the month when one was named
    month: int | None = None
