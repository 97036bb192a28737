"""`advisor bulletin`: write bulletins of a policy office, look at whom they reach, approve, send and stop them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from bot.commands.running import Run
from bot.settings import Settings, preferred_language

if TYPE_CHECKING:
    from bot.storage.store import Store
    from knowledge.pack import Pack

_By = Annotated[int, typer.Option("--by", help="Your number among the staff: see advisor desk staff list.")]
_Number = Annotated[int, typer.Argument(help="Number of the bulletin.")]
_Version = Annotated[int, typer.Option("--version", help="The version that you saw.")]
_File = Annotated[Path, typer.Argument(help="The bulletin as YAML or JSON: title, body, entry, region, send_at, expires.")]
_Picture = Annotated[Path | None, typer.Option(help="Where to draw it as a picture that ends in .png or .svg.")]
_Group = Annotated[Literal["region", "industry", "size"], typer.Option("--group", help="What the firms of the picture are grouped by.")]
_GroupOrNone = Annotated[
    Literal["region", "industry", "size"] | None, typer.Option("--group", help="Draw who was reached, grouped by this.")
]
_What = Annotated[Literal["months", "unmet"], typer.Option("--what", help="What is drawn: months, or what keeps firms out.")]
_Entry = Annotated[str, typer.Argument(help="Id of the measure.")]


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
    def show(number: _Number, by: _By, picture: _Picture = None, group: _Group = "region") -> None:
        """The text as it will be read, whom it would reach, how long that takes, and what keeps it from being approved."""
        _do(parts, lambda work, office: work.show(office, number, by, picture, work.By(group)))

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

    _add_reports(app, parts)
    return app


def _add_reports(app: typer.Typer, parts: Parts) -> None:
    """What looks back, and what a timer of the machine calls."""

    @app.command()
    def report(number: _Number, by: _By, picture: _Picture = None, group: _GroupOrNone = None) -> None:
        """What became of every message, and what came of it: looked whether it applies, eligible now, applied.

        Of a group are printed: reached/looked/eligible now/applied. Groups of fewer than five firms are under Others.
        """
        _do(parts, lambda work, office: work.print_what_came(office, number, by, picture, None if group is None else work.By(group)))

    @app.command()
    def view(
        entry: Annotated[str, typer.Argument(help="Id of the measure.")], by: _By, picture: _Picture = None, what: _What = "months"
    ) -> None:
        """A measure in your region: reach and effect by place and month, which conditions keep firms out, and what owners ask of it."""
        _do(parts, lambda work, office: work.print_measure(office, entry, by, picture, what))

    @app.command()
    def draft(
        file: Annotated[Path, typer.Argument(help="New measures as .xlsx, .csv or .json; see docs/bulletins.md for the columns.")],
        folder: Annotated[Path, typer.Option("--out", help="Where the drafts go.")] = Path("drafts"),
        language: Annotated[Literal["zh", "en"] | None, typer.Option(help="Of what is told.")] = None,
    ) -> None:
        """An entry and a bulletin for each new measure of a sheet or a feed, for a person to finish."""

        async def work(_settings: Settings) -> None:
            from bot.commands.bulletin_feed import draft as draft_feed

            draft_feed(file, folder, language or preferred_language())

        parts.run(work)

    @app.command()
    def deliver() -> None:
        """Put what is due into the outbox, once; for a timer of the machine, beside advisor serve."""
        _do(parts, lambda work, office: work.deliver(office))


def _do(parts: Parts, do: Callable[[Any, Any], None]) -> None:
    """Run one command; what it needs is loaded only then, so that the help of all commands is there at once."""

    async def run(settings: Settings) -> None:
        from bot.broadcasting.office import Office
        from bot.commands import bulletin_work

        do(bulletin_work, Office(parts.store(settings), parts.pack(settings), settings.paid_stars))

    parts.run(run)
