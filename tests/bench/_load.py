"""A language server under load, and what it takes: many requests at once, its memory, its time to start."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from nlu.client import Endpoint, prepare
from nlu.model import NluPaths
from nlu.process import NluServer, server_command

_HEAD = "POST /model/parse?token={} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"


@dataclass(frozen=True)
class Running:
    """A started server, and the seconds it took to answer for the first time."""

    server: NluServer
    ready_s: float


@asynccontextmanager
async def running(paths: NluPaths, model: Path, log: Path, workers: int) -> AsyncIterator[Running]:
    """Starts a server of that model with so many workers, and stops it afterwards."""
    start = time.perf_counter()
    async with NluServer(server_command(paths, model, workers), paths.root, log) as server:
        yield Running(server, time.perf_counter() - start)


async def parses_per_second(endpoint: Endpoint, texts: Sequence[str], clients: int, requests: int) -> float:
    """Answers a second with so many clients that each send the next text when the last is answered.

    They speak HTTP in the plainest way, because they share the machine with the server.
    """
    messages = [_request(endpoint, text) for text in texts]
    queue = iter([messages[number % len(messages)] for number in range(requests)])
    start = time.perf_counter()
    await asyncio.gather(*(_ask_until_empty(endpoint.port, queue) for _ in range(clients)))
    return requests / (time.perf_counter() - start)


def _request(endpoint: Endpoint, text: str) -> bytes:
    body = json.dumps({"text": prepare(text)}).encode()
    return _HEAD.format(endpoint.token, len(body)).encode() + body


async def _ask_until_empty(port: int, queue: Iterator[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for message in queue:
            writer.write(message)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"the language server answered {head.splitlines()[0]!r}")
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


def megabytes_of_group(group: int) -> float:
    """Memory of a process group in MB; what its processes share is counted once."""
    total = 0
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError, IndexError):
            if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[2]) == group:
                lines = (entry / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
