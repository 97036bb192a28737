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
        12: "dozen dozens",
        100: "hundred hundreds",
        10**3: "thousand thousands tousand thousend thosand thousnd grand thou thous k",
        10**4: "w wan",
        10**5: "lakh lakhs lac lacs",
        10**6: "million millions milion millon milions mil mill mn mln mio mios m",
        10**7: "crore crores",
        10**8: "yi",
        10**9: "billion bn bil",
    }.items()
    for word in words.split()
}
_EN_WORD = re.compile(r"[ -]?([a-z]+)(?![a-z])")

#: Behind the figure, in brackets: 3.6 (million).
_WRAPPED = re.compile(r" ?\((million|millions|mio|mil|mn|m|thousand|k)(?: ?(?:rmb|cny|yuan))?\)")

_WORDS = "|".join(sorted([*_EN_ONES, *_EN_TENS], key=len, reverse=True))
_LARGE = r"(?:grand|thou(?:s|sands?)?|tousand|thousend|thosand|milion|millon|mil|mills?|mios?|millions?|lakhs?|crores?|billions?)"
_SMALL = frozenset({*_EN_ONES, *_EN_TENS})
_GOES_ON = re.compile(rf"(?:[ -](?:{_WORDS}))?[ -](?:hundred|{_LARGE})(?![a-z])")
#: `hundred grand` and `hundred seventy five` begin without a number in front, `few hundred` begins with none.
_BARE_HUNDRED = rf"(?<!few )(?<!several )(?<!many )(?<!some )(?<!couple )hundred(?=[ -](?:and )?(?:{_LARGE}|{_WORDS})(?![a-z]))"
EN_START = re.compile(
    rf"(?:quarter(?= of an? mil)|half an?"
    rf"|half(?=[- ]{_LARGE}(?![a-z]))|an?(?= half[- ]{_LARGE}(?![a-z]))|an?|{_WORDS}|{_BARE_HUNDRED})(?![a-z])"
)

_QUARTER = re.compile(r"(?:(?P<many>an?|one|three) )?quarters? (?:of )?(?:an? )?mil(?:lion)?(?![a-z])")
#: 3 wan 5, 2 million 6: a tenth of the unit left out, as in Chinese.
_TENTH_BEHIND = re.compile(
    r" (?P<tenth>[1-9])(?= ?(?:$|[.,;!?)](?!\d)| (?:of|in|but|and|only|last|this|now|all|total|one|rmb|yuan|because)\b))"
)
#: 1 million 800 thousand, 2 million 1 hundred thousand.
_THOUSANDS_BEHIND = re.compile(r" (?:and )?(?:(?P<count>[1-9]\d{0,2})(?: thousands?|k)|(?P<hundreds>[1-9]) hundreds? thousands?)(?![a-z])")
#: 3 hundred fifty thousand: digits that go on in words.
_TENS_BEHIND = re.compile(
    rf" (?:and )?(?P<tens>{'|'.join(_EN_TENS)})(?:[ -](?P<ones>{'|'.join(word for word, value in _EN_ONES.items() if 0 < value < 10)}))?"
    r"(?= thousands?(?![a-z]))"
)
_EN_AND_HALF = re.compile(r" (?:and|n|&) (?:a half|half(?= (?:years?|yrs?|months?|million|percent|per cent|%)))(?![a-z])")
#: one and a quarter million, a million and a quarter
_EN_AND_QUARTER = re.compile(r" (?:and|n|&) (?:a|one) quarter(?= (?:million|lakh|crore|years?)|$|[ ,.;!?])(?! of)")
#: one point three, one-point-five
_POINT = re.compile(
    r"[ -]point((?:[ -](?:zero|oh|" + "|".join(word for word, value in _EN_ONES.items() if 0 < value < 10) + r"))+)(?![a-z])"
)
#: four eighty k, six forty-five thousand: hundreds left out in speech. "Five ten thousand" may be fifty thousand and is not among them.
_SPOKEN_HUNDREDS = re.compile(
    rf"(?P<hundreds>{'|'.join(word for word, value in _EN_ONES.items() if 0 < value < 10)}) "
    rf"(?P<tens>{'|'.join([*_EN_TENS, *(word for word, value in _EN_ONES.items() if value > 10)])})"
    rf"(?:[ -](?P<ones>{'|'.join(word for word, value in _EN_ONES.items() if 0 < value < 10)}))?"
    r" (?:k|grand|thou(?:sand)?)(?![a-z])"
)
#: 60-odd, 700-odd thousand, 50+ people: as much and a little more.
_ODD = re.compile(r"(?:[- ](?:odd|something)|-(?:some|plus|ish)|\+)(?= ?[a-z])")

