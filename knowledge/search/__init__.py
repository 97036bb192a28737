"""Owners' words to entries, in Chinese and English alike."""

from knowledge.search.index import FLOOR, Hit, SearchIndex
from knowledge.search.names import bank_called, names_outright
from knowledge.search.terms import term_asked
from knowledge.search.words import fold, tokens

__all__ = ["FLOOR", "Hit", "SearchIndex", "bank_called", "fold", "names_outright", "term_asked", "tokens"]
