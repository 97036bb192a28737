"""Numbers as people write them, Chinese and English, up to but not including the unit behind them.

`read` works on normalised text (nlu.text). It knows 三百五十, 两千八 (2,800), 1万2 (12,000), 五十来, 七八十 (70 to 80), 1.2亿, 一个亿,
50w, 200k, half a mil, two hundred thousand, 300 grand. What is too vague to carry a value (几十, 好几万) is reported as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "w": 10**4, "亿": 10**8, "k": 10**3}
_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")
_AFTER_LATIN = re.compile(r"[a-z]")
_WRAPPED = re.compile(r" ?\((万|亿)元?\)")

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
_EN_START = re.compile(r"(?:half an?|an?|" + "|".join(sorted([*_EN_ONES, *_EN_TENS], key=len, reverse=True)) + r")(?![a-z])")
_EN_AND_HALF = re.compile(r" (?:and|n|&) a half(?![a-z])")


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


@dataclass(frozen=True)
class _Token:
    kind: str  # digit, number, small, large, odd, zero
    value: Decimal
    end: int


def read(text: str, at: int) -> Numeral | None:
    """The number that begins at this place of a normalised text, or None."""
    char = text[at]
    if char.isdigit() and char.isascii():
        return _english_scale(text, _chinese(text, at), at)
    if char in _DIGITS or char in _SMALL or char in "几万半":
        return _chinese(text, at)
    match = _EN_START.match(text, at) if "a" <= char <= "z" else None
    return _english(text, at, match) if match else None


def _english_scale(text: str, number: Numeral | None, at: int) -> Numeral | None:
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


def _english(text: str, at: int, first: re.Match[str]) -> Numeral | None:
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


def _chinese(text: str, at: int) -> Numeral | None:
    tokens = _tokens(text, at)
    if not tokens:
        return None
    end, kinds = tokens[-1].end, [token.kind for token in tokens]
    han = not any(kind == "number" for kind in kinds)
    scaled = any(kind == "large" for kind in kinds)
    if kinds[0] == "odd":
        return Numeral(Decimal(0), Decimal(0), Decimal(0), end, vague=True, scaled=scaled, han=han)
    if kinds[0] in ("small", "large") and text[at] != "十" and text[at + 1 : at + 2] not in ("来", "八", "十"):
        return None
    if kinds in (["large"], ["small"]) and text[at] != "十":
        return None
    if "pair" in kinds:
        low, high = (_value(_pick(tokens, side)) for side in (0, 1))
        if low is None or high is None or low >= high:
            return None
        return Numeral((low + high) / 2, low, high, end, True, scaled, han=han)
    value = _value(tokens)
    if value is None:
        return None
    if kinds[0] in ("small", "large") and text[at] != "十" and text[at + 1] != "来":
        base = tokens[0].value * (tokens[-1].value if kinds[-1] == "large" else 1)
        return Numeral(base, min(base, value), max(base, value), end, True, scaled, han=han, readings=(base, value))
    odd = next((token for token in tokens if token.kind == "odd"), None)
    if odd is not None:
        top = _value([token if token.kind != "odd" else _Token("odd", odd.value * 2, token.end) for token in tokens])
        step = _odd_step(tokens)
        base = value
        return Numeral(base, base, base + step if top is not None else base, end, True, scaled, han=han)
    plain = kinds == ["number"] or kinds == ["digit"]
    return Numeral(value, value, value, end, scaled=scaled, han=han, plain=plain)


def _odd_step(tokens: list[_Token]) -> Decimal:
    """How far 多, 来 and 几 may reach: one of the unit before them, times the large unit behind them."""
    place = next(index for index, token in enumerate(tokens) if token.kind == "odd")
    before, after = tokens[:place], tokens[place + 1 :]
    last = before[-1]
    if last.kind in ("small", "large"):
        step = last.value
    else:
        step = Decimal(1)
        while last.value and last.value % (step * 10) == 0:
            step *= 10
    for token in after:
        if token.kind == "large":
            step *= token.value
    return step


def _pick(tokens: list[_Token], side: int) -> list[_Token]:
    return [
        token if token.kind != "pair" else _Token("digit", token.value // 10 if side == 0 else token.value % 10, token.end)
        for token in tokens
    ]


def _tokens(text: str, at: int) -> list[_Token]:
    tokens: list[_Token] = []
    place, size = at, len(text)
    while place < size:
        token = _next(text, place, tokens)
        if token is None:
            break
        if token.kind != "skip":
            tokens.append(token)
        place = token.end
    return _join_digits(tokens)


def _next(text: str, place: int, before: list[_Token]) -> _Token | None:
    char = text[place]
    last = before[-1].kind if before else ""
    if char.isascii() and char.isdigit():
        if last not in ("", "large", "small"):
            return None
        match = _ARABIC.match(text, place)
        return _Token("number", Decimal(match[0].replace(",", "")), match.end()) if match else None
    if char in _DIGITS:
        if last == "number" or (last == "large" and _begins_span(text, place)):
            return None
        return _Token("digit", Decimal(_DIGITS[char]), place + 1)
    if char in _SMALL:
        return _Token("small", Decimal(_SMALL[char]), place + 1) if last != "large" or char != "十" else None
    if char in _LARGE:
        if char in "wk" and (not before or (last != "number" and char == "k") or _AFTER_LATIN.match(text, place + 1)):
            return None
        return _Token("large", Decimal(_LARGE[char]), place + 1)
    return _next_particle(text, place, before)


def _begins_span(text: str, place: int) -> bool:
    """Whether the digit here begins a span (8万一个月, 15万三年) and so does not belong to the number before it."""
    return text[place + 1 : place + 2] in ("年", "天", "季", "期", "次", "岁") or text[place + 1 : place + 3] in ("个月", "个季")


def _next_particle(text: str, place: int, before: list[_Token]) -> _Token | None:
    char, follow = text[place], text[place + 1 : place + 2]
    last = before[-1].kind if before else ""
    if char == "几" and ((not before and follow and follow in "十百千万亿") or last == "small"):
        return _Token("odd", Decimal(0), place + 1)
    if char in "来多余" and last in ("small", "large", "number"):
        return (
            _Token("odd", Decimal(0), place + 1)
            if follow and (follow in "万亿千百w个块元人年名天家位次月岁间台辆项号口条件平亩头吨单户期米")
            else None
        )
    if char == "点" and last == "digit" and follow in _DIGITS and follow and text[place + 2 : place + 3] not in ("点", "分"):
        return _Token("point", Decimal(0), place + 1)
    if last == "number" and (wrapped := _WRAPPED.match(text, place)):
        return _Token("large", Decimal(_LARGE[wrapped[1]]), wrapped.end())
    if char == "个" and before and follow and follow in "亿万w" and last in ("digit", "small", "number", "pair", "half", "odd"):
        return _Token("skip", Decimal(0), place + 1)
    if (char == "半" and not before and text[place + 1 : place + 3] in ("个亿", "个月")) or (
        char == "半" and not before and follow in ("年", "成")
    ):
        return _Token("half", Decimal("0.5"), place + 1)
    if (
        char == " "
        and last in ("number",)
        and follow
        and (follow in "万亿" or (follow == "w" and text[place + 2 : place + 3] in ("", " ", "，", ",")))
    ):
        return _Token("skip", Decimal(0), place + 1)
    return None


def _join_digits(tokens: list[_Token]) -> list[_Token]:
    """Adjacent digits: 七八 is a pair (7 to 8), 二零二一 is a row of digits, 零 only holds a place."""
    joined: list[_Token] = []
    place = 0
    while place < len(tokens):
        run = place
        while run < len(tokens) and tokens[run].kind == "digit":
            run += 1
        digits = [int(token.value) for token in tokens[place:run]]
        pointed = bool(joined) and joined[-1].kind == "point"
        if len(digits) <= 1 or pointed:
            width = max(run - place, 1)
            joined.extend(tokens[place : place + width])
        elif digits[0] == 0 and len(digits) == 2 and joined:
            joined.extend((_Token("zero", Decimal(0), tokens[place].end), tokens[run - 1]))
        elif len(digits) == 2 and 0 < digits[0] < digits[1] and (digits[1] - digits[0] == 1 or digits == [3, 5]):
            joined.append(_Token("pair", Decimal(digits[0] * 10 + digits[1]), tokens[run - 1].end))
        else:
            joined.append(_Token("row", Decimal("".join(map(str, digits))), tokens[run - 1].end))
        place = max(run, place + 1)
    return joined


def _value(tokens: list[_Token]) -> Decimal | None:
    """What the tokens add up to, or None when they do not make a number."""
    total, section, current = Decimal(0), Decimal(0), None
    unit, after_unit, point = Decimal(1), False, Decimal(0)
    for token in tokens:
        if token.kind in ("digit", "number", "row", "half"):
            if point:
                current = (current or Decimal(0)) + token.value * point
                point /= 10
                continue
            if current is not None:
                return None
            current = token.value
            tail = after_unit and unit >= 100 and token is tokens[-1] and 0 < current < 10 and current == current.to_integral_value()
            if tail:
                return total + section + current * unit / 10
            after_unit = False
        elif token.kind == "point":
            point = Decimal("0.1")
        elif token.kind == "small":
            section += (Decimal(1) if current is None else current) * token.value
            current, unit, after_unit, point = None, token.value, True, Decimal(0)
        elif token.kind == "large":
            section += current if current is not None else Decimal(0)
            if token.value == 10**8:
                total = (total + (section or 1)) * token.value
            else:
                total += (section or 1) * token.value
            section, current, unit, after_unit, point = Decimal(0), None, token.value, True, Decimal(0)
        elif token.kind in ("zero", "odd"):
            after_unit = False
    return total + section + (current or Decimal(0))
