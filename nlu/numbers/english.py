"""English numbers: two hundred thousand, half a mil, 2 and a half million, 300 grand."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.numbers.numeral import Numeral

_EN_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten".split()
        + "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_EN_TENS = {word: 10 * (rank + 2) for rank, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_EN_SCALES = {
    word: scale
    for scale, words in {
        100: "hundred",
        10**3: "thousand thousands grand k",
        10**4: "w wan",
        10**6: "million millions mil mill mn mln m",
        10**8: "yi",
        10**9: "billion bn bil",
    }.items()
    for word in words.split()
}
_EN_WORD = re.compile(r"[ -]?([a-z]+)(?![a-z])")

EN_START = re.compile(r"(?:half an?|an?|" + "|".join(sorted([*_EN_ONES, *_EN_TENS], key=len, reverse=True)) + r")(?![a-z])")

_QUARTER = re.compile(r"(?P<many>an?|three) quarters? (?:of a )?mil(?:lion)?(?![a-z])")
_EN_AND_HALF = re.compile(r" (?:and|n|&) a half(?![a-z])")


def with_scale(text: str, number: Numeral | None) -> Numeral | None:
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


def read_english(text: str, first: re.Match[str]) -> Numeral | None:
    """The number in words that begins with this match of EN_START; None when it is only an article."""
    quarter = _QUARTER.match(text, first.start())
    if quarter:
        value = Decimal(750_000 if quarter["many"] == "three" else 250_000)
        return Numeral(value, value, value, quarter.end(), scaled=True)
    number, end = _Sum(first[0]), first.end()
    while True:
        half = _EN_AND_HALF.match(text, end)
        if half and number.halve():
            end = half.end()
        follow = _EN_WORD.match(text, end)
        if not follow:
            break
        joined = follow[1] == "and" and number.seen and _EN_WORD.match(text, follow.end())
        word = joined if joined and joined[1] in (_EN_ONES | _EN_TENS) else follow
        if not number.take(word[1]):
            break
        end = word.end()
    if not number.seen:
        return None
    value = number.total + number.current
    return Numeral(value, value, value, end, number.approximate, number.last_scale > 100, plain=number.last_scale <= 100)


class _Sum:
    """A number in words as it grows: what the scales so far have fixed, and the part before the next scale."""

    def __init__(self, word: str) -> None:
        self.total, self.current = Decimal(0), Decimal(_EN_ONES.get(word, _EN_TENS.get(word, 1)))
        if word.startswith("half"):
            self.current = Decimal("0.5")
        self.seen = word in _EN_ONES or word in _EN_TENS
        self.approximate, self.last_scale = False, 1

    def halve(self) -> bool:
        """Adds the half of "one and a half" or "a million and a half"."""
        if self.seen and self.last_scale == 1:
            self.current += Decimal("0.5")
        elif self.last_scale > 100:
            self.total += Decimal(self.last_scale) / 2
        else:
            return False
        return True

    def take(self, word: str) -> bool:
        """Adds a word; False when it does not belong to the number."""
        if word in ("couple", "dozen") and not self.seen:
            self.current, self.approximate = Decimal(2 if word == "couple" else 12), word == "couple"
        elif word == "of" and self.approximate:
            return True
        elif word in _EN_SCALES and len(word) > 1:
            self._scale(_EN_SCALES[word])
        elif word in _EN_ONES and self.seen and self.current % 10 == 0:
            self.current += _EN_ONES[word]
        elif word in _EN_TENS and self.seen and self.current % 100 == 0:
            self.current += _EN_TENS[word]
        else:
            return False
        self.seen = True
        return True

    def _scale(self, scale: int) -> None:
        part = self.current or Decimal(1)
        if scale == 100:
            self.current = part * 100
        else:
            self.total, self.current = self.total + part * scale, Decimal(0)
        self.last_scale = max(self.last_scale, scale) if scale == 100 else scale
