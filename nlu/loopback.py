"""Asking a server on loopback over HTTP, on connections that stay open: what every message needs, and no more.

A general client takes eight times the processor time for it, and the bot asks once for every text.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

import h11

_AT_ONCE = 65536


class NoAnswer(Exception):
    """The server closed the connection instead of answering, or does not speak HTTP."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One connection; it is asked one thing at a time."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    http: h11.Connection = field(default_factory=lambda: h11.Connection(h11.CLIENT))

    @property
    def open(self) -> bool:
        return not self.reader.at_eof() and not self.writer.is_closing()

    async def ask(self, target: str, body: bytes) -> tuple[int, bytes]:
        headers = [("Host", "127.0.0.1"), ("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        events = (h11.Request(method="POST", target=target, headers=headers), h11.Data(data=body), h11.EndOfMessage())
        self.writer.write(b"".join(self.http.send(event) or b"" for event in events))
        await self.writer.drain()
        status, said = 0, bytearray()
        while True:
            event = self.http.next_event()
            if event is h11.NEED_DATA:
                self.http.receive_data(await self.reader.read(_AT_ONCE))
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                said += event.data
            elif isinstance(event, h11.EndOfMessage):
                return status, bytes(said)
            elif not isinstance(event, h11.InformationalResponse):
                raise NoAnswer

    def again(self) -> bool:
        """Make ready for another question; False when the connection is spent."""
        if self.http.our_state is not h11.DONE or self.http.their_state is not h11.DONE:
            return False
        self.http.start_next_cycle()
        return True


class Lines:
    """The connections to one server at a time; another port means that it was restarted."""

    def __init__(self) -> None:
        self._port = 0
        self._idle: list[_Line] = []
        self._closed = False

    async def post(self, port: int, target: str, body: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer. Raises NoAnswer or OSError; what is asked may be asked twice."""
        if self._closed:
            raise NoAnswer
        if port != self._port:
            self._hang_up()
            self._port = port
        while self._idle:
            line = self._idle.pop()
            if line.open:
                with contextlib.suppress(NoAnswer, ConnectionError):  # closed by the server just now: no failure of the server
                    return await self._ask(line, port, target, body)
            line.writer.close()
        line = _Line(*await asyncio.open_connection("127.0.0.1", port))
        return await self._ask(line, port, target, body)

    def close(self) -> None:
        """Close the connections; nothing can be asked afterwards."""
        self._closed = True
        self._hang_up()

    def _hang_up(self) -> None:
        while self._idle:
            self._idle.pop().writer.close()

    async def _ask(self, line: _Line, port: int, target: str, body: bytes) -> tuple[int, bytes]:
        kept = False
        try:
            answer = await line.ask(target, body)
            kept = line.again() and port == self._port and not self._closed
            return answer
        except h11.RemoteProtocolError as error:
            raise NoAnswer from error
        finally:
            if kept:
                self._idle.append(line)
            else:
                line.writer.close()
