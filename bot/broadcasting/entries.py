"""Entries that policy officers write: kept as drafts, approved by a second officer, and from then on part of what is known.

Each function is one transaction. Unfit says in sentences why something cannot be done, Changed that somebody else was first, Lost that
there is no such draft for this officer.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.broadcasting.office import Office, must_be_officer, must_watch
from bot.bulletins.checks import Problem, Unfit
from bot.bulletins.entries import LONGEST_ENTRY, Checked, EntryDraft, EntryStatus, checked, entry_problems
from bot.bulletins.model import Changed, Lost
from bot.bulletins.timing import ZONE
from bot.desk.model import Member, Role
from bot.storage.bulletins.audience import count_firms
from bot.storage.bulletins.entries import (
    add_entry,
    change_entry,
    entry_of,
    every_entry,
    newest_taken,
    region_written_for,
    take_entry,
    taken_entries,
)
from bot.storage.desk.people import member_of
from bot.storage.packs import Packs
from bot.storage.portfolio import FIRM_COLUMNS, Audience
from bot.storage.store import Store
from knowledge.entries import Entry
from knowledge.pack import Later, Pack, laid_over, text_digest
from knowledge.regions import contains
from knowledge.sql.compiling import NoSqlForm, compile_entry


def write_entry(office: Office, officer: Member, text: str, now: datetime) -> EntryDraft:
    """A new draft. It may have any fault; only what is approved has to be right."""
    must_be_officer(officer)
    _must_fit(text)
    with office.store.begin() as connection:
        return add_entry(connection, text, officer.id, now)


def revise_entry(office: Office, officer: Member, number: int, version: int, text: str) -> EntryDraft:
    """Another text for a draft."""
    _must_fit(text)
    with office.store.begin() as connection:
        return change_entry(connection, _mine(connection, officer, number, version), text=text, author_id=officer.id)


def drop_entry(office: Office, officer: Member, number: int, version: int, now: datetime) -> EntryDraft:
    """Give a draft up. One officer is enough."""
    with office.store.begin() as connection:
        return change_entry(connection, _mine(connection, officer, number, version), status=EntryStatus.DROPPED, decided_at=now)


def approve_entry(office: Office, officer: Member, number: int, version: int, now: datetime) -> EntryDraft:
    """The second officer agrees to the version that they saw: from now on owners are tested and told by it."""
    with office.store.begin() as connection:
        draft = _mine(connection, officer, number, version)
        if draft.author in (None, officer.id):
            raise Unfit(Problem("entry_same_person"))
        pack = laid_over(office.pack, taken_entries(connection))
        seen, found = judged(draft.text, officer, pack, now)
        if seen.entry is None or found:
            raise Unfit(*found)
        before = pack.kept.get(seen.entry.id)
        later = Later(seen.entry.id, draft.text, None if before is None else text_digest(before.text))
        approved = take_entry(connection, draft, later, officer.id, now)
        author = member_of(connection, draft.author or 0)
    names = ", ".join(member.name for member in (author, officer) if member is not None)
    Packs(office.store.engine).keep(laid_over(pack, [later]), now, "written", names, f"{'~' if before else '+'} {later.entry}")
    return approved


def judged(text: str, officer: Member, pack: Pack, now: datetime) -> tuple[Checked, list[Problem]]:
    """A text as it was read, and what keeps it from being approved by this officer."""
    seen = checked(text, pack)
    if seen.entry is None:
        return seen, [Problem("entry_faults", {"count": len(seen.found)})]
    found = entry_problems(seen.entry, officer, pack)
    try:
        compile_entry(seen.entry, now.astimezone(ZONE).date(), FIRM_COLUMNS)
    except NoSqlForm as error:
        found.append(Problem("entry_no_sql", {"reason": str(error)}))
    return seen, found


def firms_of(office: Office, entry: Entry, now: datetime) -> Audience:
    """What its rule says of the stored firms in its region."""
    return count_firms(office.store.engine, entry, entry.region.within, now.astimezone(ZONE).date())[0]


def listed_entries(office: Office, officer: Member) -> list[EntryDraft]:
    """The entries that the officers of a region wrote, the newest first."""
    must_watch(officer)
    with office.store.begin() as connection:
        return [draft for draft in every_entry(connection) if _within(connection, officer, draft)]


def look_at_entry(office: Office, officer: Member, number: int) -> EntryDraft:
    """A draft that this officer may look at: written for a region that they speak for. Raises Lost."""
    must_watch(officer)
    with office.store.begin() as connection:
        return _seen(connection, officer, number)


def caught_up(store: Store, pack: Pack, seen: int) -> tuple[Pack, int]:
    """The pack with what was approved since `seen`, which this gave before, or 0; the same pack where nothing is new."""
    with store.engine.connect() as connection:
        newest = newest_taken(connection)
        return (pack, seen) if newest == seen else (laid_over(pack, taken_entries(connection)), newest)


def _seen(connection: Connection, officer: Member, number: int) -> EntryDraft:
    draft = entry_of(connection, number)
    if draft is None or not _within(connection, officer, draft):
        raise Lost(number)
    return draft


def _mine(connection: Connection, officer: Member, number: int, version: int) -> EntryDraft:
    must_be_officer(officer)
    draft = _seen(connection, officer, number)
    if draft.status is not EntryStatus.DRAFT:
        raise Unfit(Problem(f"entry_is_{draft.status}"))
    if draft.version != version:
        raise Changed(number)
    return draft


def _within(connection: Connection, officer: Member, draft: EntryDraft) -> bool:
    if officer.role is Role.ADMIN or draft.author == officer.id:
        return True
    region = region_written_for(connection, draft)
    return officer.region is not None and region is not None and contains(officer.region, region)


def _must_fit(text: str) -> None:
    if len(text) > LONGEST_ENTRY:
        raise Unfit(Problem("entry_too_long", {"length": len(text), "limit": LONGEST_ENTRY}))
