"""The outbox's sender against a fake Telegram: order, trouble of every kind, and exactly one final state for every row."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import math
import random
import struct
import zlib
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Bot

from bot.channels.telegram import drawing
from bot.channels.telegram.messages import outgoing
from bot.channels.telegram.pace import UNLIMITED, Pace, Rates
from bot.channels.telegram.request import Request
from bot.channels.telegram.sender import Sender
from bot.conversation.model import Button, Reply
from bot.service import Advisor
from bot.simulator import Person, World, running
from bot.simulator.limits import Limits
from bot.storage.posts import KINDS
from bot.storage.store import Store
from bot.storage.tables import outbox
from tests.telegram.conftest import Haste, Serving
from tests.telegram.fake_api import FakeTelegram, Refusal

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def message(text: str) -> dict[str, Any]:
    return {"text": text, "buttons": []}


def picture() -> bytes:
    """A PNG of one grey dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")


def post(store: Store, chat: int, *texts: str, kind: str = "reply", at: datetime = NOW) -> None:
    with store.begin() as connection:
        store.post(connection, None, chat, [message(text) for text in texts], at, kind)


def rows(store: Store) -> list[tuple[Any, ...]]:
    """(kind, chat, outcome, Telegram's number) of every row that is kept, oldest first."""
    query = select(outbox.c.kind, outbox.c.chat_id, outbox.c.outcome, outbox.c.message_id).order_by(outbox.c.id)
    with store.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def all_closed(store: Store) -> bool:
    return store.waiting_chats() == []


@asynccontextmanager
async def sending(
    store: Store, url: str, token: str, rates: Rates = UNLIMITED, read_timeout: float = 20.0, longest: float = math.inf
) -> AsyncIterator[Haste]:
    """A sender at work, on a clock that jumps over pauses."""
    haste = Haste(longest)
    request = Request(32, read_timeout)
    bot = Bot(token, base_url=f"{url}/bot", request=request)
    async with request:
        sender = Sender(bot, store, Pace(rates, haste.clock), now=lambda: NOW, sleep=haste.sleep, chance=random.Random(1))
        task = asyncio.create_task(sender.run())
        try:
            yield haste
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


class Strict(Limits):
    """Limits that count what they refuse."""

    refused = 0

    def admit(self, now: float, chat_id: int, is_group: bool, count: int = 1, paid: bool = False) -> int:
        wait = super().admit(now, chat_id, is_group, count, paid)
        self.refused += wait > 0
        return wait


