"""English numbers in words: two hundred thousand, half a mil, three quarters of a million."""

from __future__ import annotations

import re
from decimal import Decimal

from nlu.numbers.english_words import AND_HALF, DIGITS, ODD, ONES, SCALES, TENS, WORD
from nlu.numbers.numeral import Numeral

_WORDS = "|".join(sorted([*ONES, *TENS], key=len, reverse=True))
_LARGE = r"(?:grand|thou(?:s|sands?)?|tousand|thousend|thosand|milion|millon|mil|mills?|mios?|millions?|lakhs?|crores?|billions?)"
_SMALL = frozenset({*ONES, *TENS})
_GOES_ON = re.compile(rf"(?:[ -](?:{_WORDS}))?[ -](?:hundred|{_LARGE})(?![a-z])")
#: `hundred grand` and `hundred seventy five` begin without a number in front, `few hundred` begins with none.
_BARE_HUNDRED = rf"(?<!few )(?<!several )(?<!many )(?<!some )(?<!couple )hundred(?=[ -](?:and )?(?:{_LARGE}|{_WORDS})(?![a-z]))"
EN_START = re.compile(
    rf"(?:quarter(?= of an? mil)|half an?"
    rf"|half(?=[- ]{_LARGE}(?![a-z]))|an?(?= half[- ]{_LARGE}(?![a-z]))|an?|{_WORDS}|{_BARE_HUNDRED})(?![a-z])"
)

_QUARTER = re.compile(r"(?:(?P<many>an?|one|three) )?quarters? (?:of )?(?:an? )?mil(?:lion)?(?![a-z])")
#: one and a quarter million, a million and a quarter
_AND_QUARTER = re.compile(r" (?:and|n|&) (?:a|one) quarter(?= (?:million|lakh|crore|years?)|$|[ ,.;!?])(?! of)")
#: one point three, one-point-five
_POINT = re.compile(r"[ -]point((?:[ -](?:zero|oh|" + DIGITS + r"))+)(?![a-z])")
#: four eighty k, six forty-five thousand: hundreds left out in speech. "Five ten thousand" may be fifty thousand and is not among them.
_SPOKEN_HUNDREDS = re.compile(
    rf"(?P<hundreds>{DIGITS}) "
    rf"(?P<tens>{'|'.join([*TENS, *(word for word, value in ONES.items() if value > 10)])})"
    rf"(?:[ -](?P<ones>{DIGITS}))?"
    r" (?:k|grand|thou(?:sand)?)(?![a-z])"
)
#: One hundred twelve thousand, four hundred: a comma inside a number in words.
_COMMA_WITHIN = re.compile(rf",(?= (?:{_WORDS}) hundred(?: thousand)? ?(?:$|[.;!?]|yuan\b|rmb\b))")


def read_english(text: str, first: re.Match[str]) -> Numeral | None:
    """The number in words that begins with this match of EN_START; None when it is only an article."""
    quarter = _QUARTER.match(text, first.start())
    if quarter:
        value = Decimal(750_000 if quarter["many"] == "three" else 250_000)
        return Numeral(value, value, value, quarter.end(), scaled=True)
    spoken = _SPOKEN_HUNDREDS.match(text, first.start())
    if spoken:
        tens, ones = spoken["tens"], spoken["ones"]
        small = ONES[ones] if ones else 0
        value = Decimal(100 * ONES[spoken["hundreds"]] + (TENS.get(tens) or ONES.get(tens, 0)) + small) * 1000
        return Numeral(value, value, value, spoken.end(), scaled=True)
    number, end = _Sum(first[0]), first.end()
    while True:
        point = _POINT.match(text, end)
        if point and number.point(re.split("[ -]", point[1].strip(" -"))):
            end = point.end()
        odd = ODD.match(text, end)
        if odd and number.seen:
            number.approximate, end = True, odd.end()
        half, quarter = AND_HALF.match(text, end), _AND_QUARTER.match(text, end)
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
    word = WORD.match(text, at)
    if word and word[1] == "and" and number.seen:
        after = WORD.match(text, word.end())
        word = after if after and after[1] in _SMALL else word
    # Nobody means 5,000,002 by "five million two": a small number that is not tenths and does not go on is one of its own.
    ends = word and number.in_millions and word[1] in _SMALL and not (_GOES_ON.match(text, word.end()) or _TENTH.match(text, at))
    return None if ends else word


#: two million eight: tenths of the million, unless the small number counts something of its own or goes on.
_TENTH = re.compile(
    r" (" + DIGITS + r")(?![a-z-])"
    r"(?= ?(?:$|[,.;:!?)]|yuan|rmb|kuai|last|this|in|for|from|over|and|but|so|since|per|a|each|every|all|on|at|to)(?![a-z]))"
    rf"(?! (?:and )?(?:{_WORDS}|hundred|{_LARGE})(?![a-z]))"
)


class _Sum:
    """A number in words as it grows: what the scales so far have fixed, and the part before the next scale."""

    def __init__(self, word: str) -> None:
        self.total, self.current = Decimal(0), Decimal(ONES.get(word, TENS.get(word, 1)))
        if word.startswith("half"):
            self.current = Decimal("0.5")
        elif word == "hundred":
            self.current = Decimal(100)
        self.seen = word in ONES or word in TENS or word == "hundred"
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
        self.current += Decimal("0." + "".join(str(ONES.get(digit, 0)) for digit in digits))
        return True

    def tenths(self, digit: str) -> bool:
        """Adds the last word of "two million eight"."""
        if not self.in_millions:
            return False
        self.current = Decimal(ONES[digit] * self.last_scale) / 10
        return True

    def take(self, word: str) -> bool:
        """Adds a word; False when it does not belong to the number."""
        if word in ("couple", "dozen") and not self.seen:
            self.current, self.approximate = Decimal(2) if word == "couple" else self.current * 12, word == "couple"
        elif word == "of" and self.approximate:
            return True
        elif word in SCALES and (len(word) > 1 or (word == "k" and self.seen)):
            self._scale(SCALES[word])
        elif word == "half" and not self.seen:
            self.current = Decimal("0.5")
        elif word in ONES and self.seen and self.current % 10 == 0:
            self.current += ONES[word]
        elif word in TENS and self.seen and self.current % 100 == 0:
            self.current += TENS[word]
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
