"""The console's words, by key and language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """key -> language -> text with {placeholders}."""
    folder, found = resources.files("bot.channels.console"), dict[str, dict[str, str]]()
    for name in ("texts.yaml", "texts_bulletins.yaml"):
        found |= yaml.safe_load(folder.joinpath(name).read_text("utf-8"))
    return found


def say(key: str, language: str, **values: Any) -> str:
    """The text of a key with its placeholders filled. An unknown key is a programming error and raises KeyError."""
    return catalogue()[key][language].format(**values)
