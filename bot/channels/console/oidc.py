"""A bank's own sign-in by OpenID Connect: authorisation code with PKCE, and an identity token whose signature and claims are checked."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import aiohttp
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

#: Only signatures that a provider's public keys can be held against.
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
#: Seconds that two clocks may be apart, and that a provider may take.
_LEEWAY, _PATIENCE = 60, 10
#: How long somebody may take at the provider, and how many may be there at once.
_AWAY_AT_MOST, _AWAY = timedelta(minutes=10), 1_000


class SignInFailed(RuntimeError):
    """The provider did not vouch for anybody; the message is for the operator's log and names nobody."""


@dataclass(frozen=True)
class Provider:
    """A provider, and what the console is called there."""

    issuer: str
    client: str
    secret: str

    def __repr__(self) -> str:
        return f"Provider(issuer={self.issuer!r})"


def provider_of(given: object) -> Provider:
    """From {"issuer", "client", "secret"}. Raises ValueError, whose message repeats no secret."""
    if not isinstance(given, dict) or given.keys() != {"issuer", "client", "secret"} or not all(isinstance(v, str) for v in given.values()):
        raise ValueError("a sign-in is an object of issuer, client and secret, each a text")
    place = urlsplit(given["issuer"])
    if place.scheme != "https" and place.hostname not in ("127.0.0.1", "localhost"):
        raise ValueError("the issuer is an https address")
    return Provider(**given)


@dataclass(frozen=True)
class Leaving:
    """Somebody on the way to a provider, and what they have to bring back."""

    bank: str
    state: str
    nonce: str
    verifier: str
    back: str
    at: datetime


class Away:
    """Those on the way to a provider, by the secret of a cookie. Of one process."""

    def __init__(self) -> None:
        self._away: OrderedDict[str, Leaving] = OrderedDict()

    def leave(self, leaving: Leaving) -> str:
        secret = secrets.token_urlsafe(32)
        self._away[secret] = leaving
        while len(self._away) > _AWAY:
            self._away.popitem(last=False)
        return secret

    def back(self, secret: str, now: datetime) -> Leaving | None:
        """Who comes back, once."""
        leaving = self._away.pop(secret, None)
        return leaving if leaving is not None and now - leaving.at < _AWAY_AT_MOST else None


def leaving(bank: str, back: str, now: datetime) -> Leaving:
    """Fresh secrets for one way to a provider of a bank and back to the address `back`."""
    return Leaving(bank, secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), back, now)


async def address(provider: Provider, leaving: Leaving) -> str:
    """Where the browser goes. Raises SignInFailed."""
    async with _client() as http:
        endpoints = await _endpoints(http, provider)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(leaving.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": leaving.back,
        "scope": "openid",
        "state": leaving.state,
        "nonce": leaving.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    where = str(endpoints["authorization_endpoint"])
    return f"{where}{'&' if '?' in where else '?'}{urlencode(query)}"


async def subject(provider: Provider, leaving: Leaving, code: str, now: datetime) -> str:
    """Whom the provider vouches for, as "issuer subject". Raises SignInFailed."""
    async with _client() as http:
        endpoints = await _endpoints(http, provider)
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": leaving.back, "code_verifier": leaving.verifier}
        answer = await _json(http, "POST", str(endpoints["token_endpoint"]), data=asked, headers={"Authorization": _login(provider)})
        keys = await _json(http, "GET", str(endpoints["jwks_uri"]))
    return _vouched(provider, leaving, answer, keys, now)


def _vouched(provider: Provider, leaving: Leaving, answer: Mapping[str, Any], keys: Mapping[str, Any], now: datetime) -> str:
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": leaving.nonce},
    )
    try:
        token = jwt.decode(str(answer["id_token"]), KeySet.import_key_set({"keys": list(keys["keys"])}), algorithms=_ALGORITHMS)
        registry.validate(token.claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise SignInFailed(f"the identity token is not to be trusted: {type(error).__name__}") from error
    claims = token.claims
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != provider.client:
        raise SignInFailed("the identity token is for somebody else as well")
    return f"{provider.issuer} {claims['sub']}"


def _login(provider: Provider) -> str:
    """The client's name and secret, each encoded as a form before they are joined, as OAuth has it."""
    both = f"{quote_plus(provider.client)}:{quote_plus(provider.secret)}"
    return f"Basic {base64.b64encode(both.encode()).decode()}"


def _client() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_PATIENCE))


async def _endpoints(http: aiohttp.ClientSession, provider: Provider) -> Mapping[str, Any]:
    found = await _json(http, "GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    missing = [name for name in ("authorization_endpoint", "token_endpoint", "jwks_uri") if not isinstance(found.get(name), str)]
    if found.get("issuer") != provider.issuer or missing:
        raise SignInFailed("the provider's description is of another issuer, or lacks an address")
    return found


async def _json(http: aiohttp.ClientSession, method: str, where: str, **given: Any) -> Mapping[str, Any]:
    try:
        async with http.request(method, where, allow_redirects=False, **given) as response:
            if response.status != 200:
                raise SignInFailed(f"the provider answered {response.status}")
            found = json.loads(await response.read())
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise SignInFailed(f"the provider does not answer as it should: {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise SignInFailed("the provider's answer is no JSON object")
    return found
