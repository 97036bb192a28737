"""Words that name the fact a figure fills, from lexicon/figures.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nlu.cues.load import pattern, table
from nlu.cues.patterns import Pattern

_KINDS = {"age": ("duration", "year"), "birth": ("year",)}
_PERIODS: tuple[str | None, ...] = (None, "year", "month", "day", "quarter")


@dataclass(frozen=True)
class Cue:
    """Words that name a fact: the kinds of figure they take, the units they count, and the periods it may have (None: not said).

    `fact` is empty for words whose figure is no fact of the vocabulary; `sign` is -1 where they mean a loss.
    `needs` must stand beside the words, `unless` must not.
    """

    fact: str
    words: Pattern
    kinds: tuple[str, ...]
    units: tuple[str, ...] = ()
    periods: tuple[str | None, ...] = _PERIODS
    sign: int = 1
    needs: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None


def _cue(entry: Mapping[str, Any]) -> Cue:
    fact = "" if entry["fact"] == "none" else entry["fact"]
    periods = tuple(None if period == "unsaid" else period for period in entry["periods"]) if "periods" in entry else _PERIODS
    kinds = _KINDS.get(entry["figure"], (entry["figure"],))
    return Cue(fact, pattern(entry), kinds, tuple(entry.get("units", ())), periods, entry.get("sign", 1), *_bounds(entry))


def _bounds(entry: Mapping[str, Any]) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    needs, unless = (re.compile(entry[name], re.ASCII) if name in entry else None for name in ("needs", "unless"))
    return needs, unless


#: Where two cues overlap the longer one stands, so 营业利润 hides 利润 and 每月还 hides 还.
CUES: tuple[Cue, ...] = tuple(_cue(entry) for entry in table("figures"))


def cue_of(fact: str) -> Cue:
    """The first cue of a fact that means no loss. Raises StopIteration when there is none."""
    return next(cue for cue in CUES if cue.fact == fact and cue.sign > 0)


def names_no_fact(norm: str) -> bool:
    """Whether words of a normalised text name a figure that is no fact of the vocabulary, such as a rent or wages."""
    return any(not cue.fact and cue.words.search(norm) for cue in CUES)
