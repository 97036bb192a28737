"""Whether a text calls an entry by a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from knowledge.entries import Entry, Kind
from knowledge.search.words import bare, fold

#: Characters of a name that stands for one thing only: 云税贷 does, 贴息 does not; in English letters, and words of them.
_HAN_AT_LEAST, _LATIN_AT_LEAST, _WORDS_AT_LEAST = 3, 9, 2
#: From which share of letters in common, in the same order, a term is nearly a name.
_NEARLY = 0.6
_LATIN_WORDS = re.compile(r"[a-z0-9]+")


def names_outright(entry: Entry, text: str) -> bool:
    """Whether one of the entry's names, in either language, stands in the text; short ones, which could be anything's, do not count.

    The words of an English name may have others between them: "startup guarantee loan" names the start-up loan.
    """
    han, latin = _own((entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en))
    said, words = bare(text), frozenset(_words(text))
    return any(name in said for name in han) or any(name <= words for name in latin)


def sounds_like(entry: Entry, term: str) -> bool:
    """Whether most of a term stands in one of an entry's names: 云税代 is nearly 云税贷, and a mezzanine is no lease."""
    return any(SequenceMatcher(None, bare(term), name).ratio() >= _NEARLY for name in _bare_names(entry))


def is_called(entry: Entry, term: str) -> bool:
    """Whether a term stands in one of an entry's names."""
    return bool(bare(term)) and any(bare(term) in name for name in _bare_names(entry))


def _bare_names(entry: Entry) -> list[str]:
    return [bare(name) for name in (entry.name.zh, entry.name.en, *entry.also.zh, *entry.also.en)]


def bank_called(entries: Iterable[Entry], text: str) -> Entry | None:
    """The lender that a text calls by any of its names, the short ones, too: 农行, BOC."""
    return next(iter(banks_called(entries, text)), None)


def banks_called(entries: Iterable[Entry], text: str) -> list[Entry]:
    """Every lender that a text calls by any of its names, in the order of the entries."""
    said, words = fold(text), frozenset(re.findall(r"[a-z]+", fold(text)))

    def is_named(bank: Entry) -> bool:
        names = map(fold, (bank.name.zh, bank.name.en, *bank.also.zh, *bank.also.en)) if bank.kind is Kind.LENDER else ()
        return any(name in (words if name.isascii() and " " not in name else said) for name in names)

    return [bank for bank in entries if is_named(bank)]


def _words(text: str) -> list[str]:
    return _LATIN_WORDS.findall(fold(text).replace("-", ""))


@lru_cache(maxsize=1024)
def _own(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """The names that stand for one thing only: the Chinese without punctuation, the English by their words."""
    han = tuple(name for name in map(bare, names) if not name.isascii() and len(name) >= _HAN_AT_LEAST)
    latin = (_words(name) for name in names if name.isascii())
    long = (words for words in latin if len(words) >= _WORDS_AT_LEAST and sum(map(len, words)) >= _LATIN_AT_LEAST)
    return han, tuple(frozenset(words) for words in long)
