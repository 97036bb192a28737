"""The `advisor` command: the only place that wires the parts together."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from bot.commands import bulletin, console, demo, desk, knowledge, nlu, programs, score
from bot.commands.unusable import Unusable
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
    from bot.channels.telegram.desk.mirror import TelegramMirror
    from bot.commands.knowledge.loading import keep_loaded
    from bot.service import Advisor
    from nlu.client import NluClient
    from nlu.model import NluPaths, ensure_model
    from nlu.process import NluServer

    store, world = _store(settings), _world(settings)
    if allow_drop is not None and keep_loaded(store.engine, world.pack, _today(), allow_drop, preferred_language()):
        _tell(f"knowledge: {len(world.pack.entries)} entries loaded")
    paths = replace(NluPaths.of(settings.project, settings.home / "nlu"), python=settings.nlu_python)
    model = await asyncio.to_thread(ensure_model, paths, _tell)
    async with NluServer.for_model(paths, model, _tell) as server, NluClient(server.endpoint) as client:
        yield Advisor(store, world, client, mirror=TelegramMirror(store))


def _desk(settings: Settings) -> Any:
    from bot.channels.telegram.desk.mirror import telegram_desk

    return telegram_desk(_store(settings))


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
    try:
        settings = read_settings()
    except ValueError as error:
        _tell(f"advisor: {error}")
        raise typer.Exit(2) from None
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


@contextmanager
def _only_ours() -> Iterator[TextIO]:
    """Standard output for our own lines alone: what a library in C prints there goes to standard error meanwhile."""
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with os.fdopen(os.dup(kept), "w", encoding="utf-8") as sink:
            yield sink
    finally:
        os.dup2(kept, 1)
        os.close(kept)


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
                at = (settings.telegram_token, settings.telegram_api)
                await serve_telegram(advisor, *at, _tell, webhook=webhook, console=settings.console_url, stars=settings.paid_stars)
        except TelegramUnusable as error:
            raise Unusable(str(error)) from None

    _run(work)


@app.command(rich_help_panel=_PEOPLE)
def rates(
    picture: Annotated[Path, typer.Argument(help="Where to write it: a name that ends in .svg or .png.")],
    funding: Annotated[float, typer.Option(min=0, max=1, help="Your cost of money a year, a fraction.")] = 0.05,
    operating: Annotated[float, typer.Option(min=0, max=1, help="Your running costs a year, a fraction of what is lent.")] = 0.03,
    lgd: Annotated[float, typer.Option(min=0, max=1, help="What is lost of a loan that fails, a fraction.")] = 0.45,
    language: Annotated[str, typer.Option(help="zh or en; that of the locale unless given.")] = "",
) -> None:
    """For lenders: plot how many borrowers stay at each rate, and at which rate a lender with your costs earns most."""

    async def work(_settings: Settings) -> None:
        from bot.commands.rates import write_plot

        chosen = language or preferred_language()
        if chosen not in ("zh", "en"):
            raise Unusable(f"--language {chosen}: zh or en")
        try:
            write_plot(picture, chosen, funding, operating, lgd)
        except (OSError, ValueError) as error:
            raise Unusable(f"cannot write the plot: {error}") from None

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


demo.add(app, _PEOPLE, _run, _advisor, _tell)
console.add(app, _PEOPLE, _run, _desk, _world, _tell)
programs.add(app, _PROGRAMS, programs.Parts(_run, _advisor, _world, _store, _pack, _today, _only_ours))
app.add_typer(desk.group(desk.Parts(_run, _desk, _pack)), name="desk", rich_help_panel=_PEOPLE)
app.add_typer(bulletin.group(bulletin.Parts(_run, _store, _pack)), name="bulletin", rich_help_panel=_PEOPLE)
app.add_typer(score.group(_run, _today), name="score", rich_help_panel=_PROGRAMS)
app.add_typer(nlu.group(_run, _tell), name="nlu", rich_help_panel=_PEOPLE)
app.add_typer(knowledge.group(_tell), name="knowledge", rich_help_panel=_PEOPLE)


def main() -> None:
    """Entry point of the `advisor` command."""
    app()
