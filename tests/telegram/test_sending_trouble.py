"""The outbox's sender in trouble of every kind, refused or in doubt: exactly one final state for every row."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.service import Advisor
from bot.simulator import World
from bot.storage.posts import KINDS
from bot.storage.store import Store
from tests.telegram.conftest import Serving
from tests.telegram.fake_api import FakeTelegram, Refusal
from tests.telegram.sender import NOW, all_closed, post, rows, seen, sending, started, until


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
