"""Two numbers that are the ends of one: 10-20万, 10万到20万, between 300 and 500 thousand."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.numbers.numerals import START, Numeral, read

_JOIN = re.compile(r" ?(?:-|~|到|至|或者?|to|or) ?")
_JOIN_BEHIND_UNIT = re.compile(r"(?:元|块|%|个点|年|个月|yuan)(?:-|~|到|至)")
_AND = re.compile(" and ")
#: So near before the first number "between" makes a range of "and".
_BETWEEN_WITHIN = 30
#: Went from 300k to 420k is no range.
_CHANGED = re.compile(r"\b(?:went|grew|rose|fell|dropped|increased|declined|up|down|climbed|moved|cut)\b[^.;]{0,16}\bfrom [^.;]{0,24}$")
_DIGITS = re.compile(r"[\d.,]+")


def joined(norm: str, first: Numeral) -> Numeral:
    """Joins 10-20万, 10万到20万, 300 to 500 thousand, between 300 and 500 thousand."""
    join = _JOIN.match(norm, first.end) or _JOIN_BEHIND_UNIT.match(norm, first.end)
    if not join and "between " in norm[max(0, first.end - _BETWEEN_WITHIN) : first.end]:
        join = _AND.match(norm, first.end)
    if not join or join.end() >= len(norm) or not (START.match(norm, join.end())):
        return first
    if _CHANGED.search(norm[max(0, first.end - 48) : first.end]):
        return first
    second = read(norm, join.end())
    if second is None or second.vague:
        return first
    low, high = first.low, second.high
    if second.scaled and not first.scaled and (low < 10000) and second.value:
        low = low * _scale_of(norm, join.end(), second)
    if not (0 < low < high) or (low * 1000 < high):
        return first
    return Numeral((low + high) / 2, low, high, second.end, True, second.scaled or first.scaled, plain=first.plain and second.plain)


def _scale_of(norm: str, at: int, number: Numeral) -> Decimal:
    """What a number is multiplied by, 10,000 for 万, so that the number before it can be, too."""
    digits = _DIGITS.match(norm, at)
    if digits and digits[0].replace(",", "").strip("."):
        try:
            shown = Decimal(digits[0].replace(",", "").rstrip("."))
        except ArithmeticError:
            return Decimal(1)
        return number.value / shown if shown else Decimal(1)
    return Decimal(10**8) if "亿" in norm[at : number.end] else Decimal(10**4) if "万" in norm[at : number.end] else Decimal(1)