#: One hundred twelve thousand, four hundred: a comma inside a number in words.
_COMMA_WITHIN = re.compile(rf",(?= (?:{_WORDS}) hundred(?: thousand)? ?(?:$|[.;!?]|yuan\b|rmb\b))")


def in_brackets(text: str, number: Numeral | None) -> Numeral | None:
    """3.6 (million): the number times the scale in brackets behind it, or None where there is none."""
    wrapped = _WRAPPED.match(text, number.end) if number is not None and number.plain else None
    if number is None or wrapped is None:
        return None
    value = number.value * _EN_SCALES[wrapped[1]]
    return Numeral(value, value, value, wrapped.end(), scaled=True)


def with_scale(text: str, number: Numeral | None) -> Numeral | None:
    """50 thousand, 1.5m, 2 and a half million: digits with an English scale behind them."""
    if number is None or not number.plain:
        return number
    value, end, scaled = number.value, number.end, False
    odd = _ODD.match(text, end)
    if odd:
        end = odd.end()
    half = _EN_AND_HALF.match(text, end)
    if half:
        value, end = value + Decimal("0.5"), half.end()
    while (word := _EN_WORD.match(text, end)) and word[1] in _EN_SCALES:
        if word[1] in ("k", "m", "w") and text[end] == "-":
            break
        value, end, scaled = value * _EN_SCALES[word[1]], word.end(), scaled or _EN_SCALES[word[1]] > 100
        tens = _TENS_BEHIND.match(text, end) if value < 1000 else None
        if tens:
            value, end = value + _EN_TENS[tens["tens"]] + _EN_ONES.get(tens["ones"] or "zero", 0), tens.end()
        half = _EN_AND_HALF.match(text, end)
        if half:
            value, end = value + Decimal(_EN_SCALES[word[1]]) / 2, half.end()
    if end == number.end:
        return number
    value, end = _with_rest(text, value, end)
    return Numeral(value, value, value, end, odd is not None, scaled, plain=not scaled)


