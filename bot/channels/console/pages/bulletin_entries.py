"""Choosing the measure that a bulletin is about: what firms of the office's region can be told of, by words or by what is local."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from starlette.responses import Response

from bot.bulletins.checks import TOPICS
from bot.channels.console.pages.bulletins import place_of
from bot.channels.console.parts import Asked, Page
from bot.channels.console.rendering import page
from bot.desk.rights import Action
from knowledge.entries import Entry, Kind, Standing
from knowledge.regions import COUNTRY, contains

#: Entries that a search shows.
_FOUND = 10
#: Characters that are searched for at the most.
WORDS = 80
#: What offices write of most comes first where nobody has looked for anything yet.
_FIRST = (Kind.SUBSIDY, Kind.TAX, Kind.GUARANTEE, Kind.PROGRAMME, Kind.PRODUCT)


def entries(asked: Asked) -> Response:
    """What a search finds: a part of the form's page."""
    chosen = asked.query.get("entry", "")
    words = asked.query.get("find", "").strip()[:WORDS]
    found: dict[str, Any] = {
        "entries": found_entries(asked, words),
        "words": words,
        "values": {"entry": chosen},
        "entry": asked.office.pack.get(chosen),
    }
    return page(asked, "bulletin_entries.html", place=partial(place_of, language=asked.language), **found)


def found_entries(asked: Asked, words: str) -> list[Entry]:
    """Measures that firms of the office's region could be told of: those that the words name, then those they are about."""
    pack, region = asked.office.pack, asked.member.region or COUNTRY
    open_ones = {entry.id: entry for entry in pack if _can_be_told(entry, region, asked.now)}
    if not words:
        local = [entry for entry in open_ones.values() if entry.region.within != COUNTRY]
        return sorted(local, key=lambda entry: (_FIRST.index(entry.kind), entry.id))[:_FOUND]
    bare = words.casefold()
    named = [one for one in open_ones.values() if any(bare in text.casefold() for text in (one.id, one.name.zh, one.name.en, *one.also.zh))]
    about = [open_ones[hit.entry] for hit in asked.console.world.index.search(words, region=region) if hit.entry in open_ones]
    return list({entry.id: entry for entry in (*named, *about)}.values())[:_FOUND]


def _can_be_told(entry: Entry, region: str, now: datetime) -> bool:
    if entry.kind not in TOPICS or entry.audience == "lender" or entry.standing(now.date()) is not Standing.IN_FORCE:
        return False
    return contains(entry.region.within, region) or contains(region, entry.region.within)


PAGES = (Page("GET", "/bulletins/entries", entries, Action.BULLETINS, quiet=True, apart=True),)
