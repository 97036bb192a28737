"""The page in which one person can be all the people of the simulated Telegram, served beside the Bot API and the control interface.

| call | what it does |
|---|---|
| GET / | the page; its parts lie under /page |
| GET /page/cast | the bot, its menus and descriptions, and each person with their groups and topics |
| GET /page/file/<file id> | a file of a message: a picture to be shown, anything else to be saved |
"""

from __future__ import annotations

import json
import secrets
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.simulator import render
from bot.simulator.server import application, serving
from bot.simulator.state import Account, Chat, Json, Topic
from bot.simulator.world import World

_FOLDER = Path(__file__).parent / "page"
_KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF87a": "image/gif", b"GIF89a": "image/gif"}
#: Nothing from anywhere else, nothing inline, and no page of others around this one.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class _OnlyFromHere:
    """Refuses what other pages in the same browser send to loopback, under whatever name they found it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _from_here(Request(scope)):
            await PlainTextResponse("this page is for this machine only", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _from_here(request: Request) -> bool:
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    named = urlsplit(f"//{host}").hostname in ("127.0.0.1", "localhost")
    return named and (origin is None or origin == f"http://{host}")


class _Page:
    def __init__(self, world: World) -> None:
        self._world = world
        self._life = secrets.token_hex(8)  # another start is another Telegram: the page begins anew
        self._parts = {path.name: path for path in _FOLDER.iterdir() if path.suffix in _KINDS}

    async def index(self, _: Request) -> Response:
        return self._part("index.html")

    async def part(self, request: Request) -> Response:
        return self._part(request.path_params["name"])

    def _part(self, name: str) -> Response:
        path = self._parts.get(name)
        return FileResponse(path, media_type=_KINDS[path.suffix], headers=_HEADERS) if path else _nothing()

    async def cast(self, _: Request) -> Response:
        world = self._world
        people = [self._person(one) for one in world.accounts.values() if not one.is_bot]
        told = {"life": self._life, "bot": render.user(world.bot), "people": people, "menus": self._menus()}
        told["descriptions"] = world.descriptions
        return JSONResponse(told, headers=_HEADERS)

    async def file(self, request: Request) -> Response:
        stored = self._world.files.find(request.path_params["id"])
        if stored is None or stored.gone:
            return _nothing()
        content = self._world.files.content(stored)
        picture = next((kind for mark, kind in _PICTURES.items() if content.startswith(mark)), None)
        shown = picture if picture and "save" not in request.query_params else None
        place = "inline" if shown else f"attachment; filename*=UTF-8''{quote(stored.name)}"
        headers = {**_HEADERS, "Content-Security-Policy": "sandbox; default-src 'none'", "Content-Disposition": place}
        return Response(content, media_type=shown or "application/octet-stream", headers=headers)

    def _person(self, account: Account) -> Json:
        member_of = [chat for chat in self._world.chats.values() if _inside(chat, account)]
        blocked = self._world.chats[account.id].blocked
        told = {"role": self._world.roles.get(account.id), "blocked": blocked, "groups": [_group(chat) for chat in member_of]}
        return {**render.user(account), **told}

    def _menus(self) -> dict[str, list[Json]]:
        """The bot's menu of commands by language; "" is the one for all others."""
        menus = self._world.commands.items()
        return {language: commands for (scope, language), commands in menus if json.loads(scope) == {"type": "default"}}


def _inside(chat: Chat, account: Account) -> bool:
    place = chat.members.get(account.id)
    return chat.is_group and chat.migrated_to is None and place is not None and place.inside


def _group(chat: Chat) -> Json:
    topics = [_topic(topic) for topic in chat.topics.values() if not topic.deleted]
    creator = next((number for number, one in chat.members.items() if one.status == "creator"), None)
    members = sum(one.inside for one in chat.members.values())
    return {**render.chat(chat), "creator": creator, "members": members, "general": _topic(chat.general), "topics": topics}


def _topic(topic: Topic) -> Json:
    return {"id": topic.id, "name": topic.name, "closed": topic.closed, "hidden": topic.hidden}


def _nothing() -> Response:
    return PlainTextResponse("nothing here", 404, headers=_HEADERS)


def page_routes(world: World) -> list[Route]:
    page = _Page(world)
    return [
        Route("/", page.index),
        Route("/page/cast", page.cast),
        Route("/page/file/{id}", page.file),
        Route("/page/{name}", page.part),
    ]


def application_with_page(world: World) -> ASGIApp:
    """The simulator and its page as one ASGI application."""
    simulator: Starlette = application(world)
    simulator.router.routes.extend(page_routes(world))
    return _OnlyFromHere(simulator)


def showing(world: World, port: int = 0) -> AbstractAsyncContextManager[str]:
    """The simulator with its page on loopback as long as the context lasts; yields its address. Raises OSError if the port is taken."""
    return serving(application_with_page(world), world, port)
