"""Dialect as it is typed, read as the standard language: 有冇, 莫得 and 咋整 are asked like anything else. The words: dialect.yaml."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import yaml


def in_standard_words(text: str) -> str:
    """The text with words of a dialect replaced by those of the standard language."""
    for words, meant in _pairs():
        text = words.sub(meant, text)
    return text


@cache
def _pairs() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = yaml.safe_load(resources.files("bot.conversation").joinpath("dialect.yaml").read_text("utf-8"))
    return tuple((re.compile(words), meant) for pairs in table.values() for words, meant in pairs)
