"""Questions in owners' own words, by the entry that answers them: the table data/questions.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True)
class Examples:
    """`entries` by entry id; `nothing` holds questions that no entry answers."""

    entries: Mapping[str, tuple[str, ...]]
    nothing: tuple[str, ...]


@cache
def examples() -> Examples:
    """The questions shipped."""
    raw = yaml.safe_load(resources.files("knowledge").joinpath("data/questions.yaml").read_text("utf-8"))
    return Examples({entry: tuple(questions) for entry, questions in raw["entries"].items()}, tuple(raw["nothing"]))
