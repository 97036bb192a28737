"""Owners' words to entries, in Chinese and English alike."""

from knowledge.search.index import FLOOR, Hit, SearchIndex
from knowledge.search.names import bank_called, banks_called, is_called, names_outright, sounds_like
from knowledge.search.subjects import named_things
from knowledge.search.terms import term_asked
from knowledge.search.words import fold, tokens

__all__ = [
    "FLOOR",
    "Hit",
    "SearchIndex",
    "bank_called",
    "banks_called",
    "fold",
    "is_called",
    "named_things",
    "names_outright",
    "sounds_like",
    "term_asked",
    "tokens",
]
