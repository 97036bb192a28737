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
        status, body = self.answers.pop(0) if self.answers else (200, None)
        content = json.dumps(body).encode() if body else b""
        writer.write(f"HTTP/1.1 {status} Told So\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n".encode() + content)
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
