"""A scenario through each channel: the service itself, a terminal, and Telegram. All give the same kind of transcript."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shlex
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, ClassVar, cast
from unittest.mock import patch

from bot.channels.paths import take
from bot.channels.telegram.bot import serve
from bot.channels.telegram.messages import split
from bot.channels.telegram.pace import UNLIMITED, Pace
from bot.channels.terminal import OWNER, Terminal
from bot.committing import Outcome
from bot.conversation.heard import Heard, Reading
from bot.conversation.kept import WITH_DESK
from bot.conversation.model import Attachment, Reply
from bot.conversation.world import World
from bot.reminders import say_due
from bot.service import Advisor
from bot.simulator import Person, Seen, running
from bot.simulator import World as LocalTelegram
from bot.simulator.state import Message
from bot.storage.database import open_database
from bot.storage.posts import KINDS, Kind
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


_START = Step({"say": "/start"})


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


# -- the service itself --------------------------------------------------------------------------------------------------------


async def through_the_service(
    scenario: Scenario, advisor: TimedAdvisor, folder: Path, scripted: ScriptedNlu | None = None
) -> list[Answered]:
    """Also checks what every step promises."""
    talk = []
    set_up(advisor.store, scenario.desks)
    if not scenario.opens_by_link:
        outcome = await advisor.hear("scenario:1", Heard(text="/start"), language=scenario.language)
        talk.append(Answered(-1, _START, tuple(as_messages(outcome.replies))))
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


# -- a terminal ----------------------------------------------------------------------------------------------------------------


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
            number, step = -1, _START
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


# -- Telegram ------------------------------------------------------------------------------------------------------------------


async def through_telegram(scenario: Scenario, world: World, folder: Path) -> list[Answered]:
    scripted, talk = ScriptedNlu(), []
    with advisor_at(ready_sqlite(folder / "telegram.db"), world, scripted) as advisor:
        set_up(advisor.store, scenario.desks)
        async with local_telegram(advisor) as telegram:
            phone = Phone(telegram, advisor, telegram.person("Owner", "zh-hans" if scenario.language == "zh" else "en"), folder)
            if not scenario.opens_by_link:
                talk.append(Answered(-1, _START, await phone.do(_START)))
            for number in scenario.in_channel("telegram"):
                step = scenario.steps[number]
                scripted.intent = step.raw.get("intent")
                talk.append(Answered(number, step, await phone.do(step)))
    return talk


@contextlib.asynccontextmanager
async def local_telegram(advisor: TimedAdvisor) -> AsyncIterator[LocalTelegram]:
    """A simulated Telegram with the advisor serving it."""
    telegram = LocalTelegram()
    # A bulletin is written by the conversation's clock and sent by the real one, which may be years apart.
    patient = {"bulletin": replace(KINDS["bulletin"], lifetime=timedelta(days=36500))}
    async with running(telegram) as url, contextlib.AsyncExitStack() as stack:
        stack.enter_context(patch.dict(cast(dict[str, Kind], KINDS), patient))
        pace = Pace(UNLIMITED)
        serving = asyncio.create_task(serve(advisor, telegram.token, url, lambda _: None, pace, look_every=0.05))
        try:
            yield telegram
        finally:
            serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await serving


#: The message that shows how far a file is; whether there is one depends on how long it took.
_PROGRESS = re.compile(r"…$|✓$")


class Phone:
    """An owner with Telegram on a phone."""

    def __init__(self, telegram: LocalTelegram, advisor: TimedAdvisor, owner: Person, folder: Path) -> None:
        self._telegram = telegram
        self._clock = advisor.clock
        self._store = advisor.store
        self._owner = owner
        self._folder = folder
        self._written: Message | None = None
        #: what staff said since the owner's last step: it is read with the next
        self._unread: tuple[Said, ...] = ()

    async def do(self, step: Step) -> tuple[Said, ...]:
        """Do it, and give back what came in answer once everything has."""
        before = {seen.message_id for seen in self._owner.sees()}
        known = self._turns()
        self._act(step)
        turns = 0 if step.act == "staff" else 1
        deadline = time.monotonic() + 60
        while True:
            came = [seen for seen in self._owner.sees() if seen.from_bot and seen.message_id not in before]
            fresh = [seen for seen in came if not _PROGRESS.search(seen.text)]
            count = self._turns()
            answered = count == known + turns or count < known  # an owner who erased everything is not known any more
            if (fresh or step.quiet) and answered and self._store.open_updates() == [] and self._store.waiting_chats() == []:
                said, self._unread = (*self._unread, *(self._shown(seen) for seen in fresh)), ()
                if step.act != "staff":
                    return said
                self._unread = said
                return ()
            assert time.monotonic() < deadline, f"the bot did not answer {step.title}"
            await asyncio.sleep(0.01)

    def _turns(self) -> int:
        """How often the owner was answered; what staff told them stands in the transcript, too."""
        return sum(turn["heard"] != {WITH_DESK: True} for turn in self._store.transcript(f"tg:{self._owner.id}"))

    def _act(self, step: Step) -> None:
        acts: dict[str, Callable[[], object]] = {
            "press": lambda: self._press(step.raw["press"], step.raw.get("stale", False)),
            "send": lambda: self._send(step.raw["send"]),
            "file": lambda: self._send_files(step.files),
            "edit": lambda: self._edit(step.text),
            "staff": lambda: staff_does(self._store, f"tg:{self._owner.id}", step.raw["staff"], self._clock()),
            "wait": lambda: self._clock.wait_for(step.raw["wait"]),
        }
        acts.get(step.act, lambda: self._write(step.text))()

    def _write(self, text: str) -> None:
        assert text.strip(), "Telegram sends no message without anything in it"
        assert len(text) <= 4096, "Telegram cuts longer messages into several"
        self._written = self._owner.write(text)

    def _edit(self, text: str) -> None:
        assert self._written is not None, "nothing was written that could be edited"
        self._owner.edit(self._written, text)

    def _press(self, button: str, stale: bool) -> None:
        if not stale:
            self._owner.press(button)
            return
        chat = self._telegram.chats[self._owner.id]
        newest = next(message for message in reversed(chat.messages.values()) if message.sender is self._telegram.bot)
        self._owner.press_stale(newest, button)

    def _send(self, kind: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "voice": self._owner.send_voice,
            "sticker": self._owner.send_sticker,
            "location": lambda: self._owner.send_location(26.1, 119.3),
        }
        acts[kind]()

    def _send_files(self, files: tuple[SentFile, ...]) -> None:
        contents = [make(self._folder, one.name, one.made).read_bytes() for one in files]
        if len(files) > 1:
            caption = files[0].caption or ""
            if all(one.photo for one in files):
                self._owner.send_album(contents, caption)
            else:
                documents = [(content, one.name, "application/octet-stream") for content, one in zip(contents, files, strict=True)]
                self._owner.send_documents(documents, caption)
        elif files[0].photo:
            self._owner.send_photo(contents[0], files[0].caption or "")
        else:
            self._owner.send_document(contents[0], files[0].name, files[0].caption or "")

    def _shown(self, seen: Seen) -> Said:
        if seen.kind == "document":
            stored = self._telegram.files.find(seen.content["document"]["file_id"])
            assert stored is not None
            form = form_of(self._telegram.files.content(stored))
            if form is not None:
                return Said(seen.text, tuple(label for row in seen.buttons for label, _ in row), (stored.name, form))
            return file_message(stored.name, self._telegram.files.content(stored))
        if seen.kind == "photo":
            drawn = self._telegram.files.find(seen.content["photo"][-1]["file_id"])
            assert drawn is not None
            assert is_picture(self._telegram.files.content(drawn))
        return Said(seen.text, tuple(label for row in seen.buttons for label, _ in row), picture=seen.kind == "photo")
