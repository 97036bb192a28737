"""Updates that Telegram brings: who may bring them, what is taken, that it is stored before it is acknowledged, and the whole way."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from bot.channels.telegram.bot import TelegramUnusable, serve
from bot.channels.telegram.messages import KINDS
from bot.channels.telegram.pace import UNLIMITED, Pace
from bot.channels.telegram.reception import Reception
from bot.channels.telegram.webhook import BODY_LIMIT, SECRET_HEADER, Webhook, secret_of, update_in, webhook_app
from bot.service import Advisor
from bot.storage.inbox import Letter
from bot.storage.store import Store
from tests.telegram.fake_api import TOKEN, Deaf, FakeTelegram, Refusal

SECRET = secret_of(TOKEN)
ADDRESS = "https://advisor.example.com/telegram"


def message(update_id: int, text: str, chat: int = 1) -> dict[str, Any]:
    owner = {"id": chat, "is_bot": False, "first_name": "Li", "language_code": "zh-hans"}
    content = {"message_id": update_id, "date": 1_790_000_000, "chat": {"id": chat, "type": "private"}, "from": owner, "text": text}
    return {"update_id": update_id, "message": content}


class Taken:
    """What an application took, and a client that speaks to it without a network."""

    def __init__(self, error: Exception | None = None) -> None:
        self.updates: list[dict[str, Any]] = []
        self._error = error

    async def accept(self, raws: Sequence[dict[str, Any]]) -> None:
        if self._error:
            raise self._error
        self.updates += raws

    def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(webhook_app(SECRET, self.accept))
        return httpx.AsyncClient(transport=transport, base_url="http://advisor")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({SECRET_HEADER: ""}, 403),
        ({SECRET_HEADER: SECRET[:-1]}, 403),
        ({SECRET_HEADER: SECRET + "0"}, 403),
        ({SECRET_HEADER: SECRET.upper()}, 403),
        ({SECRET_HEADER: "密".encode()}, 403),
        ({SECRET_HEADER: SECRET}, 200),
        ({SECRET_HEADER.lower(): SECRET}, 200),
    ],
)
async def test_only_who_knows_the_secret_brings_updates(headers: dict[str, Any], status: int) -> None:
    taken, update = Taken(), message(7, "想借50万")
    async with taken.client() as client:
        assert (await client.post("/telegram", json=update, headers=headers)).status_code == status
    assert taken.updates == ([update] if status == 200 else [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b'{"update_id": 7', 400),
        (b"[" * 100_000, 400),
        (b"\xff\xfe{", 400),
        (b"7", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": 7.5}', 400),
        (b'{"update_id": true}', 400),
        (b'{"update_id": null}', 400),
        (b'{"update_id": -1}', 400),
        (b'{"update_id": %d}' % 2**63, 400),
        (b'{"update_id": %d}' % (2**63 - 1), 200),
        (b'{"update_id": 7}', 200),
        (b'{"update_id": 7}'.ljust(BODY_LIMIT), 200),
        (b'{"update_id": 7}'.ljust(BODY_LIMIT + 1), 413),
    ],
    ids=lambda value: f"{value[:20]!r} ({len(value)})" if isinstance(value, bytes) else str(value),
)
async def test_what_is_no_update_is_refused(body: bytes, status: int) -> None:
    taken = Taken()
    async with taken.client() as client:
        assert (await client.post("/telegram", content=body, headers={SECRET_HEADER: SECRET})).status_code == status
    assert len(taken.updates) == (1 if status == 200 else 0)


async def test_a_body_without_an_end_is_refused_when_it_gets_too_long() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100 * BODY_LIMIT:
            sent += 100_000
            yield b" " * 100_000

    async with Taken().client() as client:
        assert (await client.post("/telegram", content=endless(), headers={SECRET_HEADER: SECRET})).status_code == 413
    assert sent <= BODY_LIMIT + 200_000


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["update_id", "message", "chat"]), inner, max_size=3),
).map(lambda value: json.dumps(value).encode()))  # fmt: skip
def test_whatever_a_body_holds_it_is_an_update_or_nothing(body: bytes) -> None:
    raw = update_in(body)
    assert raw is None or (type(raw["update_id"]) is int and 0 <= raw["update_id"] < 2**63)


async def test_other_requests() -> None:
    taken = Taken()
    async with taken.client() as client:
        health = await client.get("/health")
        assert (health.status_code, health.text) == (200, "ok")
        assert (await client.get("/telegram", headers={SECRET_HEADER: SECRET})).status_code == 405
        assert (await client.post("/", json=message(1, "x"), headers={SECRET_HEADER: SECRET})).status_code == 404
    assert taken.updates == []


async def test_an_update_that_cannot_be_stored_is_not_acknowledged_nor_quoted(caplog: pytest.LogCaptureFixture) -> None:
    async with Taken(error=ValueError("营业额4242万")).client() as client:
        assert (await client.post("/telegram", json=message(7, "x"), headers={SECRET_HEADER: SECRET})).status_code == 500
    assert "update 7 could not be stored: ValueError" in caplog.text
    assert "4242" not in caplog.text


# -- with storage ------------------------------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def receiving(advisor: Advisor, sleep: Any = asyncio.sleep) -> AsyncIterator[httpx.AsyncClient]:
    """A reception at work behind the application; acknowledging presses does not matter here."""
    reception = Reception(advisor, Deaf(), wake_sender=lambda: None, sleep=sleep)  # type: ignore[arg-type]
    transport = httpx.ASGITransport(webhook_app(SECRET, reception.accept))
    async with (
        reception.at_work(),
        httpx.AsyncClient(transport=transport, base_url="http://advisor", headers={SECRET_HEADER: SECRET}) as client,
    ):
        yield client


def heard(store: Store, owner: str) -> list[str]:
    return [turn["heard"].get("text") for turn in store.transcript(owner)]


async def test_an_update_is_stored_before_it_is_acknowledged_and_answered_once(
    advisor: Advisor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear, may_answer = advisor.hear, asyncio.Event()

    async def later(*args: Any, **more: Any) -> Any:
        await may_answer.wait()
        return await hear(*args, **more)

    monkeypatch.setattr(advisor, "hear", later)
    first, second = message(7, "/privacy"), message(8, "/help")
    async with receiving(advisor) as client:
        for update in (first, second, first):  # Telegram brings one again whose acknowledgement it did not see
            assert (await client.post("/telegram", json=update)).status_code == 200
        stored = [(number, chat, json.loads(body)) for number, chat, body in store.open_updates()]
        assert stored == [(7, 1, first), (8, 1, second)]
        may_answer.set()
    assert heard(store, "tg:1") == ["/privacy", "/help"]
    assert store.open_updates() == []
    assert len(store.unsent()) == sum(len(turn["said"]) for turn in store.transcript("tg:1"))


async def test_what_an_earlier_run_left_is_answered_first(advisor: Advisor, store: Store) -> None:
    store.keep_updates([Letter(7, 1, json.dumps(message(7, "/privacy")))], datetime.now(UTC))
    async with receiving(advisor) as client:
        assert (await client.post("/telegram", json=message(8, "/help"))).status_code == 200
    assert heard(store, "tg:1") == ["/privacy", "/help"]


async def test_while_the_database_does_not_answer_nothing_is_acknowledged(
    advisor: Advisor, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, pauses, back = store.keep_updates, [], False

    def away(*args: Any) -> None:
        keep(*args)  # it may have been stored although the answer was lost
        if not back:
            raise OperationalError("insert", {}, Exception("gone"))

    async def pause(seconds: float) -> None:
        nonlocal back
        pauses.append(seconds)
        back = len(pauses) >= 3
        await asyncio.sleep(0)

    monkeypatch.setattr(store, "keep_updates", away)
    async with receiving(advisor, pause) as client:
        assert (await client.post("/telegram", json=message(7, "/privacy"))).status_code == 200
    assert pauses == [1.0, 2.0, 4.0]
    assert heard(store, "tg:1") == ["/privacy"]


# -- the whole channel -------------------------------------------------------------------------------------------------------------


@contextlib.asynccontextmanager
async def serving(advisor: Advisor, telegram: FakeTelegram, webhook: Webhook | None) -> AsyncIterator[list[str]]:
    """The channel at work; gives the lines it tells."""
    told: list[str] = []
    pace = Pace(UNLIMITED)
    work = serve(advisor, TOKEN, telegram.url, told.append, pace, sleep=lambda _: asyncio.sleep(0.001), webhook=webhook)
    task = asyncio.create_task(work)
    try:
        yield told
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_the_whole_way_over_a_real_port(
    advisor: Advisor, telegram: FakeTelegram, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.refusals.append(Refusal("setWebhook", 502))
    async with serving(advisor, telegram, Webhook.of(ADDRESS, "127.0.0.1:0")) as told:
        await telegram.until(lambda: any(line.startswith("listening on ") for line in told))
        local = "http://" + told[-1].split()[2]
        asked = telegram.webhook
        assert asked["url"] == ADDRESS
        assert json.loads(asked["allowed_updates"]) == KINDS
        assert asked.get("drop_pending_updates", "false").lower() == "false"
        async with httpx.AsyncClient(base_url=local) as client:
            assert (await client.get("/health")).status_code == 200
            assert (await client.post("/telegram", json=message(7, "/privacy"))).status_code == 403
            big = await client.post("/telegram", content=b" " * (BODY_LIMIT + 1), headers={SECRET_HEADER: asked["secret_token"]})
            assert big.status_code == 413
            reply = await client.post("/telegram", json=message(7, "/privacy"), headers={SECRET_HEADER: asked["secret_token"]})
            assert reply.status_code == 200
            await telegram.until(lambda: bool(telegram.sent(1)) and store.waiting_chats() == [])
    assert telegram.texts(1) == [reply["text"] for reply in store.transcript("tg:1")[0]["said"]]
    methods = {call.method for call in telegram.calls}
    assert methods & {"getUpdates", "deleteWebhook", "getWebhookInfo"} == set()
    assert told == ["serving Telegram as @loan_advisor_bot; Ctrl-C stops", f"listening on {local[7:]} for Telegram's updates"]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{local}/health")
    assert asked["secret_token"] not in caplog.text


@pytest.mark.parametrize("url", ["", ADDRESS])
async def test_polling_removes_a_webhook_if_there_is_one_and_says_so(advisor: Advisor, telegram: FakeTelegram, url: str) -> None:
    telegram.webhook = {"url": url}
    await telegram.say(1, "/privacy")
    async with serving(advisor, telegram, None) as told:
        await telegram.until(lambda: bool(telegram.sent(1)))
    removed = [call for call in telegram.calls if call.method == "deleteWebhook"]
    assert len(removed) == (1 if url else 0)
    assert all(call.values.get("drop_pending_updates", "false").lower() == "false" for call in removed)
    assert [line for line in told if "webhook" in line] == told[1:]
    assert len(told) == (2 if url else 1)
    assert ADDRESS not in "\n".join(told)


async def test_polling_starts_also_when_the_webhook_cannot_be_looked_up(advisor: Advisor, telegram: FakeTelegram) -> None:
    telegram.refusals.append(Refusal("getWebhookInfo", 500))
    await telegram.say(1, "/privacy")
    async with serving(advisor, telegram, None):
        await telegram.until(lambda: bool(telegram.sent(1)))


async def refused(advisor: Advisor, telegram: FakeTelegram, listen: str = "127.0.0.1:0") -> str:
    with pytest.raises(TelegramUnusable) as caught:
        await asyncio.wait_for(serve(advisor, TOKEN, telegram.url, lambda _: None, webhook=Webhook.of(ADDRESS, listen)), 20)
    return str(caught.value)


@pytest.mark.parametrize(
    ("status", "description", "says"),
    [(400, "Bad Request: bad webhook: HTTPS url must be provided", "TELEGRAM_WEBHOOK_URL"), (401, "Unauthorized", "@BotFather")],
)
async def test_an_address_that_telegram_refuses_is_one_sentence(
    advisor: Advisor, telegram: FakeTelegram, status: int, description: str, says: str
) -> None:
    telegram.refusals.append(Refusal("setWebhook", status, description))
    assert says in await refused(advisor, telegram)


async def test_a_token_revoked_while_serving_is_one_sentence(advisor: Advisor, telegram: FakeTelegram, store: Store) -> None:
    telegram.refusals.append(Refusal("sendMessage", 401, "Unauthorized"))
    with store.begin() as connection:
        store.post(connection, None, 1, [{"text": "好", "buttons": [], "files": []}], datetime.now(UTC))
    assert "@BotFather" in await refused(advisor, telegram)
    assert store.waiting_chats() == [1]


async def test_a_port_that_is_taken_is_one_sentence(advisor: Advisor, telegram: FakeTelegram) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        assert f"cannot listen on {listen}" in await refused(advisor, telegram, listen)
    assert telegram.webhook["url"] == ""  # Telegram is not told of an address where nobody listens


# -- settings ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "listen", "webhook"),
    [
        (ADDRESS, "127.0.0.1:8443", Webhook(ADDRESS, "127.0.0.1", 8443)),
        ("https://a.example", "0.0.0.0:80", Webhook("https://a.example/telegram", "0.0.0.0", 80)),
        ("https://a.example:8443/", "localhost:1", Webhook("https://a.example:8443/telegram", "localhost", 1)),
        ("https://a.example/bots/loans", "[::1]:65535", Webhook("https://a.example/bots/loans", "::1", 65535)),
    ],
)
def test_a_webhook_from_its_settings(url: str, listen: str, webhook: Webhook) -> None:
    assert Webhook.of(url, listen) == webhook


@pytest.mark.parametrize(
    ("url", "listen", "names"),
    [
        ("a.example/telegram", "127.0.0.1:8443", "TELEGRAM_WEBHOOK_URL"),
        ("ftp://a.example", "127.0.0.1:8443", "TELEGRAM_WEBHOOK_URL"),
        ("https://", "127.0.0.1:8443", "TELEGRAM_WEBHOOK_URL"),
        ("https://[a.example", "127.0.0.1:8443", "TELEGRAM_WEBHOOK_URL"),
        (ADDRESS, "8443", "TELEGRAM_WEBHOOK_LISTEN"),
        (ADDRESS, ":8443", "TELEGRAM_WEBHOOK_LISTEN"),
        (ADDRESS, "127.0.0.1:", "TELEGRAM_WEBHOOK_LISTEN"),
        (ADDRESS, "127.0.0.1:https", "TELEGRAM_WEBHOOK_LISTEN"),
        (ADDRESS, "127.0.0.1:65536", "TELEGRAM_WEBHOOK_LISTEN"),
        (ADDRESS, "127.0.0.1:²", "TELEGRAM_WEBHOOK_LISTEN"),
    ],
)
def test_settings_that_cannot_be_meant_are_one_sentence(url: str, listen: str, names: str) -> None:
    with pytest.raises(TelegramUnusable, match=names):
        Webhook.of(url, listen)


def test_a_secret_belongs_to_a_bot_and_is_what_telegram_allows() -> None:
    assert secret_of(TOKEN) == SECRET != secret_of(TOKEN + "x")
    assert len(SECRET) == 64
    assert SECRET.isascii()
    assert SECRET.isalnum()
    assert TOKEN.split(":")[1] not in SECRET
