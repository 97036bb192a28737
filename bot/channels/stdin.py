"""Lines from standard input without ever holding up the end of the program.

A thread that waits in `sys.stdin.readline` keeps the interpreter from ending; this one reads the descriptor itself and is left behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncIterator

_CHUNK = 65536
_AHEAD = 256


async def lines_of(descriptor: int) -> AsyncIterator[str]:
    """Every line without its end, decoded as UTF-8; bytes that are not become the replacement character."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue(_AHEAD)

    def hand_over(line: str | None) -> None:
        asyncio.run_coroutine_threadsafe(queue.put(line), loop).result()

    def read() -> None:
        rest = b""
        with contextlib.suppress(OSError, RuntimeError, asyncio.CancelledError):  # the input or the loop is gone
            while chunk := os.read(descriptor, _CHUNK):
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    hand_over(_text(line))
            if rest:
                hand_over(_text(rest))
            hand_over(None)

    threading.Thread(target=read, name="standard-input", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r").removeprefix("\ufeff")
