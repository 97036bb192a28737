"""Long texts in pieces that a message takes."""

from __future__ import annotations

from collections.abc import Iterator

#: UTF-16 units that a message of Telegram holds, and the words under a picture or file.
PIECE, CAPTION = 4096, 1024


def split(text: str, limit: int = PIECE) -> Iterator[str]:
    """A long text in pieces that Telegram takes (the limit is in UTF-16 units): cut between paragraphs where
    that is possible, then lines, sentences, words, then anywhere. Blanks at a cut are dropped, nothing else is."""
    rest = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").strip()
    while (fits := _fits(rest, limit)) < len(rest):
        cut = _cut(rest, fits)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _cut(text: str, fits: int) -> int:
    """Where to cut within the characters that fit; what is cut off in front is never blank, for the text is stripped."""
    for mark in ("\n\n", "\n", "。", "；", ". ", " "):
        at = text.rfind(mark, 0, fits)
        if at > 0:
            return at + len(mark)
    return fits


def _fits(text: str, limit: int) -> int:
    """How many characters of a text fit into a limit of UTF-16 units, as Telegram counts."""
    if len(text) * 2 <= limit:
        return len(text)
    used = 0
    for index, char in enumerate(text):
        used += 2 if ord(char) > 0xFFFF else 1
        if used > limit:
            return index
    return len(text)
