"""Slips of the input method: 代款 for 贷款, 例润 for 利润, read as the word meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.cues.load import table


def _slips() -> Iterator[tuple[str, str]]:
    """Pairs of a pattern and the word meant; the pattern takes every mixture of right and mistyped characters."""
    for word, typed in table("homophones").items():
        yield "".join(f"[{right}{wrong}]" for right, wrong in zip(word, [*typed, *[""] * len(word)], strict=False)), word


_WORDS = tuple(word for _, word in _slips())
_SLIP = re.compile("|".join(f"({pattern})" for pattern, _ in _slips()))


def mended(norm: str) -> str:
    """The text with slips put right. Same length as the input."""
    return _SLIP.sub(lambda match: _WORDS[(match.lastindex or 1) - 1], norm)
