"""The real language server as clients see it, beside stock DIET on the same server and beside a server that does nothing.

One client asks the three in turn, text by text, so that whatever else the machine does falls on all. Many clients ask
one server after the other. Stock DIET learns the project's messages for one epoch: how long it has learnt does not
change how long it takes to answer.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import yaml

from nlu.client import Endpoint, NluClient, prepare
from nlu.model import NluPaths, NluSetupError, ensure_model
from nlu.process import WORKERS
from tests.bench._classifier import Labelled, ask_diet
from tests.bench._lines import PROJECT, Figure, Missing, Size, at_least, at_most, ms, owners_texts, percentile, rounded
from tests.bench._load import megabytes_of_group, parses_per_second, running

#: Milliseconds, parses a second, seconds, megabytes.
TARGET_P50, TARGET_P99, TARGET_RATE, TARGET_READY, TARGET_SIZE, TARGET_TRAINING = 5.0, 10.0, 800.0, 20.0, 10.0, 180.0
CLIENTS = 16
_WARM_UP = 20
_EMPTY = json.dumps({"intent": {"name": "x", "confidence": 1}, "intent_ranking": [{"name": "x", "confidence": 1}]}).encode()
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_RESPONSE = _HEAD % len(_EMPTY) + _EMPTY


def run(size: Size) -> Iterator[Figure]:
    """Time to train and to start, size, what one client waits, what sixteen get, and memory. Raises Missing without the NLU environment."""
    texts = [text for text in owners_texts() if prepare(text)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = NluPaths.of(PROJECT, cache=folder)
        start = time.monotonic()
        try:
            model = ensure_model(paths, _progress)
        except NluSetupError as error:
            raise Missing(str(error)) from error
        yield at_most("training", rounded(time.monotonic() - start), "s", TARGET_TRAINING)
        yield at_most("model_size", rounded(model.stat().st_size / 1e6), "MB", TARGET_SIZE)
        diet = folder / "diet.tar.gz"
        ask_diet(_messages(paths.data), [], epochs=1, keep=diet)
        figures = _measure(paths, {"ours": model, "diet": diet}, folder, texts, size)
        with asyncio.Runner() as runner:
            while (figure := runner.run(anext(figures, None))) is not None:
                yield figure


async def _measure(paths: NluPaths, models: dict[str, Path], folder: Path, texts: list[str], size: Size) -> AsyncIterator[Figure]:
    requests = size.pick(2000, 20000)
    async with running(paths, models["ours"], folder / "ours.log", WORKERS) as ours:
        yield at_most("ready", rounded(ours.ready_s), "s", TARGET_READY)
        assert ours.server.pid is not None
        together = megabytes_of_group(ours.server.pid)
        endpoint = _known(ours.server.endpoint())
        async with running(paths, models["diet"], folder / "diet.log", 1) as diet:
            stock = _known(diet.server.endpoint())
            for figure in _waits(*await _in_turn(endpoint, stock, texts * size.pick(1, 5))):
                yield figure
            stock_rate = await _rate(stock, texts, requests // 4)
        rate = await _rate(endpoint, texts, requests)
    async with running(paths, models["ours"], folder / "single.log", 1) as single:
        assert single.server.pid is not None
        alone, single_rate = megabytes_of_group(single.server.pid), await _rate(_known(single.server.endpoint()), texts, requests)
    versus = f"stock DIET with the one worker it can have, {stock_rate:.0f}/s in the same run: {rate / stock_rate:.1f} times as many"
    yield at_least(f"rate_{CLIENTS}_clients_{WORKERS}_workers", rounded(rate), "1/s", TARGET_RATE, versus)
    yield Figure(f"rate_{CLIENTS}_clients_1_worker", rounded(single_rate), "1/s", versus=f"{WORKERS} workers, {rate:.0f}/s")
    yield Figure(f"memory_{WORKERS}_workers", rounded(together), "MB", versus=f"1 worker, {alone:.0f} MB")


def _waits(real: list[float], diet: list[float], empty: list[float]) -> Iterator[Figure]:
    for percent, target in ((50, TARGET_P50), (99, TARGET_P99)):
        ours, stock, nothing = (percentile(took, percent) for took in (real, diet, empty))
        versus = f"stock DIET {ms(stock)} ms, {stock / ours:.1f} times as long; an empty round trip {ms(nothing)} ms"
        yield at_most(f"p{percent}", ms(ours), "ms", target, versus)


async def _in_turn(ours: Endpoint, diet: Endpoint, texts: list[str]) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each call by one client, to the language server, to stock DIET and to the empty server."""
    async with AsyncExitStack() as stack:
        nothing = await stack.enter_async_context(await asyncio.start_server(_answer_nothing, "127.0.0.1", 0))
        empty = Endpoint(nothing.sockets[0].getsockname()[1], "none")
        clients = [await stack.enter_async_context(_client(endpoint)) for endpoint in (ours, diet, empty)]
        rounds = [[await _time(client, text) for client in clients] for text in texts[:_WARM_UP] + texts]
    real, stock, bare = ([one[place] for one in rounds[_WARM_UP:]] for place in range(3))
    return real, stock, bare


def _client(endpoint: Endpoint) -> NluClient:
    return NluClient(lambda: endpoint)


def _known(endpoint: Endpoint | None) -> Endpoint:
    if endpoint is None:
        raise RuntimeError("the language server stopped while it was measured")
    return endpoint


async def _rate(endpoint: Endpoint, texts: list[str], requests: int) -> float:
    await parses_per_second(endpoint, texts, CLIENTS, 10 * CLIENTS)
    return await parses_per_second(endpoint, texts, CLIENTS, requests)


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


def _messages(folder: Path) -> Labelled:
    """The project's training messages with their intents."""
    blocks = [block for file in sorted(folder.rglob("*.yml")) for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]]
    return [(line.strip()[2:], block["intent"]) for block in blocks for line in block["examples"].splitlines() if line.strip()]


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