async def until(holds: Any, seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


@pytest.fixture
async def local() -> AsyncIterator[tuple[World, str]]:
    world = World()
    async with running(world) as url:
        yield world, url


def started(world: World, count: int) -> list[Person]:
    people = [world.person(f"Owner {number}") for number in range(count)]
    for person in people:
        person.start()
    return people


def seen(person: Person) -> list[str]:
    return [item.text for item in person.sees() if item.from_bot]


# -- refusals ------------------------------------------------------------------------------------------------------------------------


async def test_after_429_everything_waits_as_long_as_telegram_said_and_then_all_arrives(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    people = started(world, 5)
    world.faults.flood(30, chat_id=people[0].id)
    for person in people:
        post(store, person.id, "好")
    async with sending(store, url, world.token) as haste:
        await until(lambda: all_closed(store))
    assert [seen(person) for person in people] == [["好"]] * 5
    assert max(haste.pauses) > 29  # it noted the pause; the clock jumped over it
    assert haste.clock() - haste.began > 30


async def test_nothing_leaves_while_telegram_wants_to_be_left_alone(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    first, second = started(world, 2)
    world.faults.flood(30, times=1, chat_id=first.id)
    post(store, first.id, "一")
    async with sending(store, url, world.token, longest=20) as haste:
        await until(lambda: any(pause > 29 for pause in haste.pauses))
        calls = len(world.calls)
        post(store, second.id, "二")
        await asyncio.sleep(0.3)
        assert len(world.calls) == calls
        haste.go_on()
        await until(lambda: all_closed(store))
    assert (seen(first), seen(second)) == (["一"], ["二"])


async def test_one_chat_in_trouble_does_not_hold_up_the_others(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    troubled, *others = started(world, 4)
    world.faults.fail(502, "Bad Gateway", times=10**6, chat_id=troubled.id)
    for person in (troubled, *others):
        post(store, person.id, "一", "二")
    async with sending(store, url, world.token):
        await until(lambda: store.waiting_chats() == [troubled.id])
        assert [seen(person) for person in others] == [["一", "二"]] * 3
        world.faults.clear()
        await until(lambda: all_closed(store))
    assert seen(troubled) == ["一", "二"]


async def test_retries_come_later_and_later_and_not_all_at_once(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    people = started(world, 2)
    world.faults.fail(500, "Internal Server Error", times=12)
    for person in people:
        post(store, person.id, "好")
    async with sending(store, url, world.token) as haste:
        await until(lambda: all_closed(store))
    assert [seen(person) for person in people] == [["好"]] * 2
    waits = [pause for pause in haste.pauses if pause > 0.25]
    assert len({round(pause, 3) for pause in waits}) > 4
    assert max(waits) > 4 * min(waits)


@pytest.mark.parametrize(
    ("status", "description", "outcome"),
    [
        (403, "Forbidden: bot was blocked by the user", "unsubscribed"),
        (403, "Forbidden: bot was kicked from the supergroup chat", "unsubscribed"),
        (400, "Bad Request: chat not found", "dead"),
        (400, "Bad Request: message thread not found", "dead"),
    ],
)
async def test_a_final_refusal_closes_the_row_and_the_next_one_is_tried(
    serving: Serving, telegram: FakeTelegram, store: Store, status: int, description: str, outcome: str
) -> None:
    telegram.refusals.append(Refusal("sendMessage", status, description, chat=1))
    async with serving():
        await telegram.say(1, "/privacy")
        await telegram.until(lambda: telegram.refusals[0].times == 0 and all_closed(store))
        await telegram.say(1, "/delete")
        await telegram.until(lambda: bool(telegram.sent(1)) and all_closed(store) and store.open_updates() == [])
    outcomes = [row[2] for row in rows(store)]
    assert outcomes[0] == outcome
    assert set(outcomes[1:]) <= {"sent", outcome}
    assert outcomes[-1] == "sent"


async def test_who_blocked_the_bot_gets_nothing_more_and_is_noted_until_they_write_again(
    advisor: Advisor, serving: Serving, telegram: FakeTelegram, store: Store
) -> None:
    telegram.refusals.append(Refusal("sendMessage", 403, "Forbidden: bot was blocked by the user", chat=7))
    post(store, 7, "一", "二", "三", kind="bulletin", at=datetime.now(UTC))
    async with serving():
        await telegram.until(lambda: all_closed(store) and store.unreachable_chats() == {7})
        assert telegram.sent(7) == []
        await telegram.say(7, "/privacy")
        await telegram.until(lambda: bool(telegram.sent(7)))
    assert store.unreachable_chats() == set()
    assert next(row[2] for row in rows(store)) == "unsubscribed"


async def test_a_group_that_became_a_supergroup_is_written_to_under_its_new_number(store: Store, telegram: FakeTelegram) -> None:
    upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
    telegram.refusals.append(Refusal("sendMessage", 400, upgraded, chat=-5, times=10**6, parameters={"migrate_to_chat_id": -1005}))
    post(store, -5, "一", "二")
    async with sending(store, telegram.url, "4711:fake-token_of-the-tests"):
        await until(lambda: all_closed(store))
        post(store, -5, "三")
        await until(lambda: all_closed(store))
    assert telegram.texts(-1005) == ["一", "二", "三"]
    assert telegram.sent(-5) == []
    refused = [call for call in telegram.calls if call.method == "sendMessage" and call.chat == -5]
    assert len(refused) == 1  # what came later was addressed anew


# -- doubt ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "outcome", "times"), [("bulletin", "sent", 2), ("bulletin_once", "unknown", 1), ("reply", None, 2)])
@pytest.mark.parametrize("how", ["time-out", "cut"])
async def test_a_message_that_may_have_arrived_is_repeated_or_parked_as_its_kind_says(
    store: Store, local: tuple[World, str], kind: str, outcome: str | None, times: int, how: str
) -> None:
    world, url = local
    (person,) = started(world, 1)
    if how == "cut":
        world.faults.drop(after=True, method="sendMessage")
    else:
        world.faults.silence(method="sendMessage")
    post(store, person.id, "好", kind=kind)
    async with sending(store, url, world.token, read_timeout=0.4):
        await until(lambda: all_closed(store))
    assert seen(person) == ["好"] * times
    assert [row[2] for row in rows(store)] == ([outcome] if outcome else [])  # a reply to nobody leaves no row


async def test_a_message_that_never_left_is_sent_once_whatever_its_kind(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    post(store, person.id, "好", kind="bulletin_once")
    async with sending(store, "http://127.0.0.1:9", world.token) as haste:
        await until(lambda: any(pause > 2 for pause in haste.pauses))
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert seen(person) == ["好"]
    assert [row[2] for row in rows(store)] == ["sent"]


async def test_what_was_about_to_leave_at_a_crash_and_must_not_arrive_twice_is_unknown(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    people = started(world, 3)
    for person, kind in zip(people, ("bulletin_once", "bulletin", "bulletin_once"), strict=True):
        post(store, person.id, "好", kind=kind)
    ids = [row_id for row_id, _, _ in store.unsent()]
    store.start_posts(ids[:2], NOW)  # then the process is killed
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert [seen(person) for person in people] == [[], ["好"], ["好"]]
    assert [row[2] for row in rows(store)] == ["unknown", "sent", "sent"]


@pytest.mark.parametrize(
    ("kind", "doubtful", "outcome"), [("bulletin", False, "dead"), ("bulletin", True, "unknown"), ("reply", False, None)]
)
async def test_what_could_not_leave_in_its_lifetime_is_given_up(
    store: Store, local: tuple[World, str], kind: str, doubtful: bool, outcome: str | None
) -> None:
    world, url = local
    (person,) = started(world, 1)
    too_old = NOW - KINDS[kind].lifetime - timedelta(seconds=1)
    post(store, person.id, "旧", kind=kind, at=too_old)
    if doubtful:
        store.start_posts([store.unsent()[0][0]], too_old)
    post(store, person.id, "新", kind=kind, at=NOW - KINDS[kind].lifetime + timedelta(seconds=1))
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert seen(person) == ["新"]
    assert [row[2] for row in rows(store)] == ([outcome, "sent"] if outcome else [])


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_every_row_ends_in_exactly_one_state_and_the_count_adds_up(
    store: Store, local: tuple[World, str], seed: int
) -> None:
    world, url = local
    chance = random.Random(seed)
    people = started(world, 30)
    for person in people:
        for kind in ("bulletin", "bulletin_once"):
            post(store, person.id, f"{kind} {person.id}", kind=kind)
    for _ in range(25):
        chat = chance.choice(people).id
        chance.choice(
            [
                lambda chat=chat: world.faults.flood(2, chat_id=chat),
                lambda chat=chat: world.faults.forbid(chat_id=chat),
                lambda chat=chat: world.faults.fail(500, "Internal Server Error", chat_id=chat),
                lambda chat=chat: world.faults.drop(chat_id=chat),
                lambda chat=chat: world.faults.drop(chat_id=chat, after=True),
            ]
        )()
    async with sending(store, url, world.token, read_timeout=0.4):
        await until(lambda: all_closed(store))
    counts = store.outcomes()
    assert None not in counts
    assert sum(counts.values()) == 60
    arrived = Counter(text for person in people for text in seen(person))
    assert all(times == 1 for text, times in arrived.items() if text.startswith("bulletin_once"))
    sent_once = sum(row[0] == "bulletin_once" and row[2] == "sent" for row in rows(store))
    assert sent_once <= sum(text.startswith("bulletin_once") for text in arrived)


# -- order and content ----------------------------------------------------------------------------------------------------------------


def test_a_long_reply_is_several_messages_with_the_keyboard_under_the_last() -> None:
    paragraphs = ["贷" * 3000, "款" * 3000, "息" * 3000]
    made = outgoing([Reply("\n\n".join(paragraphs), (Button("q", "好"),))])
    assert [item["text"] for item in made] == paragraphs
    assert [item["buttons"] for item in made] == [[], [], [{"id": "q", "label": "好"}]]


async def test_of_a_long_reply_only_what_failed_is_repeated(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    post(store, person.id, "一", "二", "三")
    world.faults.fail(500, "Internal Server Error", method="sendMessage")
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert seen(person) == ["一", "二", "三"]


async def test_a_row_that_cannot_be_read_is_dead_and_harms_no_other(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    bad = [{}, {"document": {"name": "a", "content": "?"}}, {"document": "?"}, message("  ")]
    with store.begin() as connection:
        store.post(connection, None, person.id, [*bad, message("好")], NOW, "bulletin")
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert seen(person) == ["好"]
    assert [row[2] for row in rows(store)] == ["dead"] * 4 + ["sent"]


async def test_a_document_and_a_card_arrive_with_their_words(
    store: Store, local: tuple[World, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, url = local
    (person,) = started(world, 1)
    png = picture()
    monkeypatch.setattr(drawing, "_drawn", lambda card: png if card["grade"] == "B" else b"")
    document = {"document": {"name": "a.json", "content": base64.b64encode(b"{}").decode()}}
    card = {"card": {"grade": "B", "file_name": "a.png"}, "text": "一图看懂", "buttons": [{"id": "m", "label": "看结果"}]}
    with store.begin() as connection:
        store.post(connection, None, person.id, [document, card], NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    shown = [item for item in person.sees() if item.from_bot]
    assert [(item.kind, item.text) for item in shown] == [("document", ""), ("photo", "一图看懂")]
    assert shown[1].buttons == ((("看结果", "m"),),)


async def test_a_rating_report_arrives_as_a_file_with_its_words(
    store: Store, local: tuple[World, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, url = local
    (person,) = started(world, 1)
    large = b"%PDF-" + bytes(2**21)  # more than leaves in one piece
    monkeypatch.setattr(drawing, "rating_drawn", lambda sheet, form: large if (sheet["number"], form) == ("LA-1", "pdf") else b"")
    paper = {"sheet": {"number": "LA-1"}, "form": "pdf", "file_name": "report.pdf"}
    message = {"paper": paper, "text": "您的评级报告", "buttons": [{"id": "g:png", "label": "长图"}]}
    with store.begin() as connection:
        store.post(connection, None, person.id, [message], NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    (shown,) = (item for item in person.sees() if item.from_bot)
    assert (shown.kind, shown.text, shown.buttons) == ("document", "您的评级报告", ((("长图", "g:png"),),))
    stored = world.files.find(shown.content["document"]["file_id"])
    assert stored is not None
    assert (stored.name, world.files.content(stored)) == ("report.pdf", large)


async def test_progress_is_one_message_that_is_edited_and_of_many_texts_the_newest_wins(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    row = store.start_progress(None, person.id, "正在读 1/3", NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
        store.update_progress(row, "正在读 2/3", NOW)
        await until(lambda: all_closed(store))
        store.update_progress(row, "正在读 2/3", NOW)  # nothing new: Telegram refuses, the message stands
        await until(lambda: all_closed(store))
    store.update_progress(row, "正在读 3/3", NOW)
    store.update_progress(row, "读好了", NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    (shown,) = [item for item in person.sees() if item.from_bot]
    assert (shown.text, shown.earlier) == ("读好了", ("正在读 1/3", "正在读 2/3"))
    assert [row[2] for row in rows(store)] == ["sent"] * 4


async def test_an_edit_of_what_never_arrived_is_dead(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    world.faults.fail(400, "Bad Request: chat not found", chat_id=person.id)
    row = store.start_progress(None, person.id, "正在读", NOW)
    store.update_progress(row, "读好了", NOW)
    async with sending(store, url, world.token):
        await until(lambda: all_closed(store))
    assert seen(person) == []
    assert [row[2] for row in rows(store)] == ["dead", "dead"]


async def test_a_message_under_way_at_the_end_arrives_and_is_not_sent_again(serving: Serving, telegram: FakeTelegram, store: Store) -> None:
    telegram.seconds_to_send = 0.3
    await telegram.say(1, "/privacy")
    async with serving():
        await telegram.until(lambda: any(call.method == "sendMessage" for call in telegram.calls))
    async with serving():
        await telegram.until(lambda: all_closed(store) and store.open_updates() == [])
    assert telegram.texts(1) == [reply["text"] for turn in store.transcript("tg:1") for reply in turn["said"]]


async def test_a_chat_is_written_to_once_a_second_and_a_group_twenty_times_a_minute(store: Store, local: tuple[World, str]) -> None:
    world, url = local
    (person,) = started(world, 1)
    group = world.group("工作群", person)
    group.add_bot()
    world.limits = limits = Strict(on=True)
    post(store, person.id, "一", "二", "三")
    post(store, group.id, *(str(number) for number in range(25)))
    async with sending(store, url, world.token, Rates()) as haste:
        world.clock = haste  # both tell the same time
        await until(lambda: all_closed(store))
    assert seen(person) == ["一", "二", "三"]
    assert [item.text for item in person.sees(group.id) if item.from_bot] == [str(number) for number in range(25)]
    assert limits.refused == 0
    assert haste.clock() - haste.began > 60
