"""A list of new measures, as offices keep it in a sheet: drafts of entries and bulletins, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from bot.broadcasting.feeds import Begun, begin_from
from bot.bulletins.checks import Problem
from bot.bulletins.feed_columns import HEADINGS, NEEDED
from bot.bulletins.feed_faults import BadFeed, Fault
from bot.bulletins.feed_files import LARGEST, MOST
from bot.channels.console.parts import Asked, Page
from bot.channels.console.rendering import page
from bot.channels.console.texts import say
from bot.desk.rights import Action


def show(asked: Asked) -> Response:
    """What such a list holds, and where it is sent."""
    return _page(asked)


def take(asked: Asked) -> Response:
    """Make the drafts, and say where they are and what they lack."""
    if not asked.files:
        return _page(asked, 422, [Fault(Problem("feed_file_kind"))])
    sent = asked.files[0]
    try:
        begun = begin_from(asked.office, asked.member, sent.content, sent.name, asked.now)
    except BadFeed as error:
        return _page(asked, 422, error.faults)
    return _page(asked, begun=begun)


def _page(asked: Asked, status: int = 200, faults: Sequence[Fault] = (), begun: list[Begun] | None = None) -> Response:
    language = asked.language
    open_ = [[say(f"sheet_{one.code}", language, columns=_fields(one, language)) for one in done.measure.open] for done in begun or ()]
    columns = [
        {"name": name, "headings": headings, "what": say(f"column_{name}", asked.language), "needed": name in NEEDED}
        for name, headings in HEADINGS.items()
        if headings
    ]
    return page(
        asked,
        "measure_sheet.html",
        status,
        columns=columns,
        faults=faults,
        begun=list(zip(begun or (), open_, strict=True)),
        limits=(LARGEST // 1_000_000, MOST),
    )


def _fields(problem: Problem, language: str) -> str:
    """The columns that a problem names, as the form of an entry calls them."""
    names = problem.values.get("columns", {}).get("en", "")
    return (", " if language == "en" else "").join(f"“{say(f'mf_{name}', language)}”" for name in names.split(", ")) if names else ""


PAGES = (
    Page("GET", "/measures/sheet", show, Action.BULLETINS, apart=True),
    Page("POST", "/measures/sheet", take, Action.BULLETINS, files=True, apart=True),
)
