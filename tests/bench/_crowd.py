"""Many people who write at their own times, in a process of its own: to the bot over a simulated Telegram, or to Rasa's REST channel.

`python -m tests.bench._crowd` runs the simulator, tells its address and the bot's token as a JSON line, and then answers each `Load`
that comes in as a JSON line with a `Seen`. It ends with its standard input.

Everybody writes when it is due (a Poisson stream), whether or not others have been answered. Latency counts from the moment a message was
due, not from when it was sent, so that a stall is felt by all who would have written during it. It ends with the first reply to that
message: in the simulator with its arrival in the chat, over REST with the response. One that does not come counts as `PATIENCE`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from bot.simulator import Person, World, running
from bot.simulator.state import Account, Chat, Json, Message
from nlu.client import prepare
from tests.bench._lines import PROJECT, owners_texts

#: Seconds after which a reply counts as missing.
PATIENCE = 10.0

Ask = Callable[[int, str], Awaitable[None]]


@dataclass(frozen=True)
class Load:
    """So many messages a second, by so many people in turn, from `first` on; `webhook` is Rasa's address, None means Telegram."""

    first: int
    messages: int
    people: int
    per_second: float
    webhook: str | None = None


@dataclass(frozen=True)
class Seen:
    """What the people saw: seconds to the first reply of each message, how many had none, and seconds until the last had its own."""

    latencies: list[float]
    missing: int
    offered_s: float
    took_s: float


class _Town(World):
    """A Telegram that notices the first message of the bot to whoever waits for one."""

    def __init__(self) -> None:
        super().__init__()
        self._awaited: dict[int, asyncio.Future[None]] = {}
        self._writers: list[Person] = []

    def post(self, chat: Chat, sender: Account, content: Json, **fields: Any) -> Message:
        message = super().post(chat, sender, content, **fields)
        if sender is self.bot and (awaited := self._awaited.pop(chat.id, None)) and not awaited.done():
            awaited.set_result(None)
        return message

    async def ask(self, who: int, text: str) -> None:
        """Write, and wait for a reply."""
        while len(self._writers) <= who:
            language = "zh-hans" if len(self._writers) % 2 else "en"
            self._writers.append(self.person(f"Owner {len(self._writers)}", language))
        person = self._writers[who]
        replied = self._awaited[person.id] = asyncio.get_running_loop().create_future()
        person.write(text)
        await replied


async def _write_all(load: Load, ask: Ask) -> Seen:
    """Everybody in turn, so that one person's messages lie far apart; the same texts at the same times for the same load."""
    texts = [text for text in owners_texts() if prepare(text) == text]
    chance, due, start = random.Random(load.first), 0.0, time.perf_counter()
    asked = []
    for number in range(load.first, load.first + load.messages):
        due += chance.expovariate(load.per_second)
        await asyncio.sleep(max(start + due - time.perf_counter(), 0.0))
        asked.append(asyncio.create_task(_patiently(start + due, ask(number % load.people, chance.choice(texts)))))
    took = await asyncio.gather(*asked)
    answered = [seconds for seconds in took if seconds is not None]
    missing = len(took) - len(answered)
    return Seen(answered + [PATIENCE] * missing, missing, due, time.perf_counter() - start)


async def _patiently(due: float, asking: Awaitable[None]) -> float | None:
    """Seconds from when it was due until the reply; None without one."""
    try:
        async with asyncio.timeout(PATIENCE):
            await asking
    except (TimeoutError, OSError, EOFError, ValueError):
        return None
    return time.perf_counter() - due


class _Rest:
    """Rasa's REST channel over connections that stay open, with no more of HTTP than it takes."""

    def __init__(self, webhook: str) -> None:
        address, _, self._path = webhook.removeprefix("http://").partition("/")
        self._host, _, self._port = address.partition(":")
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, who: int, text: str) -> None:
        """Raises ValueError for an answer without a message."""
        body = json.dumps({"sender": f"owner-{who}", "message": text}).encode()
        head = f"POST /{self._path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection(self._host, int(self._port))
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = next(int(line[15:]) for line in answer.split(b"\r\n") if line.startswith(b"content-length:"))
        said = json.loads(await reader.readexactly(length))
        self._idle.append((reader, writer))
        if not answer.startswith(b"http/1.1 200") or not said:
            raise ValueError("no reply")

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()


class Crowd:
    """The program as a benchmark sees it."""

    def __init__(self, process: Process, api: str, token: str) -> None:
        self._process, self.api, self.token = process, api, token
        self.pid = process.pid

    async def write(self, load: Load) -> Seen:
        """Have everybody write, and wait for the replies."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asdict(load)).encode() + b"\n")
        return Seen(**await _told(self._process))


@contextlib.asynccontextmanager
async def crowd() -> AsyncIterator[Crowd]:
    """The program while the block runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench._crowd", cwd=PROJECT, stdin=PIPE, stdout=PIPE, limit=2**24
    )
    try:
        yield Crowd(process, **await _told(process))
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def _told(process: Process) -> Any:
    """The next JSON line of the program. Raises RuntimeError when it has ended."""
    assert process.stdout is not None
    line = await process.stdout.readline()
    if not line:
        raise RuntimeError("the crowd's process ended")
    return json.loads(line)


async def _main() -> None:
    town = _Town()
    async with running(town) as api:
        print(json.dumps({"api": api, "token": town.token}), flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(asdict(await _served(town, Load(**json.loads(line))))), flush=True)


async def _served(town: _Town, load: Load) -> Seen:
    if load.webhook is None:
        return await _write_all(load, town.ask)
    rest = _Rest(load.webhook)
    try:
        return await _write_all(load, rest.ask)
    finally:
        rest.close()


if __name__ == "__main__":
    asyncio.run(_main())
