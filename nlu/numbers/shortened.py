"""Chinese numbers said short: 百二万 for a hundred and twenty 万, 五十六十 for from fifty to sixty."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.numbers.chinese import DIGITS, SMALL
from nlu.numbers.numeral import Numeral

#: 百二万 as in the south: a hundred and twenty 万.
_HUNDRED_AND = re.compile(r"百([一二三四五六七八九])(万|w)")
#: 五十六十: from fifty to sixty.
_TENS_TO_TENS = re.compile(r"([一二三四五六七八])(十|百)([二三四五六七八九])\2(个?万|w)?(?![一二三四五六七八九])")
#: 破千万, 近百万, 过亿: round sums that were reached.
_ROUND = re.compile(r"(十|百|千)?(万|亿)(?![多几来人份])")
_PASSED = tuple("破近过超达成")
_WAN = 10**4


def read_shortened(text: str, at: int) -> Numeral | None:
    """The shortened number that begins at this place of a normalised text, or None."""
    return _hundred_and(text, at) or _tens_to_tens(text, at) or _round(text, at)


def _round(text: str, at: int) -> Numeral | None:
    match = _ROUND.match(text, at) if text[at - 1 : at] in _PASSED else None
    if match is None:
        return None
    value = Decimal(SMALL.get(match[1], 1) * (10**8 if match[2] == "亿" else _WAN))
    return Numeral(value, value, value, match.end(), True, scaled=True, han=True)


def _hundred_and(text: str, at: int) -> Numeral | None:
    match = _HUNDRED_AND.match(text, at)
    value = Decimal(100 + 10 * DIGITS[match[1]]) * _WAN if match else Decimal(0)
    return Numeral(value, value, value, match.end(), scaled=True, han=True) if match else None


def _tens_to_tens(text: str, at: int) -> Numeral | None:
    match = _TENS_TO_TENS.match(text, at)
    if match is None or DIGITS[match[3]] != DIGITS[match[1]] + 1:
        return None
    step = Decimal(SMALL[match[2]] * (_WAN if match[4] else 1))
    low, high = DIGITS[match[1]] * step, DIGITS[match[3]] * step
    return Numeral((low + high) / 2, low, high, match.end(), True, scaled=match[4] is not None, han=True)
