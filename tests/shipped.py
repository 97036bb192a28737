"""The pack that ships with the advisor and the search in it, made once for all tests: both take seconds, and neither changes."""

from __future__ import annotations

from datetime import date
from functools import cache

from knowledge.pack import Pack, load_pack
from knowledge.search import SearchIndex

TODAY = date(2026, 11, 21)


@cache
def shipped() -> Pack:
    return load_pack()


@cache
def searched() -> SearchIndex:
    """The search as of today."""
    return SearchIndex(shipped(), TODAY)
