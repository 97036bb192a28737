"""A small Telegram Bot API on loopback: updates stay until they are confirmed, every call is recorded, refusals can be ordered."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "4711:fake-token_of-the-tests"
BOT = {"id": 4711, "is_bot": True, "first_name": "Advisor", "username": "loan_advisor_bot"}


@dataclass(frozen=True)
class Call:
    """One call of a method with its parameters; files by name and content."""

    method: str
    values: dict[str, Any]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    @property
    def chat(self) -> int | None:
        return int(self.values["chat_id"]) if "chat_id" in self.values else None

    @property
    def text(self) -> str:
        return str(self.values.get("text", ""))

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """(callback data, label) of an inline keyboard."""
        rows = json.loads(self.values.get("reply_markup", "{}")).get("inline_keyboard", [])
        return [(button["callback_data"], button["text"]) for row in rows for button in row]


@dataclass
class Refusal:
    """What to answer instead of doing it, `times` times, to calls of a method (about a chat, if given)."""

    method: str
    status: int
    description: str = "Refused"
    chat: int | None = None
    retry_after: int | None = None
    times: int = 1
    parameters: dict[str, Any] = field(default_factory=dict)

    def fits(self, call: Call) -> bool:
        return self.times > 0 and call.method == self.method and self.chat in (None, call.chat)


class FakeTelegram:
    """The server's state, and what tests do with it."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[Call] = []
        self.delivered: list[Call] = []
        self.refusals: list[Refusal] = []
        self.waiting: list[dict[str, Any]] = []
        self.confirmed: list[int] = []
        self.on_confirm: Callable[[int], None] = lambda _: None
        self.closing = False
        self.seconds_to_send = 0.0
        self.webhook: dict[str, Any] = {"url": ""}
        self._last_update = 100
        self._last_message = 0
        self._changed = asyncio.Condition()

    # -- what owners do ----------------------------------------------------------------------------------------------------------

    async def say(self, user: int, text: str, **more: Any) -> int:
        return await self.message(user, text=text, **more)

    async def message(self, user: int, *, kind: str = "message", language: str | None = "zh-hans", **content: Any) -> int:
        """A message of any content in the user's private chat (or in `chat`); gives the update's number."""
        chat = content.pop("chat", {"id": user, "type": "private", "first_name": "Owner"})
        return await self.update(**{kind: self._message(user, language, chat, content)})

    async def press(self, user: int, data: str) -> int:
        chat = {"id": user, "type": "private", "first_name": "Owner"}
        query = {"id": f"q{user}", "from": _user(user, "zh-hans"), "chat_instance": "1", "data": data}
        return await self.update(callback_query={**query, "message": self._message(BOT["id"], None, chat, {"text": "?"})})

    async def update(self, **body: Any) -> int:
        async with self._changed:
            self._last_update += 1
            self.waiting.append({"update_id": self._last_update, **body})
            self._changed.notify_all()
        return self._last_update

    def _message(self, user: int, language: str | None, chat: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
        self._last_message += 1
        return {"message_id": self._last_message, "date": int(time.time()), "chat": chat, "from": _user(user, language), **content}

    # -- what tests look at --------------------------------------------------------------------------------------------------------

    def sent(self, chat: int | None = None) -> list[Call]:
        """The messages and documents that arrived, in order."""
        kinds = ("sendMessage", "sendDocument", "sendPhoto")
        return [call for call in self.delivered if call.method in kinds and chat in (None, call.chat)]

    def texts(self, chat: int | None = None) -> list[str]:
        return [call.text or call.values.get("caption", "") for call in self.sent(chat)]

    async def until(self, holds: Callable[[], bool], seconds: float = 90.0) -> None:
        """Wait for something to have happened, here or in the database; fails with what was sent so far."""
        deadline = time.monotonic() + seconds
        while not (held := holds()) and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        assert held, f"not within {seconds} s; calls: {[call.method for call in self.calls]}; sent: {self.texts()}"

    async def stop(self) -> None:
        async with self._changed:
            self.closing = True
            self._changed.notify_all()

    # -- the server ----------------------------------------------------------------------------------------------------------------

    async def answer(self, request: Request) -> Response:
        method = request.path_params["method"]
        if request.path_params["token"] != TOKEN:
            return _refused(401, "Unauthorized")
        handler = getattr(self, f"_{method}", None)
        if handler is None or method.lower() == method:
            return _refused(404, "Not Found")
        call = await _read(method, request)
        self.calls.append(call)
        refusal = next((item for item in self.refusals if item.fits(call)), None)
        if refusal is not None:
            refusal.times -= 1
            return _refused(refusal.status, refusal.description, refusal.retry_after, refusal.parameters)
        result = await handler(call)
        self.delivered.append(call)
        return JSONResponse({"ok": True, "result": result})

    async def _getMe(self, _: Call) -> Any:
        return BOT

    async def _getUpdates(self, call: Call) -> Any:
        """Updates stay until an offset above them is asked for."""
        offset, limit = int(call.values.get("offset", 0)), int(call.values.get("limit", 100))
        for update in [item for item in self.waiting if item["update_id"] < offset]:
            self.on_confirm(update["update_id"])
            self.confirmed.append(update["update_id"])
            self.waiting.remove(update)
        async with self._changed:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(float(call.values.get("timeout", 0))):
                    await self._changed.wait_for(lambda: bool(self.waiting) or self.closing)
        return self.waiting[:limit]

    async def _sendMessage(self, call: Call) -> Any:
        assert call.chat is not None
        await asyncio.sleep(self.seconds_to_send)
        return self._message(BOT["id"], None, {"id": call.chat, "type": "private"}, {"text": call.text})

    async def _sendDocument(self, call: Call) -> Any:
        assert call.chat is not None
        name = next(iter(call.files.values()))[0]
        document = {"file_id": "f", "file_unique_id": "u", "file_name": name}
        return self._message(BOT["id"], None, {"id": call.chat, "type": "private"}, {"document": document})

    async def _sendPhoto(self, call: Call) -> Any:
        assert call.chat is not None
        photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        return self._message(BOT["id"], None, {"id": call.chat, "type": "private"}, {"photo": photo})

    async def _editMessageText(self, call: Call) -> Any:
        assert call.chat is not None
        edited = {"message_id": int(call.values["message_id"]), "text": call.text, "edit_date": int(time.time())}
        return self._message(BOT["id"], None, {"id": call.chat, "type": "private"}, {}) | edited

    async def _setWebhook(self, call: Call) -> Any:
        self.webhook = call.values
        return True

    async def _deleteWebhook(self, call: Call) -> Any:
        self.webhook = {"url": ""}
        return True

    async def _getWebhookInfo(self, _: Call) -> Any:
        return {"url": self.webhook["url"], "has_custom_certificate": False, "pending_update_count": len(self.waiting)}

    async def _true(self, _: Call) -> Any:
        return True

    _answerCallbackQuery = _sendChatAction = _setMyCommands = _setMyDescription = _true


def _user(user: int, language: str | None) -> dict[str, Any]:
    return {"id": user, "is_bot": user == BOT["id"], "first_name": "Owner"} | ({"language_code": language} if language else {})


def _refused(status: int, description: str, retry_after: int | None = None, more: dict[str, Any] | None = None) -> Response:
    parameters = {**({"retry_after": retry_after} if retry_after is not None else {}), **(more or {})}
    return JSONResponse(
        {"ok": False, "error_code": status, "description": description} | ({"parameters": parameters} if parameters else {}), status
    )


async def _read(method: str, request: Request) -> Call:
    body, kind = await request.body(), request.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return Call(method, dict(parse_qsl(body.decode())))
    values: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for part in message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=policy.HTTP).iter_parts():
        name, file = str(part.get_param("name", header="content-disposition")), part.get_filename()
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        if file is None:
            values[name] = content.decode()
        else:
            files[name] = (file, content)
    return Call(method, values, files)


class Deaf:
    """A bot for receptions whose signs of life do not matter."""

    async def answer_callback_query(self, *_: object) -> bool:
        return True

    async def send_chat_action(self, *_: object) -> bool:
        return True


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # Ctrl-C is pytest's


@contextlib.asynccontextmanager
async def fake_telegram() -> AsyncIterator[FakeTelegram]:
    """A running server on a free port of loopback."""
    fake = FakeTelegram()
    app = Starlette(routes=[Route("/bot{token}/{method}", fake.answer, methods=["GET", "POST"])])
    config = uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=2)
    server = _Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    fake.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield fake
    finally:
        await fake.stop()
        server.should_exit = True
        await running
