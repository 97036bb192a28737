"""Whatever happens to topics and groups, and in whatever order: nobody's words go to anybody else, and none are lost."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.desk.mirror import telegram_desk
from bot.conversation.world import World as Knowledge
from bot.service import Advisor
from bot.simulator import World
from bot.simulator.people import NotThere, Person
from bot.simulator.state import Message
from bot.storage.database import open_database
from bot.storage.desk.cases import case_of, open_case_of
from bot.storage.desk.people import every_bank
from bot.storage.desk.topics import live_cases
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from tests.telegram.desk_room import Room, case_for, owner_of, room_in, room_of, says
from tests.telegram.in_process import Carrier

_NUMBER = re.compile(r"#(\d+)")
_ACTS = st.one_of(
    st.tuples(st.just("open"), st.integers(0, 2), st.integers(0, 1)),
    st.tuples(st.just("owner"), st.integers(0, 2), st.just(0)),
    st.tuples(
        st.sampled_from(["answer", "answer", "note", "general", "delete", "shut", "end", "again"]), st.integers(0, 1), st.integers(0, 3)
    ),
    st.tuples(st.just("astray"), st.integers(0, 1), st.just(0)),
    st.tuples(st.just("moves"), st.just(0), st.just(0)),
    st.tuples(st.sampled_from(["send", "send", "send", "dies"]), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("take"), st.just(0), st.just(0)),
)


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """A database with its tables, to be copied: making them takes longer than an example."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "empty.db")
        open_database(f"sqlite:///{path}").dispose()
        yield path


