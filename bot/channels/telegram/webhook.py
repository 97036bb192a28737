"""Webhook: Telegram brings the updates. Each is stored before it is acknowledged, as in polling."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.messages import KINDS
from bot.channels.telegram.reception import Accept
from bot.channels.telegram.trouble import Sleep, TelegramUnusable, backoff, place_of, seconds_of

logger = logging.getLogger(__name__)

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the header's name)
#: Bytes; an update of Telegram's is a few thousand.
BODY_LIMIT = 1_000_000
#: Update numbers fill a database's largest whole number at most.
_NUMBERS = range(2**63)
#: Seconds that updates being stored get when the program ends.
_GOODBYE = 5


@dataclass(frozen=True)
class Webhook:
    """Where Telegram brings updates to (a public address), and where this program takes them in."""

    url: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str, listen: str) -> Webhook:
        """From the settings: an address without a path gets the one served here. Raises TelegramUnusable."""
        try:
            parts = urlsplit(url)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise TelegramUnusable("TELEGRAM_WEBHOOK_URL is not an address such as https://advisor.example.com/telegram")
        host, _, port = listen.rpartition(":")
        if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
            raise TelegramUnusable("TELEGRAM_WEBHOOK_LISTEN is not a host and a port such as 127.0.0.1:8443")
        return cls(url if parts.path.strip("/") else parts._replace(path=PATH).geturl(), host.strip("[]"), int(port))


def secret_of(token: str) -> str:
    """The secret that Telegram shows with each update: every worker of a bot, also after a restart, comes to the same one."""
    return hmac.new(token.encode(), b"loan advisor webhook", hashlib.sha256).hexdigest()


def webhook_app(secret: str, accept: Accept) -> Starlette:
    """POST /telegram takes an update from whoever knows the secret; GET /health says that the program runs."""

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return Response(status_code=403)
        try:
            body = await _read(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        raw = update_in(body)
        if raw is None:
            return Response(status_code=400)
        try:
            await accept([raw])
        except Exception as error:  # Telegram brings it again; what the error says may quote an owner
            logger.error("update %s could not be stored: %s", raw["update_id"], place_of(error))
            return Response(status_code=500)
        return Response()

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route(PATH, receive, methods=["POST"]), Route("/health", health, methods=["GET"])])


async def _read(request: Request) -> bytes | None:
    """The body; None as soon as it is longer than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


def update_in(body: bytes) -> dict[str, Any] | None:
    """The update a body holds; None when it holds none."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return raw if isinstance(number, int) and not isinstance(number, bool) and number in _NUMBERS else None


@asynccontextmanager
async def listening(app: Starlette, host: str, port: int) -> AsyncIterator[str]:
    """The application on a port (0 takes a free one); gives the address. Raises TelegramUnusable when the port cannot be had."""
    try:
        taken = _listening_socket(host, port)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TelegramUnusable(f"cannot listen on {host}:{port} (TELEGRAM_WEBHOOK_LISTEN): {reason}") from None
    config = uvicorn.Config(
        app, log_config=None, access_log=False, lifespan="off", ws="none", server_header=False, timeout_graceful_shutdown=_GOODBYE
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve([taken]))
    try:
        yield f"{host}:{taken.getsockname()[1]}"
    finally:
        server.should_exit = True
        await running
        taken.close()


def _listening_socket(host: str, port: int) -> socket.socket:
    """A socket that says that it is TCP: asyncio then sends answers at once, and nobody waits for a delayed acknowledgement."""
    taken = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
        taken.listen()
    except OSError:
        taken.close()
        raise
    return taken


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the command, which stops everything in order."""
        yield


async def set_webhook(bot: Bot, url: str, secret: str, sleep: Sleep = asyncio.sleep) -> None:
    """Have Telegram bring the updates, those that wait included. Raises TelegramUnusable when it refuses the address."""
    failures = 0
    while True:
        try:
            await bot.set_webhook(url, allowed_updates=KINDS, secret_token=secret, drop_pending_updates=False)
            return
        except InvalidToken:
            raise TelegramUnusable("Telegram no longer takes this TELEGRAM_BOT_TOKEN; get a new one from @BotFather") from None
        except BadRequest:
            raise TelegramUnusable("Telegram refused TELEGRAM_WEBHOOK_URL; it takes https on port 443, 80, 88 or 8443") from None
        except TelegramError as error:
            failures += 1
            pause = seconds_of(error) if isinstance(error, RetryAfter) else backoff(failures)
            logger.warning("the webhook could not be set (%s); trying again in %.0f s", type(error).__name__, pause)
            await sleep(pause)
