"""The console as one application."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.channels.console.entrance import Entrance
from bot.channels.console.guard import Knowing, route_of
from bot.channels.console.headers import OwnForms, SafeHeaders
from bot.channels.console.pages import (
    bulletin,
    bulletin_effect,
    bulletin_entries,
    bulletin_form,
    bulletins,
    canned,
    case,
    learning,
    measure_sheet,
    measure_writing,
    measures,
    packs,
    queue,
    search,
    staff,
    statistics,
    visit,
)
from bot.channels.console.parts import Console, Page
from bot.channels.console.rendering import trouble

#: Every page behind the guard.
PAGES: tuple[Page, ...] = (
    *visit.PAGES,
    *queue.PAGES,
    *case.PAGES,
    *learning.PAGES,
    *packs.PAGES,
    *search.PAGES,
    *statistics.PAGES,
    *bulletins.PAGES,
    *bulletin_effect.PAGES,
    *bulletin_entries.PAGES,
    *bulletin_form.PAGES,
    *bulletin.PAGES,
    *measure_sheet.PAGES,
    *measure_writing.PAGES,
    *measures.PAGES,
    *canned.PAGES,
    *staff.PAGES,
)

_STATIC = Path(__file__).with_name("static")
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_PARTS = {path.name: path for path in _STATIC.iterdir() if path.suffix in _KINDS}


def console_app(console: Console) -> Starlette:
    """The console for browsers."""
    known = Knowing(console)
    routes = [
        Route("/static/{name}", _static),
        *Entrance(console).routes(),
        *(route_of(page, known) for page in PAGES),
    ]
    headers = [Middleware(SafeHeaders, secure=console.secure), Middleware(OwnForms)]
    return Starlette(routes=routes, middleware=headers, exception_handlers={404: _missing, 405: _missing, 500: _broken})


async def _static(request: Request) -> Response:
    path = _PARTS.get(request.path_params["name"])
    if path is None:
        return await _missing(request, None)
    return FileResponse(path, media_type=_KINDS[path.suffix], headers={"Cache-Control": "no-cache"})


async def _missing(request: Request, _error: object) -> Response:
    return trouble("trouble_missing", request.cookies.get("language", "zh"), 404)


async def _broken(request: Request, _error: object) -> Response:
    """What went wrong stands in the log of the server; the reader learns that it was not them."""
    return trouble("trouble_broken", request.cookies.get("language", "zh"), 500)
