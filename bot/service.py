"""The advisor as the channels use it: hear one thing from an owner, answer it, and have both stored together."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.broadcasting.entries import caught_up
from bot.casework.owned import meant_for_case
from bot.casework.ports import Desk, Mirror, NoMirror
from bot.committing import Alongside, Answered, Outcome, commit
from bot.conversation.answers.desk_talk import goes_to_person
from bot.conversation.heard import Heard
from bot.conversation.model import Dialogue, Reply, Understanding
from bot.conversation.turn import turn
from bot.conversation.typed import has_words, readable
from bot.conversation.whose import Whose, whose
from bot.conversation.world import World, with_pack
from bot.desk.model import Taken
from bot.remembered import dialogue_of
from bot.storage.desk.outcomes import approvals, declined_lately
from bot.storage.desk.people import every_bank
from bot.storage.desk.promotions import asked_before
from bot.storage.packs import Packs
from bot.storage.store import Remembered, StaleDialogue, Store
from bot.understanding import Classifier, Interpreter
from bot.uploads.ports import Progress, Reader, Silent, Upload
from bot.uploads.reader import FileReader

_TRIES = 5
#: Characters of a file's name that are shown and kept.
_NAME_AT_MOST = 60


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
                answered = Answered(owner, before, world, heard, understanding, answer, waiting)
                return await asyncio.to_thread(commit, self.desk, answered, self._now(), self._draw, alongside)
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

    async def understand(
        self, text: str, language: str = "zh", asking: str | None = None, region: str | None = None, of_other: bool = False
    ) -> Understanding:
        """What a text means, as Interpreter.understand tells it."""
        return await self._interpreter.understand(text, self._today(), language, asking, region, of_other)

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
        region = None if (known := dialogue.firm.get("region")) is None else str(known)
        of_other = whose(heard.text, dialogue) is Whose.OTHER
        return await self.understand(heard.text, dialogue.language, dialogue.asking, region, of_other)


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
