"""Running the NLU server as a child: started, watched, restarted when it dies, and gone when we are."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from nlu.child import end, ended, free_port
from nlu.client import Endpoint
from nlu.model import NluPaths, NluSetupError, Progress, child_environment, model_path

Command = Callable[[int], Sequence[str | Path]]


@dataclass(frozen=True)
class Timing:
    """How patient the supervisor is, in seconds."""

    ready: float = 90.0
    report: float = 3.0
    look: float = 0.2
    # A living server that misses so many checks in a row is taken to hang.
    check: float = 10.0
    answer: float = 5.0
    missed_checks: int = 3
    first_pause: float = 0.5
    longest_pause: float = 30.0
    # A server that lived this long is taken to be sound: the next restart starts again from the first pause.
    sound: float = 60.0
    goodbye: float = 3.0


#: Two answer nearly twice as many messages as one and share its memory; see the benchmark `parse`.
WORKERS = 2


def server_command(paths: NluPaths, model: Path, workers: int = WORKERS) -> Command:
    """Returns the command line of the real server for a port."""
    options = ("--model", model, "--workers", str(workers), "--port")
    return lambda port: [paths.python, "-m", "nlu.server.serve", *options, str(port)]


def latest_command(paths: NluPaths, model: Path, workers: int = WORKERS) -> Command:
    """Returns the command line of the real server with the model for the present files, once that is trained; `model` till then."""

    def command(port: int) -> Sequence[str | Path]:
        latest = model_path(paths)
        return server_command(paths, latest if latest.is_file() else model, workers)(port)

    return command


def _silent(_: str) -> None:
    return None


class NluServer:
    """One NLU server at a time. `endpoint()` says where it is now, or None while it is not ready.

    When its command has come to name another model, a server of that takes its place without a gap: loading a model
    into a running server would leave memory behind each time.

    Use it as `async with NluServer(...) as server:`; leaving the block stops the child and everything it started.
    """

    def __init__(self, command: Command, folder: Path, log: Path, progress: Progress = _silent, timing: Timing | None = None) -> None:
        """`folder` is the child's working folder; `log` receives what it and its successors print."""
        self._command, self._folder, self._log, self._progress = command, folder, log, progress
        self._timing = timing or Timing()
        self._process: asyncio.subprocess.Process | None = None
        self._tried: list[str | Path] = []
        self._endpoint: Endpoint | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._http: httpx.AsyncClient | None = None
        self.restarts = 0
        self.replacements = 0

    @classmethod
    def for_model(cls, paths: NluPaths, model: Path, progress: Progress = _silent) -> Self:
        """Returns the server of a trained model; its log is kept beside the models."""
        return cls(latest_command(paths, model), paths.root, paths.cache / "server.log", progress)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.stop()

    def endpoint(self) -> Endpoint | None:
        """Returns where the server answers now; None while it starts, restarts or is stopped."""
        return self._endpoint

    @property
    def pid(self) -> int | None:
        """The child's process id, which is its process group's too; None while there is no child."""
        return None if self._process is None else self._process.pid

    async def start(self) -> None:
        """Starts the server and waits until it answers; raises NluSetupError where it does not."""
        if self._supervisor is not None:
            return
        self._http = httpx.AsyncClient(timeout=self._timing.answer, trust_env=False)
        try:
            self._endpoint = await self._launch()
        except BaseException:
            await self.stop()
            raise
        self._supervisor = asyncio.create_task(self._supervise(), name="nlu-supervisor")

    async def stop(self) -> None:
        """Stops the server and its supervisor; harmless when there is nothing to stop."""
        supervisor, self._supervisor = self._supervisor, None
        self._endpoint = None
        if supervisor is not None:
            supervisor.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await supervisor
        await self._end_child()
        http, self._http = self._http, None
        if http is not None:
            await http.aclose()

    async def _supervise(self) -> None:
        pause = self._timing.first_pause
        while True:
            alive_since = time.monotonic()
            await self._watch()
            self._endpoint = None
            if time.monotonic() - alive_since >= self._timing.sound:
                pause = self._timing.first_pause
            self._progress(f"The language server stopped; starting it again in {pause:.1f} s")
            await self._end_child()
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._timing.longest_pause)
            try:
                self._endpoint = await self._launch()
                self.restarts += 1
            except (NluSetupError, OSError) as error:
                self._progress(str(error))
                await self._end_child()

    async def _watch(self) -> None:
        """Returns when the child has died, or lives on without answering."""
        missed = 0
        while self._process is not None and self._endpoint is not None and missed < self._timing.missed_checks:
            if await ended(self._process, self._timing.check):
                return
            if self._is_outdated():
                await self._replace(self._process)
                continue
            missed = 0 if await self._answers(self._endpoint) else missed + 1

    def _is_outdated(self) -> bool:
        """Whether the command names another server than the one last tried, whatever its port."""
        try:
            return list(self._command(0)) != self._tried
        except NluSetupError:  # the files are being changed just now
            return False

    async def _replace(self, old: asyncio.subprocess.Process) -> None:
        """Starts a server beside the running one and puts it in its place; the running one stays where that fails."""
        self._process = None
        try:
            endpoint = await self._launch()
        except BaseException as error:
            await self._end_child()
            self._process = old
            if not isinstance(error, NluSetupError | OSError):
                raise
            self._progress(f"The language server keeps its model: {error}")
            return
        self._endpoint = endpoint
        self.replacements += 1
        try:
            await asyncio.sleep(self._timing.answer)  # what it was asked before is answered
        finally:
            await end(old, self._timing.goodbye)

    async def _answers(self, endpoint: Endpoint) -> bool:
        assert self._http is not None
        try:
            return (await self._http.get(endpoint.url("/status"))).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    async def _launch(self) -> Endpoint:
        endpoint = Endpoint(free_port(), secrets.token_urlsafe(32))
        self._tried, command = list(self._command(0)), list(self._command(endpoint.port))
        self._log.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._log.open("ab" if self._supervisor else "wb") as log:
                self._process = await asyncio.create_subprocess_exec(
                    *command,
                    cwd=self._folder,
                    env=child_environment(),
                    stdin=asyncio.subprocess.PIPE,
                    stdout=log,
                    stderr=log,
                    process_group=0,
                )
        except FileNotFoundError as error:
            raise NluSetupError("The NLU environment (.venv-nlu) is missing; run `make setup`.") from error
        await self._hand_over(self._process, endpoint.token)
        await self._wait_until_ready(self._process, endpoint)
        return endpoint

    async def _hand_over(self, process: asyncio.subprocess.Process, token: str) -> None:
        """Writes the token; the pipe stays open as long as we live."""
        assert process.stdin is not None
        with contextlib.suppress(ConnectionError):  # a child that died at once is noticed while waiting for it
            process.stdin.write(token.encode() + b"\n")
            await process.stdin.drain()

    async def _wait_until_ready(self, process: asyncio.subprocess.Process, endpoint: Endpoint) -> None:
        started = reported = time.monotonic()
        while (waited := time.monotonic() - started) < self._timing.ready:
            if await self._answers(endpoint):
                return
            if await ended(process, self._timing.look):
                raise NluSetupError(f"The language server ended while starting (status {process.returncode}); see {self._log}.")
            if time.monotonic() - reported >= self._timing.report:
                self._progress(f"Starting the language server ({waited:.0f} s)")
                reported = time.monotonic()
        raise NluSetupError(f"The language server was not ready after {self._timing.ready:.0f} s; see {self._log}.")

    async def _end_child(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await end(process, self._timing.goodbye)
