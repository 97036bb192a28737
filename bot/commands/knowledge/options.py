"""The commands with their options and help; the work is done next door."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.knowledge.shell import Shell, Unusable
from bot.settings import preferred_language, read_settings
from knowledge.authoring.wording import tell

Work = Callable[[Shell], int | None]
Run = Callable[[Work, str | None], None]
_ = preferred_language()
_HELP = {name: tell(f"help_{name}", _) for name in "language folder json on within turn firms author note yes allow_drop dry_run".split()}
Language = Annotated[str | None, typer.Option("--language", "--lang", help=_HELP["language"])]
Folder = Annotated[Path | None, typer.Option("--folder", help=_HELP["folder"])]
Json = Annotated[bool, typer.Option("--json", help=_HELP["json"])]
On = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help=_HELP["on"])]
Author = Annotated[str | None, typer.Option("--author", help=_HELP["author"])]


def group(out: Callable[[str], None]) -> typer.Typer:
    """The commands; `out` writes what is not the answer itself."""
    app = typer.Typer(no_args_is_help=True, help=tell("help", _))

    def run(work: Work, language: str | None) -> None:
        raise typer.Exit(_run(work, language, out))

    _add_writing(app, run)
    _add_sheets(app, run)
    _add_history(app, run)
    return app


def _add_writing(app: typer.Typer, run: Run) -> None:
    @app.command(help=tell("help_check", _))
    def check(
        folder: Annotated[Path | None, typer.Argument(help=_HELP["folder"])] = None, language: Language = None, json: Json = False
    ) -> None:
        from bot.commands.knowledge.checking import check_files

        run(lambda shell: check_files(shell, folder or shell.settings.knowledge, json), language)

    @app.command(help=tell("help_add", _))
    def add(folder: Folder = None, author: Author = None, language: Language = None) -> None:
        from bot.commands.knowledge.adding import add_entry

        run(lambda shell: add_entry(shell, folder or shell.settings.knowledge, author), language)

    @app.command(help=tell("help_due", _))
    def due(
        on: On = None,
        within: Annotated[int, typer.Option("--within", min=0, max=3650, help=_HELP["within"])] = 45,
        folder: Folder = None,
        language: Language = None,
        json: Json = False,
    ) -> None:
        from bot.commands.knowledge.checking import list_due

        run(lambda shell: list_due(shell, folder or shell.settings.knowledge, shell.day(on), within, json), language)


def _add_history(app: typer.Typer, run: Run) -> None:
    @app.command(help=tell("help_diff", _))
    def diff(
        old: Annotated[str, typer.Argument(help=tell("help_old", _))],
        new: Annotated[str | None, typer.Argument(help=tell("help_new", _))] = None,
        firms: Annotated[Path | None, typer.Option("--firms", help=_HELP["firms"])] = None,
        on: On = None,
        language: Language = None,
        json: Json = False,
    ) -> None:
        from bot.commands.knowledge.comparing import compare

        first, second = (old, new) if new is not None else ("last", old)
        run(lambda shell: compare(shell, first, second, firms, shell.day(on), json), language)

    @app.command(help=tell("help_versions", _))
    def versions(language: Language = None, json: Json = False) -> None:
        from bot.commands.knowledge.history import list_versions

        run(lambda shell: list_versions(shell, json), language)

    @app.command(help=tell("help_replay", _))
    def replay(
        entry: Annotated[str | None, typer.Argument(help=tell("help_entry", _))] = None,
        on: On = None,
        turn: Annotated[int | None, typer.Option("--turn", help=_HELP["turn"])] = None,
        language: Language = None,
        json: Json = False,
    ) -> None:
        from bot.commands.knowledge.history import replay_entry, replay_turn

        def work(shell: Shell) -> int:
            if turn is not None:
                return replay_turn(shell, turn, entry, json)
            if entry is None:
                raise Unusable(shell.tell("replay_what"))
            return replay_entry(shell, entry, shell.day(on), json)

        run(work, language)


def _add_sheets(app: typer.Typer, run: Run) -> None:
    @app.command(help=tell("help_export", _))
    def export(file: Annotated[Path, typer.Argument(help=tell("help_file", _))], folder: Folder = None, language: Language = None) -> None:
        from bot.commands.knowledge.sheets import export_sheet

        run(lambda shell: export_sheet(shell, file, folder or shell.settings.knowledge), language)

    @app.command(name="import", help=tell("help_import", _))
    def import_(
        file: Annotated[Path, typer.Argument(help=tell("help_file", _))],
        author: Author = None,
        note: Annotated[str | None, typer.Option("--note", help=_HELP["note"])] = None,
        yes: Annotated[bool, typer.Option("--yes", help=_HELP["yes"])] = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help=_HELP["dry_run"])] = False,
        allow_drop: Annotated[bool, typer.Option("--allow-drop", help=_HELP["allow_drop"])] = False,
        folder: Folder = None,
        on: On = None,
        language: Language = None,
    ) -> None:
        from bot.commands.knowledge.sheets import Wish, import_sheet

        def work(shell: Shell) -> int:
            wish = Wish(author, note, yes, dry_run, allow_drop, shell.day(on))
            return import_sheet(shell, file, folder or shell.settings.knowledge, wish)

        run(work, language)


def _run(work: Work, language: str | None, out: Callable[[str], None]) -> int:
    """Run a command; known troubles become one line and exit code 2, Ctrl-C and a closed pipe a quiet end."""
    from bot.storage.database import DatabaseError

    if language not in (None, "zh", "en"):
        out("advisor: --language is zh or en")
        return 2
    shell = Shell(read_settings(), language or preferred_language(), out)
    try:
        return work(shell) or 0
    except (Unusable, DatabaseError) as error:
        out(f"advisor: {error}")
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        out(f"\n{shell.tell('nothing_written')}")
        return 130
