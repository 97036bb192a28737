"""From what the recogniser read to pieces of lines: boxes parted where two cells ran into one, and numbers brought into their usual form.

A number is only mended where its form leaves no doubt; whether it is right is for the sums to say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlu.uploads.photos.engine import Mark

_HAN = "\u3400-\u9fff"
#: Widths of characters in heights of print, and the height of print in that of its box.
_WIDE, _NARROW, _POINT, _PRINT = 1.0, 0.56, 0.3, 0.68
#: A gap this wide, in heights of print, parts two cells: between letters, between a letter and a figure, and else.
_WORDS_APART, _MIXED_APART, _APART = 1.6, 1.2, 0.85
#: A gap between two words.
_BLANK = 0.6
_CUTS = re.compile(
    rf"(?<=\d[.,]\d\d)(?=[{_HAN}A-Z（])"  # an amount and the next label
    rf"|(?<=\d\.\d\d)(?=[-(]?\d)|(?<=\.\d\d\))(?=[-(]?\d)"  # two amounts
    r"|(?<=行次)(?=.)"
    r"|(?<=[额数])(?=上年|本年|本期|上期|本月|期末|期初|年初|年末|\d{4}年)|(?<=年度)(?=\d{4}年)|(?<=日)(?=\d{4}年)"  # two headings
    rf"|(?<=[{_HAN}）)])(?=[-−]?\d{{1,3}}(?:[,，]\d{{3}})+[.．]\d\d$)"  # a label and its amount
)
#: What may follow a line number.
_AMOUNT = re.compile(r"[-(]?\d{1,3}(?:,\d{3})+\.\d\d\)?|[-(]?\d+\.\d\d\)?")
#: What is read for digits and for the marks between them.
_LOOKALIKES = str.maketrans({**dict.fromkeys("OoQD〇", "0"), **dict.fromkeys("lI|!i", "1"), "S": "5", "B": "8", "Z": "2"})
_NUMERAL = re.compile(r"[-+(]?[¥$€£]?[-+(]?[\dOoQD〇lI|!iSBZ.,:;'·、。 ]+\)?[-]?")
#: Places where a blank was not read: between English words, around &, between words and figures of a date.
_RUN_TOGETHER = re.compile(
    r"(?<=[a-z])(?=[A-Z][a-z])|(?<=s')(?=[a-z])|(?<=&)(?=[A-Za-z])|(?<=[A-Za-z])(?=&)"
    r"|(?<=[a-z])(?=\d)|(?<=\d)(?=[A-Z][a-z]{2})|(?<=[a-z] \d\d,)(?=\d)|(?<=[a-z] \d,)(?=\d)"
)
#: What is left of a numbering whose numeral was not read.
_LOST = "、，。．,.:：;；"
_SEPARATORS = re.compile(r"[.,:;'·、。 ]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A text and where it begins and ends, as shares of its box's width.

    `gaps` has for each blank how many letters go before it, and its place.
    """

    text: str
    left: float
    right: float
    gaps: tuple[tuple[int, float], ...] = ()


def pieces(marks: Sequence[Mark], width: float, height: float) -> Iterator[Piece]:
    """The texts in one box of a size in pixels."""
    visible = [mark for mark in marks if mark.text.strip()]
    if not visible:
        return
    em = _PRINT * height / width
    runs: list[list[Mark]] = [[visible[0]]]
    for before, mark in pairwise(visible):
        if _gap(before, mark, em) > _apart(before.text, mark.text) * em and (not _is_open(runs[-1]) or mark.text.isdigit()):
            runs.append([])
        runs[-1].append(mark)
    spaced = {id(mark) for before, mark in pairwise(marks) if not before.text.strip() and mark.text.strip()}
    spaced |= {id(mark) for before, mark in pairwise(visible) if _is_word_gap(before, mark, em)}
    for run in runs:
        yield from _cut(run, spaced, em)


def _gap(before: Mark, after: Mark, em: float) -> float:
    return after.x - before.x - (_width(before.text) + _width(after.text)) / 2 * em


def _is_word_gap(before: Mark, after: Mark, em: float) -> bool:
    """Whether two English letters stand as far apart as words do, whatever was read between them."""
    return (
        before.text.isascii()
        and before.text.isalpha()
        and after.text.isascii()
        and after.text.isalpha()
        and _gap(before, after, em) > _BLANK * em
    )


def _apart(before: str, after: str) -> float:
    letters = sum(letter.isascii() and letter.isalpha() for letter in (before, after))
    return (_APART, _MIXED_APART, _WORDS_APART)[letters]


def _is_open(run: Sequence[Mark]) -> bool:
    """Whether a bracket is open: what is within it belongs to one label."""
    text = "".join(mark.text for mark in run)
    return sum(map(text.count, "(（")) > sum(map(text.count, ")）"))


def _cut(run: Sequence[Mark], spaced: Collection[int], em: float) -> Iterator[Piece]:
    text = "".join(mark.text for mark in run)
    cuts = [match.start() for match in _CUTS.finditer(text)] if len(text) == len(run) else []
    for place in range(1, min(4, len(run))):
        if id(run[place]) in spaced and text[:place].isdigit() and _AMOUNT.match(text[place:]):
            cuts.insert(0, place)
    places = [0, *cuts, len(run)]
    for first, last in pairwise(places):
        yield _piece(run[first:last], spaced, em)


def _piece(part: Sequence[Mark], spaced: Collection[int], em: float) -> Piece:
    said = part[0].text
    gaps = []
    for before, mark in pairwise(part):
        if id(mark) in spaced:
            gaps.append((len(said), (before.x + mark.x) / 2))
            said += " "
        said += mark.text
    text = mended(_RUN_TOGETHER.sub(" ", said))
    left, right = part[0].x - _width(part[0].text) / 2 * em, part[-1].x + _width(part[-1].text) / 2 * em
    return Piece(text, left, right, tuple(gaps) if text == said else ())


def _width(letter: str) -> float:
    if letter in ".,:;'·|!":
        return _POINT
    return _WIDE if unicodedata.east_asian_width(letter) in "WFA" else _NARROW


def mended(text: str) -> str:
    """A number in its usual form, and any other text as it is."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("—", "-").replace("–", "-").strip()
    if not _NUMERAL.fullmatch(plain) or sum(letter.isdigit() for letter in plain) * 2 < len(plain.replace(" ", "")):
        return text.strip().lstrip(_LOST)
    plain = plain.translate(_LOOKALIKES)
    head = re.match(r"[-+(¥$€£]*", plain)
    tail = re.search(r"[)-]*$", plain)
    assert head is not None
    assert tail is not None
    body = plain[head.end() : tail.start()].strip(" ,;:'、·")
    return head[0] + _grouped(body) + tail[0]


def _grouped(body: str) -> str:
    """Digits with their groups: a mark before the last two digits is a point, a lost one is put back, other marks part thousands."""
    digits = [group for group in _SEPARATORS.split(body) if group]
    if len(digits) < 2:
        return body
    *groups, last = digits
    inner_fit = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    if len(last) == 2 and (inner_fit or len(groups) == 1):
        return f"{','.join(groups)}.{last}"
    if len(last) == 5 and inner_fit:
        return f"{','.join([*groups, last[:3]])}.{last[3:]}"
    if len(last) == 3 and inner_fit:
        return ",".join(digits)
    return body
