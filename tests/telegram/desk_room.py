"""A bank's staff group on a Telegram that runs here, owners with cases, and the bot that serves them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.casework.cases import Request, open_for
from bot.casework.ports import Desk
from bot.casework.words import Words, heard
from bot.channels.telegram.bot import serve
from bot.channels.telegram.desk.mirror import telegram_desk
from bot.channels.telegram.pace import UNLIMITED, Pace, Rates
from bot.conversation.kept import dialogue_to_json
from bot.conversation.model import Dialogue
from bot.desk.model import Bank, Case, Member, Reason, Role, Said, SharedFile
from bot.service import Advisor
from bot.simulator.groups import Group
from bot.simulator.people import Person, Seen
from bot.simulator.world import World
from bot.storage.desk.cases import case_of, open_case_of
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.desk.topics import topic_of
from bot.storage.store import Store, TurnRecord

FACTS = [
    {"name": "industry", "value": "catering", "source": "said", "as_of": "2026-11-26", "approximate": False},
    {"name": "region", "value": "440300", "source": "said", "as_of": "2026-11-26", "approximate": False},
    {"name": "employees", "value": 12, "source": "said", "as_of": "2026-11-26", "approximate": False},
]


@dataclass
class Room:
    """One bank: its group, and the members of its staff that are in it."""

    bank: Bank
    group: Group
    staff: list[tuple[Person, Member]] = field(default_factory=list)

    @property
    def manager(self) -> Person:
        return self.staff[0][0]

    @property
    def colleague(self) -> Person:
        return self.staff[1][0]


def room_of(world: World, store: Store, bank_id: str = "len-icbc", zh: str = "工商银行", forum: bool = True) -> Room:
    """A bank with a manager and a colleague, and their group with the bot in it."""
    names = ("李经理", "小王") if bank_id == "len-icbc" else (f"{zh}甲", f"{zh}乙")
    people = [world.person(name) for name in names]
    group = world.group(f"{zh}客服", people[0], forum=forum)
    group.add(people[1])
    group.add_bot()
    bank = Bank(bank_id, {"zh": zh, "en": bank_id}, group.id, {})
    with store.begin() as connection:
        keep_bank(connection, bank)
        staff = [
            (person, add_member(connection, Member(0, bank_id, name, Role.AGENT, telegram_id=person.id)))
            for person, name in zip(people, names, strict=True)
        ]
    return Room(bank, group, staff)


def room_in(store: Store, room: Room, group: Group) -> Room:
    """The same bank and people, in another group."""
    bank = replace(room.bank, group_chat=group.id)
    with store.begin() as connection:
        keep_bank(connection, bank)
    return Room(bank, group, room.staff)


def owner_of(world: World, store: Store, name: str = "陈老板") -> Person:
    """Somebody who has talked with the advisor before."""
    person = world.person(name)
    world.chats[person.id].started = True
    now, owner = datetime.now(UTC), f"tg:{person.id}"
    with store.begin() as connection:
        state = dialogue_to_json(Dialogue(greeted=True))
        store.commit_turn(connection, owner, store.recall(owner), state, [], TurnRecord({}, None, [], [], "0" * 64), now)
    return person


def case_for(store: Store, person: Person, room: Room, question: str = "想找人问问", pack: Mapping[str, Any] | None = None) -> Case:
    """An open case of an owner at a bank."""
    desk, owner = telegram_desk(store), f"tg:{person.id}"
    with store.begin() as connection:
        request = Request(owner, Reason.ASKED, None, question, "zh", pack if pack is not None else {"facts": FACTS})
        case = open_for(connection, desk, request, room.bank, datetime.now(UTC))
        store.change_dialogue(connection, owner, lambda state: {**state, "case": case.id, "with_person": True})
    return case


def says(store: Store, person: Person, text: str | None, file: SharedFile | None = None, message: int | None = None) -> Said:
    """An owner's word, as the turn that hears it passes it on."""
    with store.begin() as connection:
        case = open_case_of(connection, f"tg:{person.id}")
        assert case is not None
        chat = None if message is None else person.id
        return heard(connection, telegram_desk(store), case, Words(text, file, chat, message), datetime.now(UTC))


def desk_of(store: Store) -> Desk:
    return telegram_desk(store)


def stored(store: Store, case: Case) -> Case:
    with store.begin() as connection:
        found = case_of(connection, case.id)
    assert found is not None
    return found


def thread_of(store: Store, case: Case) -> int | None:
    with store.begin() as connection:
        topic = topic_of(connection, case.id)
    return None if topic is None else topic.thread


def told(person: Person) -> list[str]:
    """What the bot told an owner, as it stands now."""
    return [seen.text for seen in person.sees() if seen.from_bot and not seen.deleted]


def in_topic(room: Room, thread: int | None) -> list[Seen]:
    """What stands in a topic, but for service messages; None is General."""
    chat = room.group.chat
    messages = [one for one in room.manager.sees(chat.id) if one.thread_id == thread and not one.deleted]
    return [one for one in messages if one.kind in ("text", "photo", "document", "voice")]


def texts_in(room: Room, thread: int | None) -> list[str]:
    return [seen.text for seen in in_topic(room, thread)]


@contextlib.asynccontextmanager
async def served(advisor: Advisor, world: World, url: str, rates: Rates = UNLIMITED, console: str | None = None) -> AsyncIterator[None]:
    """The bot at work."""
    task = asyncio.create_task(serve(advisor, world.token, url, lambda _: None, Pace(rates), console=console))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def until(holds: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.02)


def at_rest(store: Store) -> bool:
    """Nothing waits, neither to be answered nor to be sent."""
    return store.open_updates() == [] and store.waiting_chats() == []
