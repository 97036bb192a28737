"""The guard before every page: who asks, whether the form is our own, and whether they may."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from threading import Lock

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.broadcasting.entries import caught_up
from bot.channels.console.parts import FILE_AT_MOST, FILES_AT_MOST, Asked, Console, NotHere, Page, Refused, Sent, number_of
from bot.channels.console.rendering import trouble
from bot.conversation.world import with_pack
from bot.desk.model import Case, Taken
from bot.desk.rights import Action
from bot.storage.desk.cases import case_of
from bot.storage.desk.doors import Visit, visit_of

#: Characters of one field of a form, and fields in one.
_FIELD_AT_MOST, _FIELDS_AT_MOST = 20_000, 80


def cookie_name(console: Console) -> str:
    """Over https the name has a prefix by which browsers take the cookie from this very host only."""
    return "__Host-visit" if console.secure else "visit"


class Knowing:
    """A console that knows of every entry approved by now, whichever process it was approved in."""

    def __init__(self, console: Console) -> None:
        self._console, self._seen, self._lock = console, 0, Lock()

    def now(self) -> Console:
        console = self._console
        with self._lock:
            pack, self._seen = caught_up(console.desk.store, console.world.pack, self._seen)
            if pack is not console.world.pack:
                self._console = replace(console, world=with_pack(console.world, pack, console.clock().date()))
            return self._console


def route_of(page: Page, known: Knowing) -> Route:
    """A page behind the guard."""

    async def endpoint(request: Request) -> Response:
        form, files = dict[str, str](), tuple[Sent, ...]()
        console = await run_in_threadpool(known.now)
        if page.method == "POST":
            if not page.files:
                form = dict(await fields(request))
            elif not _fits(request):
                return trouble("trouble_large", request.cookies.get("language", "zh"), 413)
            elif await run_in_threadpool(_is_in, console, request):  # nobody else's files are taken in at all
                try:
                    form, files = await fields_and_files(request)
                except HTTPException:  # more files than there may be
                    return trouble("trouble_large", request.cookies.get("language", "zh"), 413)
        return await run_in_threadpool(_answer, page, console, request, form, files)

    return Route(page.path, endpoint, methods=[page.method])


async def fields(request: Request) -> Mapping[str, str]:
    """The texts of a form that takes no files."""
    content: FormData
    async with request.form(max_files=0, max_fields=_FIELDS_AT_MOST, max_part_size=4 * _FIELD_AT_MOST) as content:
        return _texts(content)


async def fields_and_files(request: Request) -> tuple[dict[str, str], tuple[Sent, ...]]:
    """The texts of a form, and the files with it; a browser sends an empty one where none was chosen."""
    content: FormData
    async with request.form(max_files=FILES_AT_MOST, max_fields=_FIELDS_AT_MOST, max_part_size=4 * _FIELD_AT_MOST) as content:
        chosen = [value for _, value in content.multi_items() if isinstance(value, UploadFile) and value.filename]
        return _texts(content), tuple([Sent(one.filename or "", await one.read()) for one in chosen])


def _texts(content: FormData) -> dict[str, str]:
    return {name: value[:_FIELD_AT_MOST] for name, value in content.items() if isinstance(value, str)}


def _is_in(console: Console, request: Request) -> bool:
    with console.desk.store.begin() as connection:
        return visit_now(console, connection, request) is not None


def _fits(request: Request) -> bool:
    """Whether a form is small enough to be taken in, by what the browser says of it; the server takes no more than was said."""
    said = request.headers.get("content-length", "")
    return said.isascii() and said.isdigit() and int(said[:12]) <= FILES_AT_MOST * FILE_AT_MOST + 8 * _FIELD_AT_MOST


def _answer(page: Page, console: Console, request: Request, form: Mapping[str, str], files: tuple[Sent, ...]) -> Response:
    language = request.cookies.get("language", "zh")
    try:
        with console.desk.store.begin() as connection:
            visit = visit_now(console, connection, request, click=not page.quiet)
            if visit is None:
                return onward("/sign-in", partial(request))
            language = visit.member.language
            if page.method == "POST" and not hmac.compare_digest(form.get("csrf", "").encode(), visit.csrf.encode()):
                return trouble("trouble_form", language, 403)
            path = {name: str(value) for name, value in request.path_params.items()}
            query, part = dict(request.query_params), partial(request)
            asked = Asked(console, connection, visit, console.clock(), path, query, form, part, files=files)
            asked = _let_in(page, asked)
            if not page.apart:
                return page.answer(asked)
            asked.read_ahead()
        return page.answer(asked)
    except Taken:
        return _too_late(request)
    except NotHere:
        return trouble("trouble_missing", language, 404)
    except Refused:
        return trouble("trouble_refused", language, 403)


def _too_late(request: Request) -> Response:
    """The transaction is undone by now; the case as it is says who was first."""
    case = request.path_params.get("case")
    if case is None:
        return RedirectResponse("/queue?told=taken", 303)
    return RedirectResponse(f"/cases/{case}{'/live' if partial(request) else ''}?told=taken", 303)


def visit_now(console: Console, connection: Connection, request: Request, click: bool = True) -> Visit | None:
    """The visit that a request belongs to."""
    return visit_of(connection, request.cookies.get(cookie_name(console), ""), console.clock(), click)


def partial(request: Request) -> bool:
    """Whether the page asks for a part of itself, rather than the browser for a page."""
    return request.headers.get("hx-request") == "true"


def onward(path: str, part: bool) -> Response:
    """Send the browser to another page, also where only a part of one was asked for."""
    return Response(status_code=204, headers={"HX-Redirect": path}) if part else RedirectResponse(path, 303)


def _let_in(page: Page, asked: Asked) -> Asked:
    """The request with its case. Raises NotHere for what is not to be seen, and Refused for what is not to be done."""
    if "case" not in asked.path:
        if page.action is not None and not asked.may(page.action):
            raise Refused
        return asked
    case = _case(asked)
    if case is None or not asked.may(Action.LOOK, case):
        raise NotHere
    if page.action is not None and not asked.may(page.action, case):
        raise Refused
    return replace(asked, case=case)


def _case(asked: Asked) -> Case | None:
    number = number_of(asked.path["case"])
    return None if number is None else case_of(asked.connection, number)