def _with_rest(text: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    """Millions with the thousands or the tenth told behind them."""
    more = _THOUSANDS_BEHIND.match(text, end) if value >= 10**6 and value % 10**6 == 0 else None
    if more:
        value, end = value + Decimal(more["count"] or int(more["hundreds"]) * 100) * 1000, more.end()
    tenth = _TENTH_BEHIND.match(text, end) if not more and text[:end].endswith((" wan", " million", " mil")) else None
    if tenth:
        value, end = value + Decimal(tenth["tenth"]) * _EN_SCALES[text[:end].rpartition(" ")[2]] / 10, tenth.end()
    return value, end


def read_english(text: str, first: re.Match[str]) -> Numeral | None:
    """The number in words that begins with this match of EN_START; None when it is only an article."""
    quarter = _QUARTER.match(text, first.start())
    if quarter:
        value = Decimal(750_000 if quarter["many"] == "three" else 250_000)
        return Numeral(value, value, value, quarter.end(), scaled=True)
    spoken = _SPOKEN_HUNDREDS.match(text, first.start())
    if spoken:
        tens, ones = spoken["tens"], spoken["ones"]
        small = _EN_ONES[ones] if ones else 0
        value = Decimal(100 * _EN_ONES[spoken["hundreds"]] + (_EN_TENS.get(tens) or _EN_ONES.get(tens, 0)) + small) * 1000
        return Numeral(value, value, value, spoken.end(), scaled=True)
    number, end = _Sum(first[0]), first.end()
    while True:
        point = _POINT.match(text, end)
        if point and number.point(re.split("[ -]", point[1].strip(" -"))):
            end = point.end()
        odd = _ODD.match(text, end)
        if odd and number.seen:
            number.approximate, end = True, odd.end()
        half, quarter = _EN_AND_HALF.match(text, end), _EN_AND_QUARTER.match(text, end)
        part = half or quarter
        if part and number.add_part(Decimal("0.5") if half else Decimal("0.25")):
            end = part.end()
        comma = _COMMA_WITHIN.match(text, end) if number.last_scale >= 1000 and not number.current else None
        end = comma.end() if comma else end
        word = _next_word(text, end, number)
        tenth = _TENTH.match(text, end)
        if word is not None and tenth and number.tenths(tenth[1]):
            end = tenth.end()
            break
        if word is None or not number.take(word[1]):
            break
        end = word.end()
    if not number.seen:
        return None
    value = number.total + number.current
    return Numeral(value, value, value, end, number.approximate, number.last_scale > 100, plain=number.last_scale <= 100)


def _next_word(text: str, at: int, number: _Sum) -> re.Match[str] | None:
    """The next word that may belong to a number, an "and" left out; None where the number ends."""
    word = _EN_WORD.match(text, at)
    if word and word[1] == "and" and number.seen:
        after = _EN_WORD.match(text, word.end())
        word = after if after and after[1] in _SMALL else word
    # Nobody means 5,000,002 by "five million two": a small number that is not tenths and does not go on is one of its own.
    ends = word and number.in_millions and word[1] in _SMALL and not (_GOES_ON.match(text, word.end()) or _TENTH.match(text, at))
    return None if ends else word


#: two million eight: tenths of the million, unless the small number counts something of its own or goes on.
_TENTH = re.compile(
    r" (" + "|".join(word for word, value in _EN_ONES.items() if 0 < value < 10) + r")(?![a-z-])"
    r"(?= ?(?:$|[,.;:!?)]|yuan|rmb|kuai|last|this|in|for|from|over|and|but|so|since|per|a|each|every|all|on|at|to)(?![a-z]))"
    rf"(?! (?:and )?(?:{_WORDS}|hundred|{_LARGE})(?![a-z]))"
)


class _Sum:
    """A number in words as it grows: what the scales so far have fixed, and the part before the next scale."""

    def __init__(self, word: str) -> None:
        self.total, self.current = Decimal(0), Decimal(_EN_ONES.get(word, _EN_TENS.get(word, 1)))
        if word.startswith("half"):
            self.current = Decimal("0.5")
        elif word == "hundred":
            self.current = Decimal(100)
        self.seen = word in _EN_ONES or word in _EN_TENS or word == "hundred"
        self.approximate, self.last_scale = False, 1

    def add_part(self, part: Decimal) -> bool:
        """Adds the half of "one and a half" or "a million and a half", or a quarter."""
        if self.seen and self.last_scale == 1:
            self.current += part
        elif self.last_scale > 100:
            self.total += self.last_scale * part
        else:
            return False
        return True

    def point(self, digits: list[str]) -> bool:
        """Adds the tenths of "one point three"."""
        if not self.seen or self.last_scale > 1:
            return False
        self.current += Decimal("0." + "".join(str(_EN_ONES.get(digit, 0)) for digit in digits))
        return True

    def tenths(self, digit: str) -> bool:
        """Adds the last word of "two million eight"."""
        if not self.in_millions:
            return False
        self.current = Decimal(_EN_ONES[digit] * self.last_scale) / 10
        return True

    def take(self, word: str) -> bool:
        """Adds a word; False when it does not belong to the number."""
        if word in ("couple", "dozen") and not self.seen:
            self.current, self.approximate = Decimal(2) if word == "couple" else self.current * 12, word == "couple"
        elif word == "of" and self.approximate:
            return True
        elif word in _EN_SCALES and (len(word) > 1 or (word == "k" and self.seen)):
            self._scale(_EN_SCALES[word])
        elif word == "half" and not self.seen:
            self.current = Decimal("0.5")
        elif word in _EN_ONES and self.seen and self.current % 10 == 0:
            self.current += _EN_ONES[word]
        elif word in _EN_TENS and self.seen and self.current % 100 == 0:
            self.current += _EN_TENS[word]
        else:
            return False
        self.seen = True
        return True

    @property
    def in_millions(self) -> bool:
        """Whether a large unit or wan was the last word."""
        return (self.last_scale == 10**4 or self.last_scale >= 10**6) and not self.current

    def _scale(self, scale: int) -> None:
        part = self.current or Decimal(1)
        if scale <= 100:
            self.current = part * scale
        else:
            self.total, self.current = self.total + part * scale, Decimal(0)
        self.last_scale = max(self.last_scale, scale) if scale <= 100 else scale
