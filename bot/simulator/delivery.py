"""How updates reach the bot: fetched with getUpdates, or sent to the webhook that is set here."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.simulator.clock import whichever
from bot.simulator.postman import MOST_CONNECTIONS
from bot.simulator.refusals import OTHER_POLLER, POLL_ENDED_BY_WEBHOOK, WEBHOOK_ACTIVE, bad, conflict
from bot.simulator.state import Json, Webhook
from bot.simulator.wire import Upload
from bot.simulator.world import World

_LONGEST_POLL = 50


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
    most = min(max(values.get("max_connections", 40), 1), MOST_CONNECTIONS)
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
        "pending_update_count": len(world.updates),
        "max_connections": webhook.max_connections if webhook.url else None,
        "ip_address": webhook.ip_address,
        "last_error_date": webhook.last_error_date,
        "last_error_message": webhook.last_error,
        "allowed_updates": list(world.updates.allowed) or None,
    }
    return {name: value for name, value in info.items() if value is not None}
