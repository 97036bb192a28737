"""`advisor score`: score firms line by line; `advisor score train` makes the card anew from data; `watching` has the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.running import Run
from bot.commands.watching import add_commands


def group(run: Run, today: Callable[[], date]) -> typer.Typer:
    """The commands; `run` runs one with the settings, `today` is the day on which a card is made."""
    app = typer.Typer(invoke_without_command=True)

    @app.callback()
    def score(context: typer.Context) -> None:
        """Score a firm: {"id", "facts", "as_of"?, "on"?} -> default probability, grade, points, reasons, questions."""
        if context.invoked_subcommand is None:
            run(lambda _settings: _lines(today()))

    @app.command()
    def train(
        data: Annotated[Path, typer.Option(help="Folder that holds the training data, as scoring/….csv.gz.")],
        out: Annotated[Path | None, typer.Option(help="Where the card goes; the shipped card unless given.")] = None,
        on: Annotated[str | None, typer.Option("--date", help="The card's date, which is its version; today unless given.")] = None,
    ) -> None:
        """Train the points card and print how well it does; fails on an input that gives the outcome away."""
        raise typer.Exit(_train(data, out, on or today().isoformat()))

    add_commands(app, run)
    return app


async def _lines(today: date) -> None:
    from bot.channels import commands
    from bot.channels.lines import answer_lines
    from bot.channels.stdin import lines_of
    from scoring.card import default_card

    await answer_lines(partial(commands.score_firm, default_card(), today), lines_of(0), sys.stdout)


def _train(data: Path, out: Path | None, on: str) -> int:
    import scoring.card
    from scoring.training.leaks import LeakError
    from scoring.training.records import DataError
    from scoring.training.run import train_from

    try:
        raw = train_from(data, out or Path(scoring.card.__file__).with_name("card.json"), date.fromisoformat(on))
    except (DataError, LeakError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    for block in raw["blocks"]:
        print(json.dumps({"block": block["name"], "metrics": block["metrics"]}, ensure_ascii=False))
    return 0
