"""Two-language patterns that run only the half a text can match: the Chinese part where it has Han characters, the rest where letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

_HAN = re.compile(r"[㐀-鿿]")
_ESCAPE = re.compile(r"\\.")
_LATIN = re.compile(r"[a-z]")


@lru_cache(maxsize=64)
def scripts_of(norm: str) -> tuple[bool, bool]:
    """Whether the text has Han characters, whether it has ASCII letters."""
    return bool(_HAN.search(norm)), bool(_LATIN.search(norm))


class Pattern:
    """A compiled alternation split by script. Top-level alternatives keep their order; one with both scripts is in both halves."""

    def __init__(self, words: str) -> None:
        parts = _alternatives(words)
        letters = {part: bool(_LATIN.search(_ESCAPE.sub("", part))) for part in parts}
        han = [part for part in parts if _HAN.search(part) or not letters[part]]
        latin = [part for part in parts if not _HAN.search(part) or letters[part]]
        self.pattern = words
        self._whole = re.compile(_joined(parts), re.ASCII)
        self._han = re.compile(_joined(han), re.ASCII) if han else None
        self._latin = re.compile(_joined(latin), re.ASCII) if latin else None

    def _for(self, norm: str) -> re.Pattern[str] | None:
        has_han, has_latin = scripts_of(norm)
        if has_han and has_latin:
            return self._whole
        return self._han if has_han else self._latin

    def finditer(self, norm: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        pattern = self._for(norm)
        return iter(()) if pattern is None else pattern.finditer(norm, start, len(norm) if end is None else end)

    def search(self, norm: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        pattern = self._for(norm)
        return None if pattern is None else pattern.search(norm, start, len(norm) if end is None else end)


def _joined(parts: list[str]) -> str:
    """The alternatives in their order; neighbours that begin at a word boundary share the test for it, which most places fail at once."""
    runs: list[str] = []
    for at_boundary, run in groupby(parts, key=lambda part: part.startswith(_BOUNDARY)):
        words = "|".join(part.removeprefix(_BOUNDARY) if at_boundary else part for part in run)
        runs.append(rf"\b(?:{words})" if at_boundary else words)
    return "|".join(runs)


_BOUNDARY = r"\b"


def _alternatives(words: str) -> list[str]:
    """The top-level alternatives of a regular expression."""
    parts, depth, start, place, bracket = [], 0, 0, 0, False
    while place < len(words):
        char = words[place]
        if char == "\\":
            place += 2
            continue
        if bracket:
            bracket = char != "]"
        elif char == "[":
            bracket = True
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and depth == 0:
            parts.append(words[start:place])
            start = place + 1
        place += 1
    return [*parts, words[start:]]
