"""The whole bot under load: simulated Telegram, serving process and language server, beside a bot that is nothing but Rasa.

Both get the same texts at the same times, in blocks that take turns, so that whatever else the machine does falls on both. Rate limits are
off in the simulator and the bot's pace is lifted: Telegram's 30 messages a second cannot carry the replies to 50.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import PIPE

from nlu.model import NluPaths, NluSetupError, child_environment, ensure_model, model_hash
from nlu.process import NluServer, server_command
from tests.bench._crowd import Crowd, Load, Seen, crowd
from tests.bench._lines import PROJECT as ROOT
from tests.bench._lines import Figure, Missing, Size, at_most, ms, percentile, rounded
from tests.bench._telegram import LOOK_AGAIN, Serving, count, serving

PER_SECOND = 50.0
#: Milliseconds from the moment a message is due to the arrival of the first reply.
TARGET_P99 = 250.0
#: Milliseconds of two cores' time that 50 messages a second leave for each, with a margin.
TARGET_CPU = 25.0
_TICKS = os.sysconf("SC_CLK_TCK")
_UNSENT = "SELECT count(*) FROM outbox WHERE closed_at IS NULL"
_NOT_UNDERSTOOD = "SELECT count(*) FROM turns WHERE intent IS NULL"


@dataclass
class Tally:
    """What one of the two bots did over all its blocks; `cpu` is seconds by process."""

    latencies: list[float] = field(default_factory=list)
    missing: int = 0
    offered_s: float = 0.0
    took_s: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)

    def add(self, seen: Seen, cpu: dict[str, float]) -> None:
        self.latencies += seen.latencies
        self.missing += seen.missing
        self.offered_s += seen.offered_s
        self.took_s += seen.took_s
        self.cpu = {name: self.cpu.get(name, 0.0) + spent for name, spent in cpu.items()}

    @property
    def count(self) -> int:
        return len(self.latencies)

    def cpu_ms(self) -> dict[str, float]:
        """Milliseconds of processor time a message, by process."""
        return {name: ms(spent / self.count) for name, spent in self.cpu.items()}


def loaded(size: Size) -> Iterator[Figure]:
    """Latencies, rates and processor time of both. Raises Missing where the language server's environment is not there."""
    try:
        ours, rasa, without_rasa = asyncio.run(_measure(blocks=size.pick(3, 6), messages=size.pick(400, 3000), people=size.pick(250, 1000)))
    except NluSetupError as error:
        raise Missing(str(error)) from error
    yield from _figures("loaded", ours, f"{ours.count} messages, a Poisson stream")
    yield Figure("loaded_answered_without_rasa", without_rasa, "turns", 0, without_rasa == 0)
    yield from _figures("rasa_only", rasa, "the same texts at the same times, blocks in turn")
    for percent in (50, 99):
        ratio = percentile(ours.latencies, percent) / percentile(rasa.latencies, percent)
        yield Figure(f"loaded_p{percent}_ratio", rounded(ratio), "times", versus="the Rasa-only bot in the same run")
    cpu = ours.cpu_ms()
    for name, spent in cpu.items():
        yield Figure(f"loaded_cpu_{name}", spent, "ms", versus="processor time a message, user and system")
    versus = f"the Rasa-only bot: {rasa.cpu_ms()['rasa_only']} ms in its server"
    yield at_most("loaded_cpu", rounded(sum(cpu.values())), "ms", TARGET_CPU, versus)


def _figures(name: str, tally: Tally, versus: str) -> Iterator[Figure]:
    yield Figure(f"{name}_p50", ms(percentile(tally.latencies, 50)), "ms", versus=versus)
    p99 = ms(percentile(tally.latencies, 99))
    yield at_most("loaded_p99", p99, "ms", TARGET_P99, versus) if name == "loaded" else Figure(f"{name}_p99", p99, "ms", versus=versus)
    yield Figure(f"{name}_offered", rounded(tally.count / tally.offered_s), "messages/s")
    yield Figure(f"{name}_achieved", rounded((tally.count - tally.missing) / tally.took_s), "messages/s")
    yield at_most(f"{name}_unanswered", tally.missing, "messages", 0)


