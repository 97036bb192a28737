"""English number words and what they are worth, and what may stand behind a number: "and a half", "-odd"."""

from __future__ import annotations

import re

ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten".split()
        + "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {word: 10 * (rank + 2) for rank, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
SCALES = {
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
#: One to nine, as alternatives.
DIGITS = "|".join(word for word, value in ONES.items() if 0 < value < 10)
WORD = re.compile(r"[ -]?([a-z]+)(?![a-z])")
AND_HALF = re.compile(r" (?:and|n|&) (?:a half|half(?= (?:years?|yrs?|months?|million|percent|per cent|%)))(?![a-z])")
#: 60-odd, 700-odd thousand, 50+ people: as much and a little more.
ODD = re.compile(r"(?:[- ](?:odd|something)|-(?:some|plus|ish)|\+)(?= ?[a-z])")


def value_of(word: str) -> int:
    """The number below a hundred that one or two words say, or any that digits say: eleven, twenty-six, forty five, 120."""
    if word.isdigit():
        return int(word)
    head, _, tail = word.replace("-", " ").partition(" ")
    return TENS[head] + (ONES[tail] if tail else 0) if head in TENS else ONES[head]
