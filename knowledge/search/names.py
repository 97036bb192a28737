"""Whether a text calls an entry by a name of its own."""

from __future__ import annotations

from functools import lru_cache

from knowledge.entries import Entry
from knowledge.search.words import bare

#: Characters of a name that stands for one thing only: 创业贷款 does, 贴息 does not; in English letters without their spaces.
_HAN_AT_LEAST, _LATIN_AT_LEAST = 4, 9


def names_outright(entry: Entry, text: str) -> bool:
    """Whether one of the entry's names, in either language, stands in the text; short ones, which could be anything's, do not count."""
    said = bare(text)
    return any(name in said for name in _names(entry))


@lru_cache(maxsize=1024)
def _names(entry: Entry) -> frozenset[str]:
    names = map(bare, (entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en))
    return frozenset(name for name in names if len(name) >= (_LATIN_AT_LEAST if name.isascii() else _HAN_AT_LEAST))
