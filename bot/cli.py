"""The `advisor` command: the only place that wires the parts together."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands import knowledge, nlu, score
from bot.settings import Settings, preferred_language, read_settings

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="A loan advisor for small and micro firms, in Chinese and English.\n\n"
    "Talk to it with [bold]advisor chat[/]; run it for Telegram with [bold]advisor serve[/]. The other commands read JSON lines from "
    "standard input and write one JSON line for each, for tests and other programs.",
)
_PEOPLE, _PROGRAMS = "For people", "For programs (JSON lines)"
_AllowDrop = Annotated[bool, typer.Option("--allow-drop", help="Start although entries in force are gone from the knowledge.")]


class Unusable(RuntimeError):
    """The command cannot run; the message says in one line what to do."""


# -- putting the parts together ----------------------------------------------------------------------------------------------


def _store(settings: Settings) -> Any:
    from bot.storage.database import open_database
    from bot.storage.store import Store

    return Store(open_database(settings.database_url))


def _pack(settings: Settings) -> Any:
    from knowledge.pack import load_pack

    pack = load_pack(settings.knowledge)
    for problem in pack.problems:
        _tell(f"knowledge: {problem}")
    return pack


def _world(settings: Settings) -> Any:
    from bot.conversation.world import World
    from knowledge.search import SearchIndex
    from scoring.card import default_card

    pack = _pack(settings)
    return World(pack, SearchIndex(pack, _today()), default_card())


@asynccontextmanager
async def _advisor(settings: Settings, allow_drop: bool | None = None) -> AsyncIterator[Any]:
    """The whole advisor with its language server running beside it.

    The knowledge is kept as the version that answers come from; `allow_drop` None is for commands that answer nobody and keep nothing.
    Raises WouldDrop when entries in force would be lost unseen.
    """
    from bot.commands.knowledge.loading import keep_loaded
    from bot.service import Advisor
    from bot.uploads.reader import KindReader
    from nlu.client import NluClient
    from nlu.model import NluPaths, ensure_model
    from nlu.process import NluServer

    store, world = _store(settings), _world(settings)
    if allow_drop is not None and keep_loaded(store.engine, world.pack, _today(), allow_drop):
        _tell(f"knowledge: {len(world.pack.entries)} entries loaded")
    paths = replace(NluPaths.of(settings.project, settings.home / "nlu"), python=settings.nlu_python)
    model = await asyncio.to_thread(ensure_model, paths, _tell)
    async with NluServer.for_model(paths, model, _tell) as server, NluClient(server.endpoint) as client:
        yield Advisor(store, world, client, reader=KindReader())


def _today() -> date:
    return datetime.now().astimezone().date()


def _tell(line: str) -> None:
    """Progress goes to standard error, so that standard output carries answers only."""
    print(line, file=sys.stderr, flush=True)


def _run(work: Callable[[Settings], Awaitable[None]]) -> None:
    """Run a command; known troubles become one line and exit code 2, a closed pipe or Ctrl-C a quiet end."""
    from bot.commands.knowledge.loading import WouldDrop
    from bot.storage.database import DatabaseError
    from nlu.model import NluSetupError

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = read_settings()
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        asyncio.run(_until_told_to_stop(work(settings)))
    except (Unusable, DatabaseError, NluSetupError, WouldDrop) as error:
        _tell(f"advisor: {error}")
        raise typer.Exit(2) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise typer.Exit(130) from None


async def _until_told_to_stop(work: Awaitable[None]) -> None:
    """A terminate signal unwinds like Ctrl-C does, so that the language server is stopped on the way out."""
    task = asyncio.ensure_future(work)
    for name in (signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    await task


# -- commands ----------------------------------------------------------------------------------------------------------------


@app.command(rich_help_panel=_PEOPLE)
def chat(
    json: Annotated[bool, typer.Option("--json", help='Read {"owner", "text" | "file" | "press"} lines instead.')] = False,
    language: Annotated[str, typer.Option("--lang", help="Language to greet in: zh or en.")] = "zh",
    allow_drop: _AllowDrop = False,
) -> None:
    """Talk to the advisor here in the terminal."""
    if language not in ("zh", "en"):
        _tell("advisor: --lang is zh or en")
        raise typer.Exit(2)

    async def work(settings: Settings) -> None:
        from bot.channels import commands
        from bot.channels.lines import answer_lines
        from bot.channels.stdin import lines_of
        from bot.channels.terminal import Terminal

        async with _advisor(settings, allow_drop) as advisor:
            if json:
                await answer_lines(partial(commands.chat, advisor), lines_of(0), sys.stdout, key="owner")
            else:
                lines = None if sys.stdin.isatty() else lines_of(0)
                await Terminal(advisor, settings.home / "files", language).run(lines)

    _run(work)


@app.command(rich_help_panel=_PEOPLE)
def serve(allow_drop: _AllowDrop = False) -> None:
    """Serve owners on Telegram; needs TELEGRAM_BOT_TOKEN. With TELEGRAM_WEBHOOK_URL Telegram brings the updates, else they are polled."""

    async def work(settings: Settings) -> None:
        from bot.channels.telegram.bot import serve as serve_telegram
        from bot.channels.telegram.trouble import TelegramUnusable
        from bot.channels.telegram.webhook import Webhook

        if settings.telegram_token is None:
            raise Unusable("set TELEGRAM_BOT_TOKEN to the token that @BotFather gave you")
        try:
            webhook = Webhook.of(settings.webhook_url, settings.webhook_listen) if settings.webhook_url else None
            async with _advisor(settings, allow_drop) as advisor:
                await serve_telegram(advisor, settings.telegram_token, settings.telegram_api, _tell, webhook=webhook)
        except TelegramUnusable as error:
            raise Unusable(str(error)) from None

    _run(work)


@app.command(rich_help_panel=_PEOPLE)
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on loopback; 0 takes a free one.")] = 8088,
    keep: Annotated[bool, typer.Option("--keep", help="Remember what the last demo's owners told.")] = False,
) -> None:
    """Try it as several people at once, on a page of a Telegram that runs here; no account is needed."""

    async def work(settings: Settings) -> None:
        from bot.channels.telegram.bot import serve as serve_telegram
        from bot.simulator.demo import demo_world
        from bot.simulator.page import showing

        database = settings.home / "demo.db"
        if not keep:
            for end in ("", "-wal", "-shm"):
                database.with_name(database.name + end).unlink(missing_ok=True)
        world = demo_world()
        async with AsyncExitStack() as running:
            try:
                address = await running.enter_async_context(showing(world, port))
            except OSError as error:
                raise Unusable(f"cannot serve the demo on port {port}: {os.strerror(error.errno or 0)}; try --port 0") from None
            advisor = await running.enter_async_context(_advisor(replace(settings, database_url=f"sqlite:///{database}"), allow_drop=True))
            print(f"open {address}", flush=True)
            await serve_telegram(advisor, world.token, address, _tell)

    _run(work)


@app.command(rich_help_panel=_PEOPLE)
def report(
    facts: Annotated[Path, typer.Argument(help='A JSON object of facts, as values or {"value", "source", "as_of", "approximate"}.')],
    out: Annotated[Path, typer.Option(help="Where the report goes: a name that ends in .pdf, or in .png for a phone.")],
    language: Annotated[str, typer.Option(help="zh or en; that of the locale unless given.")] = "",
) -> None:
    """For banks: the rating report of one firm, two pages to print or one tall picture."""

    async def work(settings: Settings) -> None:
        from bot.commands.report import ReportError, write_report

        chosen = language or preferred_language()
        if chosen not in ("zh", "en"):
            raise Unusable(f"--language {chosen}: zh or en")
        try:
            number = write_report(_world(settings), facts, out, chosen, _today())
        except ReportError as error:
            raise Unusable(str(error)) from None
        print(f"{out}  {number}")

    _run(work)


@app.command(rich_help_panel=_PROGRAMS)
def parse() -> None:
    """Understand texts: {"id", "text"} -> intent, confidence, facts, topics, language."""

    async def work(settings: Settings) -> None:
        from bot.channels import commands
        from bot.channels.lines import answer_lines
        from bot.channels.stdin import lines_of

        async with _advisor(settings) as advisor:
            await answer_lines(partial(commands.parse, advisor), lines_of(0), sys.stdout)

    _run(work)


@app.command(rich_help_panel=_PROGRAMS)
def search() -> None:
    """Find entries: {"id", "text", "language", "region"?} -> hits."""

    async def work(settings: Settings) -> None:
        from bot.channels import commands
        from bot.channels.lines import answer_lines
        from bot.channels.stdin import lines_of

        await answer_lines(partial(commands.search, _world(settings).index), lines_of(0), sys.stdout)

    _run(work)


@app.command(rich_help_panel=_PROGRAMS)
def match() -> None:
    """Try every entry on a firm: {"id", "facts", "on"?} -> matches."""

    async def work(settings: Settings) -> None:
        from bot.channels import commands
        from bot.channels.lines import answer_lines
        from bot.channels.stdin import lines_of

        await answer_lines(partial(commands.match, _world(settings), _today()), lines_of(0), sys.stdout)

    _run(work)


@app.command(rich_help_panel=_PROGRAMS)
def audience() -> None:
    """Count the stored firms a rule fits: {"id", "condition" or "entry", "on"?} -> eligible, unknown, ineligible.

    A condition is written as in an entry's `when`, such as {"fact": "employees", "at_least": 10}, with `all`, `any`, `not` and `check`.
    An entry is named by its id and judged as of the date `on`, today unless given. Every firm is counted once; nothing is changed.
    """

    async def work(settings: Settings) -> None:
        from bot.channels.lines import answer_lines
        from bot.channels.stdin import lines_of
        from bot.commands.audience import audience as counting
        from bot.storage.portfolio import count_audience

        count = partial(count_audience, _store(settings).engine)
        await answer_lines(counting(_pack(settings), count, _today()), lines_of(0), sys.stdout)

    _run(work)


app.add_typer(score.group(_run, _today), name="score", rich_help_panel=_PROGRAMS)
app.add_typer(nlu.group(_run, _tell), name="nlu", rich_help_panel=_PEOPLE)
app.add_typer(knowledge.group(_tell), name="knowledge", rich_help_panel=_PEOPLE)


def main() -> None:
    """Entry point of the `advisor` command."""
    app()
