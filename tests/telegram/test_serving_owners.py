"""What owners do on Telegram and what comes back: edits, languages, links, buttons, data taken along and erased."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from bot.channels.telegram.answering import Answering
from bot.conversation.heard import Heard
from bot.conversation.texts import say
from bot.service import Advisor
from bot.storage.store import Store
from bot.storage.tables import dialogues, facts, outbox, turns, updates
from tests.telegram.conftest import Serving
from tests.telegram.fake_api import Deaf, FakeTelegram, Refusal
from tests.telegram.served import all_sent, heard, keep, outcomes, said

FILE = {"file_id": "f", "file_unique_id": "u"}


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
