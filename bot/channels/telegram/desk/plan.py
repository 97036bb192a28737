"""What is to be done next so that a topic shows its case: a pure function of what it shows and of what the case is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.channels.telegram.desk.wording import head_of, staff_text, title_of, together, words_of
from bot.channels.telegram.media import KINDS
from bot.conversation.pieces import CAPTION, split
from bot.desk.model import Bank, Case, Member, Said, SharedFile
from bot.storage.desk.canned import Canned
from bot.storage.desk.topics import Line, Topic

#: A title is edited at most so often, and so many titles of a group a minute: words come first.
RENAME_EVERY, RENAMES_A_MINUTE = timedelta(seconds=60), 6
#: Files of a set.
_SET = 10
#: How often a topic may be lost before staff are told instead of getting yet another one at once.
LOST_AT_MOST = 2
#: Of what Telegram makes sets, and what has no words under it, so that only its name can be shown.
_SETS, _WORDLESS = ("photo", "document"), ("sticker", "video_note")

Button = dict[str, str]


@dataclass(frozen=True)
class Make:
    """Make the topic."""

    title: str


@dataclass(frozen=True)
class Say:
    """Send words: the first message (`head`: its digest), words of the case, or a line of the desk. `rest` is left over of a long one."""

    text: str
    buttons: Sequence[Button] = ()
    said: tuple[int, ...] = ()
    head: str | None = None
    line: int | None = None
    rest: str = ""


@dataclass(frozen=True)
class Hand:
    """Send files of the case by their ids, as one set where they are several. `rest` is left over of long words."""

    files: tuple[SharedFile, ...]
    caption: str
    said: tuple[int, ...]
    rest: str = ""


@dataclass(frozen=True)
class Draw:
    """Send a picture or a report that is drawn."""

    message: Mapping[str, Any]
    line: int


@dataclass(frozen=True)
class Reword:
    """Give a message of the topic other words: its first one (`head`), or words of the case; `caption` where it is a file's."""

    number: int
    text: str
    buttons: Sequence[Button] = ()
    said: tuple[int, ...] = ()
    head: str | None = None
    caption: bool = False


@dataclass(frozen=True)
class Rename:
    title: str


@dataclass(frozen=True)
class Shut:
    """Close the topic, or open it again."""

    closed: bool


@dataclass(frozen=True)
class Drop:
    """Delete a topic whose case is gone."""


Do = Make | Say | Hand | Draw | Reword | Rename | Shut | Drop


@dataclass(frozen=True)
class Step:
    """One call to Telegram: what, in which topic of which group, for which case; `as_of` is the moment that it shows."""

    case: int
    chat: int
    thread: int | None
    do: Do
    as_of: datetime


@dataclass(frozen=True)
class View:
    """A case, and what its topic shows of it. `waiting` are words that are not there yet, `changed` a message whose words were edited."""

    case: Case
    bank: Bank
    pack: Mapping[str, Any]
    language: str
    colleagues: Sequence[Member]
    canned: Sequence[Canned]
    topic: Topic
    waiting: Sequence[Said]
    changed: tuple[int, Sequence[Said]] | None
    line: Line | None
    renamed_lately: int

    def name_of(self, staff: int | None) -> str:
        return next((member.name for member in self.colleagues if member.id == staff), "?")


def next_step(view: View, now: datetime) -> Step | None:
    """The next thing to do; None when the topic shows everything, or has to wait for its next title."""
    do = _next(view, now)
    return None if do is None else Step(view.case.id, view.topic.chat, view.topic.thread, do, now)


def is_frame(do: Do) -> bool:
    """Whether a step changes only what stands around the words: the title, the first message's buttons, open or closed."""
    return isinstance(do, Rename | Shut) or (isinstance(do, Reword) and do.head is not None)


def _next(view: View, now: datetime) -> Do | None:
    topic, case = view.topic, view.case
    if topic.thread is None:
        return Make(title_of(case, view.bank, view.pack, view.language, now))
    if topic.closed and case.status != "closed" and (view.waiting or view.line):
        return Shut(closed=False)
    digest, text, buttons = first_message(view)
    if topic.head_id is None:
        return Say(text, buttons, head=digest)
    if view.line is not None or view.waiting or view.changed is not None:
        return _said(view)
    if topic.head != digest:
        return Reword(topic.head_id, text, buttons, head=digest)
    return _frame(view, now)


