"""How updates reach the bot: fetched with getUpdates, or sent to its webhook."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import re
import ssl
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.clock import whichever
from bot.simulator.refusals import OTHER_POLLER, POLL_ENDED_BY_WEBHOOK, WEBHOOK_ACTIVE, bad, conflict
from bot.simulator.state import Json, Webhook
from bot.simulator.wire import Upload
from bot.simulator.world import World

Call = Callable[[str, Json], Awaitable[object]]

_LONGEST_POLL = 50
_LONGEST_PAUSE = 60.0
#: Real seconds a webhook gets to answer.
PATIENCE = 5.0


class Polling:
    """getUpdates: one caller at a time, the newest; the one before it is sent away."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turn = 0

    async def get_updates(self, values: Json) -> list[Json]:
        """What waits from the offset on, at once or as soon as there is something within the timeout."""
        world = self._world
        if world.webhook.url:
            raise conflict(WEBHOOK_ACTIVE)
        if "allowed_updates" in values:
            world.updates.allow(values["allowed_updates"])
        self._turn += 1
        turn = self._turn
        world.news.notify()
        limit = min(max(values.get("limit", 100), 1), 100)
        deadline = world.clock.now() + min(max(values.get("timeout", 0), 0), _LONGEST_POLL)
        offset = values.get("offset", 0)
        while True:
            batch = world.updates.fetch(offset, limit)
            if batch or world.clock.now() >= deadline or world.ended.is_set():
                return batch
            offset = max(offset, 0)
            await whichever(world.clock, world.news.wait(), deadline - world.clock.now())
            if self._turn != turn:
                raise conflict(OTHER_POLLER)
            if world.webhook.url:
                raise conflict(POLL_ENDED_BY_WEBHOOK)


def set_webhook(world: World, values: Json) -> bool:
    """An empty address removes the webhook. Plain http is taken too, as by Telegram's own local server."""
    url = values.get("url", "")
    if values.get("drop_pending_updates"):
        world.updates.drop()
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise bad("invalid webhook URL specified")
    secret = values.get("secret_token", "")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    if "allowed_updates" in values:
        world.updates.allow(values["allowed_updates"])
    certificate = values.get("certificate")
    most = min(max(values.get("max_connections", 40), 1), 100)
    kept = certificate.content if isinstance(certificate, Upload) else None
    world.webhook = Webhook(url, secret or None, most, values.get("ip_address"), kept) if url else Webhook()
    world.rewired.notify()
    world.news.notify()
    return True


def delete_webhook(world: World, values: Json) -> bool:
    return set_webhook(world, {name: value for name, value in values.items() if name == "drop_pending_updates"})


def get_webhook_info(world: World, _: Json) -> Json:
    webhook = world.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": webhook.certificate is not None,
        "pending_update_count": len(world.updates.pending),
        "max_connections": webhook.max_connections if webhook.url else None,
        "ip_address": webhook.ip_address,
        "last_error_date": webhook.last_error_date,
        "last_error_message": webhook.last_error,
        "allowed_updates": list(world.updates.allowed) or None,
    }
    return {name: value for name, value in info.items() if value is not None}


async def deliver(world: World, call: Call) -> None:
    """Send waiting updates to the webhook one by one until the world ends; after a failure wait 1, 2, 4, ... seconds.

    A 2xx answer confirms the update; if its body names a method, the method is called, as Telegram does.
    """
    failures = 0
    while not world.ended.is_set():
        webhook, update = world.webhook, world.updates.first() if world.webhook.url else None
        if update is None:
            failures = 0
            await world.news.wait()
            continue
        error, body = await asyncio.to_thread(_post, webhook, update)
        if webhook is not world.webhook:
            failures = 0
        elif error is None:
            failures = 0
            world.updates.delivered(update)
            await _call_in_answer(call, body)
        else:
            failures += 1
            webhook.last_error, webhook.last_error_date = error, world.today
            world.event("webhook_error", error=error, update_id=update["update_id"])
            await whichever(world.clock, world.rewired.wait(), min(2.0 ** (failures - 1), _LONGEST_PAUSE))


async def _call_in_answer(call: Call, body: bytes) -> None:
    with contextlib.suppress(ValueError):
        wanted: Any = json.loads(body) if body else None
        if isinstance(wanted, dict) and isinstance(wanted.get("method"), str):
            await call(wanted.pop("method"), wanted)


def _post(webhook: Webhook, update: Json) -> tuple[str | None, bytes]:
    """Why it failed, in Telegram's words, or None; and the body of the answer."""
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
        return "Connection refused", b""
    except TimeoutError:
        return "Read timeout expired", b""
    except (OSError, http.client.HTTPException):
        return "Webhook connection closed", b""
    finally:
        connection.close()
    if 200 <= response.status < 300:
        return None, body
    return f"Wrong response from the webhook: {response.status} {response.reason}", b""


def _connection(webhook: Webhook) -> http.client.HTTPConnection:
    address = urlsplit(webhook.url)
    if address.scheme == "http":
        return http.client.HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE)
    own = webhook.certificate.decode("ascii", "replace") if webhook.certificate else None
    context = ssl.create_default_context(cadata=own)
    context.check_hostname = own is None
    return http.client.HTTPSConnection(address.hostname or "", address.port, timeout=PATIENCE, context=context)
