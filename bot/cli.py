"""The `advisor` command: the only place that wires the parts together."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands import bulletin, console, demo, desk, knowledge, nlu, programs, score
from bot.commands.running import only_ours, run, tell
from bot.commands.unusable import Unusable
from bot.settings import Settings, preferred_language

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
        tell(f"knowledge: {problem}")
    return pack


def _pack_now(settings: Settings) -> Any:
    """With the entries that policy officers have approved since the files were written."""
    from bot.broadcasting.entries import caught_up

    return caught_up(_store(settings), _pack(settings), 0)[0]


def _world(settings: Settings) -> Any:
    from bot.conversation.world import World
    from knowledge.search import SearchIndex
    from scoring.card import default_card

    pack = _pack_now(settings) if settings.has_database else _pack(settings)
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
        tell(f"knowledge: {len(world.pack.entries)} entries loaded")
    paths = replace(NluPaths.of(settings.project, settings.home / "nlu"), python=settings.nlu_python)
    model = await asyncio.to_thread(ensure_model, paths, tell)
    async with NluServer.for_model(paths, model, tell) as server, NluClient(server.endpoint) as client:
        yield Advisor(store, world, client, mirror=TelegramMirror(store))


def _desk(settings: Settings) -> Any:
    from bot.channels.telegram.desk.mirror import telegram_desk

    return telegram_desk(_store(settings))


def _today() -> date:
    return datetime.now().astimezone().date()


# -- commands ----------------------------------------------------------------------------------------------------------------


@app.command(rich_help_panel=_PEOPLE)
def chat(
    json: Annotated[bool, typer.Option("--json", help='Read {"owner", "text" | "file" | "press"} lines instead.')] = False,
    language: Annotated[str, typer.Option("--lang", help="Language to greet in: zh or en.")] = "zh",
    allow_drop: _AllowDrop = False,
) -> None:
    """Talk to the advisor here in the terminal."""
    if language not in ("zh", "en"):
        tell("advisor: --lang is zh or en")
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

    run(work)


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
                await serve_telegram(advisor, *at, tell, webhook=webhook, console=settings.console_url, stars=settings.paid_stars)
        except TelegramUnusable as error:
            raise Unusable(str(error)) from None

    run(work)


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

    run(work)


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

    run(work)


demo.add(app, _PEOPLE, run, _advisor, tell)
console.add(app, _PEOPLE, run, _desk, _world, tell)
programs.add(app, _PROGRAMS, programs.Parts(run, _advisor, _world, _store, _pack_now, _today, only_ours))
app.add_typer(desk.group(desk.Parts(run, _desk, _pack)), name="desk", rich_help_panel=_PEOPLE)
app.add_typer(bulletin.group(bulletin.Parts(run, _store, _pack_now)), name="bulletin", rich_help_panel=_PEOPLE)
app.add_typer(score.group(run, _today), name="score", rich_help_panel=_PROGRAMS)
app.add_typer(nlu.group(run, tell), name="nlu", rich_help_panel=_PEOPLE)
app.add_typer(knowledge.group(tell), name="knowledge", rich_help_panel=_PEOPLE)


def main() -> None:
    """Entry point of the `advisor` command."""
    app()