def _frame(view: View, now: datetime) -> Do | None:
    """The title, which is edited sparingly, and whether the topic is closed."""
    topic, case = view.topic, view.case
    title = title_of(case, view.bank, view.pack, view.language, now)
    rested = topic.titled_at is None or now - topic.titled_at >= RENAME_EVERY
    if title != topic.title and rested and view.renamed_lately < RENAMES_A_MINUTE:
        return Rename(title)
    if topic.closed != (case.status == "closed"):
        return Shut(case.status == "closed")
    return None


def _said(view: View) -> Do:
    """What the desk has to say, what others said, and what they said otherwise than is shown."""
    if view.line is not None and view.line.message.keys() & {"card", "paper"}:
        return Draw(view.line.message, view.line.id)
    if view.line is not None:
        return Say(view.line.message["text"], line=view.line.id)
    if view.waiting:
        return _words(view)
    assert view.changed is not None
    return _reworded(view, *view.changed)


def first_message(view: View) -> tuple[str, str, list[Button]]:
    """The digest, text and buttons of a topic's first message."""
    holder = next((member for member in view.colleagues if member.id == view.case.assignee), None)
    text = head_of(view.case, holder, view.pack, view.language)
    buttons = _buttons(view)
    return hashlib.sha256(json.dumps([text, buttons]).encode()).hexdigest(), text, buttons


def _buttons(view: View) -> list[Button]:
    case = view.case

    def button(action: str, label: str | None = None) -> Button:
        return {"id": f"d:{case.id}:{action}", "label": label or staff_text(f"button_{action}", view.language)}

    if view.topic.menu == "assign":
        others = [member for member in view.colleagues if member.bank == case.bank and member.id != case.assignee]
        return [*(button(f"assign:{member.id}", member.name) for member in others), button("back")]
    if view.topic.menu == "canned":
        return [*(button(f"canned:{canned.id}", canned.title) for canned in view.canned), button("back")]
    if case.status == "closed":
        return [button("reopen"), button("file")]
    first = button("claim") if case.status == "open" else button("release")
    return [first, button("assign"), button("close"), button("canned"), button("note"), button("file")]


def _words(view: View) -> Do:
    """What waits, as far as it goes into one message: words together, or the files of one set."""
    first = view.waiting[0]
    if _sendable(first):
        return _files(view)
    texts = []
    for said in view.waiting:
        if _sendable(said):
            break
        texts.append(words_of(said, view.name_of(said.staff), view.language))
    text, held, rest = together(texts)
    return Say(text, said=tuple(said.id for said in view.waiting[:held]), rest=rest)


def _files(view: View) -> Do:
    first = view.waiting[0]
    assert first.file is not None
    together_with = [first]
    for said in view.waiting[1:_SET]:
        alike = said.file is not None and _sendable(said) and kind_of(said.file) == kind_of(first.file) in _SETS
        # What was sent as one was heard in one turn; files that only wait together stay apart, so that no words stand over a stranger.
        if not alike or said.at != first.at or (said.author, said.staff) != (first.author, first.staff) or said.text:
            break
        together_with.append(said)
    pieces = list(split(words_of(first, view.name_of(first.staff), view.language, under=True), CAPTION))
    files = tuple(said.file for said in together_with if said.file is not None)
    return Hand(files, pieces[0], tuple(said.id for said in together_with), "\n".join(pieces[1:]))


def _sendable(said: Said) -> bool:
    return said.file is not None and said.file.file_id is not None and said.file.kind not in _WORDLESS


def kind_of(file: SharedFile) -> str:
    """As what Telegram sends a file: one of its own kinds, else as a document."""
    return file.kind if file.kind in KINDS else "document"


def _reworded(view: View, number: int, shown: Sequence[Said]) -> Do:
    caption = _sendable(shown[0])
    text, _, _ = together([words_of(said, view.name_of(said.staff), view.language, under=caption) for said in shown])
    ids = tuple(said.id for said in shown)
    return Reword(number, text[:CAPTION] if caption else text, said=ids, caption=caption)
