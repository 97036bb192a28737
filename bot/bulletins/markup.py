"""Telegram's HTML as far as bulletins use it: what the reader sees, or what is wrong with it."""

from __future__ import annotations

import re
from html import unescape

_TAGS = {"b", "strong", "i", "em", "u", "s", "code", "a", "blockquote"}
_TOKEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>|&(#\d+|#x[0-9A-Fa-f]+|lt|gt|amp|quot);|[<>&]")
_LINK = re.compile(r"""\s+href=(?:"https?://[^"\s]+"|'https?://[^'\s]+')\s*""")


class BrokenMarkup(ValueError):
    """The message is the tag or character that Telegram would refuse."""


def visible(text: str) -> str:
    """What a reader sees. Raises BrokenMarkup."""
    seen, opened, position = [], list[str](), 0
    for token in _TOKEN.finditer(text):
        seen.append(text[position : token.start()])
        position = token.end()
        if token[4]:
            seen.append(unescape(token[0]))
        elif token[2]:
            _step(token, opened)
        else:
            raise BrokenMarkup(token[0])
    if opened:
        raise BrokenMarkup(f"<{opened[-1]}>")
    return "".join((*seen, text[position:]))


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _step(token: re.Match[str], opened: list[str]) -> None:
    name = token[2].lower()
    wanted = name == "a" and not token[1]
    fits = _LINK.fullmatch(token[3]) if wanted else not token[3].strip()
    if name not in _TAGS or not fits:
        raise BrokenMarkup(token[0])
    if not token[1]:
        opened.append(name)
    elif not opened or opened.pop() != name:
        raise BrokenMarkup(token[0])
