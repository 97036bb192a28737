"""The advisor as the channels use it: hear one thing from an owner, answer it, and have both stored together."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

from bot.broadcasting.entries import caught_up
from bot.broadcasting.turns import carry_out_news
from bot.casework.owned import forget_cases, meant_for_case
from bot.casework.ports import Desk, Mirror, NoMirror
from bot.casework.referring import prepare
from bot.casework.sharing_turns import carry_out_sharing
from bot.casework.turns import WITH_FILE, carry_out
from bot.conversation.answers.desk_talk import goes_to_person
from bot.conversation.desk import Verb
from bot.conversation.firm_file import TURNS_READ, file_for
from bot.conversation.kept import WITH_DESK, dialogue_to_json, reply_to_json
from bot.conversation.model import (
    Answer,
    Dialogue,
    Effect,
    Heard,
    ReminderChange,
    Reply,
    Understanding,
    heard_to_json,
)
from bot.conversation.turn import turn
from bot.conversation.typed import has_words, readable
from bot.conversation.world import World, with_pack
from bot.desk.model import Taken
from bot.exporting import everything_about
from bot.remembered import dialogue_of, stored_facts
from bot.storage.desk.outcomes import approvals, declined_lately
from bot.storage.desk.people import every_bank
from bot.storage.desk.promotions import asked_before
from bot.storage.packs import Packs
from bot.storage.store import Remembered, StaleDialogue, Store, TurnRecord
from bot.understanding import Classifier, Interpreter
from bot.uploads.ports import Progress, Reader, Silent, Upload
from bot.uploads.reader import FileReader

#: What is committed in the same transaction as the turn: the channel's own rows (update done, replies in the outbox).
Alongside = Callable[[Connection, "Outcome"], None]
_TRIES = 5
#: Characters of a file's name that are shown and kept.
_NAME_AT_MOST = 60


@dataclass(frozen=True)
class Outcome:
    """A turn as the channels see it."""

    replies: tuple[Reply, ...]
    dialogue: Dialogue
    sources: tuple[str, ...]
    erased: bool = False
    #: a reminder was asked for, so the channel has to say where it goes
    reminds: bool = False
    #: what the owner wants to hear of was written, so the channel has to say where that goes
    listens: bool = False


class Advisor:
    """Ties understanding, conversation and storage together. One instance serves every channel of a process."""

    def __init__(
        self,
        store: Store,
        world: World,
        nlu: Classifier | None,
        now: Callable[[], datetime] | None = None,
        reader: Reader | None = None,
        mirror: Mirror | None = None,
        draw: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self.store = store
        self.desk = Desk(store, mirror or NoMirror())
        self.world = world
        self._interpreter, self._nlu = Interpreter(world.index, nlu), nlu
        self._entries_seen = 0
        self._now = now or (lambda: datetime.now(UTC))
        self._draw = draw
        self._reader = reader or FileReader(lambda: self._now().astimezone().date())

    async def hear(
        self,
        owner: str,
        heard: Heard,
        *,
        language: str | None = None,
        alongside: Alongside | None = None,
        upload: Upload | None = None,
        progress: Progress | None = None,
    ) -> Outcome:
        """Answer one thing an owner did. `language` is the channel's hint for an owner who has not written yet.

        `upload` is the file that came; it is read before the turn, which may take a while, and `progress` hears how far that is.
        """
        if upload is not None:
            heard = await self.read(owner, heard, upload, language=language, progress=progress)
        heard = _presentable(heard)
        for _ in range(_TRIES):
            before, world = await asyncio.to_thread(self._recall, owner)
            dialogue, waiting = _take_waiting(dialogue_of(before, language))
            heard = await asyncio.to_thread(meant_for_case, self.store, heard, dialogue)
            understanding = await self._understand(heard, dialogue)
            answer = turn(dialogue, heard, understanding, world, self._today())
            try:
                return await asyncio.to_thread(self._commit, owner, before, world, heard, understanding, answer, alongside, waiting)
            except (StaleDialogue, Taken):  # a turn of the same owner, or staff, came in between
                continue
        raise StaleDialogue(owner)

    def keep_up(self) -> None:
        """Take in the entries that officers have approved since: whoever is told of a measure can ask about it at once."""
        pack, self._entries_seen = caught_up(self.store, self.world.pack, self._entries_seen)
        if pack is not self.world.pack:
            Packs(self.store.engine).keep(pack, self._now())  # before anything is answered from it
            self.world = with_pack(self.world, pack, self._today())
            self._interpreter = Interpreter(self.world.index, self._nlu)

    async def read(
        self, owner: str, heard: Heard, upload: Upload, *, language: str | None = None, progress: Progress | None = None
    ) -> Heard:
        """What an owner did with what is in the file that came with it; nothing is answered or kept yet.

        Files that came as one set are read one by one, and then heard together as the first with `more`.
        """
        upload = replace(upload, language=await self.language_of(owner, language))
        reading = await self._reader.read(upload, progress or Silent())
        digest = await asyncio.to_thread(hashlib.sha256, upload.content)
        return replace(heard, file=upload.name, reading=replace(reading, digest=digest.hexdigest()))

    def now(self) -> datetime:
        """The moment it is."""
        return self._now()

    def dialogue_of(self, owner: str) -> Dialogue:
        """Where the conversation with an owner stands."""
        return dialogue_of(self.store.recall(owner), None)

    async def language_of(self, owner: str, hint: str | None = None) -> str:
        """The language an owner is spoken to."""
        return dialogue_of(await asyncio.to_thread(self.store.recall, owner), hint).language

    async def understand(self, text: str, language: str = "zh", asking: str | None = None, region: str | None = None) -> Understanding:
        """What a text means, whatever the state of the language server. `region` is where the firm is known to be."""
        return await self._interpreter.understand(text, self._today(), language, asking, region)

    def _recall(self, owner: str) -> tuple[Remembered, World]:
        """What is stored about an owner, and the world with the banks that answer now and what was learnt at their desks."""
        before = self.store.recall(owner)
        with self.store.engine.connect() as connection:
            banks = tuple(every_bank(connection))
            if not banks:
                return before, self.world
            asked, declined = tuple(asked_before(connection)), declined_lately(connection, owner, self._now())
            return before, replace(self.world, banks=banks, approvals=approvals(connection), declined=declined, asked=asked)

    def _today(self) -> date:
        return self._now().astimezone().date()

    async def _understand(self, heard: Heard, dialogue: Dialogue) -> Understanding | None:
        if heard.text is None or not has_words(heard.text) or goes_to_person(heard, dialogue):
            return None
        region = dialogue.firm.get("region")
        return await self.understand(heard.text, dialogue.language, dialogue.asking, None if region is None else str(region))

    def _commit(
        self,
        owner: str,
        before: Remembered,
        world: World,
        heard: Heard,
        understanding: Understanding | None,
        answer: Answer,
        alongside: Alongside | None,
        waiting: tuple[Reply, ...],
    ) -> Outcome:
        now, dialogue, replies = self._now(), answer.dialogue, answer.replies
        erasing, listens = Effect.ERASE in answer.effects, False
        if Effect.EXPORT in answer.effects:
            replies = (replace(replies[0], files=(everything_about(self.store, owner, dialogue, now),)), *replies[1:])
        pack = self._file_for(owner, answer, world)
        shared = answer.sharing.sharing if answer.sharing is not None else None
        prepared = None if shared is None else prepare(world, dialogue, shared, self._today(), self._draw)
        with self.store.begin() as connection:
            if erasing:
                forget_cases(connection, self.desk, owner)
                self.store.erase(connection, owner)
            else:
                self.store.keep_memory(connection, owner, before, dialogue_to_json(dialogue), stored_facts(dialogue.firm), now)
                if answer.desk is not None:
                    carried = carry_out(connection, self.desk, owner, answer.desk, dialogue, pack, now)
                    replies, dialogue = (*replies, *carried.replies), carried.dialogue
                    self.store.change_dialogue(connection, owner, lambda _: dialogue_to_json(dialogue))
                said = carry_out_news(connection, world.pack, owner, before.state, answer, dialogue, now)
                replies, listens = (*replies, *said.replies), said.listens
                if answer.sharing is not None:
                    carried = carry_out_sharing(connection, self.desk, world, owner, answer.sharing, prepared, dialogue, now)
                    replies, dialogue = (*replies, *carried.replies), carried.dialogue
                    self.store.change_dialogue(connection, owner, lambda _: dialogue_to_json(dialogue))
            outcome = Outcome(
                (*waiting, *replies), dialogue, answer.sources, erasing, any(change.on for change in answer.reminders), listens
            )
            if not erasing:
                self.store.note_turn(connection, owner, self._record(heard, understanding, answer, replies, world), now)
                for change in answer.reminders:
                    self._change_reminder(connection, owner, change, now)
            if alongside:
                alongside(connection, outcome)
        return outcome

    def _record(
        self, heard: Heard, understanding: Understanding | None, answer: Answer, replies: tuple[Reply, ...], world: World
    ) -> TurnRecord:
        """What waited from a desk is not among the replies: it was noted when it was said."""
        with_desk = {WITH_DESK: True} if answer.desk is not None and answer.desk.verb in (Verb.SAY, Verb.AMEND) else {}
        return TurnRecord(
            heard=heard_to_json(heard) | with_desk,
            intent=understanding.intent if understanding else None,
            said=[reply_to_json(reply) for reply in replies],
            sources=answer.sources,
            pack_digest=world.pack.digest,
        )

    def _file_for(self, owner: str, answer: Answer, world: World) -> Mapping[str, Any]:
        """The firm's file as far as the bank that a turn asks for may see it."""
        if answer.desk is None or answer.desk.verb not in WITH_FILE:
            return {}
        transcript = self.store.transcript(owner, latest=TURNS_READ) if answer.desk.shows else []
        return file_for(world, answer.dialogue, answer.desk.shows, transcript, self._today())

    def _change_reminder(self, connection: Connection, owner: str, change: ReminderChange, now: datetime) -> None:
        if change.on is None:
            self.store.cancel_reminder(connection, owner, change.entry)
        else:
            self.store.set_reminder(connection, owner, change.entry, change.on, now)


def _take_waiting(dialogue: Dialogue) -> tuple[Dialogue, tuple[Reply, ...]]:
    """The dialogue, and what a desk said meanwhile: it comes before the answer."""
    return dialogue.but(waiting=()), dialogue.waiting


def _presentable(heard: Heard) -> Heard:
    """Words and a file's name without what could disturb a screen; of a long name its beginning and its ending."""
    text, name = (None if given is None else readable(given) for given in (heard.text, heard.file))
    if name is not None:
        name = " ".join(name.split()) or "file"
        name = name if len(name) <= _NAME_AT_MOST else f"{name[: _NAME_AT_MOST - 11]}…{name[-10:]}"
    return replace(heard, text=text, file=name, more=tuple(_presentable(other) for other in heard.more))
