"""`advisor bulletin`: write bulletins of a policy office, look at whom they reach, approve, send and stop them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.settings import Settings

if TYPE_CHECKING:
    from bot.storage.store import Store
    from knowledge.pack import Pack

_By = Annotated[int, typer.Option("--by", help="Your number among the staff: see advisor desk staff list.")]
_Number = Annotated[int, typer.Argument(help="Number of the bulletin.")]
_Version = Annotated[int, typer.Option("--version", help="The version that you saw.")]
_File = Annotated[Path, typer.Argument(help="The bulletin as YAML or JSON: title, body, entry, region, send_at, expires.")]
Run = Callable[[Callable[[Settings], Awaitable[None]]], None]


@dataclass(frozen=True)
class Parts:
    """What the commands are put together from."""

    run: Run
    store: Callable[[Settings], Store]
    pack: Callable[[Settings], Pack]


def group(parts: Parts) -> typer.Typer:
    """The commands."""
    app = typer.Typer(
        no_args_is_help=True,
        help="For policy officers: tell exactly the firms that a measure is for.\n\nA bulletin has `title` and `body`, each with `zh` and "
        "`en`, the `entry` it is about, a `region`, `send_at`, the day it `expires`, and may have `quiet` hours such as [21:00, 08:00], "
        "`doubt` (repeat or park), `sort` (news, correction or withdrawal) and the number that it `corrects`.",
    )

    @app.command()
    def add(file: _File, by: _By) -> None:
        """A new draft; its number is printed, and what still has to be put right."""
        _do(parts, lambda work, office: work.add(office, file, by))

    @app.command()
    def change(file: _File, number: Annotated[int, typer.Option(help="Number of the bulletin.")], version: _Version, by: _By) -> None:
        """Other words for a draft. What was approved needs a new approval."""
        _do(parts, lambda work, office: work.change(office, file, number, version, by))

    @app.command()
    def show(number: _Number, by: _By) -> None:
        """The text as it will be read, whom it would reach, how long that takes, and what keeps it from being approved."""
        _do(parts, lambda work, office: work.show(office, number, by))

    @app.command()
    def approve(number: _Number, version: _Version, by: _By) -> None:
        """Agree to it as the second officer. It leaves when its moment comes."""
        _do(parts, lambda work, office: work.approve_it(office, number, version, by))

    @app.command()
    def stop(number: _Number, by: _By) -> None:
        """Halt it at once and for good. What is under way arrives, nothing more leaves."""
        _do(parts, lambda work, office: work.stop_it(office, number, by))

    @app.command()
    def status(number: _Number, by: _By) -> None:
        """How many got it, and what became of the others."""
        _do(parts, lambda work, office: work.status(office, number, by))

    @app.command("list")
    def list_bulletins(by: _By) -> None:
        """The bulletins of your region, the newest first."""
        _do(parts, lambda work, office: work.print_list(office, by))

    @app.command()
    def deliver() -> None:
        """Put what is due into the outbox, once; for a timer of the machine, beside advisor serve."""
        _do(parts, lambda work, office: work.deliver(office))

    return app


def _do(parts: Parts, do: Callable[[Any, Any], None]) -> None:
    """Run one command; what it needs is loaded only then, so that the help of all commands is there at once."""

    async def run(settings: Settings) -> None:
        from bot.broadcasting.office import Office
        from bot.commands import bulletin_work

        do(bulletin_work, Office(parts.store(settings), parts.pack(settings)))

    parts.run(run)
