"""A scenario through the service itself and through a terminal. Both give the same kind of transcript."""

from __future__ import annotations

import contextlib
import json
import shlex
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from bot.channels.paths import take
from bot.channels.telegram.messages import split
from bot.channels.terminal import OWNER, Terminal
from bot.committing import Outcome
from bot.conversation.heard import Heard, Reading
from bot.conversation.model import Attachment, Reply
from bot.conversation.world import World
from bot.reminders import say_due
from bot.service import Advisor
from bot.storage.database import open_database
from bot.storage.store import Store
from bot.uploads.ports import Progress, Upload
from bot.uploads.reader import FileReader
from nlu.uploads.kinds import kind_of
from nlu.uploads.photos import PHOTOS
from tests.conversation.at_desks import set_up, staff_does
from tests.conversation.scenarios import Scenario, ScriptedNlu, SentFile, Step, check
from tests.databases import ready_sqlite
from tests.made_files import make

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Clock:
    """The time of a conversation: noon, on the day of the latest `wait`."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def wait_for(self, day: date) -> None:
        assert day > self.now.date(), "time runs forward"
        self.now = datetime.combine(day, self.now.timetz())


START = Step({"say": "/start"})


@dataclass(frozen=True)
class Said:
    """One message: its text and the labels under it, with a picture or not, or a file, which may have words of its own."""

    text: str
    labels: tuple[str, ...] = ()
    file: tuple[str, Any] | None = None
    picture: bool = False


@dataclass(frozen=True)
class Answered:
    """What came back of one step, by the step's number; -1 is the plain /start in front of all."""

    number: int
    step: Step
    said: tuple[Said, ...]


class OnceReader(FileReader):
    """A reader that looks at a file once, for all channels and databases: that starts a process, and what it says does not change."""

    _known: ClassVar[dict[tuple[object, ...], Reading]] = {}

    async def read(self, upload: Upload, progress: Progress) -> Reading:
        photo = kind_of(upload.content) in PHOTOS  # which has no name where it is sent as a picture
        key = (upload.content,) if photo else (upload.content, upload.name, self._today())
        if key not in self._known:
            self._known[key] = await super().read(upload, progress)
        return self._known[key]


class TimedAdvisor(Advisor):
    """An advisor by the conversation's own clock, whose receipts are the same each time."""

    def __init__(self, store: Store, world: World, nlu: Any) -> None:
        self.clock = Clock()
        reader = OnceReader(lambda: self.clock().date())
        super().__init__(store, world, nlu, now=self.clock, reader=reader, draw=Random(7).randrange)


@contextlib.contextmanager
def advisor_at(url: str, world: World, nlu: Any) -> Iterator[TimedAdvisor]:
    engine = open_database(url)
    try:
        yield TimedAdvisor(Store(engine), world, nlu)
    finally:
        engine.dispose()


def as_messages(replies: Sequence[Reply]) -> Iterator[Said]:
    """Replies as the messages that a phone shows."""
    for reply in replies:
        if reply.paper is not None:
            yield Said(reply.text, tuple(button.label for button in reply.buttons), (reply.paper.file_name, reply.paper.form))
            continue
        *front, last = split(reply.text)
        yield from (Said(piece) for piece in front)
        yield Said(last, tuple(button.label for button in reply.buttons), picture=reply.card is not None)
        for attachment in reply.files:
            yield file_message(attachment.name, attachment.content)


def form_of(content: bytes) -> str | None:
    """What a drawn file is; None for any other."""
    return "pdf" if content.startswith(b"%PDF-") else "png" if is_picture(content) else None


def file_message(name: str, content: bytes) -> Said:
    """A file, without what must differ from channel to channel: under which name the owner is known there. A table is as it is."""
    if name.endswith(".csv"):
        return Said("", file=(name, content.decode("utf-8-sig")))
    plain = json.loads(content)
    if "owner" not in plain:  # a pack for a lender, which does not say who its owner is
        return Said("", file=(name, plain))
    assert plain.pop("owner")
    return Said("", file=(name, plain))


