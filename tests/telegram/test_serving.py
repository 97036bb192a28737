"""The channel against a fake Bot API, on both databases: what comes in is stored, acknowledged and answered once, in order."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.answering import Answering
from bot.conversation.texts import say
from bot.service import Advisor
from bot.storage.inbox import Letter
from bot.storage.store import Store
from bot.storage.tables import updates
from tests.telegram.conftest import Serving
from tests.telegram.fake_api import Deaf, FakeTelegram
from tests.telegram.served import all_sent, heard, outcomes, said, written


async def test_each_of_64_chats_is_answered_in_its_own_order(
    serving: Serving, telegram: FakeTelegram, store: Store, advisor: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice, hear = random.Random(64), advisor.hear

    async def at_some_time(*args: Any, **more: Any) -> Any:
        await asyncio.sleep(dice.random() / 2)
        return await hear(*args, **more)

    monkeypatch.setattr(advisor, "hear", at_some_time)
    chats = range(1000, 1064)
    presses = [f"a:employees:{number}" for number in range(1, 5)]
    coming = [chat for chat in chats for _ in presses]
    dice.shuffle(coming)
    left = {chat: iter(presses) for chat in chats}
    for chat in coming:
        await telegram.press(chat, next(left[chat]))
    async with serving():
        await telegram.until(lambda: len(outcomes(store)) == len(coming) and all_sent(store), 120)
    for chat in chats:
        assert heard(store, f"tg:{chat}") == presses
        assert telegram.texts(chat) == said(store, f"tg:{chat}")


async def test_an_update_is_stored_before_it_is_acknowledged(serving: Serving, telegram: FakeTelegram, store: Store) -> None:
    missing: list[int] = []

    def check(update_id: int) -> None:
        with store.engine.connect() as connection:
            body = connection.execute(select(updates.c.body).where(updates.c.update_id == update_id)).scalar()
        if body is None or json.loads(body)["update_id"] != update_id:
            missing.append(update_id)

    telegram.on_confirm = check
    first = [await telegram.say(chat, "/privacy") for chat in (1, 2, 3)]
    async with serving():
        await telegram.until(lambda: len(telegram.confirmed) == 3)
        later = await telegram.say(1, "/help")
        await telegram.until(lambda: later in telegram.confirmed)
    assert telegram.confirmed == [*first, later]
    assert missing == []


async def test_what_was_stored_but_not_answered_is_answered_once_after_a_restart(
    serving: Serving, telegram: FakeTelegram, store: Store, advisor: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hears = advisor.hear

    async def die(*_: Any, **__: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(advisor, "hear", die)
    await telegram.say(1, "营业额100万")
    await telegram.say(1, "/privacy")
    async with serving():
        await telegram.until(lambda: len(telegram.confirmed) == 2)  # acknowledged, and then killed before any answer
    assert telegram.sent() == []
    monkeypatch.setattr(advisor, "hear", hears)
    for _ in range(2):
        async with serving():
            await telegram.until(lambda: all_sent(store))
    assert heard(store, "tg:1") == ["营业额100万", "/privacy"]
    assert telegram.texts(1) == said(store, "tg:1")


async def test_killed_before_the_acknowledgement_the_redelivered_update_is_answered_once(
    serving: Serving, telegram: FakeTelegram, store: Store
) -> None:
    update_id = await telegram.say(1, "/privacy")
    store.keep_updates([Letter(update_id, 1, json.dumps(telegram.waiting[0]))], datetime.now(UTC))
    async with serving():
        await telegram.until(lambda: update_id in telegram.confirmed and all_sent(store))
    assert heard(store, "tg:1") == ["/privacy"]


async def test_an_update_delivered_twice_is_answered_once(serving: Serving, telegram: FakeTelegram, store: Store) -> None:
    await telegram.say(1, "/privacy")
    again = dict(telegram.waiting[0])
    async with serving():
        await telegram.until(lambda: bool(telegram.confirmed) and all_sent(store))
        telegram.waiting.append(again)
        last = await telegram.say(1, "/help")
        await telegram.until(lambda: outcomes(store).get(last) == "answered" and all_sent(store))
    assert heard(store, "tg:1") == ["/privacy", "/help"]
    assert telegram.texts(1) == said(store, "tg:1")


async def test_an_update_closed_meanwhile_or_overtaken_rolls_its_turn_back(advisor: Advisor, telegram: FakeTelegram, store: Store) -> None:
    letters = [await written(telegram, store, text) for text in ("/privacy", "/help")]
    answering = Answering(advisor, Deaf(), wake_sender=lambda: None)  # type: ignore[arg-type]
    async with answering.at_work():
        for letter, then in ((1, []), (0, ["/privacy"]), (0, ["/privacy"]), (1, ["/privacy", "/help"])):
            await answering.answer(letters[letter])
            assert heard(store, "tg:1") == then
    assert len(store.unsent()) == len(said(store, "tg:1"))


async def test_updates_that_get_no_answer_are_stored_and_acknowledged(serving: Serving, telegram: FakeTelegram, store: Store) -> None:
    group = {"id": -5, "type": "group", "title": "g"}
    member = {"user": {"id": 4711, "is_bot": True, "first_name": "A"}, "status": "member"}
    change = {
        "chat": group,
        "from": {"id": 1, "is_bot": False, "first_name": "Li"},
        "date": 1,
        "old_chat_member": member,
        "new_chat_member": member,
    }
    ids = [
        await telegram.say(1, "hello", chat=group),
        await telegram.say(1, "想借50万", kind="edited_message", chat=group),
        await telegram.message(1, kind="edited_message", location={"latitude": 26.1, "longitude": 119.3}),
        await telegram.update(my_chat_member=change | {"chat": {"id": 1, "type": "private"}}),  # unblocked
        await telegram.update(my_chat_member=change),
        await telegram.update(poll_answer={"poll_id": "1", "user": change["from"], "option_ids": [0], "option_persistent_ids": ["0"]}),
        await telegram.update(some_kind_of_the_future={"x": 1}),
    ]
    async with serving():
        await telegram.until(lambda: telegram.confirmed == ids and store.open_updates() == [])
    assert set(outcomes(store).values()) == {"skipped"}
    assert telegram.sent() == []


@pytest.mark.parametrize(("language", "spoken"), [("zh-hans", "zh"), ("en", "en"), (None, "zh")])
async def test_a_message_that_cannot_be_answered_gets_an_apology_and_blocks_nothing(
    serving: Serving,
    telegram: FakeTelegram,
    store: Store,
    advisor: Advisor,
    monkeypatch: pytest.MonkeyPatch,
    language: str | None,
    spoken: str,
) -> None:
    understand = advisor.understand

    async def fail_on_bomb(text: str, *rest: Any) -> Any:
        if "bomb" in text:
            raise KeyError(text)
        return await understand(text, *rest)

    monkeypatch.setattr(advisor, "understand", fail_on_bomb)
    bomb = await telegram.say(1, "bomb", language=language)
    await telegram.say(1, "/privacy", language=language)
    broken = await telegram.update(message={"chat": {"id": 2, "type": "private"}, "no": "message"})
    async with serving():
        await telegram.until(lambda: len(outcomes(store)) == 3 and all_sent(store))
    assert outcomes(store)[bomb] == outcomes(store)[broken] == "failed"
    assert telegram.texts(1) == [say("trouble", spoken), *said(store, "tg:1")]
    assert heard(store, "tg:1") == ["/privacy"]
    assert telegram.texts(2) == [say("trouble", "zh")]


async def test_a_database_that_is_away_for_a_moment_loses_nothing(
    serving: Serving, telegram: FakeTelegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: dict[str, int] = {}

    def flaky(name: str) -> Callable[..., Any]:
        real = getattr(store, name)

        def work(*args: Any, **more: Any) -> Any:
            failed[name] = failed.get(name, 0) + 1
            if failed[name] <= 2:
                raise OperationalError("statement with 280万", {}, Exception("gone"))
            return real(*args, **more)

        return work

    for name in ("open_chats", "keep_updates", "next_update", "recall", "close_update", "waiting", "close_posts"):
        monkeypatch.setattr(store, name, flaky(name))
    await telegram.say(1, "/privacy")
    async with serving():
        await telegram.until(lambda: bool(telegram.sent()) and all_sent(store))
    assert min(failed.values()) > 2
    assert heard(store, "tg:1") == ["/privacy"]
    assert telegram.texts(1) == said(store, "tg:1")
