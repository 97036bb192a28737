"""The doors: one-time links, visits that end, a limit on failures, and a bank's own sign-in against a provider that signs tokens."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.console.oidc import Provider, provider_of
from bot.channels.console.tries import TRIES, WITHIN
from bot.storage.desk.doors import IDLE_AT_MOST, LINK_LASTS, VISIT_LASTS, keep_subject, member_by_subject, new_link
from tests.console.conftest import ADDRESS, Browser, Desked
from tests.console.serving import serving
from tests.console.staged import OTHER, OWN


def link_of(desked: Desked, who: str) -> str:
    with desked.store.begin() as connection:
        return f"/sign-in/{new_link(connection, desked.staged.members[who].id, desked.clock.now)}"


# -- links and visits --------------------------------------------------------------------------------------------------------


async def test_a_link_is_used_up_by_its_button_and_not_by_a_preview(desked: Desked) -> None:
    link = link_of(desked, "agent")
    async with desked.browser() as browser:
        for _ in range(3):
            assert (await browser.get(link)).status_code == 200
        inside = await browser.http.post(link)
        assert inside.headers["location"] == "/"
        cookie = next(value for value in inside.headers.get_list("set-cookie") if value.startswith("visit="))
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert (await browser.get("/queue")).status_code == 200
    async with desked.browser() as late:
        assert (await late.get(link)).status_code == 410
        assert (await late.http.post(link)).status_code == 410
        assert (await late.get("/queue")).headers["location"] == "/sign-in"


async def test_a_link_is_soon_over(desked: Desked) -> None:
    link = link_of(desked, "agent")
    desked.clock.now += LINK_LASTS + timedelta(seconds=1)
    async with desked.browser() as browser:
        assert (await browser.http.post(link)).status_code == 410


async def test_another_site_signs_nobody_in(desked: Desked) -> None:
    async with desked.browser() as browser:
        response = await browser.http.post(link_of(desked, "agent"), headers={"origin": "https://evil.test"})
    assert response.status_code == 403


async def test_a_visit_ends_after_a_while_without_a_click(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        desked.clock.now += IDLE_AT_MOST - timedelta(minutes=1)
        assert (await browser.get("/queue/live")).status_code == 200
        desked.clock.now += timedelta(minutes=1)
        gone = await browser.get("/queue/live", **{"hx-request": "true"})
        assert (gone.status_code, gone.headers["hx-redirect"]) == (204, "/sign-in")
        assert (await browser.get("/queue")).headers["location"] == "/sign-in"


async def test_clicks_keep_a_visit_for_a_working_day(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        began = desked.clock.now
        while desked.clock.now - began < VISIT_LASTS - timedelta(minutes=25):
            desked.clock.now += timedelta(minutes=25)
            in_time = desked.clock.now - began < VISIT_LASTS
            assert ((await browser.get("/queue")).status_code == 200) is in_time
        desked.clock.now = began + VISIT_LASTS
        assert (await browser.get("/queue")).status_code == 303


async def test_the_way_out(desked: Desked) -> None:
    async with desked.browser("agent") as browser:
        secret = browser.http.cookies["visit"]
        await browser.post("/sign-out")
        browser.http.cookies.set("visit", secret, domain="desk.test")
        assert (await browser.get("/queue")).headers["location"] == "/sign-in", "the cookie alone is worth nothing any more"


async def test_whoever_guesses_is_told_to_wait(desked: Desked) -> None:
    async with desked.browser() as browser:
        for _ in range(TRIES):
            assert (await browser.http.post(f"/sign-in/{secrets.token_urlsafe(32)}")).status_code == 410
        link = link_of(desked, "agent")
        assert (await browser.http.post(link)).status_code == 429
        desked.clock.now += WITHIN
        link = link_of(desked, "agent")
        assert (await browser.http.post(link)).status_code == 303


async def test_colleagues_behind_one_address_do_not_shut_each_other_out(desked: Desked) -> None:
    async with desked.browser() as browser:
        for _ in range(2 * TRIES):
            assert (await browser.http.post(link_of(desked, "agent"))).status_code == 303


async def test_over_https_the_cookie_is_for_this_host_alone(desked: Desked) -> None:
    desked.console = replace(desked.console, address="https://desk.test")
    async with desked.browser(address="https://desk.test") as browser:
        inside = await browser.http.post(link_of(desked, "agent"))
        cookie = next(value for value in inside.headers.get_list("set-cookie") if "visit=" in value)
        assert cookie.startswith("__Host-visit=")
        assert "Secure" in cookie
        assert inside.headers["strict-transport-security"]
        assert (await browser.get("/queue")).status_code == 200


# -- a bank's own sign-in ----------------------------------------------------------------------------------------------------


@dataclass
class LocalProvider:
    """An OpenID provider for one client: whoever comes is the person it is told, and its tokens are really signed."""

    issuer: str = ""
    person: str = "7"
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    now: float = 0

    def app(self, issuer: str) -> Starlette:
        self.issuer = issuer
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.described),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/keys", self.keys),
            ]
        )

    async def described(self, _: Request) -> Response:
        ends = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return JSONResponse({"issuer": self.issuer, **{name: self.issuer + path for name, path in ends.items()}})

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == "desk"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}")

    async def token(self, request: Request) -> Response:
        form = await request.form()
        asked = self.codes.pop(str(form["code"]), None)
        if asked is None or request.headers["authorization"] != httpx.BasicAuth("desk", "hush")._auth_header:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if _challenge(str(form["code_verifier"])) != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        moment = int(self.now)
        claims = {"iss": self.issuer, "aud": "desk", "sub": self.person, "iat": moment, "exp": moment + 300, "nonce": asked["nonce"]}
        claims = {name: value for name, value in {**claims, **self.changes}.items() if value is not None}
        return JSONResponse(
            {"id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key), "token_type": "Bearer"}
        )

    async def keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


def _challenge(verifier: str) -> str:

    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@asynccontextmanager
async def provided(desked: Desked, bank: str = OWN) -> AsyncIterator[LocalProvider]:
    provider = LocalProvider(now=desked.clock.now.timestamp())
    async with serving(provider.app) as issuer:
        desked.console = replace(desked.console, providers={bank: Provider(issuer, "desk", "hush")})
        yield provider


async def there_and_back(browser: Browser, bank: str = OWN) -> httpx.Response:
    """To the provider, through it, and back."""
    start = await browser.get(f"/oidc/{bank}/start")
    async with httpx.AsyncClient() as outside:
        back = (await outside.get(start.headers["location"])).headers["location"]
    assert back.startswith(f"{ADDRESS}/oidc/back")
    return await browser.get(back.removeprefix(ADDRESS))


async def test_whoever_is_connected_comes_in_with_the_banks_sign_in(desked: Desked) -> None:
    async with provided(desked) as provider:
        with desked.store.begin() as connection:
            keep_subject(connection, desked.staged.members["agent"].id, f"{provider.issuer} 7")
        async with desked.browser() as browser:
            assert "工商银行账号" in (await browser.get("/sign-in", **{"accept-language": "zh"})).text
            assert (await there_and_back(browser)).headers["location"] == "/"
            assert "李经理" in (await browser.get("/keys")).text
        async with desked.browser() as stranger:
            provider.person = "8"
            assert (await there_and_back(stranger)).status_code == 403
            assert (await stranger.get("/queue")).headers["location"] == "/sign-in"


async def test_whoever_is_in_connects_themselves(desked: Desked) -> None:
    async with provided(desked) as provider:
        async with desked.browser("agent") as browser:
            assert f"/oidc/{OWN}/start" in (await browser.get("/keys")).text
            assert (await there_and_back(browser)).headers["location"] == "/keys?told=connected"
        with desked.store.begin() as connection:
            assert member_by_subject(connection, f"{provider.issuer} 7") == desked.staged.members["agent"]
        async with desked.browser("colleague") as browser:
            assert (await there_and_back(browser)).status_code == 409
        async with desked.browser("other") as browser:
            assert f"/oidc/{OWN}/start" not in (await browser.get("/keys")).text


async def test_a_provider_vouches_for_the_staff_of_its_bank_alone(desked: Desked) -> None:
    async with provided(desked, OTHER) as provider:
        with desked.store.begin() as connection:
            keep_subject(connection, desked.staged.members["agent"].id, f"{provider.issuer} 7")
        async with desked.browser() as browser:
            assert (await there_and_back(browser, OTHER)).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "somebody-else"},
        {"aud": ["desk", "somebody-else"]},
        {"iss": "https://evil.test"},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
        {"exp": 1_000},
        {"exp": None},
        {"iat": 9_999_999_999},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_us_signs_nobody_in(desked: Desked, changes: dict[str, Any]) -> None:
    async with provided(desked) as provider:
        with desked.store.begin() as connection:
            keep_subject(connection, desked.staged.members["agent"].id, f"{provider.issuer} 7")
        provider.changes = changes
        async with desked.browser() as browser:
            assert (await there_and_back(browser)).status_code == 502
            assert (await browser.get("/queue")).headers["location"] == "/sign-in"


async def test_a_token_that_somebody_else_signed_signs_nobody_in(desked: Desked) -> None:
    async with provided(desked) as provider:
        with desked.store.begin() as connection:
            keep_subject(connection, desked.staged.members["agent"].id, f"{provider.issuer} 7")
        provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
        async with desked.browser() as browser:
            assert (await there_and_back(browser)).status_code == 502


async def test_the_way_back_is_for_who_left(desked: Desked) -> None:
    async with provided(desked), desked.browser() as browser, desked.browser() as victim:
        start = await browser.get(f"/oidc/{OWN}/start")
        going = {name: values[0] for name, values in parse_qs(urlsplit(start.headers["location"]).query).items()}
        assert (await victim.get(f"/oidc/back?code=x&state={going['state']}")).status_code == 400, "no cookie"
        assert (await browser.get("/oidc/back?code=x&state=another")).status_code == 400
        assert (await browser.get(f"/oidc/back?code=x&state={going['state']}")).status_code == 400, "one try each"
        assert (await browser.get("/oidc/len-nobody/start")).status_code == 404


async def test_a_provider_that_does_not_answer_is_said_so(desked: Desked) -> None:
    async with provided(desked) as provider:
        desked.console = replace(desked.console, providers={OWN: Provider(f"{provider.issuer}/nowhere", "desk", "hush")})
        async with desked.browser() as browser:
            assert (await browser.get(f"/oidc/{OWN}/start")).status_code == 502


@pytest.mark.parametrize(
    ("given", "fine"),
    [
        ({"issuer": "https://id.bank.test", "client": "desk", "secret": "hush"}, True),
        ({"issuer": "http://127.0.0.1:9", "client": "desk", "secret": "hush"}, True),
        ({"issuer": "http://id.bank.test", "client": "desk", "secret": "hush"}, False),
        ({"issuer": "https://id.bank.test", "client": "desk"}, False),
        ({"issuer": "https://id.bank.test", "client": "desk", "secret": 1}, False),
        ({"issuer": "https://id.bank.test", "client": "desk", "secret": "hush", "more": "x"}, False),
        ("https://id.bank.test", False),
    ],
)
def test_a_sign_in_is_described_wholly_or_not_at_all(given: object, fine: bool) -> None:
    if fine:
        assert "hush" not in repr(provider_of(given))
        return
    with pytest.raises(ValueError) as error:
        provider_of(given)
    assert "hush" not in str(error.value)
