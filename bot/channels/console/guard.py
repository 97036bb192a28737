"""The guard before every page: who asks, whether the form is our own, and whether they may."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.console.parts import Asked, Console, NotHere, Page, Refused
from bot.channels.console.rendering import trouble
from bot.desk.model import Case, Taken
from bot.desk.rights import Action
from bot.storage.desk.cases import case_of
from bot.storage.desk.doors import Visit, visit_of

#: Rows are numbered in 64 bits.
_LARGEST = 2**63 - 1
#: Characters of one field of a form, and fields in one.
_FIELD_AT_MOST, _FIELDS_AT_MOST = 20_000, 40


def cookie_name(console: Console) -> str:
    """Over https the name has a prefix by which browsers take the cookie from this very host only."""
    return "__Host-visit" if console.secure else "visit"


def route_of(page: Page, console: Console) -> Route:
    """A page behind the guard."""

    async def endpoint(request: Request) -> Response:
        form = await fields(request) if page.method == "POST" else {}
        return await run_in_threadpool(_answer, page, console, request, form)

    return Route(page.path, endpoint, methods=[page.method])


async def fields(request: Request) -> Mapping[str, str]:
    """The texts of a form. Files are not among them: the console takes none."""
    content: FormData
    async with request.form(max_files=0, max_fields=_FIELDS_AT_MOST, max_part_size=4 * _FIELD_AT_MOST) as content:
        return {name: value[:_FIELD_AT_MOST] for name, value in content.items() if isinstance(value, str)}


def _answer(page: Page, console: Console, request: Request, form: Mapping[str, str]) -> Response:
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
            asked = Asked(console, connection, visit, console.clock(), path, dict(request.query_params), form, partial(request))
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
    number = asked.path["case"]
    return case_of(asked.connection, int(number)) if number.isascii() and number.isdigit() and int(number) <= _LARGEST else None