def is_picture(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n")


async def through_the_service(
    scenario: Scenario, advisor: TimedAdvisor, folder: Path, scripted: ScriptedNlu | None = None
) -> list[Answered]:
    """Also checks what every step promises."""
    talk = []
    set_up(advisor.store, scenario.desks)
    if not scenario.opens_by_link:
        outcome = await advisor.hear("scenario:1", Heard(text="/start"), language=scenario.language)
        talk.append(Answered(-1, START, tuple(as_messages(outcome.replies))))
    for number in scenario.in_channel("service"):
        step = scenario.steps[number]
        if scripted is not None:
            scripted.intent = step.raw.get("intent")
        if step.act == "staff":
            staff_does(advisor.store, "scenario:1", step.raw["staff"], advisor.clock())
            talk.append(Answered(number, step, ()))
            continue
        if step.act == "wait":
            advisor.clock.wait_for(step.raw["wait"])
            said = say_due(advisor, "scenario:1")
            outcomes = [Outcome(said, advisor.dialogue_of("scenario:1"), ())]
        else:
            outcomes = [outcome async for outcome in _do(step, advisor, folder, scenario.language)]
        check(step, outcomes)
        talk.append(Answered(number, step, tuple(as_messages([reply for outcome in outcomes for reply in outcome.replies]))))
    return talk


async def _do(step: Step, advisor: Advisor, folder: Path, language: str) -> AsyncIterator[Outcome]:
    if step.act == "file":
        heard = [await _read(one, advisor, folder, language) for one in step.files]
        yield await advisor.hear("scenario:1", replace(heard[0], more=tuple(heard[1:])), language=language)
        return
    if step.act == "press":
        heard = Heard(press=step.raw["press"])
    elif step.act == "send":
        heard = Heard(unread=step.raw["send"])
    else:
        heard = Heard(text=step.text, edited=step.act == "edit")
    yield await advisor.hear("scenario:1", heard, language=language)


async def _read(one: SentFile, advisor: Advisor, folder: Path, language: str) -> Heard:
    heard, upload = take(make(folder, one.name, one.made))
    heard = replace(heard, text=one.caption)
    return heard if upload is None else await advisor.read("scenario:1", heard, upload, language=language)


class Recorder(Terminal):
    """A terminal whose screen is kept."""

    def __init__(self, advisor: Advisor, folder: Path, language: str) -> None:
        super().__init__(advisor, folder, language)
        self.screen: list[Said] = []

    def _show(self, reply: Reply) -> None:
        self.screen.extend(as_messages([Reply(reply.text, reply.buttons, card=reply.card, paper=reply.paper)]))
        super()._show(reply)

    def _save(self, attachment: Attachment) -> Path:
        path = super()._save(attachment)
        if self.screen[-1].file == (path.name, form_of(attachment.content)):
            return path
        if is_picture(attachment.content):
            assert self.screen[-1].picture
            return path
        self.screen.append(file_message(path.name, path.read_bytes()))
        return path

    def number_of(self, button: str) -> int:
        """The number on the screen; a button that is not on it cannot be pressed."""
        return [shown.id for shown in self._buttons].index(button) + 1


async def through_the_terminal(scenario: Scenario, world: World, folder: Path) -> list[Answered]:
    scripted, talk = ScriptedNlu(), []
    with advisor_at(ready_sqlite(folder / "terminal.db"), world, scripted) as advisor:
        terminal = Recorder(advisor, folder / "saved", scenario.language)
        set_up(advisor.store, scenario.desks)

        async def lines() -> AsyncIterator[str]:
            """A line is asked for once the one before it has been answered."""
            number, step = -1, START
            for following in scenario.in_channel("terminal"):
                talk.append(Answered(number, step, tuple(terminal.screen)))
                number, step = following, scenario.steps[following]
                terminal.screen, scripted.intent = [], step.raw.get("intent")
                if step.act == "staff":
                    staff_does(advisor.store, OWNER, step.raw["staff"], advisor.clock())
                    continue
                for line in _typed(step, terminal, folder):
                    yield line
            talk.append(Answered(number, step, tuple(terminal.screen)))

        await terminal.run(lines())
    return talk


def _typed(step: Step, terminal: Recorder, folder: Path) -> list[str]:
    """A step as the lines one types for it."""
    if step.act == "press":
        return [f"#{terminal.number_of(step.raw['press'])}"]
    if step.act == "file":
        assert not any(one.caption for one in step.files), "files have no captions in a terminal"
        return [" ".join(shlex.quote(str(make(folder, one.name, one.made))) for one in step.files)]
    assert step.act in ("say", "repeat", "start"), f"a terminal cannot {step.act}"
    assert step.text.strip(), "a line without anything on it is not sent"
    assert "\n" not in step.text
    return [step.text]
