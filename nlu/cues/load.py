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


_KIND = re.compile(r"\{([a-z_]+)\}")


@cache
def goods(kind: str) -> str:
    """The goods of a kind as one group; longer words first, so that the whole word is taken."""
    return f"(?:{'|'.join(sorted(set(table('trades')['goods'][kind].split()), key=lambda word: (-len(word), word)))})"


def frame(name: str) -> Pattern:
    """A pattern of lexicon/frames.yaml."""
    return pattern(table("frames")[name])
