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
    revise_entry,
    write_entry,
)
from bot.bulletins.checks import TOPICS, Unfit
from bot.bulletins.entries import LONGEST_ENTRY, EntryDraft, EntryStatus, checked, name_in, title_in
from bot.bulletins.model import Changed, Lost
from bot.bulletins.timing import ZONE
from bot.channels.console.bulletin_difference import Run, lines_of
from bot.channels.console.guard import onward
from bot.channels.console.measure_parts import cards, example, known_facts, line_of
from bot.channels.console.pages.bulletin_form import rule_of
from bot.channels.console.pages.bulletins import place_of
from bot.channels.console.parts import Asked, NotHere, Page, Refused, number_of
from bot.channels.console.rendering import page
from bot.channels.console.texts import say
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


def new(asked: Asked) -> Response:
    """A form that begins with an example, or with the entry that is to be changed."""
    kept = asked.office.pack.kept.get(asked.query.get("entry", ""))
    return _form(asked, example(asked.member.region, asked.now.astimezone(ZONE).date(), asked.language) if kept is None else kept.text)


def change(asked: Asked) -> Response:
    draft = _draft_at(asked)
    return _form(asked, draft.text, draft)


def add(asked: Asked) -> Response:
    """Keep a new draft."""
    return _keep(asked, None, lambda text: write_entry(asked.office, asked.member, text, asked.now))


def save(asked: Asked) -> Response:
    """Keep a changed draft."""
    draft = _draft_at(asked)
    return _keep(asked, draft, lambda text: revise_entry(asked.office, asked.member, draft.id, _version(asked), text))


def check(asked: Asked) -> Response:
    """What is typed so far as it is read: faults, the rule in words, the card. A part of the form's page."""
    return page(asked, "measure_check.html", **_read(asked, _typed(asked)))


def show(asked: Asked) -> Response:
    return _show(asked, _draft_at(asked))


def approve(asked: Asked) -> Response:
    """Agree to the version that the page showed."""
    return _done(asked, lambda number, version: approve_entry(asked.office, asked.member, number, version, asked.now), "entry_approved")


def drop(asked: Asked) -> Response:
    """Give it up."""
    return _done(asked, lambda number, version: drop_entry(asked.office, asked.member, number, version, asked.now), "entry_dropped")


def _done(asked: Asked, do: Callable[[int, int], EntryDraft], told: str) -> Response:
    draft = _draft_at(asked)
    try:
        do(draft.id, _version(asked))
    except Unfit as error:
        return _show(asked, _draft_at(asked), [problem.words(asked.language) for problem in error.problems], 422)
    except Changed:
        told = "changed_meanwhile"
    return onward(f"/measures/{draft.id}?told={told}", part=False)


def _keep(asked: Asked, draft: EntryDraft | None, keep: Callable[[str], EntryDraft]) -> Response:
    text = _typed(asked)
    try:
        kept = keep(text)
    except Unfit as error:
        return _form(asked, text, draft, 422, [problem.words(asked.language) for problem in error.problems])
    except Changed:
        return _form(asked, text, _draft_at(asked), 409, [say("told_changed_meanwhile", asked.language)])
    read, problems = judged(text, asked.member, asked.office.pack, asked.now)
    open_ = bool(read.found or problems)
    where = f"/measures/{kept.id}/change" if open_ else f"/measures/{kept.id}"
    return onward(f"{where}?told={'drafted' if draft is None else 'revised'}", asked.partial)


def _form(asked: Asked, text: str, draft: EntryDraft | None = None, status: int = 200, refused: list[str] | None = None) -> Response:
    if draft is not None and draft.status is not EntryStatus.DRAFT:
        raise Refused
    values = {"draft": draft, "text": text, "refused": refused or [], "limit": LONGEST_ENTRY, "fresh": not asked.form}
    return page(asked, "measure_form.html", status, facts=known_facts(asked.language), kinds=sorted(TOPICS), **values, **_read(asked, text))


def _show(asked: Asked, draft: EntryDraft, refused: list[str] | None = None, status: int = 200) -> Response:
    with asked.office.store.begin() as connection:
        names = {member.id: member.name for member in members(connection)}
    read = _read(asked, draft.text)
    entry: Entry | None = read["entry"]
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
        stands=_stands(asked, draft),
        lines=_lines(asked, draft, read["name"]),
        firms=firms_of(asked.office, entry, asked.now) if entry is not None and not read["problems"] else None,
        can={name for name, may in {"change": open_, "drop": open_, "approve": open_ and not mine, "wait": open_ and mine}.items() if may},
        place=place_of(entry.region.within, asked.language) if entry is not None else "",
        **read,
    )


def _read(asked: Asked, text: str) -> dict[str, Any]:
    """A text as it is read: who it is, its faults by line, the rule in words, and the card as a phone shows it."""
    language = asked.language
    read, problems = judged(text, asked.member, asked.office.pack, asked.now)
    sentences = [problem.words(language) for problem in problems if problem.code != "entry_faults"]
    return {
        "name": read.name,
        "entry": read.entry,
        "before": asked.office.pack.get(read.name),
        "faults": [line_of(text, one, language) for one in read.found],
        "notes": [line_of(text, one, language) for one in read.notes],
        "problems": sentences,
        "rule": rule_of(read.entry, language),
        "cards": cards(read, text, asked.office.pack, asked.now.astimezone(ZONE).date()),
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


def _typed(asked: Asked) -> str:
    return asked.form.get("text", "").replace("\r\n", "\n")


def _version(asked: Asked) -> int:
    return number_of(asked.form.get("version", "")) or 0


def _draft_at(asked: Asked) -> EntryDraft:
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
    Page("GET", "/measures/new", new, Action.BULLETINS, apart=True),
    Page("POST", "/measures", add, Action.BULLETINS, apart=True),
    Page("POST", "/measures/check", check, Action.BULLETINS, apart=True),
    Page("GET", "/measures/{measure}", show, Action.WATCH_BULLETINS, apart=True),
    Page("GET", "/measures/{measure}/change", change, Action.BULLETINS, apart=True),
    Page("POST", "/measures/{measure}/change", save, Action.BULLETINS, apart=True),
    Page("POST", "/measures/{measure}/approve", approve, Action.BULLETINS, apart=True),
    Page("POST", "/measures/{measure}/drop", drop, Action.BULLETINS, apart=True),
)
