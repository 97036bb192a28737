"""Owners' words to entries, in Chinese and English alike."""

from knowledge.search.index import FLOOR, Hit, SearchIndex
from knowledge.search.words import fold, tokens

__all__ = ["FLOOR", "Hit", "SearchIndex", "fold", "tokens"]
