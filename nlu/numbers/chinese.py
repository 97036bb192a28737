"""Chinese numbers and numbers in digits with Chinese units: 三百五十, 两千八, 1万2, 五十来, 七八十, 1.2亿, 一个亿, 50w."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from nlu.numbers.numeral import Numeral

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3}

ZH_DIGIT = {char: str(value) for value, char in enumerate("零一二三四五六七八九")}
SMALL = {"十": 10, "百": 100, "千": 1000}

_TENS = {"廿": 20, "卅": 30}

_LARGE = {"万": 10**4, "w": 10**4, "亿": 10**8, "k": 10**3}

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d+(?:\.\d+)?")

_AFTER_LATIN = re.compile(r"[a-z]")

_WRAPPED = re.compile(r" ?\((万|亿)元?\)")


#: A span of time, a date or a word of its own behind a number, which does not belong to it: 8万一个月, 30万二十四期, 19万8一分没给.
_BEGINS = re.compile(
    r"(?:[一二两三四五六七八九](?:[年天季期次岁]|个[月季])|一[直共起般分毛座家台辆间套笔栋户条]|一个(?![亿万w])|[一二三四五六七八九十]{1,2}月(?![供还付租入均])"
    r"|[一二两三四五六七八九]?十[一二三四五六七八九]?(?:[年天期]|个[月季]))"
)
#: Behind digits that follow a large unit: they count something of its own (40万3年, 80万12个人).
_COUNTED = re.compile(r" ?(?:[年天季期次岁月号日人名位口台辆家间套%]|个(?:月|季|人|员|点|股|工|店|车|客))")

#: A decimal without a large unit behind it is no part of the number before it: 85万7.8的利息.
_OF_ITS_OWN = re.compile(r"\d+\.\d+(?! ?[万亿wk])")
#: Typed with blanks: the unit behind its number; 8 万 6, where a last digit stands for tenths of the unit all the same.
_UNIT_APART = re.compile(r" (?:[万亿]|w(?=$|[ ，,]))")
_TENTH_APART = re.compile(r"(?<=\d [万亿]) [1-9](?=$|[，。,;；!！])")


@dataclass(frozen=True)
class _Token:
    kind: str  # digit, number, small, large, odd, zero
    value: Decimal
    end: int


def read_chinese(text: str, at: int) -> Numeral | None:
    tokens = _tokens(text, at)
    if not tokens:
        return None
    end, kinds = tokens[-1].end, [token.kind for token in tokens]
    han = not any(kind == "number" for kind in kinds)
    scaled = any(kind == "large" for kind in kinds)
    if kinds[0] == "odd":
        return Numeral(Decimal(0), Decimal(0), Decimal(0), end, vague=True, scaled=scaled, han=han)
    if kinds[0] in ("small", "large") and text[at] != "十" and text[at + 1 : at + 2] not in ("来", "把", "八", "十"):
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
    if kinds[0] in ("small", "large") and text[at] != "十" and text[at + 1] not in ("来", "把"):
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
        return _arabic(text, place, last)
    if char in DIGITS:
        if last == "number" or (last == "large" and _begins_span(text, place)):
            return None
        if last == "digit" and text[place - 1] in "俩仨":  # 俩一人 is no 21
            return None
        begins = last == "digit" and len(before) > 1 and before[-2].kind in ("large", "small") and _begins_span(text, place)
        if begins and not (text[place - 2] == "十" and DIGITS[char] == DIGITS.get(text[place - 1], 0) + 1):  # 十五六年 is a pair
            return None
        return _Token("digit", Decimal(DIGITS[char]), place + 1)
    if char in _TENS and last in ("", "small", "zero"):
        return _Token("tens", Decimal(_TENS[char]), place + 1)
    if char in SMALL:
        return _Token("small", Decimal(SMALL[char]), place + 1) if last != "large" or char != "十" else None
    if char in _LARGE:
        if char in "wk" and (not before or (last != "number" and char == "k") or _AFTER_LATIN.match(text, place + 1)):
            return None
        return _Token("large", Decimal(_LARGE[char]), place + 1)
    return _next_particle(text, place, before)


def _arabic(text: str, place: int, last: str) -> _Token | None:
    match = _ARABIC.match(text, place) if last in ("", "large", "small") else None
    if match is None or (last == "large" and (_COUNTED.match(text, match.end()) or _OF_ITS_OWN.match(text, place))):
        return None
    return _Token("number", Decimal(match[0].replace(",", "")), match.end())


def _begins_span(text: str, place: int) -> bool:
    """Whether the digit here begins a span (8万一个月, 15万三年) and so does not belong to the number before it."""
    # 四百零一个人: behind 零 it belongs to the number.
    return text[place - 1 : place] != "零" and _BEGINS.match(text, place) is not None


def _next_particle(text: str, place: int, before: list[_Token]) -> _Token | None:
    char, follow = text[place], text[place + 1 : place + 2]
    last = before[-1].kind if before else ""
    if char == "把" and last in ("small", "large") and len(before) == 1 and follow in ("万", "块", "个", "人", "号"):  # 百把万, 万把块
        return _Token("odd", Decimal(0), place + 1)
    if char == "几" and (
        (not before and follow and follow in "十百千万亿") or last == "small" or (text[place - 1] == "零" and len(before) > 1)
    ):
        return _Token("odd", Decimal(0), place + 1)
    if char == "单" and last == "small" and follow in DIGITS:
        return _Token("zero", Decimal(0), place + 1)
    if char in "来多余" and last in ("small", "large", "number"):
        return (
            _Token("odd", Decimal(0), place + 1)
            if follow and (follow in "万亿千百w个块元人年名天家位次月岁间台辆项号口条件平亩头吨单户期米")
            else None
        )
    if char == "点" and last == "digit" and follow in DIGITS and follow and text[place + 2 : place + 3] not in ("点", "分"):
        return _Token("point", Decimal(0), place + 1)
    if last == "number" and (wrapped := _WRAPPED.match(text, place)):
        return _Token("large", Decimal(_LARGE[wrapped[1]]), wrapped.end())
    if char == "个" and before and follow and follow in "亿万w" and last in ("digit", "small", "number", "pair", "half", "odd"):
        return _Token("skip", Decimal(0), place + 1)
    if (char == "半" and not before and text[place + 1 : place + 3] in ("个亿", "个月")) or (
        char == "半" and not before and follow in ("年", "成")
    ):
        return _Token("half", Decimal("0.5"), place + 1)
    return _Token("skip", Decimal(0), place + 1) if char == " " and _goes_on(text, place, last) else None


def _goes_on(text: str, place: int, last: str) -> bool:
    """Whether the number goes on behind a blank: 8 万, 30 w, 8 万 6."""
    if last == "large":
        return _TENTH_APART.match(text, place) is not None
    return last == "number" and _UNIT_APART.match(text, place) is not None


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
    unit, place = Decimal(0), Decimal(0)
    for token in tokens:
        if token.kind == "small":
            section += (Decimal(1) if current is None else current) * token.value
            current, unit, place = None, token.value, Decimal(0)
        elif token.kind == "tens":
            section, current, unit, place = section + token.value, None, Decimal(10), Decimal(0)
        elif token.kind == "large":
            part = section + (current or Decimal(0))
            total = (total + (part or 1)) * token.value if token.value == 10**8 else total + (part or 1) * token.value
            section, current, unit, place = Decimal(0), None, token.value, Decimal(0)
        elif token.kind == "point":
            place = Decimal("0.1")
        elif token.kind in ("zero", "odd"):
            unit = Decimal(0)
        elif place:
            current, place = (current or Decimal(0)) + token.value * place, place / 10
        elif current is not None:
            return None
        else:
            current = token.value
            # 两千八, 三万五: a last digit stands for tenths of the unit before it
            if unit >= 100 and token is tokens[-1] and 0 < current < 10 and current == current.to_integral_value():
                return total + section + current * unit / 10
            unit = Decimal(0)
    return total + section + (current or Decimal(0))
