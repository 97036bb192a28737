"""Digits with an English scale behind them: 50 thousand, 2 and a half million, 1 million 800 thousand, 3.6 (million)."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.numbers.english_words import AND_HALF, DIGITS, ODD, ONES, SCALES, TENS, WORD
from nlu.numbers.numeral import Numeral

#: Behind the figure, in brackets: 3.6 (million).
_WRAPPED = re.compile(r" ?\((million|millions|mio|mil|mn|m|thousand|k)(?: ?(?:rmb|cny|yuan))?\)")
#: 3 wan 5, 2 million 6: a tenth of the unit left out, as in Chinese.
_TENTH_BEHIND = re.compile(
    r" (?P<tenth>[1-9])(?= ?(?:$|[.,;!?)](?!\d)| (?:of|in|but|and|only|last|this|now|all|total|one|rmb|yuan|because)\b))"
)
#: 1 million 800 thousand, 2 million 1 hundred thousand.
_THOUSANDS_BEHIND = re.compile(
    r" (?:and )?(?:(?P<count>[1-9]\d{0,2})(?: thousands?|k)|(?P<hundreds>[1-9]) hundreds? thousands?"
    rf"|(?P<said>{DIGITS}) hundreds? thousands?)(?![a-z])"
)
#: 3 hundred fifty thousand: digits that go on in words.
_TENS_BEHIND = re.compile(
    rf" (?:and )?(?P<tens>{'|'.join(TENS)})(?:[ -](?P<ones>{DIGITS}))?"
    r"(?= thousands?(?![a-z]))"
)


def in_brackets(text: str, number: Numeral | None) -> Numeral | None:
    """3.6 (million): the number times the scale in brackets behind it, or None where there is none."""
    wrapped = _WRAPPED.match(text, number.end) if number is not None and number.plain else None
    if number is None or wrapped is None:
        return None
    value = number.value * SCALES[wrapped[1]]
    return Numeral(value, value, value, wrapped.end(), scaled=True)


def with_scale(text: str, number: Numeral | None) -> Numeral | None:
    """50 thousand, 1.5m, 2 and a half million: digits with an English scale behind them."""
    if number is None or not number.plain:
        return number
    value, end, scaled = number.value, number.end, False
    odd = ODD.match(text, end)
    if odd:
        end = odd.end()
    half = AND_HALF.match(text, end)
    if half:
        value, end = value + Decimal("0.5"), half.end()
    while (word := WORD.match(text, end)) and word[1] in SCALES:
        if word[1] in ("k", "m", "w") and text[end] == "-":
            break
        value, end, scaled = value * SCALES[word[1]], word.end(), scaled or SCALES[word[1]] > 100
        tens = _TENS_BEHIND.match(text, end) if value < 1000 else None
        if tens:
            value, end = value + TENS[tens["tens"]] + ONES.get(tens["ones"] or "zero", 0), tens.end()
        half = AND_HALF.match(text, end)
        if half:
            value, end = value + Decimal(SCALES[word[1]]) / 2, half.end()
    if end == number.end:
        return number
    value, end = _with_rest(text, value, end)
    return Numeral(value, value, value, end, odd is not None, scaled, plain=not scaled)


def _with_rest(text: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    """Millions with the thousands or the tenth told behind them."""
    more = _THOUSANDS_BEHIND.match(text, end) if value >= 10**6 and value % 10**6 == 0 else None
    if more:
        value, end = value + Decimal(more["count"] or int(more["hundreds"] or ONES[more["said"]]) * 100) * 1000, more.end()
    tenth = _TENTH_BEHIND.match(text, end) if not more and text[:end].endswith((" wan", " million", " mil")) else None
    if tenth:
        value, end = value + Decimal(tenth["tenth"]) * SCALES[text[:end].rpartition(" ")[2]] / 10, tenth.end()
    return value, end
