"""Reads the word tables of nlu/lexicon and compiles them."""

from __future__ import annotations

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


def pattern(entry: Mapping[str, Any]) -> Pattern:
    """The pattern of an entry's zh and en items, tried in that order; one without items matches nothing."""
    return Pattern("|".join([*entry.get("zh", ()), *entry.get("en", ())]) or r"(?!)")


def frame(name: str) -> Pattern:
    """A pattern of lexicon/frames.yaml."""
    return pattern(table("frames")[name])
