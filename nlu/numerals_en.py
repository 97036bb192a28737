"""English numbers: two hundred thousand, half a mil, 2 and a half million, 300 grand."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.numeral import Numeral

_EN_ONES = {word: value for value, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
)}  # fmt: skip

_EN_TENS = {
    word: 10 * (rank + 2) for rank, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}

_EN_SCALES = {
    "hundred": 100, "thousand": 10**3, "thousands": 10**3, "grand": 10**3, "k": 10**3, "w": 10**4, "wan": 10**4, "million": 10**6, "millions": 10**6,
    "mil": 10**6, "mill": 10**6, "mn": 10**6, "mln": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "bil": 10**9, "yi": 10**8,
}  # fmt: skip

_EN_WORD = re.compile(r"[ -]?([a-z]+)(?![a-z])")

EN_START = re.compile(r"(?:half an?|an?|" + "|".join(sorted([*_EN_ONES, *_EN_TENS], key=len, reverse=True)) + r")(?![a-z])")

_EN_AND_HALF = re.compile(r" (?:and|n|&) a half(?![a-z])")


def with_scale(text: str, number: Numeral | None, at: int) -> Numeral | None:
    """50 thousand, 1.5m, 2 and a half million: digits with an English scale behind them."""
    if number is None or not number.plain:
        return number
    value, end, scaled = number.value, number.end, False
    half = _EN_AND_HALF.match(text, end)
    if half:
        value, end = value + Decimal("0.5"), half.end()
    while (word := _EN_WORD.match(text, end)) and word[1] in _EN_SCALES:
        if word[1] in ("k", "m", "w") and text[end] == "-":
            break
        value, end, scaled = value * _EN_SCALES[word[1]], word.end(), True
        half = _EN_AND_HALF.match(text, end)
        if half:
            value, end = value + Decimal(_EN_SCALES[word[1]]) / 2, half.end()
    if end == number.end:
        return number
    return Numeral(value, value, value, end, scaled=scaled, plain=not scaled)


def read_english(text: str, at: int, first: re.Match[str]) -> Numeral | None:
    word, end = first[0], first.end()
    approximate = False
    total, current, scaled, seen = Decimal(0), Decimal(0), False, False
    if word.startswith("half"):
        current = Decimal("0.5")
    elif word in ("a", "an"):
        current = Decimal(1)
    else:
        current, seen = Decimal(_EN_ONES.get(word, _EN_TENS.get(word, 0))), True
    while True:
        half = _EN_AND_HALF.match(text, end) if seen and not scaled else None
        if half:
            current, end = current + Decimal("0.5"), half.end()
        follow = _EN_WORD.match(text, end)
        if not follow:
            break
        name = follow[1]
        if name == "and" and seen and (after := _EN_WORD.match(text, follow.end())) and after[1] in (_EN_ONES | _EN_TENS):
            end = follow.end()
            continue
        if name in ("couple", "dozen") and not seen:
            current, end, seen, approximate = Decimal(2 if name == "couple" else 12), follow.end(), True, name == "couple"
            of = _EN_WORD.match(text, end)
            end = of.end() if of and of[1] == "of" else end
        elif (
            name == "quarter"
            and not seen
            and word in ("a", "an")
            and re.match(r" (?:of a )?(?:million|mil)(?![a-z])", text[follow.end() : follow.end() + 16])
        ):
            tail = re.match(r" (?:of a )?(?:million|mil)(?![a-z])", text[follow.end() : follow.end() + 16])
            assert tail
            return Numeral(Decimal(250000), Decimal(250000), Decimal(250000), follow.end() + tail.end(), scaled=True)
        elif name in _EN_SCALES and len(name) > 1:
            scale = _EN_SCALES[name]
            if scale == 100:
                current = (current or Decimal(1)) * 100
            else:
                total, current = total + (current or Decimal(1)) * scale, Decimal(0)
                scaled = True
            end, seen = follow.end(), True
            tail_half = _EN_AND_HALF.match(text, end)
            if tail_half and scale > 100:
                total, end = total + Decimal(scale) / 2, tail_half.end()
        elif name in _EN_ONES and seen and (current % 10 == 0):
            current, end = current + _EN_ONES[name], follow.end()
        elif name in _EN_TENS and seen and (current % 100 == 0):
            current, end = current + _EN_TENS[name], follow.end()
        else:
            break
    if not seen:
        return None
    value = total + current
    return Numeral(value, value, value, end, approximate, scaled, plain=not scaled)
