"""`advisor score monitor`, `override` and `sql`: a card at work, decisions against it, and the card for a bank's own database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.running import Run
from bot.settings import Settings, preferred_language

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from scoring.card_schema import Card
    from scoring.monitoring.observing import Observed
    from scoring.monitoring.report import Report

_KEYS = ("on", "facts", "approved", "defaulted")


def add_commands(app: typer.Typer, run: Run) -> None:
    """Add the commands to those of `advisor score`; `run` runs one with the settings."""

    @app.command()
    def monitor(
        firms: Annotated[
            Path | None, typer.Option(help='JSON lines {"on", "facts", "approved"?, "defaulted"?}; the stored firms unless given.')
        ] = None,
        passes: Annotated[str, typer.Option("--pass-grade", help="Grade with which a firm passes, where no decision is known.")] = "D",
        by_month: Annotated[bool, typer.Option("--by-month", help="Compare with the first month, not with the training firms.")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
        pictures: Annotated[Path | None, typer.Option(help="Folder for the pictures (SVG).")] = None,
        language: Annotated[str | None, typer.Option("--language", "--lang", help="zh or en; by the locale unless given.")] = None,
    ) -> None:
        """Watch the card at work: have the firms changed, do its probabilities hold, are groups treated alike, who overrides it."""
        watched = partial(_watched, firms=firms, passes=passes, by_month=by_month)
        run(lambda settings: _monitor(settings, watched, as_json, pictures, language or preferred_language()))

    @app.command()
    def override(
        owner: Annotated[str, typer.Argument(help="Whose firm, such as tg:4711.")],
        to: Annotated[str, typer.Option(help="The grade decided on.")],
        by: Annotated[str, typer.Option(help="Who decides, with the bank, such as 'Wang Fang, Bank of X'; the owner is told.")],
        why: Annotated[str, typer.Option(help="The reason, without names of people; personal data is masked.")],
    ) -> None:
        """Set a stored firm's grade against the card. The owner is told by whom and when; it holds until the figures change.

        The log is only ever added to, and the score itself stays. Setting the card's own grade takes an override back.
        """
        run(lambda settings: _override(settings, owner, to, by, why))

    @app.command()
    def sql(
        database: Annotated[str, typer.Option(help="postgresql, duckdb or sqlite.")] = "postgresql",
        table: Annotated[str, typer.Option(help="The table or view with the firms.")] = "portfolio",
        key: Annotated[str, typer.Option(help="Its column that names a firm.")] = "owner_id",
        columns: Annotated[str | None, typer.Option(help="Facts it has a column for, with commas; every fact unless given.")] = None,
    ) -> None:
        """Print the card as one SQL statement, to score firms in the database they lie in. Columns are named as the facts are."""
        _sql(database, table, key, columns.split(",") if columns else None)


async def _monitor(settings: Settings, watched: Callable[..., Report], as_json: bool, folder: Path | None, language: str) -> None:
    from bot.storage.database import open_database
    from scoring.card import default_card
    from scoring.monitoring.pictures import pictures
    from scoring.monitoring.told import told

    card, engine = default_card(), open_database(settings.database_url)
    try:
        report = watched(engine, card)
    except (OSError, ValueError) as error:
        raise _refused(error) from error
    finally:
        engine.dispose()
    print(json.dumps(report.as_json(), ensure_ascii=False) if as_json else told(report, card, language), end="\n" if as_json else "")
    if folder is not None:
        _written(pictures(report, card, language), folder)


def _watched(engine: Engine, card: Card, firms: Path | None, passes: str, by_month: bool) -> Report:
    from bot.storage.overrides import kept_overrides
    from bot.storage.watched import watched_firms
    from scoring.monitoring.report import watch

    return watch(card, watched_firms(engine) if firms is None else read_firms(firms), kept_overrides(engine), passes, by_month)


def _written(drawn: Mapping[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in drawn.items():
        (folder / name).write_text(picture, "utf-8")


def _refused(error: Exception) -> typer.Exit:
    """What cannot be done, told in one line."""
    print(f"advisor: {error}", file=sys.stderr)
    return typer.Exit(2)


def read_firms(file: Path) -> Iterator[Observed]:
    """The firms of a file of JSON lines. Raises ValueError naming the line, OSError when it cannot be read."""
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield _observed(json.loads(line))
                except (ValueError, RecursionError) as error:
                    raise ValueError(f"{file.name}, line {number}: {error}") from error


def _observed(raw: Any) -> Observed:
    from knowledge.firm import Firm
    from scoring.monitoring.observing import Observed

    if not isinstance(raw, dict) or not isinstance(raw.get("facts"), dict) or not isinstance(raw.get("on"), str):
        raise ValueError('expected an object with "on", a date, and "facts", an object')
    strange = [key for key in raw if key not in (*_KEYS, "id")]
    if strange:
        raise ValueError(f"unknown key {strange[0]!r:.60}; allowed are id, {', '.join(_KEYS)}")
    known = [raw.get(key) for key in ("approved", "defaulted")]
    if not all(value is None or isinstance(value, bool) for value in known):
        raise ValueError('"approved" and "defaulted" are true, false or null')
    day = date.fromisoformat(raw["on"])
    facts = {name: value for name, value in raw["facts"].items() if value is not None}
    return Observed(f"{day:%Y-%m}", Firm.of(facts, day), *known)


async def _override(settings: Settings, owner: str, to: str, by: str, why: str) -> None:
    from bot.learning.masking import mask
    from bot.storage.database import open_database
    from bot.storage.overrides import keep_override
    from bot.storage.scores import score_stored
    from scoring.card import default_card
    from scoring.monitoring.overriding import Override, OverrideError

    card, engine = default_card(), open_database(settings.database_url)
    try:
        scored = next(score_stored(engine, card, owner), None)
        if scored is None:
            raise OverrideError(f"nothing is stored about a firm {owner!r}")
        kept = Override(datetime.now(UTC), owner, by.strip()[:80], scored.grade, to, mask(why), card.version)
        kept.check(card, _shown(engine, card, owner))
        keep_override(engine, kept)
    except OverrideError as error:
        raise _refused(error) from error
    finally:
        engine.dispose()
    print(f"{owner}: {kept.from_grade} -> {kept.to_grade}, {kept.by}: {kept.why}")


def _shown(engine: Engine, card: Card, owner: str) -> str | None:
    """The grade of an override that still stands."""
    from bot.remembered import dialogue_of
    from bot.storage.store import Store

    dialogue = dialogue_of(Store(engine).recall(owner))
    standing = dialogue.decision is not None and dialogue.decision.stands(dialogue.firm, card)
    return dialogue.decision.grade if dialogue.decision is not None and standing else None


def _sql(database: str, table: str, key: str, columns: list[str] | None) -> None:
    from scoring.card import default_card
    from scoring.sql.formulas import NoSqlForm
    from scoring.sql.query import DatabaseName, scoring_text

    names: dict[str, DatabaseName] = {"postgresql": "postgresql", "duckdb": "duckdb", "sqlite": "sqlite"}
    try:
        if database not in names:
            raise NoSqlForm(f"the database is one of {', '.join(names)}, not {database!r}")
        print(scoring_text(default_card(), names[database], table, key, columns))
    except NoSqlForm as error:
        raise _refused(error) from error
