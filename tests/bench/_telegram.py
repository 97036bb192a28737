"""The advisor serving a simulated Telegram in a process of its own, so that a benchmark can kill it with SIGKILL.

`python -m tests.bench._telegram --api URL --token T --database URL [--webhook URL --listen HOST:PORT] [--nlu PORT:TOKEN]` loads
everything once, then forks the process that serves, and forks it anew whenever that one is killed, as a service manager would. Kills so
fall into serving, not into seconds of importing libraries. All ends when standard input does. Without `--nlu` there is no language server.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sqlite3
import sys
import threading
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nlu.client import Endpoint, NluClient
from tests.bench._lines import PROJECT

if TYPE_CHECKING:
    from bot.conversation.world import World

#: Seconds without any progress after which what is missing counts as lost.
PATIENCE = 30.0
LOOK_AGAIN = 0.03


class Serving:
    """The serving process as seen by a benchmark."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._pid = 0
        self._ready = asyncio.Event()
        self.kills = 0

    async def listen(self) -> None:
        """Follow what the program tells; runs until it ends."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            word, _, rest = line.decode().strip().partition(" ")
            if word == "started":
                self._pid = int(rest)
            elif word == "ready":
                self._ready.set()

    async def ready(self) -> None:
        """Wait until Telegram is being served. Raises RuntimeError when the program does not get that far."""
        try:
            await asyncio.wait_for(self._ready.wait(), PATIENCE)
        except TimeoutError:
            raise RuntimeError("the serving process did not start") from None

    @property
    def pid(self) -> int:
        """The serving process."""
        return self._pid

    async def kill(self) -> None:
        """End the serving process at once, as kill -9 does; another takes its place by itself."""
        await self.ready()
        self._ready.clear()
        os.kill(self._pid, signal.SIGKILL)
        self.kills += 1

    async def end(self) -> None:
        """End the program. Raises RuntimeError when it had ended by itself."""
        if self._process.returncode is not None:
            raise RuntimeError(f"the serving process ended with status {self._process.returncode}")
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


@contextlib.asynccontextmanager
async def serving(
    api: str,
    token: str,
    database: Path | str,
    webhook: str | None = None,
    paced: bool = True,
    nlu: Endpoint | None = None,
    shipped: bool = False,
    faster: int = 1,
) -> AsyncIterator[Serving]:
    """The program while the block runs; a database is a file of SQLite's or an address, a webhook an http address on loopback.

    With a language server, or where asked for, the knowledge is the shipped one. Telegram's limits are taken to be so many times higher
    (`faster`), as if its clock were that much slower.
    """
    address = f"sqlite:///{database}" if isinstance(database, Path) else database
    arguments = ["--api", api, "--token", token, "--database", address]
    if webhook is not None:
        arguments += ["--webhook", webhook, "--listen", webhook.partition("//")[2].partition("/")[0]]
    if not paced:
        arguments.append("--unpaced")
    arguments += ["--faster", str(faster), *(["--shipped"] if shipped else [])]
    if nlu is not None:
        arguments += ["--nlu", f"{nlu.port}:{nlu.token}"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench._telegram", *arguments, cwd=PROJECT, stdin=PIPE, stdout=PIPE
    )
    served = Serving(process)
    following = asyncio.create_task(served.listen())
    try:
        await served.ready()
        yield served
    finally:
        try:
            await served.end()
        finally:
            await following


def count(database: Path, query: str) -> int:
    """The number that a query of the database gives, over a connection that is closed again."""
    with contextlib.closing(sqlite3.connect(database, timeout=10)) as connection:
        return int(connection.execute(query).fetchone()[0])


def _main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench._telegram")
    for name in ("--api", "--token", "--database"):
        parser.add_argument(name, required=True)
    for name in ("--webhook", "--listen", "--nlu"):
        parser.add_argument(name)
    parser.add_argument("--unpaced", action="store_true", help="send as fast as it goes")
    parser.add_argument("--shipped", action="store_true", help="answer from the shipped knowledge")
    parser.add_argument("--faster", type=int, default=1, help="how many times higher Telegram's limits are")
    options = parser.parse_args()
    return _keep_serving(_server(options))


def _server(options: argparse.Namespace) -> Callable[[], None]:
    """Loads what serving takes, and gives what serves."""
    # The benchmark's own process has no use for these, and they take seconds.
    from bot.channels.telegram.bot import serve
    from bot.channels.telegram.desk.mirror import TelegramMirror
    from bot.channels.telegram.pace import UNLIMITED, Pace, Rates
    from bot.channels.telegram.webhook import Webhook
    from bot.service import Advisor
    from bot.storage.database import open_database
    from bot.storage.store import Store
    from tests.bench._firms import shipped_world, small_world

    world = shipped_world() if options.nlu or options.shipped else small_world()
    _warm_up(world)
    webhook = Webhook.of(options.webhook, options.listen) if options.webhook else None
    port, _, secret = (options.nlu or "").partition(":")
    endpoint = Endpoint(int(port), secret) if port else None

    def run() -> None:
        logging.basicConfig(level=logging.ERROR)
        usual = Rates()
        rates = replace(usual, per_second=usual.per_second * options.faster, reserve=usual.reserve * options.faster)
        pace = Pace(UNLIMITED if options.unpaced else rates)
        classifier = NluClient(lambda: endpoint) if endpoint else None
        store = Store(open_database(options.database))
        advisor = Advisor(store, world, classifier, mirror=TelegramMirror(store))
        asyncio.run(serve(advisor, options.token, options.api, _tell, pace, webhook=webhook))

    return run


def _warm_up(world: World) -> None:
    """Have what is loaded at first use loaded before any fork."""
    from bot.conversation.heard import Heard
    from bot.conversation.model import Dialogue
    from bot.conversation.turn import turn
    from bot.service import Advisor
    from bot.storage.database import open_database
    from bot.storage.store import Store
    from tests.bench._lines import TODAY

    text = "员工11个人"
    advisor = Advisor(Store(open_database("sqlite://")), world, None)
    turn(Dialogue(), Heard(text=text), asyncio.run(advisor.understand(text)), world, TODAY)


def _keep_serving(run: Callable[[], None]) -> int:
    """Run it in a fork, and in another one when a signal ended that. Returns the exit status of one that ended otherwise."""
    while True:
        pid = os.fork()
        if pid == 0:
            threading.Thread(target=_leave_with_input, daemon=True).start()
            run()
            return 1  # serving has no end of its own
        _say(f"started {pid}")
        _, status = os.waitpid(pid, 0)
        if not os.WIFSIGNALED(status):
            return os.waitstatus_to_exitcode(status)


def _tell(line: str) -> None:
    if line.startswith("serving"):
        _say("ready")


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def _leave_with_input() -> None:
    os.read(0, 1)
    os._exit(0)


if __name__ == "__main__":
    sys.exit(_main())
