"""The doors: a one-time link from the bot, the bank's own sign-in, and the way out.

A link shows a page with a button and is used up by the button only: chats fetch links to preview them.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.console.guard import cookie_name, visit_now
from bot.channels.console.oidc import Away, Provider, SignInFailed, address, leaving, subject
from bot.channels.console.parts import Console
from bot.channels.console.rendering import door, trouble
from bot.channels.console.tries import Tries
from bot.desk.model import Member
from bot.storage.desk.doors import VISIT_LASTS, begin_visit, keep_subject, link_works, member_by_subject, use_link
from bot.storage.desk.people import every_bank

Endpoint = Callable[[Request], Awaitable[Response]]
_log = logging.getLogger(__name__)


class Entrance:
    """The pages for those who are not signed in yet."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tries = Tries()
        self._away = Away()

    def routes(self) -> list[Route]:
        return [
            Route("/sign-in", self.closed),
            Route("/sign-in/{link}", self._limited(self.knock)),
            Route("/sign-in/{link}", self._limited(self.enter), methods=["POST"]),
            Route("/oidc/{bank}/start", self._limited(self.to_the_bank)),
            Route("/oidc/back", self._limited(self.from_the_bank)),
        ]

    async def closed(self, request: Request) -> Response:
        """How to get in."""
        return await run_in_threadpool(self._closed, _language(request))

    async def knock(self, request: Request) -> Response:
        """A link: whether it works, and the button that uses it."""
        return await run_in_threadpool(self._knock, request.path_params["link"], _language(request))

    async def enter(self, request: Request) -> Response:
        """Use a link."""
        return await run_in_threadpool(self._enter, request.path_params["link"], _language(request))

    async def to_the_bank(self, request: Request) -> Response:
        """Off to a bank's own sign-in."""
        provider = self._console.providers.get(request.path_params["bank"])
        if provider is None:
            return trouble("trouble_missing", _language(request), 404)
        going = leaving(request.path_params["bank"], f"{self._console.address}/oidc/back", self._console.clock())
        try:
            where = await address(provider, going)
        except SignInFailed as error:
            return _failed(error, request)
        response = RedirectResponse(where, 303)
        # From another site the browser brings this one back only because it is lax.
        response.set_cookie(
            self._away_cookie, self._away.leave(going), max_age=600, httponly=True, secure=self._console.secure, samesite="lax"
        )
        return response

    async def from_the_bank(self, request: Request) -> Response:
        """Back from a bank's own sign-in, with a code to be changed into who it is."""
        going = self._away.back(request.cookies.get(self._away_cookie, ""), self._console.clock())
        state, code = request.query_params.get("state", ""), request.query_params.get("code")
        if going is None or not code or not hmac.compare_digest(state.encode(), going.state.encode()):
            return trouble("trouble_bank", _language(request), 400)
        provider: Provider = self._console.providers[going.bank]
        try:
            known_as = await subject(provider, going, code, self._console.clock())
        except SignInFailed as error:
            return _failed(error, request)
        response = await run_in_threadpool(self._welcome, known_as, going.bank, request)
        response.delete_cookie(self._away_cookie, httponly=True, secure=self._console.secure, samesite="lax")
        return response

    def _closed(self, language: str) -> Response:
        with self._console.desk.store.begin() as connection:
            banks = [(bank.id, bank.name[language]) for bank in every_bank(connection) if bank.id in self._console.providers]
        return door("closed.html", language, banks=banks)

    def _knock(self, link: str, language: str) -> Response:
        with self._console.desk.store.begin() as connection:
            works = link_works(connection, link, self._console.clock())
        return door("knock.html", language, link=link) if works else trouble("trouble_link", language, 410)

    def _enter(self, link: str, language: str) -> Response:
        now = self._console.clock()
        with self._console.desk.store.begin() as connection:
            member = use_link(connection, link, now)
            visit = begin_visit(connection, member, now) if member else None
        return self._inside(member, visit) if member and visit else trouble("trouble_link", language, 410)

    def _welcome(self, known_as: str, bank: str, request: Request) -> Response:
        """Sign in whom the bank's sign-in knows; whoever is signed in already is connected with it."""
        now = self._console.clock()
        try:
            with self._console.desk.store.begin() as connection:
                here = visit_now(self._console, connection, request)
                if here is not None and here.member.bank == bank:
                    keep_subject(connection, here.member.id, known_as)
                    return RedirectResponse("/keys?told=connected", 303)
                member = member_by_subject(connection, known_as)
                visit = begin_visit(connection, member, now) if member and member.bank == bank else None
        except IntegrityError:  # a colleague is connected with it
            return trouble("trouble_connected", _language(request), 409)
        return self._inside(member, visit) if member and visit else trouble("trouble_unknown", _language(request), 403)

    def _inside(self, member: Member, visit: str) -> Response:
        response = RedirectResponse("/", 303)
        response.set_cookie(
            cookie_name(self._console),
            visit,
            max_age=int(VISIT_LASTS.total_seconds()),
            httponly=True,
            secure=self._console.secure,
            samesite="lax",  # links to a case in the bot's messages lead into it; nothing but a page is ever got without a form's token
        )
        _keep_language(response, member.language)
        return response

    def _limited(self, endpoint: Endpoint) -> Endpoint:
        """The door stays shut for a while to a place that has failed too often."""

        async def limited(request: Request) -> Response:
            place, now = request.client.host if request.client else "", self._console.clock()
            if not self._tries.may(place, now):
                return trouble("trouble_tries", _language(request), 429)
            response = await endpoint(request)
            if response.status_code >= 400:
                self._tries.failed(place, now)
            return response

        return limited

    @property
    def _away_cookie(self) -> str:
        return "__Host-away" if self._console.secure else "away"


def _keep_language(response: Response, language: str) -> None:
    response.set_cookie("language", language, max_age=365 * 24 * 3600, httponly=True, samesite="lax")


def _language(request: Request) -> str:
    """As somebody chose when they were here last, else as their browser says."""
    kept = request.cookies.get("language") or request.headers.get("accept-language", "zh")
    return "en" if kept.lower().startswith("en") else "zh"


def _failed(error: SignInFailed, request: Request) -> Response:
    _log.warning("a bank's sign-in failed: %s", error)
    return trouble("trouble_bank", _language(request), 502)
