"""The real language server as one client sees it, beside the same client on a server that does nothing.

The two are asked in turn, text by text, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

from nlu.client import Endpoint, NluClient, prepare
from nlu.model import NluPaths, NluSetupError, ensure_model
from nlu.process import NluServer, server_command
from tests.bench._lines import PROJECT, Figure, Missing, Size, at_most, ms, owners_texts, percentile

#: Milliseconds.
TARGET_P50, TARGET_P99 = 10.0, 50.0
_WARM_UP = 20
_EMPTY = json.dumps(
    {"intent": {"name": "x", "confidence": 1}, "intent_ranking": [{"name": "x", "confidence": 1}]}
).encode()
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_RESPONSE = _HEAD % len(_EMPTY) + _EMPTY


def run(size: Size) -> Iterator[Figure]:
    """Median and 99th percentile of both. Raises Missing where the language server's environment is not there."""
    texts = [text for text in owners_texts() if prepare(text)]
    try:
        real, empty = asyncio.run(_measure(texts * size.pick(1, 5)))
    except NluSetupError as error:
        raise Missing(str(error)) from error
    for percent, target in ((50, TARGET_P50), (99, TARGET_P99)):
        yardstick = ms(percentile(empty, percent))
        yield Figure(f"empty_p{percent}", yardstick, "ms")
        versus = f"an empty HTTP round trip with the same client, p{percent} {yardstick} ms"
        yield at_most(f"p{percent}", ms(percentile(real, percent)), "ms", target, versus)


async def _measure(texts: list[str]) -> tuple[list[float], list[float]]:
    """Seconds of each call, to the language server and to the empty one."""
    paths = NluPaths.of(PROJECT)
    model = await asyncio.to_thread(ensure_model, paths, _progress)
    async with AsyncExitStack() as stack:
        log = Path(stack.enter_context(tempfile.TemporaryDirectory()), "server.log")
        server = await stack.enter_async_context(NluServer(server_command(paths, model), paths.root, log, _progress))
        nothing = await stack.enter_async_context(await asyncio.start_server(_answer_nothing, "127.0.0.1", 0))
        port = nothing.sockets[0].getsockname()[1]
        real = await stack.enter_async_context(NluClient(server.endpoint))
        empty = await stack.enter_async_context(NluClient(lambda: Endpoint(port, "none")))
        pairs = [(await _time(real, text), await _time(empty, text)) for text in texts[:_WARM_UP] + texts]
    return [pair[0] for pair in pairs[_WARM_UP:]], [pair[1] for pair in pairs[_WARM_UP:]]


async def _time(client: NluClient, text: str) -> float:
    start = time.perf_counter()
    await client.parse(text)
    return time.perf_counter() - start


async def _answer_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reads requests to their end and gives each the smallest answer the client accepts."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(length)
            writer.write(_RESPONSE)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