async def _measure(blocks: int, messages: int, people: int) -> tuple[Tally, Tally, int]:
    """Both bots in turn; and how many of our turns were answered without the language server."""
    ours, rasa = Tally(), Tally()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "advisor.db")
        async with _both(Path(folder), database) as (town, served, nlu, rest):
            for block in range(-1, blocks):  # the first warms up
                many = messages if block >= 0 else people // 2
                load = Load(max(block, 0) * messages, many, people, PER_SECOND)
                mine = await _block(town, load, {"bot": served.pid, "simulator": town.pid, "rasa": _pid(nlu)}, database)
                theirs = await _block(town, Load(**{**vars(load), "webhook": _webhook(rest)}), {"rasa_only": _pid(rest)}, database)
                if block >= 0:
                    ours.add(*mine)
                    rasa.add(*theirs)
        return ours, rasa, count(database, _NOT_UNDERSTOOD)


async def _block(town: Crowd, load: Load, processes: dict[str, int], database: Path) -> tuple[Seen, dict[str, float]]:
    before = {name: _spent(pid) for name, pid in processes.items()}
    seen = await town.write(load)
    while count(database, _UNSENT):  # further replies of the last turns
        await asyncio.sleep(LOOK_AGAIN)
    return seen, {name: _spent(pid) - before[name] for name, pid in processes.items()}


@contextlib.asynccontextmanager
async def _both(folder: Path, database: Path) -> AsyncIterator[tuple[Crowd, Serving, NluServer, NluServer]]:
    paths = NluPaths.of(ROOT)
    model = await asyncio.to_thread(ensure_model, paths, _progress)
    whole = await asyncio.to_thread(_rasa_only_model, paths)
    async with contextlib.AsyncExitStack() as stack:
        nlu = await stack.enter_async_context(NluServer(server_command(paths, model), ROOT, folder / "nlu.log", _progress))
        program = [paths.python, "-m", "tests.bench._rasa_only", "serve", "--model", whole, "--port"]
        rest = await stack.enter_async_context(NluServer(lambda port: [*program, str(port)], ROOT, folder / "rest.log", _progress))
        town = await stack.enter_async_context(crowd())
        endpoint = nlu.endpoint()
        served = await stack.enter_async_context(serving(town.api, town.token, database, paced=False, nlu=endpoint))
        yield town, served, nlu, rest


def _rasa_only_model(paths: NluPaths) -> Path:
    """The yardstick's model, trained once for each state of the pipeline. Raises NluSetupError."""
    program = (ROOT / "tests" / "bench" / "_rasa_only.py").read_bytes()
    model = paths.cache / "bench" / f"rasa-only-{model_hash(paths)}-{hashlib.sha256(program).hexdigest()[:8]}.tar.gz"
    if not model.is_file():
        model.parent.mkdir(parents=True, exist_ok=True)
        _progress("Training the Rasa-only bot")
        command = [str(paths.python), "-m", "tests.bench._rasa_only", "train", "--out", str(model)]
        log = model.with_suffix(".log")
        named = {"cwd": ROOT, "env": child_environment(), "stdin": PIPE}  # its input closes, and so it ends, when this process dies
        with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out, **named) as training:
            status = training.wait()
        if status != 0:
            raise NluSetupError(f"the Rasa-only bot could not be trained; the reason is in {log}")
    return model


def _webhook(server: NluServer) -> str:
    endpoint = server.endpoint()
    if endpoint is None:
        raise RuntimeError("the Rasa-only bot stopped")
    return f"http://127.0.0.1:{endpoint.port}/webhooks/rest/webhook"


def _pid(server: NluServer) -> int:
    if server.pid is None:
        raise RuntimeError("a language server stopped")
    return server.pid


def _spent(pid: int) -> float:
    """Seconds of processor time of a process and its workers so far, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    workers = [int(child) for thread in Path(f"/proc/{pid}/task").iterdir() for child in (thread / "children").read_text("utf-8").split()]
    return (int(fields[11]) + int(fields[12])) / _TICKS + sum(map(_spent, workers))


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