@dataclass
class Story:
    """Two banks, the second in a plain group at first, three owners, and what was said by whom to whom."""

    telegram: World
    store: Store
    carrier: Carrier
    rooms: list[Room]
    owners: list[Person]
    cases: dict[int, int] = field(default_factory=dict)  # case -> index of its owner
    of_owner: dict[str, int] = field(default_factory=dict)  # word -> index of who said it
    for_owner: dict[str, int] = field(default_factory=dict)  # word of staff -> whose topic it was written in
    for_nobody: set[str] = field(default_factory=set)

    def word(self, kind: str) -> str:
        return f"{kind}{len(self.of_owner) + len(self.for_owner) + len(self.for_nobody)}。"

    async def act(self, what: str, first: int, second: int) -> None:
        if what in ("send", "dies"):
            for _ in range(1 if what == "dies" else 3):
                await self.carrier.send_one(first, dies=what == "dies")
        elif what == "take":
            await self.carrier.take_in()
        elif what == "open":
            self._open(first, second)
        elif what == "owner":
            self._owner_says(first)
        elif what == "astray":
            self.telegram.faults.astray(method="sendMessage", chat_id=self.rooms[first].group.id)
        elif what == "moves":
            self._move_group()
        elif what == "general":
            self._write(first, None, self.word("众"))
        else:
            self._in_topic(what, first, second)

    def _open(self, owner: int, room: int) -> None:
        with self.store.begin() as connection:
            if open_case_of(connection, f"tg:{self.owners[owner].id}") is not None:
                return
        question = self.word("问")
        self.of_owner[question] = owner
        self.cases[case_for(self.store, self.owners[owner], self.rooms[room], question).id] = owner

    def _owner_says(self, owner: int) -> None:
        with self.store.begin() as connection:
            if open_case_of(connection, f"tg:{self.owners[owner].id}") is None:
                return
        word = self.word("客")
        self.of_owner[word] = owner
        says(self.store, self.owners[owner], word)

    def _move_group(self) -> None:
        room = self.rooms[1]
        if room.group.chat.type == "group":
            room.group = room.group.migrate()
            room.group.chat.is_forum = True
            room.group.add_bot()

    def _in_topic(self, what: str, at: int, which: int) -> None:
        group = self.rooms[at].group
        there = [topic for topic in group.chat.topics.values() if not topic.deleted]
        if not there:
            return
        topic = there[which % len(there)]
        case = int(_NUMBER.findall(topic.name)[0])
        if what == "delete":
            group.delete_topic(topic)
        elif what == "shut":
            if not topic.closed:
                group.close_topic(topic)
        elif what in ("end", "again"):
            shown = [one for one in group.chat.messages.values() if one.thread_id == topic.id and one.markup and not one.deleted]
            if shown:
                self.rooms[at].manager.press_stale(shown[0], f"d:{case}:{'close' if what == 'end' else 'reopen'}")
        elif what == "note":
            self._write(at, topic.id, f"//{self.word('注')}")
        else:
            word = self.word("答")
            if self._write(at, topic.id, word):
                self.for_owner[word] = self.cases[case]

    def _write(self, at: int, thread: int | None, text: str) -> bool:
        with suppress(NotThere):
            self.rooms[at].manager.write(text, chat=self.rooms[at].group.id, thread=thread)
            if text[0] in "众/":
                self.for_nobody.add(text.removeprefix("//"))
            return True
        return False

    async def begins(self) -> None:
        """Each owner has a case; two of them at the same bank, whose topics are there."""
        for owner, room in ((0, 0), (1, 0), (2, 1)):
            self._open(owner, room)
        await self.carrier.carry_all()

    async def ends(self) -> None:
        """Everything goes well from here on."""
        self.telegram.faults.clear()
        self._move_group()
        desk = telegram_desk(self.store)
        for _ in range(2):
            await self.carrier.carry_all()
            with self.store.begin() as connection:
                for bank in every_bank(connection):
                    for number in live_cases(connection, bank.id):
                        case = case_of(connection, number)
                        assert case is not None
                        desk.mirror.changed(connection, case)
        await self.carrier.carry_all()

    def check(self) -> None:
        from_bot = [one for chat in self.telegram.chats.values() for one in chat.messages.values() if one.sender is self.telegram.bot]
        where = {chat.id: chat for chat in self.telegram.chats.values()}
        shown: set[str] = set()
        arrived: set[str] = set()
        for message in from_bot:
            text = _text(message)
            chat = where[message.chat_id]
            if not chat.is_group:
                assert not [word for word in (*self.for_nobody, *self.of_owner) if word in text], text
                for word in (word for word in self.for_owner if word in text):
                    assert self.owners[self.for_owner[word]].id == message.chat_id
                    arrived.add(word)
                continue
            for word in (word for word in self.of_owner if word in text):
                if message.deleted and message.thread_id is None:
                    continue  # it went astray and was taken back
                assert message.thread_id is not None, "an owner's words stand in General"
                assert self._owner_of_topic(chat.topics[message.thread_id].name) == self.of_owner[word]
                shown.add(word)
        assert shown == self.of_owner.keys()
        assert arrived == self._accepted()

    def _owner_of_topic(self, name: str) -> int:
        return self.cases[int(_NUMBER.findall(name)[0])]

    def _accepted(self) -> set[str]:
        """Answers that the database took: those to a closed case were refused, and staff were told so."""
        with self.store.begin() as connection:
            every = [said for case in self.cases for said in said_in(connection, case)]
        return {said.text for said in every if said.author == "staff" and said.text}


def _text(message: Message) -> str:
    content: dict[str, Any] = message.content
    return str(content.get("text", content.get("caption", "")))


def _story(store: Store, knowledge: Knowledge) -> Story:
    telegram = World()
    rooms = [room_of(telegram, store), room_of(telegram, store, "len-abc", "农业银行")]
    plain = telegram.group("客服", rooms[1].manager, supergroup=False)
    plain.add(rooms[1].colleague)
    plain.add_bot()
    rooms[1] = room_in(store, rooms[1], plain)
    owners = [owner_of(telegram, store, name) for name in ("甲", "乙", "丙")]
    return Story(telegram, store, Carrier(Advisor(store, knowledge, nlu=None), telegram), rooms, owners)


async def _tell(acts: list[tuple[str, int, int]], database: Path, knowledge: Knowledge) -> None:
    engine = open_database(f"sqlite:///{database}")
    try:
        story = _story(Store(engine), knowledge)
        async with story.carrier.answering.at_work():
            await story.begins()
            for act in acts:
                await story.act(*act)
            await story.ends()
        story.check()
    finally:
        engine.dispose()


@settings(max_examples=20, deadline=None)
@given(acts=st.lists(_ACTS, min_size=30, max_size=60))
def test_every_word_ends_only_where_it_belongs(acts: list[tuple[str, int, int]], template: Path, world: Knowledge) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(template, Path(folder, "advisor.db"))
        asyncio.run(_tell(acts, Path(folder, "advisor.db"), world))
