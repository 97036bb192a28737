"""The bulletins of an office: what is being written, what waits for a second officer, what is on its way, and what is over."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from bot.broadcasting.office import listed
from bot.bulletins.checks import problems
from bot.bulletins.model import Bulletin, Status
from bot.channels.console.parts import Asked, Page
from bot.channels.console.rendering import page
from bot.desk.rights import Action
from bot.storage.desk.people import members
from knowledge.regions import COUNTRY, contains, level, parent, region_name, regions

#: Each view with the states in it.
_VIEWS = {
    "all": frozenset(Status),
    "drafts": frozenset({Status.DRAFT}),
    "running": frozenset({Status.APPROVED, Status.SENDING, Status.HELD}),
    "over": frozenset({Status.SENT, Status.STOPPED}),
}


@dataclass(frozen=True)
class Row:
    """A bulletin in the list; `waits` says that it could be approved by the one who looks."""

    bulletin: Bulletin
    title: str
    entry: str
    region: str
    author: str
    waits: bool


def show(asked: Asked) -> Response:
    view = asked.query.get("view", "all")
    view = view if view in _VIEWS else "all"
    found = listed(asked.office, asked.member)
    with asked.office.store.begin() as connection:
        names = {member.id: member.name for member in members(connection)}
    return page(
        asked,
        "bulletins.html",
        view=view,
        views={name: sum(one.status in states for one in found) for name, states in _VIEWS.items()},
        rows=[row_of(asked, one, names) for one in found if one.status in _VIEWS[view]],
        writes=asked.may(Action.BULLETINS),
    )


def row_of(asked: Asked, bulletin: Bulletin, names: dict[int, str]) -> Row:
    """A bulletin as the list shows it."""
    draft, entry = bulletin.draft, asked.office.pack.get(bulletin.draft.entry)
    return Row(
        bulletin,
        draft.title[asked.language] or draft.title["zh"] or draft.title["en"],
        entry.name[asked.language] if entry is not None else "",
        place_of(draft.region, asked.language),
        names.get(bulletin.author or 0, ""),
        waits_for(asked, bulletin) and not problems(draft, asked.member, entry, asked.now, None),
    )


def waits_for(asked: Asked, bulletin: Bulletin) -> bool:
    """Whether a draft is there for the one who asks to approve, being another's."""
    return bulletin.status is Status.DRAFT and asked.may(Action.BULLETINS) and bulletin.author not in (None, asked.member.id)


def place_of(code: str, language: str) -> str:
    """The name of a place; the code where it is none."""
    try:
        return region_name(code, language)
    except ValueError:
        return code


def places_in(office: str | None, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The places that an office may speak for, in groups by the place around them; of the whole country down to cities only."""
    if office is None:
        return []
    inside = [code for code in regions() if contains(office, code) and code != office]
    if office == COUNTRY:
        inside = [code for code in inside if level(code) != "county"]
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in inside:
        around = code if level(code) in ("province", "city") and office != COUNTRY else (parent(code) or code)
        groups.setdefault(place_of(around, language), []).append((code, place_of(code, language)))
    return [("", [(office, place_of(office, language))]), *groups.items()]


PAGES = (Page("GET", "/bulletins", show, Action.WATCH_BULLETINS, apart=True),)
