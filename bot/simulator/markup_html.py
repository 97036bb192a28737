"""Telegram's HTML: a few tags become entities, everything else is refused with the byte it stands at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.simulator.entities import Entity, Rich, link_entity, octets, ordered, units
from bot.simulator.refusals import Refusal, bad

_STYLES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
_TAGS = {*_STYLES, "a", "tg-emoji", "blockquote"}
_TOKEN = re.compile(r"<|&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]*)))?""")


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str
    offset: int  # UTF-16 units
    start: int  # characters of the text made so far


def _refused(reason: str) -> Refusal:
    return bad(f"can't parse entities: {reason}")


class _Html:
    def __init__(self, source: str) -> None:
        self._source = source
        self._text = ""
        self._units = 0
        self._open: list[_Open] = []
        self._done: list[Entity] = []

    def parse(self) -> Rich:
        position = 0
        while token := _TOKEN.search(self._source, position):
            self._add(self._source[position : token.start()])
            if token[0] == "<":
                position = self._tag(token.start())
            else:
                self._add(_character(token))
                position = token.end()
        self._add(self._source[position:])
        if self._open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return Rich(self._text, ordered(self._done))

    def _add(self, text: str) -> None:
        self._text += text
        self._units += units(text)

    def _tag(self, at: int) -> int:
        """Reads the tag at the position and returns the position after it."""
        if self._source.startswith("</", at):
            return self._end_tag(at)
        name = re.compile(r"[^\s>]*").match(self._source, at + 1)
        assert name is not None
        place = f"at byte offset {octets(self._source[:at])}"
        if name.end() == len(self._source):
            raise _refused(f"Unclosed start tag {place}")
        tag = name[0].lower()
        if tag not in _TAGS:
            raise _refused(f'Unsupported start tag "{tag}" {place}')
        attributes, position = self._attributes(tag, name.end(), place)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" {place}')
        self._open.append(_Open(tag, _argument(tag, attributes), self._units, len(self._text)))
        return position

    def _attributes(self, tag: str, position: int, place: str) -> tuple[dict[str, str], int]:
        found: dict[str, str] = {}
        while True:
            gap = re.compile(r"\s*").match(self._source, position)
            position = gap.end() if gap else position
            if position >= len(self._source):
                raise _refused(f'Unclosed start tag "{tag}" {place}')
            if self._source[position] == ">":
                return found, position + 1
            attribute = _ATTRIBUTE.match(self._source, position)
            if attribute is None:
                raise _refused(f'Empty attribute name in the tag "{tag}" {place}')
            value = next((group for group in attribute.groups()[1:] if group is not None), "")
            found[attribute[1]] = _TOKEN.sub(_character, value)
            position = attribute.end()
            if attribute[4] is not None:
                self._end_of_token(attribute.start(4), position, place)

    def _end_of_token(self, start: int, end: int, place: str) -> None:
        """A value without quotation marks ends at white space or with the tag."""
        following = self._source[end : end + 1]
        if start == end and following in ('"', "'"):  # a quotation that never ends
            raise _refused(f"Unclosed start tag {place}")
        if not following or following not in " \t\r\n>":
            raise _refused(f"Unexpected end of name token at byte offset {octets(self._source[:start])}")

    def _end_tag(self, at: int) -> int:
        place = f"at byte offset {octets(self._source[:at])}"
        if not self._open:
            raise _refused(f"Unexpected end tag {place}")
        match = re.compile(r"</([^\s>]*)\s*>").match(self._source, at)
        if match is None:
            raise _refused(f"Unclosed end tag {place}")
        name, opened = match[1].lower(), self._open.pop()
        if name and name != opened.tag:
            raise _refused(f'Unmatched end tag {place}, expected "</{opened.tag}>", found "</{name}>"')
        length = self._units - opened.offset
        if length:
            self._close(opened, length)
        return match.end()

    def _close(self, opened: _Open, length: int) -> None:
        made: Entity | None
        if opened.tag == "a":
            made = link_entity(opened.argument or self._text[opened.start :], opened.offset, length)
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdigit():
                raise _refused("Invalid custom emoji identifier specified")
            made = Entity("custom_emoji", opened.offset, length, {"custom_emoji_id": opened.argument})
        elif opened.tag == "blockquote":
            made = Entity("expandable_blockquote" if opened.argument else "blockquote", opened.offset, length)
        else:
            made = self._style(opened, length)
        if made is not None:
            self._done.append(made)

    def _style(self, opened: _Open, length: int) -> Entity:
        """A plain style; code with a language right within pre, or around it, becomes one block of that language."""
        kind = _STYLES[opened.tag]
        last = self._done[-1] if self._done else None
        if last and {kind, last.type} == {"code", "pre"} and (last.offset, last.length) == (opened.offset, length):
            self._done.pop()
            language = last.extra.get("language") or opened.argument
            return Entity("pre", opened.offset, length, {"language": language} if language else {})
        return Entity(kind, opened.offset, length, {"language": opened.argument} if opened.argument else {})


def _argument(tag: str, attributes: dict[str, str]) -> str:
    if tag == "a":
        return attributes.get("href", "")
    if tag == "code":
        return attributes.get("class", "").removeprefix("language-") if attributes.get("class", "").startswith("language-") else ""
    if tag == "tg-emoji":
        return attributes.get("emoji-id", "")
    return "expandable" if tag == "blockquote" and "expandable" in attributes else ""


def _character(token: re.Match[str]) -> str:
    if token[0] == "<":
        return "<"
    code = int(token[1], 16) if token[1] else int(token[2]) if token[2] else None
    if code is None:
        return _NAMED[token[3]]
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else token[0]


def parse_html(source: str) -> Rich:
    """Raises Refusal "can't parse entities: ..." with the words and the byte offset Telegram gives."""
    rich = _Html(source).parse()
    plain = [Entity(e.type, e.offset, e.length) if e.type == "code" else e for e in rich.entities]
    return Rich(rich.text, tuple(plain))
