"""What an owner typed, before anything of it is understood."""

from __future__ import annotations

import re
import unicodedata

#: Longer messages are read up to here; Telegram's own limit.
READ_AT_MOST = 4096
_FIGURE_AT_END = re.compile(r"[\d零一二两三四五六七八九十百千万亿.,，]+$")
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def readable(text: str) -> str:
    """A text without terminal escapes, control characters and halves of characters, which no owner means to say."""
    return _UNREADABLE.sub("", _ESCAPE.sub("", text))


def cut_short(text: str) -> str:
    """What is read of a text; a figure that the cut would split is left out rather than misread."""
    return text if len(text) <= READ_AT_MOST else _FIGURE_AT_END.sub("", text[:READ_AT_MOST])


def has_words(text: str) -> bool:
    """Whether there is anything to understand: at least one letter or digit of any script."""
    return any(unicodedata.category(char)[0] in "LN" for char in text)
