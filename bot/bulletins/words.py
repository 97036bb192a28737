"""Short words of bulletins in both languages, as officers read them."""

from __future__ import annotations

from bot.bulletins.checks import texts


def word(key: str, language: str) -> str:
    """A word or sentence part by its key."""
    return texts()[key][language]
