"""Measures whether training messages are as varied as people are, or were stamped out of a few templates.

Pure functions over texts; what is too much stands in `Limits`. Figures and given names (places) count as one mark each, so that
a template filled with other figures is still seen as one template.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_FIGURE, _NAME = "#", "@"
_FIGURES = re.compile(r"\d+(?:[.,:/-]\d+)*|[零〇一二两三四五六七八九十百千万亿]+(?=[万千百亿年个月厘成元块点分期天])")
_UNIT = re.compile(r"[\u3400-\u9fff#@]|[^\W\d_\u3400-\u9fff]+(?:['’][^\W\d_]+)*|[^\w\s]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
_FULL_WIDTH_DIGIT = re.compile(r"[０-９]")

_GRAM = 4  # characters in a gram of the likeness of two messages
ALIKE = 0.6  # Jaccard likeness from which two messages count as one; differs by a small word or an ending
_FRAME_SHARE = 0.6  # of the longer message that two messages share from both ends, to count as one frame with a slot
_FRAME_UNITS = 5  # fewer shared words or characters are ordinary idiom ("我想", "can i"), not a frame
_FRAME_MATES = 4  # a frame of five messages or more is a farm; two or three people do start alike
_RUN = 4  # units in a run; runs of four are rarely shared by chance
_RUN_MATES = 6  # other messages that hold the same run before it counts as boilerplate
_WINDOW = 200  # units in a window of the variety measure, so that long and short files compare


@dataclass(frozen=True)
class Limits:
    """What one file may hold; each limit lies between what people's messages and what filled-in templates measure.

    Messages written one by one measured up to 2 % alike, 4 % framed, 7 % boilerplate, and a variety from 0.70 (questions
    for the meaning of a term, in Chinese) to 0.94. Farms measured from 30 %, 43 %, 23 % and below 0.45.
    """

    messages: int = 100
    alike: float = 0.03  # share of messages that have a near-copy before them
    framed: float = 0.12  # share of messages in a frame shared with many
    boilerplate: float = 0.15  # mean share of a message's runs that many others hold too
    variety: float = 0.65  # distinct pairs of neighbouring units over all pairs, in windows


@dataclass(frozen=True)
class Measures:
    """How repetitive a file is. `copies` are equal texts, without case and punctuation; see `Limits` for the rest."""

    messages: int
    copies: tuple[str, ...]
    alike: float
    framed: float
    boilerplate: float
    variety: float


@dataclass(frozen=True)
class Forms:
    """How people write: shares of all messages; lengths in characters, of the middle message and of the longest tenth."""

    punctuated: float
    emoji: float
    full_width_digits: float
    mixed: float
    slips: float
    median_length: int
    longest_tenth: int


def mask(text: str, names: re.Pattern[str] | None = None) -> str:
    """Returns the text in half-width lower case with every figure as `#` and every match of `names` as `@`."""
    plain = unicodedata.normalize("NFKC", text).lower()
    if names:
        plain = names.sub(_NAME, plain)
    return _FIGURES.sub(_FIGURE, plain)


def units(masked: str) -> tuple[str, ...]:
    """Returns Han characters, words and symbols that carry meaning; punctuation is left out."""
    return tuple(unit for unit in _UNIT.findall(masked) if unit in "#@" or not unicodedata.category(unit[0]).startswith("P"))


def same(text: str) -> str:
    """Returns what is left of a text without case, width, spaces and punctuation: equal for equal messages."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c)[0] not in "PZC") or plain.strip()


def near_copies(
    texts: Sequence[str], others: Sequence[str] | None = None, names: re.Pattern[str] | None = None, likeness: float = ALIKE
) -> list[tuple[str, str]]:
    """Returns pairs (text, its copy): among `texts` the copy stands earlier, else it is one of `others`."""
    known = _Known(likeness, names)
    for text in others or ():
        known.learn(text)
    pairs = []
    for text in texts:
        if (copy := known.find(text)) is not None:
            pairs.append((text, copy))
        if others is None:
            known.learn(text)
    return pairs


class _Known:
    """Messages seen so far, by their grams."""

    def __init__(self, likeness: float, names: re.Pattern[str] | None) -> None:
        self._likeness, self._names = likeness, names
        self._equal: dict[str, str] = {}
        self._grams: list[tuple[str, frozenset[str]]] = []
        self._holders: dict[str, list[int]] = defaultdict(list)

    def learn(self, text: str) -> None:
        self._equal.setdefault(same(text), text)
        grams = _grams(text, self._names)
        for gram in grams:
            self._holders[gram].append(len(self._grams))
        self._grams.append((text, grams))

    def find(self, text: str) -> str | None:
        """Returns a message that is equal or alike enough, if there is one."""
        if (equal := self._equal.get(same(text))) is not None:
            return equal
        mine = _grams(text, self._names)
        # Who shares enough of all grams shares one of the rarest few: only those holders need a closer look.
        rarest = sorted(mine, key=lambda gram: (len(self._holders.get(gram, ())), gram))
        needed = len(mine) - math.ceil(self._likeness * len(mine)) + 1
        candidates = {holder for gram in rarest[:needed] for holder in self._holders.get(gram, ())}
        for candidate in sorted(candidates):
            other, grams = self._grams[candidate]
            if len(mine & grams) >= self._likeness * len(mine | grams):
                return other
        return None


