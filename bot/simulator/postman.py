"""Updates on their way to the bot's webhook."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import ssl
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.clock import whichever
from bot.simulator.state import Json, Webhook
from bot.simulator.world import World

Call = Callable[[str, Json], Awaitable[object]]

MOST_CONNECTIONS = 100
_LONGEST_PAUSE = 60.0
#: Real seconds a webhook gets to answer.
PATIENCE = 5.0
_NOT_IN_ANSWERS = ("setwebhook", "deletewebhook")


@dataclass(frozen=True)
class _Answer:
    """What the webhook said: why it failed, in Telegram's words, or None; when to come again, in seconds; the body."""

    error: str | None
    retry_after: int = 0
    body: bytes = b""


class Postman:
    """Sends waiting updates to the webhook: those of one chat in their order, those of different chats side by side.

    As many are under way as the webhook takes connections. A 2xx answer confirms an update; if its body names a method, the method
    is called, as Telegram does. After a failure the chat's updates wait 1, 2, 4, ... seconds or as long as the answer's Retry-After
    says, and the other chats do not.
    """

    def __init__(self, world: World, call: Call) -> None:
        self._world = world
        self._call = call
        self._threads = ThreadPoolExecutor(MOST_CONNECTIONS, "webhook")
        self._sending = 0
        self._failures: dict[int, int] = {}  # of updates that were tried and not taken yet
        self._errands: set[asyncio.Task[None]] = set()

    async def deliver(self) -> None:
        """Until the world ends."""
        try:
            while not self._world.ended.is_set():
                self._send_out()
                await self._world.news.wait()
        finally:
            for errand in self._errands:
                errand.cancel()
            await asyncio.gather(*self._errands, return_exceptions=True)
            self._threads.shutdown(wait=False, cancel_futures=True)

    def _send_out(self) -> None:
        webhook = self._world.webhook
        while webhook.url and self._sending < webhook.max_connections and (update := self._world.updates.claim()):
            self._sending += 1
            errand = asyncio.create_task(self._carry(webhook, update))
            self._errands.add(errand)
            errand.add_done_callback(self._errands.discard)

    async def _carry(self, webhook: Webhook, update: Json) -> None:
        """Take one update there and see what comes of it; its chat waits meanwhile."""
        world, number = self._world, update["update_id"]
        answer = await asyncio.get_running_loop().run_in_executor(self._threads, _post, webhook, update)
        self._sending -= 1
        world.news.notify()
        if webhook is not world.webhook:
            self._failures.clear()  # another address is tried at once
        elif answer.error is None:
            self._failures.pop(number, None)
            world.updates.delivered(update)
            await self._call_in(answer.body)
        else:
            await self._wait_after(webhook, number, answer)
        world.updates.release(update)
        world.news.notify()

    async def _wait_after(self, webhook: Webhook, number: int, answer: _Answer) -> None:
        world = self._world
        failures = self._failures[number] = self._failures.get(number, 0) + 1
        webhook.last_error, webhook.last_error_date = answer.error, world.today
        rewired = world.rewired.wait()
        world.event("webhook_error", error=answer.error, update_id=number)
        await whichever(world.clock, rewired, answer.retry_after or min(2.0 ** (failures - 1), _LONGEST_PAUSE))

    async def _call_in(self, body: bytes) -> None:
        """Answers that fetch something or move the webhook are not done."""
        with contextlib.suppress(ValueError):
            wanted: Any = json.loads(body) if body else None
            method = wanted.pop("method", None) if isinstance(wanted, dict) else None
            if isinstance(method, str) and not method.lower().startswith("get") and method.lower() not in _NOT_IN_ANSWERS:
                await self._call(method, wanted)


def _post(webhook: Webhook, update: Json) -> _Answer:
    address = urlsplit(webhook.url)
    connection = _connection(webhook)
    headers = {"Content-Type": "application/json", "Connection": "close"}
    if webhook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    try:
        connection.request("POST", target, json.dumps(update, ensure_ascii=False).encode(), headers)
        response = connection.getresponse()
        body = response.read()
    except ConnectionRefusedError:
        return _Answer("Connection refused")
    except TimeoutError:
        return _Answer("Read timeout expired")
    except (OSError, http.client.HTTPException):
        return _Answer("Webhook connection closed")
    finally:
        connection.close()
    if 200 <= response.status < 300:
        return _Answer(None, body=body)
    after = response.headers.get("Retry-After", "")
    return _Answer(
        f"Wrong response from the webhook: {response.status} {response.reason}", min(int(after), 3600) if after.isdecimal() else 0
    )


def _connection(webhook: Webhook) -> http.client.HTTPConnection:
    address = urlsplit(webhook.url)
    if address.scheme == "http":
        return http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    own = webhook.certificate.decode("ascii", "replace") if webhook.certificate else None
    context = ssl.create_default_context(cadata=own)
    context.check_hostname = own is None
    return http.client.HTTPSConnection(address.hostname or "", address.port, timeout=PATIENCE, context=context)
