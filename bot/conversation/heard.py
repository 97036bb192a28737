"""What an owner did: the text, press or file that a turn answers, where it was written, and what is known of a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nlu.uploads.document import Findings, Sentence
from nlu.uploads.kinds import Kind


@dataclass(frozen=True)
class Reading:
    """What is known of a file once it has been read: its kind, its size in bytes, and what it states or why it could not be read.

    `digest` is the SHA-256 of its content in hexadecimal.
    """

    kind: Kind
    size: int
    findings: Findings | None = None
    trouble: Sentence | None = None
    digest: str = ""


@dataclass(frozen=True)
class Origin:
    """Where an owner wrote something on Telegram: the chat and the number of the message; of a file its id and kind there.

    `answers` is the number of the message that it is an answer to.
    """

    chat: int
    message: int
    file_id: str | None = None
    kind: str = ""
    answers: int | None = None


@dataclass(frozen=True)
class Heard:
    """One thing an owner did: wrote a text, pressed a button, or sent a file (its name only) or something else, with or without words.

    `unread` names what came that is not read: voice, video, sticker, location, or of a file too_big (over the limit) and lost (it
    could not be fetched). `reading` is what is known of a file that arrived. `edited` says that the words take the place of words
    written before. `more` are the other files of a set that was sent together; the words are with the first. `origin` is where it was
    written, on channels that have such a place, and `said` the message of the open case whose place edited words take. `for_staff`
    says that it answers a message of the open case's staff, and so is for them.
    """

    text: str | None = None
    press: str | None = None
    file: str | None = None
    unread: str | None = None
    edited: bool = False
    reading: Reading | None = None
    more: tuple[Heard, ...] = ()
    origin: Origin | None = None
    said: int | None = None
    for_staff: bool = False

    @property
    def files(self) -> tuple[Heard, ...]:
        """Every file that came, one by one."""
        return tuple(one for one in (self, *self.more) if one.file is not None)


def heard_to_json(heard: Heard) -> dict[str, Any]:
    """What an owner did, as it is kept: of a file its name, kind and size, and nothing of its content."""
    rest = ("reading", "more", "origin", "said", "for_staff")
    kept = {name: value for name, value in vars(heard).items() if value is not None and value is not False and name not in rest}
    kept |= {"kind": heard.reading.kind.value, "size": heard.reading.size} if heard.reading else {}
    return kept | ({"more": [heard_to_json(other) for other in heard.more]} if heard.more else {})
