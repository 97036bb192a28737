"""The whole channel against a fake Bot API, on both databases: order, storing before acknowledging, crashes, refusals, erasing."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.answering import Answering
from bot.channels.telegram.bot import TelegramUnusable, serve
from bot.conversation.heard import Heard
from bot.conversation.texts import say
from bot.service import Advisor
from bot.storage.inbox import Letter
from bot.storage.store import Store
from bot.storage.tables import dialogues, facts, outbox, turns, updates
from tests.telegram.conftest import Serving
from tests.telegram.fake_api import TOKEN, Deaf, FakeTelegram, Refusal

FILE = {"file_id": "f", "file_unique_id": "u"}


def outcomes(store: Store) -> dict[int, str | None]:
    with store.engine.connect() as connection:
        return {row.update_id: row.outcome for row in connection.execute(select(updates.c.update_id, updates.c.outcome))}


def heard(store: Store, owner: str) -> list[str]:
    return [turn["heard"].get("text") or turn["heard"].get("press") for turn in store.transcript(owner)]


def all_sent(store: Store) -> bool:
    # In this order: the commit that closes an update also posts its replies.
    return store.open_updates() == [] and store.waiting_chats() == []


def keep(store: Store, chat: int, update: dict[str, Any]) -> Letter:
    letter = Letter(update["update_id"], chat, json.dumps(update))
    store.keep_updates([letter], datetime.now(UTC))
    return letter


async def written(telegram: FakeTelegram, store: Store, text: str) -> Letter:
    """A text of owner 1 that is stored."""
    await telegram.say(1, text)
    return keep(store, 1, telegram.waiting[-1])


def said(store: Store, owner: str) -> list[str]:
    return [reply["text"] for turn in store.transcript(owner) for reply in turn["said"]]


# -- taking in ---------------------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ({"voice": {**FILE, "duration": 3}}, "voice_not_yet"),
        ({"video": {**FILE, "width": 9, "height": 9, "duration": 3}}, "video_not_yet"),
        ({"sticker": {**FILE, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}}, "sticker_seen"),
        ({"location": {"latitude": 26.1, "longitude": 119.3}}, "location_not_yet"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "no_words"),
    ],
)
async def test_what_cannot_be_read_gets_a_kind_reply(serving: Serving, telegram: FakeTelegram, content: dict[str, Any], key: str) -> None:
    await telegram.message(1, language="en", **content)
    async with serving():
        await telegram.until(lambda: bool(telegram.sent()))
    assert telegram.texts(1) == [say(key, "en")]


@pytest.mark.parametrize(("language", "first", "then"), [("zh-hans", "营业额200万", "营业额280万"), ("en", "revenue 2m", "revenue 2.8m")])
async def test_edited_words_are_read_anew(
    serving: Serving, telegram: FakeTelegram, store: Store, language: str, first: str, then: str
) -> None:
    await telegram.say(1, first, language=language)
    edited = await telegram.say(1, then, kind="edited_message", language=language)
    async with serving():
        await telegram.until(lambda: outcomes(store).get(edited) == "answered" and all_sent(store))
    before, after = store.transcript("tg:1")
    assert (before["heard"], after["heard"]) == ({"text": first}, {"text": then, "edited": True})
    line = say("edited_message", language[:2])
    assert [text.startswith(f"{line}\n") for text in telegram.texts(1)] == [False] * len(before["said"]) + [True] + [False] * (
        len(after["said"]) - 1
    )
    assert {fact.name: fact.value for fact in store.recall("tg:1").facts} == {"annual_revenue": 2_800_000}


async def test_what_waits_for_an_owner_who_blocked_the_bot_is_closed_and_for_others_it_is_not(
    serving: Serving, telegram: FakeTelegram, store: Store
) -> None:
    telegram.refusals.append(Refusal("sendMessage", 500, times=10**6))
    now = datetime.now(UTC)
    with store.begin() as connection:  # the confirmation of an erasing belongs to nobody
        store.post(connection, None, 1, [{"text": "erased", "buttons": [], "files": []}], now)
    await telegram.say(1, "营业额280万")
    await telegram.say(2, "/privacy")
    me = {"id": 4711, "is_bot": True, "first_name": "A"}
    change = {"chat": {"id": 1, "type": "private"}, "from": {"id": 1, "is_bot": False, "first_name": "Li"}, "date": 1}
    change |= {"old_chat_member": {"user": me, "status": "member"}}
    block = await telegram.update(my_chat_member=change | {"new_chat_member": {"user": me, "status": "kicked", "until_date": 0}})
    async with serving():
        await telegram.until(lambda: outcomes(store).get(block) == "blocked" and store.open_updates() == [])
        assert store.waiting_chats() == [2]
        telegram.refusals.clear()
        await telegram.until(lambda: all_sent(store))
        unblocked = await telegram.say(1, "/privacy")
        await telegram.until(lambda: outcomes(store).get(unblocked) == "answered" and all_sent(store))
    with store.engine.connect() as connection:
        rows = connection.execute(select(outbox.c.owner_id, outbox.c.outcome, outbox.c.message).where(outbox.c.chat_id == 1)).all()
    closed = [row for row in rows if row.outcome == "unsubscribed"]
    assert closed == [("tg:1", "unsubscribed", {})] * len(store.transcript("tg:1")[0]["said"])
    assert {row.outcome for row in rows} == {"unsubscribed", "sent"}
    assert telegram.texts(2) == said(store, "tg:2")


@pytest.mark.parametrize(("language", "spoken"), [("zh-hans", "zh"), ("en", "en")])
async def test_the_language_is_chosen_with_a_button(
    serving: Serving, telegram: FakeTelegram, store: Store, language: str, spoken: str
) -> None:
    await telegram.say(1, "/language", language=language)
    async with serving():
        await telegram.until(lambda: bool(telegram.sent(1)))
        assert telegram.texts(1) == [say("language_which", spoken)]
        assert telegram.sent(1)[0].buttons == [("l:zh", "中文"), ("l:en", "English")]
        for number, chosen in enumerate(("en", "zh"), start=2):
            await telegram.press(1, f"l:{chosen}")
            await telegram.until(lambda: len(telegram.sent(1)) == number and all_sent(store))  # noqa: B023
            assert telegram.texts(1)[-1] == say("language_set", chosen)
            assert store.recall("tg:1").state["language"] == chosen
        await telegram.press(1, "l:fr")
        await telegram.until(lambda: len(telegram.sent(1)) == 4)
    assert telegram.texts(1)[-1] == say("stale_button", "zh")


@pytest.mark.parametrize(
    ("written", "chosen"),
    [
        ("/language", None),
        ("/language en", "en"),
        ("/language 中文", "zh"),
        ("/language@loan_advisor_bot English", "en"),
        ("/language 中文 or English", None),
    ],
)
async def test_a_language_named_with_the_command_is_taken(advisor: Advisor, written: str, chosen: str | None) -> None:
    outcome = await advisor.hear("tg:1", Heard(text=written), language="zh")
    assert outcome.dialogue.language_fixed is (chosen is not None)
    assert outcome.replies[0].text == (say("language_set", chosen) if chosen else say("language_which", "zh"))


@pytest.mark.parametrize(
    "written", ["/start entry_{id}", "/start bulletin_{id}", "/start@loan_advisor_bot entry_{id}", "/START  entry_{id} "]
)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_link_to_an_entry_greets_and_shows_it_with_its_source(advisor: Advisor, written: str, language: str) -> None:
    entry = advisor.world.pack.get("prg-coordination-2024")
    assert entry is not None
    assert entry.source.number
    first = await advisor.hear("tg:1", Heard(text="/start"), language=language)
    again = await advisor.hear("tg:1", Heard(text="/start"), language=language)
    for greeting, owner in ((first, "tg:2"), (again, "tg:1")):
        outcome = await advisor.hear(owner, Heard(text=written.format(id=entry.id)), language=language)
        assert outcome.replies[0] == greeting.replies[0]
        assert entry.name[language] in outcome.replies[1].text
        assert entry.source.number in outcome.replies[1].text
        assert outcome.sources == (entry.id,)
        assert len(outcome.dialogue.firm) == 0


@pytest.mark.parametrize(
    "payload",
    ["entry_no-such-entry", "bulletin_", "prg-coordination-2024", "entry_prg-coordination-2024 x", "营业额280万", "x" * 5000, "500"],
)
async def test_any_other_link_greets_as_usual(advisor: Advisor, payload: str) -> None:
    await advisor.hear("tg:1", Heard(press="e:employees"))  # a question is open that a figure in a link must not answer
    plain = await advisor.hear("tg:2", Heard(text="/start"))
    outcome = await advisor.hear("tg:1", Heard(text=f"/start {payload}"))
    assert plain.replies[0] in outcome.replies
    assert outcome.sources == ()
    assert len(outcome.dialogue.firm) == 0


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


# -- buttons, files, erasing -------------------------------------------------------------------------------------------------------


async def test_a_button_goes_out_and_its_press_comes_back(serving: Serving, telegram: FakeTelegram, store: Store) -> None:
    async with serving():
        await telegram.say(1, "/delete")
        await telegram.until(lambda: bool(telegram.sent(1)))
        buttons = dict(telegram.sent(1)[-1].buttons)
        assert buttons == {"x:yes": say("erase_yes", "zh"), "x:no": say("erase_no", "zh")}
        await telegram.press(1, "x:no")
        await telegram.until(
            lambda: len(telegram.sent(1)) == 2 and any(call.method == "answerCallbackQuery" for call in telegram.delivered)
        )
    assert telegram.texts(1)[-1] == say("noted_no", "zh")
    assert heard(store, "tg:1") == ["/delete", "x:no"]


async def test_export_sends_the_data_as_a_document(serving: Serving, telegram: FakeTelegram) -> None:
    async with serving():
        await telegram.say(1, "营业额280万")
        await telegram.say(1, "/export")
        await telegram.until(lambda: any(call.files for call in telegram.sent(1)))
    name, content = telegram.sent(1)[-1].files["document"]
    exported = json.loads(content)
    assert re.fullmatch(r"loan-advisor-\d{4}-\d\d-\d\d\.json", name)
    assert telegram.texts(1)[-2] == say("export_done", "zh")
    assert {fact["name"]: fact["value"] for fact in exported["facts"]} == {"annual_revenue": 2_800_000}
    assert [turn["heard"] for turn in exported["conversation"]] == [{"text": "营业额280万"}]


async def test_delete_erases_everything_and_the_confirmation_still_arrives(serving: Serving, telegram: FakeTelegram, store: Store) -> None:
    telegram.refusals.append(Refusal("sendMessage", 429, chat=1, retry_after=1, times=10**6))  # replies are waiting when all is erased
    await telegram.say(1, "营业额280万")
    await telegram.say(1, "/delete")
    erasing = await telegram.press(1, "x:yes")
    after = await telegram.say(1, "/privacy")
    await telegram.say(2, "营业额280万")
    async with serving():
        await telegram.until(lambda: outcomes(store).get(after) == "answered" and bool(telegram.sent(2)))
        # The sender has what waits in memory; once it tries the confirmation, it knows that what waited before is gone.
        await telegram.until(lambda: any(call.chat == 1 and call.text == say("erased", "zh") for call in telegram.calls))
        telegram.refusals.clear()
        await telegram.until(lambda: all_sent(store))
    assert telegram.texts(1) == [say("erased", "zh"), *said(store, "tg:1")]  # what waited before is gone
    assert heard(store, "tg:1") == ["/privacy"]
    assert heard(store, "tg:2") == ["营业额280万"]
    with store.engine.connect() as connection:
        bodies = connection.execute(select(updates.c.body, updates.c.chat_id).where(updates.c.update_id <= erasing)).all()
        assert bodies == [("", None)] * 3
        assert connection.execute(select(facts.c.id).where(facts.c.owner_id == "tg:1")).all() == []
        assert connection.execute(select(outbox.c.id).where(outbox.c.owner_id.is_(None))).all() == []


async def test_nothing_of_an_erased_owner_is_left_in_any_table(serving: Serving, telegram: FakeTelegram, store: Store) -> None:
    async with serving():
        await telegram.say(815, "营业额280万")
        await telegram.say(815, "/delete")
        await telegram.press(815, "x:yes")
        await telegram.until(lambda: say("erased", "zh") in telegram.texts(815) and all_sent(store))
    with store.engine.connect() as connection:
        rows = [str(tuple(row)) for table in (facts, turns, dialogues, outbox) for row in connection.execute(select(table))]
        rows += [str(tuple(row)) for row in connection.execute(select(updates.c.chat_id, updates.c.body))]
    assert [row for row in rows if "815" in row or "280" in row] == []


async def test_what_an_owner_writes_right_after_erasing_survives_a_crash(advisor: Advisor, telegram: FakeTelegram, store: Store) -> None:
    await telegram.say(1, "/delete")
    await telegram.press(1, "x:yes")
    await telegram.say(1, "/privacy")
    letters = [keep(store, 1, update) for update in telegram.waiting]
    answering = Answering(advisor, Deaf(), wake_sender=lambda: None)  # type: ignore[arg-type]
    async with answering.at_work():
        for letter in letters[:2]:
            await answering.answer(letter)
    assert store.open_updates() == [(letters[2].update_id, 1, letters[2].body)]


# -- signs of life -----------------------------------------------------------------------------------------------------------------


async def test_an_answer_that_takes_long_shows_that_it_is_being_written(
    serving: Serving, telegram: FakeTelegram, advisor: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear = advisor.hear

    async def slow(*args: Any, **more: Any) -> Any:
        await telegram.until(lambda: any(call.method == "sendChatAction" for call in telegram.calls))
        return await hear(*args, **more)

    monkeypatch.setattr(advisor, "hear", slow)
    monkeypatch.setattr("bot.channels.telegram.answering._TYPING_AFTER", 0.05)
    await telegram.say(1, "/privacy")
    async with serving():
        await telegram.until(lambda: bool(telegram.sent(1)))
    assert [call.values["action"] for call in telegram.calls if call.method == "sendChatAction"] == ["typing"]


# -- starting, stopping, logging ---------------------------------------------------------------------------------------------------


async def test_the_menu_is_set_in_both_languages_and_a_missing_method_does_not_matter(serving: Serving, telegram: FakeTelegram) -> None:
    telegram.refusals.append(Refusal("answerCallbackQuery", 404, "Not Found"))
    async with serving():
        await telegram.press(1, "m:")
        await telegram.until(lambda: bool(telegram.sent(1)))
    menus = {
        call.values.get("language_code"): json.loads(call.values["commands"]) for call in telegram.calls if call.method == "setMyCommands"
    }
    assert set(menus) == {"zh", "en", None}
    offered = ["match", "card", "report", "subsidy", "news", "shared", "restart", "privacy", "export", "delete", "language", "help"]
    assert [item["command"] for item in menus["zh"]] == offered
    assert menus["en"] == menus[None] != menus["zh"]


async def start(advisor: Advisor, telegram: FakeTelegram, token: str = TOKEN) -> tuple[str, list[str]]:
    """Serve until it gives up: the sentence it ends with, and what it told before."""
    told: list[str] = []
    with pytest.raises(TelegramUnusable) as caught:
        await asyncio.wait_for(serve(advisor, token, telegram.url, told.append, sleep=lambda _: asyncio.sleep(0)), 20)
    assert "\n" not in str(caught.value)
    return str(caught.value), told


@pytest.mark.parametrize("token", ["4711:wrong", "no token", "", "4711:x/../y"])
async def test_a_wrong_token_is_one_sentence_that_does_not_quote_it(advisor: Advisor, telegram: FakeTelegram, token: str) -> None:
    sentence, _ = await start(advisor, telegram, token)
    assert "TELEGRAM_BOT_TOKEN" in sentence
    assert not token or token not in sentence


async def test_a_token_revoked_while_serving_is_one_sentence(advisor: Advisor, telegram: FakeTelegram, store: Store) -> None:
    telegram.refusals.append(Refusal("getUpdates", 401, "Unauthorized"))
    assert "@BotFather" in (await start(advisor, telegram))[0]
    telegram.refusals[:] = [Refusal("sendMessage", 401, "Unauthorized")]
    await telegram.say(1, "/privacy")
    assert "@BotFather" in (await start(advisor, telegram))[0]
    assert store.waiting_chats() == [1]  # still there for the new token


@pytest.mark.parametrize(
    ("description", "times", "says"),
    [
        ("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", 1, "webhook"),
        ("Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", 99, "another program"),
    ],
)
async def test_a_conflict_is_one_sentence(advisor: Advisor, telegram: FakeTelegram, description: str, times: int, says: str) -> None:
    telegram.refusals.append(Refusal("getUpdates", 409, description, times=times))
    assert says in (await start(advisor, telegram))[0]


async def test_a_short_conflict_and_other_troubles_with_polling_are_borne(serving: Serving, telegram: FakeTelegram) -> None:
    telegram.refusals += [Refusal("getMe", 502, times=2), Refusal("getUpdates", 409, "Conflict: terminated by other getUpdates request")]
    telegram.refusals += [Refusal("getUpdates", 429, retry_after=7), Refusal("getUpdates", 500), Refusal("getUpdates", 400)]
    await telegram.say(1, "/privacy")
    async with serving() as pauses:
        await telegram.until(lambda: bool(telegram.sent(1)))
    assert [pause for pause in pauses if pause.is_integer()] == [1.0, 2.0, 1.0, 7.0, 4.0, 8.0]  # the sender's own are not whole


async def test_no_token_no_address_and_no_words_of_an_owner_are_logged(
    advisor: Advisor, telegram: FakeTelegram, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, serving: Serving
) -> None:
    caplog.set_level(logging.DEBUG)
    hear = advisor.hear

    async def fail_on_bomb(owner: str, what: Any, **rest: Any) -> Any:
        if what.text and "bomb" in what.text:
            raise ValueError(f"cannot parse {what.text}")
        return await hear(owner, what, **rest)

    monkeypatch.setattr(advisor, "hear", fail_on_bomb)
    telegram.refusals += [Refusal("sendMessage", 400, "Bad Request: can't parse bomb-4242"), Refusal("getUpdates", 500, "bomb-4242")]
    for text in ("bomb-4242", "/privacy", "营业额4242万"):
        await telegram.say(987654, text)
    async with serving():
        await telegram.until(lambda: len(telegram.sent(987654)) >= 2)
    ours = [record for record in caplog.records if not record.name.startswith(("asyncio", "uvicorn"))]
    assert {record.name.split(".")[0] for record in ours} == {"bot"}
    written = "\n".join(logging.Formatter().format(record) for record in ours)
    assert "could not be answered: ValueError" in written
    for secret in (TOKEN, TOKEN.split(":")[1], "4242", "bomb-", "987654", "127.0.0.1"):
        assert secret not in written
