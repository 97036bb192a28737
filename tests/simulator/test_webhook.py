"""Updates sent to a webhook: with the secret, again after a failure, and never lost."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.simulator.local import Local, until


@dataclass
class Hook:
    """A webhook that gives the answers it is told to, and 200 after that."""

    port: int = 0
    answers: list[tuple[int, dict[str, Any] | None]] = field(default_factory=list)
    retry_after: str = ""
    held: asyncio.Event | None = None  #: answers wait for it
    bodies: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?x=1"

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].split()[0])
        self.bodies.append(json.loads(await reader.readexactly(length)))
        self.heads.append(head)
        if self.held is not None:
            await self.held.wait()
        status, body = self.answers.pop(0) if self.answers else (200, None)
        content = json.dumps(body).encode() if body else b""
        after = f"Retry-After: {self.retry_after}\r\n" if self.retry_after else ""
        head = f"HTTP/1.1 {status} Told So\r\n{after}Content-Length: {len(content)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + content)
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    async with await asyncio.start_server(made.take, "127.0.0.1", 0) as server:
        made.port = server.sockets[0].getsockname()[1]
        yield made
        server.close()


async def test_updates_come_with_the_secret_in_their_order(local: Local, hook: Hook) -> None:
    person = local.world.person("Wang")
    person.start()
    await local.bot.set_webhook(hook.url, secret_token="s_1-X")
    person.write("two")
    await until(lambda: local.world.updates.pending == [])
    assert [body["message"]["text"] for body in hook.bodies] == ["/start", "two"]
    assert all("x-telegram-bot-api-secret-token: s_1-x" in head and head.startswith("post /hook?x=1 ") for head in hook.heads)
    info = await local.result("getWebhookInfo")
    assert info == {"url": hook.url, "has_custom_certificate": False, "pending_update_count": 0, "max_connections": 40}


async def test_a_failed_update_comes_again_after_one_two_and_four_seconds(local: Local, hook: Hook) -> None:
    hook.answers = [(500, None), (302, None), (404, None)]
    await local.result("setWebhook", url=hook.url)
    person = local.world.person("Wang")
    person.start()
    for tries, pause in ((1, 1.0), (2, 2.0), (3, 4.0)):
        await until(lambda tries=tries: len(local.world.events) == 1 + tries)  # type: ignore[misc]
        await asyncio.sleep(0.01)
        local.clock.advance(pause - 0.5)
        await asyncio.sleep(0.03)
        assert len(hook.bodies) == tries, "not before its time"
        info = await local.result("getWebhookInfo")
        assert info["pending_update_count"] == 1
        assert info["last_error_message"] == f"Wrong response from the webhook: {[500, 302, 404][tries - 1]} Told So"
        assert info["last_error_date"] <= local.clock.now()
        local.clock.advance(0.5)
    await until(lambda: local.world.updates.pending == [])
    assert len(hook.bodies) == 4
    assert len({body["update_id"] for body in hook.bodies}) == 1


async def test_nobody_at_the_address_is_told_and_the_update_kept(local: Local, hook: Hook) -> None:
    await local.result("setWebhook", url="http://127.0.0.1:9/")
    local.world.person("Wang").start()
    await until(lambda: local.world.webhook.last_error is not None)
    assert local.world.webhook.last_error == "Connection refused"
    await local.result("setWebhook", url=hook.url)  # a new address is tried at once, not after the pause
    await until(lambda: local.world.updates.pending == [])
    assert len(hook.bodies) == 1


async def test_what_waited_can_be_dropped(local: Local, hook: Hook) -> None:
    local.world.person("Wang").start()
    await local.result("setWebhook", url=hook.url, drop_pending_updates=True)
    assert (await local.result("getWebhookInfo"))["pending_update_count"] == 0
    await asyncio.sleep(0.02)
    assert hook.bodies == []


async def test_the_answer_of_a_webhook_may_be_a_call(local: Local, hook: Hook) -> None:
    person = local.world.person("Wang")
    hook.answers = [(200, {"method": "sendMessage", "chat_id": person.id, "text": "Hello"})]
    await local.result("setWebhook", url=hook.url)
    person.start()
    await until(lambda: [seen.text for seen in person.sees()] == ["/start", "Hello"])


async def test_a_webhook_gets_doubles_and_disorder_if_they_are_ordered(local: Local, hook: Hook) -> None:
    person = local.world.person("Wang")
    person.start()
    person.write("two")
    local.world.faults.disorder, local.world.faults.duplicates = 1, 1
    await local.result("setWebhook", url=hook.url)
    await until(lambda: len(hook.bodies) == 3)
    assert [body["message"]["text"] for body in hook.bodies] == ["two", "two", "/start"]


def texts(hook: Hook) -> list[str]:
    return [body["message"]["text"] for body in hook.bodies]


@pytest.mark.parametrize(("connections", "together"), [(1, 1), (3, 3), (40, 5)])
async def test_as_many_chats_side_by_side_as_the_webhook_takes_connections(
    local: Local, hook: Hook, connections: int, together: int
) -> None:
    people = [local.world.person(f"Owner {number}") for number in range(5)]
    hook.held = asyncio.Event()
    for person in people:
        person.write("1")
        person.write("2")
    await local.result("setWebhook", url=hook.url, max_connections=connections)
    await until(lambda: len(hook.bodies) == together)
    await asyncio.sleep(0.03)
    assert texts(hook) == ["1"] * together, "the second of a chat waits until the first is taken"
    hook.held.set()
    await until(lambda: local.world.updates.pending == [])
    for person in people:
        assert [body["message"]["text"] for body in hook.bodies if body["message"]["chat"]["id"] == person.id] == ["1", "2"]


async def test_a_chat_whose_update_failed_does_not_hold_up_the_others(local: Local, hook: Hook) -> None:
    unlucky, other = local.world.person("Wang"), local.world.person("Li")
    hook.answers = [(500, None)]
    await local.result("setWebhook", url=hook.url)
    unlucky.write("first")
    await until(lambda: local.world.webhook.last_error is not None)
    unlucky.write("second")
    other.write("other")
    await until(lambda: len(hook.bodies) == 2)
    assert texts(hook) == ["first", "other"]
    local.clock.advance(1)
    await until(lambda: local.world.updates.pending == [])
    assert texts(hook) == ["first", "other", "first", "second"]


async def test_the_webhook_may_say_when_to_come_again(local: Local, hook: Hook) -> None:
    hook.answers, hook.retry_after = [(503, None)], "7"
    await local.result("setWebhook", url=hook.url)
    local.world.person("Wang").start()
    await until(lambda: len(local.world.events) == 2)
    local.clock.advance(6)
    await asyncio.sleep(0.03)
    assert len(hook.bodies) == 1
    local.clock.advance(1)
    await until(lambda: local.world.updates.pending == [])


@pytest.mark.parametrize("method", ["deleteWebhook", "setWebhook", "getMe"])
async def test_some_methods_are_not_done_in_an_answer(local: Local, hook: Hook, method: str) -> None:
    hook.answers = [(200, {"method": method, "url": ""})]
    await local.result("setWebhook", url=hook.url)
    local.world.person("Wang").start()
    await until(lambda: local.world.updates.pending == [])
    await asyncio.sleep(0.01)
    assert (local.world.webhook.url, local.world.calls[-1][0]) == (hook.url, "setWebhook")
    assert len(local.world.calls) == 1
