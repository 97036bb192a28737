"""Formatted text: entities are counted in UTF-16 code units, as Telegram counts everything in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.refusals import bad


@dataclass(frozen=True)
class Entity:
    """A stretch of text of one kind; offset and length in UTF-16 units."""

    type: str
    offset: int
    length: int
    extra: dict[str, Any] = field(default_factory=dict)  #: url, user, language, custom_emoji_id

    @property
    def end(self) -> int:
        return self.offset + self.length

    def json(self) -> dict[str, Any]:
        return {"type": self.type, "offset": self.offset, "length": self.length, **self.extra}


@dataclass(frozen=True)
class Rich:
    """A text and what is marked in it."""

    text: str
    entities: tuple[Entity, ...] = ()

    def json(self, text_key: str = "text", entities_key: str = "entities") -> dict[str, Any]:
        marked = {entities_key: [entity.json() for entity in self.entities]} if self.entities else {}
        return {text_key: self.text, **marked}


def units(text: str) -> int:
    """The length in UTF-16 code units: 2 for a character beyond U+FFFF, 1 for any other."""
    return len(text) + sum(character > "\uffff" for character in text)


def octets(text: str) -> int:
    """The length in bytes of UTF-8, in which positions in faulty markup are told."""
    return len(text.encode("utf-8", "surrogatepass"))


def cut(text: str, entity: Entity) -> str:
    """The stretch of the text the entity marks."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[entity.offset * 2 : entity.end * 2].decode("utf-16-le", "surrogatepass")


def ordered(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """By place, the longer one first."""
    return tuple(sorted(entities, key=lambda entity: (entity.offset, -entity.length)))


def link_entity(url: str, offset: int, length: int) -> Entity | None:
    """A link in a text: to a person, to a page, or none if the address is no address."""
    mention = re.fullmatch(r"tg://user\?id=(\d+)", url)
    if mention:
        return Entity("text_mention", offset, length, {"user": {"id": int(mention[1]), "is_bot": False, "first_name": "?"}})
    if re.match(r"(https?|tg|ton|tonsite)://\S+", url, re.IGNORECASE):
        return Entity("text_link", offset, length, {"url": url})
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+([/?#]\S*)?", url):
        return Entity("text_link", offset, length, {"url": f"http://{url}" + ("" if re.search(r"[/?#]", url) else "/")})
    return None


def checked(text: str, given: list[dict[str, Any]]) -> Rich:
    """Entities a caller gave for a text. Raises Refusal if one lies outside of it or cuts a character in two."""
    starts = {0}
    position = 0
    for character in text:
        position += units(character)
        starts.add(position)
    entities = []
    for one in given:
        extra = {key: value for key, value in one.items() if key not in ("type", "offset", "length")}
        entity = Entity(one["type"], one["offset"], one["length"], extra)
        if entity.offset < 0:
            raise bad(f"receive an entity with incorrect offset {entity.offset}")
        if entity.length < 0:
            raise bad(f"receive an entity with incorrect length {entity.length}")
        if entity.offset > position:
            raise bad(f"entity begins after the end of the text at UTF-16 offset {entity.offset}")
        if entity.end > position:
            raise bad(f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text at UTF-16 offset {entity.end}")
        for edge, verb in ((entity.offset, "begins"), (entity.end, f"beginning at UTF-16 offset {entity.offset} ends")):
            if edge not in starts:
                raise bad(f"entity {verb} in a middle of a UTF-16 symbol at byte offset {_octet_of(text, edge)}")
        if entity.length:
            entities.append(entity)
    return Rich(text, ordered(entities))


def _octet_of(text: str, unit: int) -> int:
    """The byte offset of the first character that begins after the UTF-16 offset."""
    position = 0
    for index, character in enumerate(text):
        if position > unit:
            return octets(text[:index])
        position += units(character)
    return octets(text)


def trimmed(rich: Rich) -> Rich:
    """Without white space at the ends, the entities moved along and cut."""
    text = rich.text.strip()
    before = units(rich.text[: len(rich.text) - len(rich.text.lstrip())])
    end = units(text)
    moved = []
    for entity in rich.entities:
        first, last = max(entity.offset - before, 0), min(entity.end - before, end)
        if last > first:
            moved.append(Entity(entity.type, first, last - first, entity.extra))
    return Rich(text, ordered(moved))


_FOUND = (
    ("url", re.compile(r"\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)）。，；：！？]", re.IGNORECASE)),
    ("url", re.compile(r"(?<![@\w./-])(?:[a-z0-9-]+\.)+(?:com|org|net|cn|io|me|gov)\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?", re.IGNORECASE)),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?\b")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#\w*[^\W\d]\w*")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}\b")),
)
_CLOSED = {"code", "pre", "text_link", "text_mention", "custom_emoji"}


def with_found(rich: Rich) -> Rich:
    """And what Telegram finds by itself: addresses, commands, mentions and tags outside of code and links."""
    taken = [entity for entity in rich.entities if entity.type in _CLOSED]
    found: list[Entity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(rich.text):
            entity = Entity(kind, units(rich.text[: match.start()]), units(match[0]))
            if all(entity.end <= other.offset or other.end <= entity.offset for other in [*taken, *found]):
                found.append(entity)
    known = {(entity.type, entity.offset, entity.length) for entity in rich.entities}
    fresh = [entity for entity in found if (entity.type, entity.offset, entity.length) not in known]
    return Rich(rich.text, ordered([*rich.entities, *fresh]))
