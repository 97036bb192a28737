"""Reads the word tables of nlu/lexicon and compiles them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from nlu.cues.patterns import Pattern


@cache
def table(name: str) -> Any:
    """One table of nlu/lexicon as plain data."""
    return yaml.safe_load(resources.files("nlu").joinpath(f"lexicon/{name}.yaml").read_text("utf-8"))


def pattern(*entries: Mapping[str, Any]) -> Pattern:
    """The pattern of the entries' zh and en items, all zh first, tried in that order; without items it matches nothing.

    {kind} stands for any of the goods of that kind in lexicon/trades.yaml.
    """
    items = [item for language in ("zh", "en") for entry in entries for item in entry.get(language, ())]
    return Pattern("|".join(_KIND.sub(lambda kind: goods(kind[1]), item) for item in items) or r"(?!)")


def items(name: str, entry: str, **parts: str) -> list[str]:
    """The items of one entry of a table as the texts of regular expressions, in their order, zh before en.

    {part} stands for another entry of the table, or for one of the `parts` handed in.
    """
    body = table(name)[entry]
    listed = body if isinstance(body, list) else [*body.get("zh", ()), *body.get("en", ())]
    return [_KIND.sub(lambda part: f"(?:{parts.get(part[1]) or alternatives(name, part[1], **parts)})", item) for item in listed]


def alternatives(name: str, entry: str, **parts: str) -> str:
    """The items of one entry as one text."""
    return "|".join(items(name, entry, **parts))


def expression(name: str, entry: str, **parts: str) -> re.Pattern[str]:
    """The same, compiled: for words that are tried at a place or from behind, which a Pattern cannot."""
    return re.compile(alternatives(name, entry, **parts))


_KIND = re.compile(r"\{([a-z_]+)\}")


@cache
def goods(kind: str) -> str:
    """The goods of a kind as one group; longer words first, so that the whole word is taken."""
    return f"(?:{'|'.join(sorted(set(table('trades')['goods'][kind].split()), key=lambda word: (-len(word), word)))})"


def frame(name: str) -> Pattern:
    """A pattern of lexicon/frames.yaml."""
    return pattern(table("frames")[name])


@cache
def nouns(kind: str) -> str:
    """The nouns of a kind in lexicon/slots.yaml, one or several of them, as one group."""
    words = sorted(set(table("slots")["nouns"][kind].split()), key=lambda word: (-len(word), word))
    return rf"(?:{'|'.join(plural(word.replace('_', ' ')) for word in words)})\b"


def plural(word: str) -> str:
    """A pattern for an English noun, one or several: lad(y|ies|ys), fish(es)."""
    if word.endswith("man"):
        return f"{word[:-3]}m[ae]n"
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o", "u"):
        return f"{word[:-1]}(?:y|ies|ys)"
    return rf"{word}(?:e?s)?"
