"""Telegram's HTML as far as bulletins use it: what the reader sees, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

_TAGS = {"b", "strong", "i", "em", "u", "s", "code", "a", "blockquote"}
_TOKEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>|&(#\d+|#x[0-9A-Fa-f]+|lt|gt|amp|quot);|[<>&]")
_LINK = re.compile(r"""\s+href=(?:"(https?://[^"\s]+)"|'(https?://[^'\s]+)')\s*""")


class BrokenMarkup(ValueError):
    """The message is the tag or character that Telegram would refuse."""


@dataclass(frozen=True)
class Piece:
    """Text as a reader sees it, or a tag; of a link `target` is where it leads."""

    text: str = ""
    tag: str = ""
    closes: bool = False
    target: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """A text taken apart. Raises BrokenMarkup once it comes to it."""
    opened, position = list[str](), 0
    for token in _TOKEN.finditer(text):
        yield Piece(text[position : token.start()])
        position = token.end()
        if token[4]:
            yield Piece(unescape(token[0]))
        elif token[2]:
            yield _step(token, opened)
        else:
            raise BrokenMarkup(token[0])
    if opened:
        raise BrokenMarkup(f"<{opened[-1]}>")
    yield Piece(text[position:])


def visible(text: str) -> str:
    """What a reader sees. Raises BrokenMarkup."""
    return "".join(piece.text for piece in pieces(text))


def for_page(text: str) -> str:
    """The same as HTML of a page, put together anew from what is known to be harmless. Raises BrokenMarkup."""
    return "".join(_on_page(piece) for piece in pieces(text))


def _on_page(piece: Piece) -> str:
    if not piece.tag:
        return escape(piece.text)
    if piece.closes:
        return f"</{piece.tag}>"
    return f'<a href="{escape(piece.target)}" rel="noreferrer">' if piece.tag == "a" else f"<{piece.tag}>"


def units(text: str) -> int:
    """The length as Telegram counts it: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _step(token: re.Match[str], opened: list[str]) -> Piece:
    name = token[2].lower()
    wanted = name == "a" and not token[1]
    link = _LINK.fullmatch(token[3]) if wanted else None
    if name not in _TAGS or not (link if wanted else not token[3].strip()):
        raise BrokenMarkup(token[0])
    if not token[1]:
        opened.append(name)
    elif not opened or opened.pop() != name:
        raise BrokenMarkup(token[0])
    return Piece(tag=name, closes=bool(token[1]), target=unescape(link[1] or link[2]) if link else "")
