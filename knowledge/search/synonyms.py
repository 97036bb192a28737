"""Which words stand for the same thing, and how words meant are spelt: the table data/synonyms.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

_LATIN = re.compile(r"[a-z0-9][a-z0-9&.'%/-]*")


@dataclass(frozen=True)
class Synonyms:
    """`zh` and `en` give a word's concept; `slips` gives the word meant for a word misspelt."""

    zh: tuple[tuple[str, str], ...]
    en: tuple[tuple[str, str], ...]
    slips: Mapping[str, str]

    def spelt(self, folded: str) -> str:
        """The text with the known slips put right."""
        for slip, meant in self.slips.items():
            if slip in folded:
                folded = folded.replace(slip, meant)
        return folded

    def concepts(self, folded: str) -> frozenset[str]:
        """What the words stand for. Chinese words count wherever they occur, English ones where a word begins with them."""
        found = {concept for word, concept in self.zh if word in folded}
        latin = f" {' '.join(_LATIN.findall(folded))} "
        return frozenset(found.union(concept for word, concept in self.en if word in latin))


@cache
def synonyms() -> Synonyms:
    """The table shipped. Raises ValueError when a word is not a text, as a bare year in YAML would be."""
    raw = yaml.safe_load(resources.files("knowledge").joinpath("data/synonyms.yaml").read_text("utf-8"))
    return Synonyms(
        zh=tuple((word, concept) for concept, words in raw["concepts"].items() for word in _texts(concept, words["zh"])),
        en=tuple((f" {word}", concept) for concept, words in raw["concepts"].items() for word in _texts(concept, words["en"])),
        slips=dict(zip(_texts("slips", raw["slips"]), _texts("slips", raw["slips"].values()), strict=True)),
    )


def _texts(row: str, words: Iterable[object]) -> list[str]:
    given = list(words)
    for word in given:
        if not isinstance(word, str) or not word:
            raise ValueError(f"synonyms.yaml: {row}: {word!r} is not a text; put it in quotes")
    return [str(word) for word in given]
