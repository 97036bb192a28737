"""Entries that officers write: the text of one with every fault by its line, the card that owners would see, and its approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from bot.broadcasting.entries import (
    approve_entry,
    drop_entry,
    firms_of,
    judged,
    listed_entries,
    look_at_entry,
)
from bot.bulletins.checks import Unfit
from bot.bulletins.entries import EntryDraft, EntryStatus, checked, name_in, title_in
from bot.bulletins.model import Changed, Lost
from bot.bulletins.timing import ZONE
from bot.channels.console.bulletin_difference import Run, lines_of
from bot.channels.console.guard import onward
from bot.channels.console.measure_parts import cards, line_of
from bot.channels.console.pages.bulletin_form import rule_of
from bot.channels.console.pages.bulletins import place_of
from bot.channels.console.parts import Asked, NotHere, Page, number_of
from bot.channels.console.rendering import page
from bot.desk.rights import Action
from bot.storage.desk.people import members
from knowledge.entries import Entry


def show_all(asked: Asked) -> Response:
    """The entries of the office, and where one begins."""
    with asked.office.store.begin() as connection:
        names = {member.id: member.name for member in members(connection)}
    found = [
        (draft, _title(asked, draft.text), names.get(draft.author or 0, ""), _stands(asked, draft), _waits(asked, draft))
        for draft in _listed(asked)
    ]
    return page(asked, "measures.html", rows=found, writes=asked.may(Action.BULLETINS))


def show(asked: Asked) -> Response:
    return _show(asked, draft_at(asked))


def approve(asked: Asked) -> Response:
    """Agree to the version that the page showed."""
    return _done(asked, lambda number, version: approve_entry(asked.office, asked.member, number, version, asked.now), "entry_approved")


def drop(asked: Asked) -> Response:
    """Give it up."""
    return _done(asked, lambda number, version: drop_entry(asked.office, asked.member, number, version, asked.now), "entry_dropped")


def _done(asked: Asked, do: Callable[[int, int], EntryDraft], told: str) -> Response:
    draft = draft_at(asked)
    try:
        do(draft.id, version_of(asked))
    except Unfit as error:
        return _show(asked, draft_at(asked), [problem.words(asked.language) for problem in error.problems], 422)
    except Changed:
        told = "changed_meanwhile"
    return onward(f"/measures/{draft.id}?told={told}", part=False)


def _show(asked: Asked, draft: EntryDraft, refused: list[str] | None = None, status: int = 200) -> Response:
    with asked.office.store.begin() as connection:
        names = {member.id: member.name for member in members(connection)}
    seen = read_of(asked, draft.text)
    entry: Entry | None = seen["entry"]
    open_ = draft.status is EntryStatus.DRAFT and asked.may(Action.BULLETINS)
    mine = draft.author in (None, asked.member.id)
    return page(
        asked,
        "measure.html",
        status,
        draft=draft,
        title=_title(asked, draft.text),
        names=names,
        refused=refused or [],
        by_field=False,
        fields=(),
        stands=_stands(asked, draft),
        lines=_lines(asked, draft, seen["name"]),
        firms=firms_of(asked.office, entry, asked.now) if entry is not None and not seen["problems"] else None,
        can={name for name, may in {"change": open_, "drop": open_, "approve": open_ and not mine, "wait": open_ and mine}.items() if may},
        place=place_of(entry.region.within, asked.language) if entry is not None else "",
        **seen,
    )


def read_of(asked: Asked, text: str) -> dict[str, Any]:
    """A text as it is read: who it is, its faults by line, the rule in words, and the card as a phone shows it."""
    language = asked.language
    seen, problems = judged(text, asked.member, asked.office.pack, asked.now)
    sentences = [problem.words(language) for problem in problems if problem.code != "entry_faults"]
    return {
        "name": seen.name,
        "entry": seen.entry,
        "before": asked.office.pack.get(seen.name),
        "faults": [line_of(text, one, language) for one in seen.found],
        "notes": [line_of(text, one, language) for one in seen.notes],
        "problems": sentences,
        "rule": rule_of(seen.entry, language),
        "cards": cards(seen, text, asked.office.pack, asked.now.astimezone(ZONE).date()),
    }


def _lines(asked: Asked, draft: EntryDraft, name: str) -> list[Run]:
    """The text by its lines; where it changes an entry, with the lines that go and those that come."""
    kept = asked.office.pack.kept.get(name)
    before = draft.text if kept is None or draft.status is not EntryStatus.DRAFT else kept.text
    return lines_of(before, draft.text)


def _stands(asked: Asked, draft: EntryDraft) -> str:
    """Where it stands: a draft, dropped, in use, or approved and followed by another text since."""
    if draft.status is not EntryStatus.APPROVED:
        return draft.status.value
    kept = asked.office.pack.kept.get(checked(draft.text, asked.office.pack).name)
    return "used" if kept is not None and kept.text == draft.text else "followed"


def _waits(asked: Asked, draft: EntryDraft) -> bool:
    """Whether the one who looks could approve it now."""
    if draft.status is not EntryStatus.DRAFT or draft.author in (None, asked.member.id) or not asked.may(Action.BULLETINS):
        return False
    return not judged(draft.text, asked.member, asked.office.pack, asked.now)[1]


def _title(asked: Asked, text: str) -> str:
    return title_in(text, asked.language) or name_in(text)


def version_of(asked: Asked) -> int:
    return number_of(asked.form.get("version", "")) or 0


def draft_at(asked: Asked) -> EntryDraft:
    """The draft of the page's address. Raises NotHere."""
    number = number_of(asked.path["measure"])
    if number is None:
        raise NotHere
    try:
        return look_at_entry(asked.office, asked.member, number)
    except Lost:
        raise NotHere from None


def _listed(asked: Asked) -> list[EntryDraft]:
    return listed_entries(asked.office, asked.member)


PAGES = (
    Page("GET", "/measures", show_all, Action.WATCH_BULLETINS, apart=True),
    Page("GET", "/measures/{measure}", show, Action.WATCH_BULLETINS, apart=True),
    Page("POST", "/measures/{measure}/approve", approve, Action.BULLETINS, apart=True),
    Page("POST", "/measures/{measure}/drop", drop, Action.BULLETINS, apart=True),
)
