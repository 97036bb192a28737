"""Asking the NLU server what a message wants. Every failure is `NluUnavailable`; nothing else leaves this module."""

from __future__ import annotations

import asyncio
import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import aiohttp

LONGEST_TEXT = 4096
OUT_OF_SCOPE = "out_of_scope"
#: How often a question is put to a server that closes the connection meanwhile.
_TRIES = 3


class NluUnavailable(Exception):
    """The NLU server is down, too slow, or gave an answer that cannot be used."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the server listens, and the token that it wants. The token is kept out of logs and tracebacks."""

    port: int
    token: str = field(repr=False)

    def target(self, path: str) -> str:
        """Returns a path with the token, which the server takes from the query."""
        return f"{path}?token={quote(self.token, safe='')}"

    def url(self, path: str) -> str:
        """Returns the address of a path on loopback, with the token."""
        return f"http://127.0.0.1:{self.port}{self.target(path)}"


@dataclass(frozen=True, slots=True)
class IntentGuess:
    """What a message wants. Confidences are probabilities; `oos` (0 to 1) is how little it looks like any intent.

    `ranking` is best first and starts with `intent`. `oos` is None where the server gave none.
    """

    intent: str
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    oos: float | None


# Rasa takes `/name` for the intent of that name, so an owner's slash would decide the answer.
_LEADING = re.compile(r"^[\s/\ufeff]+")

NOTHING_SAID = IntentGuess(OUT_OF_SCOPE, 0.0, (), None)


class NluClient:
    """Sends one message at a time over connections that stay open.

    `endpoint` is asked before every message, because a restarted server has another port; None means it is down.
    """

    def __init__(self, endpoint: Callable[[], Endpoint | None], timeout_s: float = 3.0) -> None:
        self._endpoint = endpoint
        self._timeout_s = timeout_s
        self._connections: aiohttp.ClientSession | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections; the client cannot be used afterwards."""
        self._closed = True
        if self._connections is not None:
            await self._connections.close()

    async def parse(self, text: str) -> IntentGuess:
        """Returns the guess for one message; its first 4,096 characters count.

        Text with nothing to read is not sent: the guess is `NOTHING_SAID` (out of scope, confidence 0).
        Raises NluUnavailable.
        """
        sendable = prepare(text)
        if not sendable:
            return NOTHING_SAID
        endpoint = self._endpoint()
        if endpoint is None:
            raise NluUnavailable("the NLU server is not running")
        body = json.dumps({"text": sendable}).encode()
        try:
            async with asyncio.timeout(self._timeout_s):
                status, answer = await self._ask(endpoint.url("/model/parse"), body)
            if status != HTTPStatus.OK:
                raise NluUnavailable(f"the NLU server answered with status {status}")
            return read_answer(json.loads(answer))
        except (aiohttp.ClientError, OSError) as error:  # a time-out is an OSError, too
            raise NluUnavailable(f"the NLU server did not answer: {type(error).__name__}") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise NluUnavailable("the NLU server gave an answer that cannot be read") from error

    async def _ask(self, url: str, body: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer. A connection that the server closed just then is no failure of the server."""
        if self._closed:
            raise NluUnavailable("the client is closed")
        if self._connections is None:  # it belongs to the event loop that is running now
            unlimited = aiohttp.TCPConnector(limit=0)
            self._connections = aiohttp.ClientSession(connector=unlimited, headers={"Content-Type": "application/json"})
        tries_left = _TRIES
        while True:
            tries_left -= 1
            try:
                async with self._connections.post(url, data=body) as answer:
                    return answer.status, await answer.read()
            except aiohttp.ClientConnectorError:
                raise
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                if not tries_left:
                    raise


def prepare(text: str) -> str:
    """Returns what is sent: no half characters, no surrounding space, no leading slashes, at most 4,096 characters."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    return _LEADING.sub("", whole).rstrip()[:LONGEST_TEXT]


def read_answer(answer: Any) -> IntentGuess:
    """Reads the JSON of `/model/parse`; raises ValueError, TypeError or KeyError where it is not as it should be."""
    ranking = tuple((_name(item["name"]), _share(item["confidence"])) for item in answer["intent_ranking"])
    oos = answer.get("out_of_scope_score")
    guess = IntentGuess(
        intent=_name(answer["intent"]["name"]),
        confidence=_share(answer["intent"]["confidence"]),
        ranking=ranking,
        oos=None if oos is None else _share(oos),
    )
    if not ranking or ranking[0][0] != guess.intent:
        raise ValueError("the ranking does not start with the intent")
    return guess


def _name(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("an intent has no name")
    return value


def _share(value: Any) -> float:
    share = float(value)
    if not math.isfinite(share) or not -1e-6 <= share <= 1 + 1e-6:
        raise ValueError("a confidence is not a probability")
    return min(max(share, 0.0), 1.0)
