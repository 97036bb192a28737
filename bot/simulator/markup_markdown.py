"""Telegram's MarkdownV2: marks become entities; a mark that is not escaped or not closed is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.simulator.entities import Entity, Rich, link_entity, octets, ordered, units
from bot.simulator.refusals import Refusal, bad

#: Each mark, what it makes, and the name of that in a refusal; longer marks are tried first.
_MARKS = (
    ("```", "pre", "Pre"),
    ("||", "spoiler", "Spoiler"),
    ("__", "underline", "Underline"),
    ("_", "italic", "Italic"),
    ("*", "bold", "Bold"),
    ("~", "strikethrough", "Strikethrough"),
    ("`", "code", "Code"),
)
_RESERVED = set("_*[]()~`>#+-=|{}.!")


@dataclass(frozen=True)
class _Open:
    mark: str
    kind: str
    name: str
    at: int  # the character of the source it begins at
    offset: int  # UTF-16 units of the text
    start: int  # characters of the text made so far
    language: str = ""


def _refused(reason: str) -> Refusal:
    return bad(f"can't parse entities: {reason}")


class _Markdown:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._units = 0
        self._open: list[_Open] = []
        self._done: list[Entity] = []

    def parse(self) -> Rich:
        while self._at < len(self._source):
            self._step()
        self._end_quote()
        if self._open:
            raise self._no_end(self._open[-1])
        return Rich(self._text, ordered(self._done))

    def _step(self) -> None:
        character = self._source[self._at]
        following = self._source[self._at + 1 : self._at + 2]
        if character == "\\" and "\0" < following <= "~":
            self._add(following)
            self._at += 2
        elif self._in_code():
            if not self._close_mark():
                self._take()
        elif character == "\n":
            self._new_line()
        elif character == ">" and (self._at == 0 or self._source[self._at - 1] == "\n"):
            self._quote_line()
        elif character not in _RESERVED:
            self._take()
        elif not (self._close_mark() or self._open_mark() or self._link_step(character)):
            raise _refused(f"Character '{character}' is reserved and must be escaped with the preceding '\\'")

    def _take(self) -> None:
        self._add(self._source[self._at])
        self._at += 1

    def _add(self, text: str) -> None:
        self._text += text
        self._units += units(text)

    def _in_code(self) -> bool:
        return bool(self._open) and self._open[-1].kind in ("code", "pre")

    def _close_mark(self) -> bool:
        last = self._open[-1] if self._open else None
        if last is None or last.mark in "[>![" or not self._source.startswith(last.mark, self._at):
            return False
        if last.mark == "_" and self._source.startswith("__", self._at):
            return False
        self._at += len(last.mark)
        self._open.pop()
        if self._units > last.offset:
            extra = {"language": last.language} if last.language else {}
            self._done.append(Entity(last.kind, last.offset, self._units - last.offset, extra))
        return True

    def _open_mark(self) -> bool:
        for mark, kind, name in _MARKS:
            if self._source.startswith(mark, self._at):
                opened = _Open(mark, kind, name, self._at, self._units, len(self._text))
                self._begin(opened if kind != "pre" else self._block(opened))
                return True
        return False

    def _begin(self, opened: _Open) -> None:
        self._open.append(opened)
        self._at += len(opened.mark)

    def _block(self, opened: _Open) -> _Open:
        """A block of code: the word after the mark is its language if the line ends or goes on after it."""
        after = opened.at + len(opened.mark)
        match = re.compile(r"([^\s`]+)(?=\s)").match(self._source, after)
        language = match[1] if match else ""
        line = re.compile(r"\r\n|\n\r|\n|\r").match(self._source, after + len(language))
        self._at += len(language) + (len(line[0]) if line else 0)
        name = "PreCode" if language else "Pre"
        return _Open(opened.mark, "pre", name, opened.at, opened.offset, opened.start, language)

    def _link_step(self, character: str) -> bool:
        last = self._open[-1] if self._open else None
        if character == "]" and last and last.mark in ("[", "!["):
            self._end_link(self._open.pop())
            return True
        for mark, kind, name in (("![", "custom_emoji", "CustomEmoji"), ("[", "text_link", "TextUrl")):
            if self._source.startswith(mark, self._at):
                self._begin(_Open(mark, kind, name, self._at, self._units, len(self._text)))
                return True
        return False

    def _end_link(self, opened: _Open) -> None:
        self._at += 1
        url = self._url() if self._source.startswith("(", self._at) else None
        length = self._units - opened.offset
        if opened.kind == "custom_emoji":
            emoji = re.fullmatch(r"tg://emoji\?id=(\d+)", url or "")
            if url is None:
                raise _refused("The entity must contain a tg://emoji or tg://time URL")
            if emoji is None:
                raise _refused("Invalid tg://emoji or tg://time URL specified")
            made: Entity | None = Entity("custom_emoji", opened.offset, length, {"custom_emoji_id": emoji[1]})
        else:
            made = link_entity(self._text[opened.start :] if url is None else url, opened.offset, length)
        if made is not None and length:
            self._done.append(made)

    def _url(self) -> str:
        start = self._at + 1
        match = re.compile(r"((?:\\[\x01-\x7e]|[^)])*)\)").match(self._source, start)
        if match is None:
            raise _refused(f"Can't find end of a URL at byte offset {octets(self._source[:start])}")
        self._at = match.end()
        return re.sub(r"\\([\x01-\x7e])", r"\1", match[1])

    def _quote_line(self) -> None:
        """A `>` at the beginning of a line opens a quotation, or goes on with the one that is open."""
        if any(one.kind == "blockquote" for one in self._open):
            self._at += 1
        else:
            self._begin(_Open(">", "blockquote", "BlockQuote", self._at, self._units, len(self._text)))

    def _new_line(self) -> None:
        if any(one.kind == "blockquote" for one in self._open) and not self._source.startswith(">", self._at + 1):
            self._add("\n")
            self._end_quote()
            self._at += 1
            return
        self._take()

    def _end_quote(self) -> None:
        if not any(one.kind == "blockquote" for one in self._open):
            return
        last = self._open.pop()
        kind = "blockquote"
        if last.kind == "spoiler" and last.at == self._at - 2 and self._open:
            last, kind = self._open.pop(), "expandable_blockquote"
        if last.kind != "blockquote":
            raise self._no_end(last)
        if self._units > last.offset:
            self._done.append(Entity(kind, last.offset, self._units - last.offset))

    def _no_end(self, opened: _Open) -> Refusal:
        return _refused(f"Can't find end of {opened.name} entity at byte offset {octets(self._source[: opened.at])}")


def parse_markdown(source: str) -> Rich:
    """Raises Refusal "can't parse entities: ..." with the words and the byte offset Telegram gives."""
    return _Markdown(source).parse()
