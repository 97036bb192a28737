"""A list of new measures into drafts: of each an entry and a bulletin about it, for officers to finish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.broadcasting.office import Office, must_be_officer, write_in
from bot.bulletins.entries import EntryDraft, EntryStatus, name_in
from bot.bulletins.feed_files import measures_in
from bot.bulletins.feeds import Drafted, drafted
from bot.bulletins.model import Bulletin, Draft
from bot.desk.model import Member
from bot.storage.bulletins.entries import add_entry, every_entry
from knowledge.authoring.writing import entry_text


@dataclass(frozen=True)
class Begun:
    """A measure of the list with the two drafts that were made of it."""

    measure: Drafted
    entry: EntryDraft
    bulletin: Bulletin


def begin_from(office: Office, officer: Member, content: bytes, name: str, now: datetime) -> list[Begun]:
    """Drafts of every measure in a file, or of none. Raises BadFeed with all that is wrong, and Unfit for who is no officer."""
    must_be_officer(officer)
    measures = measures_in(content, name)
    with office.store.begin() as connection:
        open_ones = {name_in(draft.text) for draft in every_entry(connection) if draft.status is EntryStatus.DRAFT}
        found = drafted(measures, now, frozenset({*open_ones, *office.pack.entries}))
        entries = [add_entry(connection, entry_text(one.entry), officer.id, now) for one in found]
        bulletins = [write_in(connection, officer, _draft(one.bulletin), now) for one in found]
    return [Begun(*parts) for parts in zip(found, entries, bulletins, strict=True)]


def _draft(raw: Mapping[str, Any]) -> Draft:
    return Draft.of({**raw, "expires": str(raw["expires"])})
