"""Amounts in cells: numbers, and numbers written as text in any usual form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from nlu.uploads.grid import Cell

#: Beyond any firm's figures; longer digits are account and registration numbers.
_ABSURD = Decimal(10) ** 14
#: Spreadsheets store binary fractions: 0.1 + 0.2 comes as 0.30000000000000004. What differs by less is the same cent.
_NOISE = Decimal("0.00001")
_CENT = Decimal("0.01")
_FINEST = Decimal("0.000001")

_MINUS = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－ー─", "-"))
_DASHES = re.compile(r"-+|/|\\")
_CURRENCY = re.compile(r"人民币|(?:rmb|cny|usd|us\$|hk\$|hkd|eur|gbp)(?![a-z])|[¥￥$€£]", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:[,，']\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?P<part>\.\d+)?(?P<after>-?)"
    r"(?P<unit>万元|万|亿元|亿|千元|元)?"
)
_UNITS = {"万元": 10**4, "万": 10**4, "亿元": 10**8, "亿": 10**8, "千元": 10**3, "元": 1}
_RED = re.compile(r"红字|\(红\)|\[红\]")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it stands. `unit` is its own unit, None where that of the table holds; `dash` where a dash stands for nothing.

    `dollar`: it bears a dollar sign, of which nobody knows the country.
    """

    value: Decimal
    unit: int | None = None
    dash: bool = False
    dollar: bool = False

    @property
    def places(self) -> int:
        """Digits behind the point that are shown."""
        exponent = self.value.normalize().as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def amount_of(cell: Cell) -> Amount | None:
    """The amount in a cell; None for words, dates, percentages, and numbers too long to be money."""
    if isinstance(cell, Decimal):
        return _amount(cell) if cell.is_finite() else None
    return _of_text(cell) if isinstance(cell, str) else None


def whole(cell: Cell) -> int | None:
    """A small whole number such as a line number, in a cell of numbers or of text."""
    amount = amount_of(cell)
    if amount is None or amount.dash or amount.value != amount.value.to_integral_value() or not 0 < amount.value < 1000:
        return None
    return int(amount.value)


def _of_text(cell: str) -> Amount | None:
    text = unicodedata.normalize("NFKC", cell).translate(_MINUS).strip()
    if not text or len(text) > 40:
        return None
    if _DASHES.fullmatch(text):
        return Amount(Decimal(0), dash=True)
    negative = bool(_RED.search(text))
    text = _CURRENCY.sub("", _RED.sub("", text)).strip()
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1].strip()
    elif text.startswith("-(") and text.endswith(")"):
        negative, text = True, text[2:-1].strip()
    text = re.sub(r"^([-+]) +", r"\1", text)
    if _DASHES.fullmatch(text):
        return Amount(Decimal(0), dash=True)
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    value = Decimal(re.sub(r"[,，' ]", "", match["digits"]) + (match["part"] or ""))
    if "-" in (match["sign"], match["after"]) or negative:
        value = -value
    return _amount(value, _UNITS.get(match["unit"] or ""), "$" in cell)


def _amount(value: Decimal, unit: int | None = None, dollar: bool = False) -> Amount | None:
    if abs(value) >= _ABSURD:
        return None
    fine, cents = value.quantize(_FINEST), value.quantize(_CENT)
    return Amount(cents if abs(fine - cents) < _NOISE else fine, unit, dollar=dollar)
