"""A scenario through a Telegram that runs here, with the same kind of transcript as the other players'."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast
from unittest.mock import patch

from bot.channels.telegram.bot import serve
from bot.channels.telegram.pace import UNLIMITED, Pace
from bot.conversation.kept import WITH_DESK
from bot.conversation.world import World
from bot.simulator import Person, Seen, running
from bot.simulator import World as LocalTelegram
from bot.simulator.state import Message
from bot.storage.posts import KINDS, Kind
from tests.conversation.at_desks import set_up, staff_does
from tests.conversation.players import START, Answered, Said, TimedAdvisor, advisor_at, file_message, form_of, is_picture
from tests.conversation.scenarios import Scenario, ScriptedNlu, SentFile, Step
from tests.databases import ready_sqlite
from tests.made_files import make


async def through_telegram(scenario: Scenario, world: World, folder: Path) -> list[Answered]:
    scripted, talk = ScriptedNlu(), []
    with advisor_at(ready_sqlite(folder / "telegram.db"), world, scripted) as advisor:
        set_up(advisor.store, scenario.desks)
        async with local_telegram(advisor) as telegram:
            phone = Phone(telegram, advisor, telegram.person("Owner", "zh-hans" if scenario.language == "zh" else "en"), folder)
            if not scenario.opens_by_link:
                talk.append(Answered(-1, START, await phone.do(START)))
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
