"""How the Telegram library reaches the network: over aiohttp, which takes a seventh of its own client's processor time a call."""

from __future__ import annotations

import io
import time
from contextvars import ContextVar
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

#: When the answer to a task's latest call began to arrive, by the monotonic clock: earlier than the task hears of it.
ANSWERED: ContextVar[float] = ContextVar("ANSWERED")
#: Seconds to reach the server, and for a file to leave.
_CONNECT, _MEDIA_WRITE = 10.0, 60.0


class Request(BaseRequest):
    """Calls of the Bot API. Failures are the library's own errors, caused by what aiohttp raised."""

    def __init__(self, connections: int, read_timeout: float) -> None:
        """At most so many connections at once; `read_timeout` in seconds is how long a call may take to be answered."""
        self._connections = connections
        self._read_timeout = read_timeout
        self._client: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._client is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60)
            # Where Telegram is reached through a proxy, HTTPS_PROXY names it.
            self._client = aiohttp.ClientSession(connector=connector, trust_env=True, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - covered by the answer's
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - one for all calls
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - likewise
    ) -> tuple[int, bytes]:
        """The status and the body of the answer. Raises NetworkError, and TimedOut where time ran out."""
        if self._client is None:
            raise RuntimeError("the request was not initialised")
        reading = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        sending = _MEDIA_WRITE if request_data and request_data.contains_files else 0.0
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT, connect=_CONNECT, sock_read=reading + sending)
        try:
            async with self._client.request(method, url, data=_body(request_data), timeout=timeout) as answer:
                ANSWERED.set(time.monotonic())
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:  # what it says may hold the address, and with it the token
            raise NetworkError(type(error).__name__) from error


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, kind) in data.multipart_data.items():
        # as a stream, which leaves piece by piece: a long picture in one piece would hold up every other chat
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=file_name, content_type=kind)
    return form


def may_have_arrived(error: NetworkError) -> bool:
    """Whether a call that failed may have been carried out: the connection stood, and no answer came.

    An answer that says "error" (5xx) is an answer: what it refuses was not done.
    """
    cause = error.__cause__
    never_left = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
    return isinstance(cause, aiohttp.ClientError | TimeoutError) and not isinstance(cause, never_left)
