"""The sentences of the authors' tools, by key and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """key -> language -> text with {placeholders}."""
    folder = resources.files("knowledge.authoring").joinpath("texts")
    loaded: dict[str, Mapping[str, str]] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        loaded |= yaml.safe_load(file.read_text("utf-8"))
    return loaded


def tell(key: str, language: str, /, **values: Any) -> str:
    """The text of a key, with its placeholders filled where there are values. An unknown key is a programming error and raises KeyError."""
    text = catalogue()[key][language]
    return text.format(**values) if values else text


def listed(items: Iterable[str], language: str) -> str:
    """A list inside a sentence."""
    return ("、" if language == "zh" else ", ").join(items)
