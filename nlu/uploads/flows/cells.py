"""What single cells of a list say: words, amounts and currencies, in the forms that banks, tills and people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from nlu.uploads.grid import Cell

#: What stands in a cell that is left empty.
_BLANK = frozenset({"", "-", "--", "---", "/", "\\", "无", "空", "n/a", "na", "nil", "null", "none", "."})
#: Longer numbers are those of accounts and orders.
_ABSURD = Decimal(10) ** 14
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "﹣": "-", "‐": "-"})
_DASH = re.compile("[−–—﹣‐]")
_INVISIBLE = re.compile("[\u200b-\u200f\ufeff\u2060\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACE = re.compile(r"\s+")
_MONEY_SIGNS = re.compile(r"(?:us\$|hk\$|nt\$|rmb|cny|usd|hkd|eur|gbp|人民币|[¥$€£]|元整|元|圆)")
_PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?")
#: How nearly every amount is written.
_COMMON = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,12})\.\d\d")
#: 1.234,56 and 12,5: as Europeans write. Groups of three after a comma alone are read as thousands.
_CONTINENTAL = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2})")
#: What stands around an amount, in the order in which it is taken off, and whether it makes it negative.
_AROUND = (
    (re.compile(r"红字(.+)"), True),
    (re.compile(r"\((.+)\)"), True),
    (re.compile(r"(.*\d\.?) ?dr\.?"), True),
    (re.compile(r"(.*\d\.?) ?cr\.?"), False),
    (re.compile(r"(.+)"), False),
    (re.compile(r"\((.+)\)"), True),
    (re.compile(r"(.+)-"), True),
)

_CURRENCIES = (
    ("HKD", re.compile(r"hkd|hk\$|港币|港元|港幣")),
    ("USD", re.compile(r"usd|us\$|美元|美金")),
    ("EUR", re.compile(r"eur(?![a-z])|€|欧元|歐元")),
    ("GBP", re.compile(r"gbp|£|英镑|英鎊")),
    ("JPY", re.compile(r"jpy|日元|日圆|日圓")),
    ("SGD", re.compile(r"sgd|s\$|新加坡元|新币")),
    ("AUD", re.compile(r"aud(?![a-z])|澳元|a\$")),
    ("CAD", re.compile(r"cad(?![a-z])|加元|加拿大元")),
    ("INR", re.compile(r"inr(?![a-z])|₹|卢比")),
    ("CNY", re.compile(r"cny|rmb|cnh|人民币|人民幣|¥|^\s*元\s*$")),
    ("$", re.compile(r"\$")),
)


def _clean(raw: str) -> str:
    # Most cells are clean; long lists are read in a second only when those are not worked over.
    if raw.isprintable() and "  " not in raw and (raw.isascii() or (unicodedata.is_normalized("NFKC", raw) and not _DASH.search(raw))):
        return raw.strip(" `'")
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", raw)).translate(_DASHES)
    return _SPACE.sub(" ", text).strip().lstrip("`'").strip()


def text(cell: Cell) -> str:
    """The cell's words on one line, half-width, without what cannot be seen. An empty cell is an empty text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, Decimal):
        if not cell.is_finite() or not -30 < cell.adjusted() < 20:
            return str(cell)
        return str(int(cell)) if cell == cell.to_integral_value() else str(cell.normalize())
    return cell.isoformat()


def tidy(cell: Cell) -> Cell:
    """The cell with clean words, or None when nothing stands there or only what stands for nothing."""
    if not isinstance(cell, str):
        return cell
    words = _clean(cell)
    return None if words.lower() in _BLANK else words


def blank(cell: Cell) -> bool:
    """Whether nothing stands there, or only what stands for nothing."""
    return cell is None or (isinstance(cell, str) and tidy(cell) is None)


def amount(cell: Cell) -> Decimal | None:
    """The amount as written, or None when the cell is empty or holds no amount (`unreadable` tells them apart).

    (1,234.00), 1,234.00-, −5, 红字5 and 5 DR are negative, 5 CR is positive. Units beyond 元 are the table's matter.
    """
    if isinstance(cell, Decimal):
        return _tidy(cell) if cell.is_finite() and abs(cell) < _ABSURD else None
    if cell is None or isinstance(cell, date):
        return None
    if _COMMON.fullmatch(cell):
        return Decimal(cell.replace(",", ""))
    return _written(text(cell).lower())


@lru_cache(maxsize=65536)
def _written(words: str) -> Decimal | None:
    if words in _BLANK or len(words) > 40:
        return None
    words, negative = _bare(words)
    if _PLAIN.fullmatch(words):
        value = Decimal(words.replace(",", ""))
    elif _CONTINENTAL.fullmatch(words):
        value = Decimal(words.replace(".", "").replace(",", "."))
    else:
        return None
    if abs(value) >= _ABSURD:
        return None
    return _tidy(-value if negative else value)


def _bare(words: str) -> tuple[str, bool]:
    """The digits alone, and whether what stood around them turns their sign. No digits give a blank that is no number."""
    negative = False
    for pattern, turns in _AROUND:
        match = pattern.fullmatch(words)
        if match:
            words, negative = match[1].strip(), negative != turns
            words = _MONEY_SIGNS.sub("", words).replace(" ", "")
    return (words if any(char.isdigit() for char in words) else "?"), negative


def _tidy(value: Decimal) -> Decimal:
    """In cents where it is whole cents: spreadsheets store 0.3 as 0.30000000000000004."""
    fine = round(value, 6)
    cents = round(fine, 2)
    return cents if cents == fine else fine.normalize()


def unreadable(cell: Cell) -> bool:
    """Whether something stands in the cell that should be an amount and is none."""
    return amount(cell) is None and not blank(cell)


def currency(words: str) -> str | None:
    """The currency that words name: a code, `$` when it is some dollar, or None when they name none."""
    low = words.lower()
    return next((code for code, pattern in _CURRENCIES if pattern.search(low)), None)
