"""The channel starts, stops and logs: a wrong token, a conflict, and nothing secret in the log."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

from bot.channels.telegram.bot import TelegramUnusable, serve
from bot.service import Advisor
from bot.storage.store import Store
from tests.telegram.conftest import Serving
from tests.telegram.fake_api import TOKEN, FakeTelegram, Refusal


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
