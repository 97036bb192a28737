"""Entries that policy officers write for their own region: what is wrong with one, and what keeps it from being approved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import yaml

from bot.bulletins.checks import TOPICS, Problem
from bot.bulletins.model import LANGUAGES
from bot.desk.model import Member
from knowledge.authoring.cases import both, missing_outcomes
from knowledge.authoring.check import check_text
from knowledge.authoring.faults import Fault, Found
from knowledge.authoring.positions import compose, locate
from knowledge.entries import Entry
from knowledge.pack import Pack, plain_data
from knowledge.regions import contains, region_name

#: Characters that an entry may have; the longest there is has a third of these.
LONGEST_ENTRY = 18_000


class EntryStatus(StrEnum):
    """Where an entry of an officer stands. Approved or dropped it stays as it is; who wants it otherwise writes another."""

    DRAFT = "draft"
    APPROVED = "approved"
    DROPPED = "dropped"


@dataclass(frozen=True)
class EntryDraft:
    """An entry as an officer wrote it. `author` is who changed it last; moments are in UTC."""

    id: int
    text: str
    status: EntryStatus
    version: int
    author: int | None
    written_at: datetime
    approver: int | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Checked:
    """What was read of a text: the entry, where there is nothing wrong, every fault with its line, and what is only worth knowing."""

    name: str  #: the id that the text gives itself, and "" where it gives none
    entry: Entry | None
    found: tuple[Found, ...]
    notes: tuple[Found, ...] = ()


def checked(text: str, pack: Pack) -> Checked:
    """A text as `advisor knowledge check` reads a file, with what it says of other entries of the pack."""
    name = name_in(text)
    file = f"{name or 'entry'}.yaml"
    entry, found = check_text(file, text)
    if entry is None:
        return Checked(name, None, tuple(found))
    found += [_at(text, file, fault) for fault in _strangers(entry, pack)]
    notes = [_at(text, file, Fault(("cases",), "no_case", {"status": both(f"status_{status}")})) for status in missing_outcomes(entry)]
    return Checked(name, None if found else entry, tuple(found), tuple(notes))


def entry_problems(entry: Entry, officer: Member, pack: Pack) -> list[Problem]:
    """What this officer has no say in, each thing in one sentence."""
    if officer.region is None:
        return [Problem("no_authority")]
    found = []
    if entry.kind not in TOPICS:
        found.append(Problem("no_measure", {"entry": entry.id}))
    before = pack.get(entry.id)
    if before is not None and not contains(officer.region, before.region.within):
        found.append(Problem("entry_of_others", {"entry": entry.id, **_regions(before, officer.region)}))
    elif not contains(officer.region, entry.region.within):
        found.append(Problem("entry_outside", _regions(entry, officer.region)))
    return found


def _regions(entry: Entry, office: str) -> dict[str, dict[str, str]]:
    return {
        "region": {language: region_name(entry.region.within, language) for language in LANGUAGES},
        "office": {language: region_name(office, language) for language in LANGUAGES},
    }


def title_in(text: str, language: str) -> str:
    """What a text calls itself, whatever else is wrong with it; empty where it does not say so."""
    names = _raw(text).get("name")
    found = (names.get(language) or names.get("zh")) if isinstance(names, dict) else None
    return found if isinstance(found, str) else ""


def name_in(text: str) -> str:
    """The id that a text gives itself; empty where it gives none."""
    name = _raw(text).get("id")
    return name if isinstance(name, str) else ""


def _raw(text: str) -> dict[str, Any]:
    try:
        raw = plain_data(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return raw if isinstance(raw, dict) else {}


def _strangers(entry: Entry, pack: Pack) -> Iterator[Fault]:
    """Entries that it names and that there are not."""
    if entry.replaced_by is not None and pack.get(entry.replaced_by) is None:
        yield Fault(("replaced_by",), "no_entry", {"found": entry.replaced_by}, tuple(pack.entries))


def _at(text: str, file: str, fault: Fault) -> Found:
    return Found(file, locate(compose(text), fault.path, key=fault.key), fault)