def _grams(text: str, names: re.Pattern[str] | None) -> frozenset[str]:
    masked = mask(text, names)
    words = units(masked)
    if sum(word not in "#@" for word in words) < _GRAM:  # "50万" and "30万" are two answers, not copies
        return frozenset()
    plain = f" {' '.join(words)} " if not _HAN.search(masked) else f" {''.join(words)} "
    return frozenset(plain[i : i + _GRAM] for i in range(max(1, len(plain) - _GRAM + 1)))


def in_frames(lines: Sequence[tuple[str, ...]]) -> list[bool]:
    """Tells for each message whether many others share its beginning and end, so that only a slot differs."""
    mates = [0] * len(lines)
    for i, line in enumerate(lines):
        for j in range(i):
            if _shared_ends(line, lines[j]) >= max(_FRAME_UNITS, _FRAME_SHARE * max(len(line), len(lines[j]))):
                mates[i] += 1
                mates[j] += 1
    return [count >= _FRAME_MATES for count in mates]


def _shared_ends(one: Sequence[str], two: Sequence[str]) -> int:
    short = min(len(one), len(two))
    front = next((i for i in range(short) if one[i] != two[i]), short)
    rest = short - front
    return front + next((i for i in range(rest) if one[-1 - i] != two[-1 - i]), rest)


def boilerplate(lines: Sequence[tuple[str, ...]]) -> float:
    """Returns the mean share of a message's runs of units that many other messages hold too, wherever they stand."""
    runs = [set(_runs(line)) for line in lines]
    holders = Counter(run for found in runs for run in found)
    shares = [sum(holders[run] > _RUN_MATES for run in found) / len(found) for found in runs if found]
    return sum(shares) / len(lines) if lines else 0.0


def _runs(line: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(line[i : i + _RUN]) for i in range(len(line) - _RUN + 1))


def variety(lines: Sequence[tuple[str, ...]]) -> float:
    """Returns distinct over all pairs of neighbouring units, averaged over windows of the messages in their order."""
    pairs = [pair for line in lines for pair in pairwise(line)]
    windows = [pairs[i : i + _WINDOW] for i in range(0, max(1, len(pairs) - _WINDOW // 2), _WINDOW)]
    return sum(len(set(window)) / max(1, len(window)) for window in windows) / len(windows)


def measure(texts: Sequence[str], names: re.Pattern[str] | None = None) -> Measures:
    """Measures how repetitive one file is; takes time that grows with the square of its messages."""
    lines = [units(mask(text, names)) for text in texts]
    return Measures(
        messages=len(texts),
        copies=tuple(text for text, count in Counter(map(same, texts)).items() if count > 1),
        alike=len(near_copies(texts, names=names)) / max(1, len(texts)),
        framed=sum(in_frames(lines)) / max(1, len(texts)),
        boilerplate=boilerplate(lines),
        variety=variety(lines),
    )


def forms(texts: Sequence[str], slips: re.Pattern[str]) -> Forms:
    """Measures how at least one message is written; `slips` finds the misspellings that people make."""
    lengths = sorted(map(len, texts))

    def share(has: Callable[[str], object]) -> float:
        return sum(bool(has(text)) for text in texts) / len(texts)

    return Forms(
        punctuated=share(lambda text: any(unicodedata.category(letter).startswith("P") for letter in text)),
        emoji=share(lambda text: any(unicodedata.category(letter) in ("So", "Sk") for letter in text)),
        full_width_digits=share(_FULL_WIDTH_DIGIT.search),
        mixed=share(lambda text: _HAN.search(text) and _LATIN_WORD.search(text)),
        slips=share(lambda text: slips.search(text.lower())),
        median_length=lengths[len(lengths) // 2],
        longest_tenth=lengths[len(lengths) * 9 // 10],
    )


def faults(measures: Measures, limits: Limits) -> list[str]:
    """Returns one sentence for each limit that a file breaks."""
    found = [f"the same message twice: {text}" for text in measures.copies]
    if measures.messages < limits.messages:
        found.append(f"{measures.messages} messages, needs {limits.messages}")
    for name in ("alike", "framed", "boilerplate"):
        if (value := getattr(measures, name)) > (limit := getattr(limits, name)):
            found.append(f"{name} {value:.1%}, at most {limit:.0%}")
    if measures.variety < limits.variety:
        found.append(f"variety {measures.variety:.2f}, at least {limits.variety:.2f}")
    return found
