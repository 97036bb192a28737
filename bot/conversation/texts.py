"""The advisor's own sentences, by key and language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

_FILES = (
    "texts.yaml", "rating_texts.yaml", "signal_texts.yaml", "desk_texts.yaml", "referral_texts.yaml", "after_texts.yaml", "news_texts.yaml",
)  # fmt: skip


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """key -> language -> text with {placeholders}. A key stands in one file only."""
    texts: dict[str, dict[str, str]] = {}
    for name in _FILES:
        loaded: dict[str, dict[str, str]] = yaml.safe_load(resources.files("bot.conversation").joinpath(name).read_text("utf-8"))
        assert not texts.keys() & loaded.keys()
        texts |= loaded
    return texts


def say(key: str, language: str, **values: Any) -> str:
    """The text of a key with its placeholders filled. An unknown key is a programming error and raises KeyError."""
    return catalogue()[key][language].format(**values)


def joined(items: list[str], language: str) -> str:
    """A list inside a sentence."""
    return ("、" if language == "zh" else ", ").join(items)


def sentence(parts: list[str], language: str) -> str:
    """Several statements as one sentence; what is empty is left out."""
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)
