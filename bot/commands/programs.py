"""The commands that other programs use: JSON lines in, JSON lines out."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, TextIO

import typer

from bot.settings import Settings


@dataclass(frozen=True)
class Parts:
    """What the commands are put together from: how one is run, and what makes the advisor, its world, its store and its knowledge."""

    run: Callable[[Callable[[Settings], Awaitable[None]]], None]
    advisor: Callable[[Settings], AbstractAsyncContextManager[Any]]
    world: Callable[[Settings], Any]
    store: Callable[[Settings], Any]
    pack: Callable[[Settings], Any]
    today: Callable[[], date]
    #: Standard output for answers alone, with whatever a library prints kept off it.
    only_ours: Callable[[], AbstractContextManager[TextIO]]


def add(app: typer.Typer, panel: str, parts: Parts) -> None:
    """Gives `app` the commands, under the heading `panel` of its help."""
    _add_understanding(app, panel, parts)
    _add_judging(app, panel, parts)


def _add_understanding(app: typer.Typer, panel: str, parts: Parts) -> None:
    @app.command(rich_help_panel=panel)
    def parse() -> None:
        """Understand texts: {"id", "text"} -> intent, confidence, facts, topics, language."""

        async def work(settings: Settings) -> None:
            from bot.channels import commands

            async with parts.advisor(settings) as advisor:
                await _answer(partial(commands.parse, advisor))

        parts.run(work)

    @app.command(rich_help_panel=panel)
    def read(
        files: Annotated[list[str], typer.Argument(metavar="FILE", help="Workbooks, text tables, PDFs, pictures.")],
        language: Annotated[str, typer.Option(help="Language of sentences: zh or en.")] = "zh",
    ) -> None:
        """Read files: the figures in each, where they stand, and what does not add up; one JSON line a file."""
        if language not in ("zh", "en"):
            print("advisor: --language is zh or en", file=sys.stderr)
            raise typer.Exit(2)

        async def work(_settings: Settings) -> None:
            from bot.commands.read import read_files

            await read_files(files, language, parts.today(), sys.stdout)

        parts.run(work)

    @app.command(rich_help_panel=panel)
    def search() -> None:
        """Find entries: {"id", "text", "language", "region"?} -> hits."""

        async def work(settings: Settings) -> None:
            from bot.channels import commands

            await _answer(partial(commands.search, parts.world(settings).index))

        parts.run(work)


def _add_judging(app: typer.Typer, panel: str, parts: Parts) -> None:
    @app.command(rich_help_panel=panel)
    def match() -> None:
        """Try every entry on a firm: {"id", "facts", "on"?} -> matches."""

        async def work(settings: Settings) -> None:
            from bot.channels import commands

            await _answer(partial(commands.match, parts.world(settings), parts.today()))

        parts.run(work)

    @app.command(rich_help_panel=panel)
    def assign() -> None:
        """Place many firms at once: {"id", "firms": [{"id", "facts"}], "rooms"?, "on"?, "wish"?} -> who goes where.

        `rooms` says what each lender takes in a day: {"len-icbc": {"firms": 3, "money": 2000000, "sector_share": 0.4}};
        each may be left out.
        """

        async def work(settings: Settings) -> None:
            from bot.channels.assigning import assigned

            with parts.only_ours() as sink:
                await _answer(partial(assigned, parts.world(settings), parts.today()), sink)

        parts.run(work)

    @app.command(rich_help_panel=panel)
    def audience(
        fives: Annotated[bool, typer.Option("--fives", help="Counts in fives, rounded down, as policy officers are told them.")] = False,
    ) -> None:
        """Count the stored firms a rule fits: {"id", "condition" or "entry", "on"?} -> eligible, unknown, ineligible.

        A condition is written as in an entry's `when`, such as {"fact": "employees", "at_least": 10}, with `all`, `any`, `not` and `check`.
        An entry is named by its id and judged as of the date `on`, today unless given. Every firm is counted once; nothing is changed.
        """

        async def work(settings: Settings) -> None:
            from bot.commands.audience import audience as counting
            from bot.storage.portfolio import count_audience

            count = partial(count_audience, parts.store(settings).engine)
            await _answer(counting(parts.pack(settings), count, parts.today(), fives))

        parts.run(work)


async def _answer(answer: Any, sink: TextIO | None = None) -> None:
    from bot.channels.lines import answer_lines
    from bot.channels.stdin import lines_of

    lines: AsyncIterator[str] = lines_of(0)
    await answer_lines(answer, lines, sink or sys.stdout)
