"""Bulletins in every state, with firms and officers, for the tests of the console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from sqlalchemy import select

from bot.broadcasting.delivering import advance
from bot.broadcasting.entries import write_entry
from bot.broadcasting.office import Office, approve, revise, stop, write
from bot.bulletins.model import Bulletin, Doubt, Draft, Sort
from bot.desk.model import Member
from bot.storage.bulletins.received import note_applied, note_looked
from bot.storage.bulletins.tables import bulletin_rows
from bot.storage.desk.people import add_member
from bot.storage.posts import Closing, Lane
from bot.storage.store import Store
from knowledge.pack import Pack
from tests.bulletins.written import ENTRY, ENTRY_TEXT, FUJIAN, FUZHOU, firm
from tests.console.staged import NOW, Staged

XIAMEN = "350200"
#: With a slip of the pen in its ninth and twelfth line.
FAULTY = ENTRY_TEXT.replace("title: {zh", "titel: {zh").replace("at_least", "at_last").replace("new-hires", "slips")
DRAFT = Draft(
    {"zh": "专精特新贷款可以贴息了", "en": "Interest support for specialised firms"},
    {
        "zh": "您好！福建的专精特新企业申请专项贷款，每年贴息 <b>1</b> 个百分点，最长 12 个月。\n\n点一下就知道您是否符合。",
        "en": "Hello! Specialised firms in Fujian get <b>1</b> percentage point a year off special loans, for up to 12 months.\n\n"
        "One tap tells you whether you are eligible.",
    },
    ENTRY,
    FUJIAN,
    NOW,
    date(2026, 12, 10),
)
_WAYS: tuple[Mapping[str, Any], ...] = (
    {"specialised_level": "specialised"},
    {"specialised_level": "little_giant", "employees": 120, "annual_revenue": 80_000_000},
    {"specialised_level": "innovative"},
    {},
)


def with_bulletins(staged: Staged, pack: Pack) -> Staged:
    """Beside the desk: a second officer of Fujian and one of Shenzhen, firms that are eligible, open and not, a bulletin in each state."""
    office, first = Office(staged.desk.store, pack), staged.members["policy"]
    with office.store.begin() as connection:
        second = add_member(connection, replace(first, name="林科"))
        far = add_member(connection, replace(first, name="深圳专员", region="440300", office="市工信局"))
    _firms(office.store)
    measures = {"measure": write_entry(office, first, ENTRY_TEXT, NOW), "faulty": write_entry(office, first, FAULTY, NOW)}
    members = {**staged.members, "officer": second, "far": far}
    return replace(staged, members=members, bulletins=_bulletins(office, first, second), measures=measures)


def _firms(store: Store) -> None:
    """Of two cities and two industries; every third does not listen."""
    kinds = product((FUZHOU, XIAMEN), ("industry", "software_it"), _WAYS, range(9))
    for number, (region, industry, way, turn) in enumerate(kinds, start=1000):
        facts = {"region": region, "industry": industry, "employees": 12, "annual_revenue": 6_000_000, **way}
        firm(store, number, facts, None if turn % 3 == 2 else "zh" if turn % 2 else "en")


def _bulletins(office: Office, first: Member, second: Member) -> dict[str, Bulletin]:
    def approved(draft: Draft) -> Bulletin:
        written = write(office, first, draft, NOW)
        return approve(office, second, written.id, written.version, NOW)

    gone = approved(DRAFT)
    advance(office, NOW)
    _close(office, NOW + timedelta(seconds=2))
    advance(office, NOW + timedelta(seconds=3))
    _look(office, gone.id)
    halted = approved(replace(DRAFT, doubt=Doubt.PARK))
    advance(office, NOW)
    stop(office, second, halted.id, NOW)
    sending = approved(replace(DRAFT, region=FUZHOU, send_at=NOW - timedelta(minutes=5)))
    advance(office, NOW - timedelta(seconds=10))
    _close(office, NOW - timedelta(seconds=5), 6)
    later = replace(DRAFT, send_at=NOW + timedelta(days=1))
    before = approved(later)
    text = {"zh": DRAFT.body["zh"].replace("您好！", "您好，"), "en": DRAFT.body["en"].replace("Hello!", "Good day!")}
    changed = revise(office, first, before.id, before.version, replace(later, body=text, expires=date(2026, 12, 20), doubt=Doubt.PARK), NOW)
    broken = {"zh": "每年贴息 <b>3 个百分点", "en": "5 percentage points a year"}
    return {
        "gone": gone,
        "halted": halted,
        "sending": sending,
        "changed": changed,
        "approved": approved(replace(later, ask=True)),
        "draft": write(office, first, later, NOW),
        "broken": write(office, first, replace(later, body=broken, entry="sub-none", expires=date(2026, 11, 1)), NOW),
        "correction": write(office, first, replace(later, sort=Sort.CORRECTION, corrects=gone.id), NOW),
    }


def _look(office: Office, number: int) -> None:
    """Of those who got it every second one looks; of these every third is eligible, and two have applied."""
    with office.store.begin() as connection:
        owners = connection.execute(select(bulletin_rows.c.owner_id).where(bulletin_rows.c.bulletin_id == number)).scalars().all()
        for place, owner in enumerate(sorted(owners)[::2]):
            note_looked(connection, number, owner, "eligible" if place % 3 else "unknown", NOW)
            if place < 2:
                note_applied(connection, number, owner, NOW)


def _close(office: Office, now: Any, count: int = 1000) -> None:
    """What a sender does."""
    rows = office.store.waiting(Lane.BULK, count)
    outcomes = ["unsubscribed" if row % 11 == 0 else "dead" if row % 13 == 0 else "sent" for row in rows]
    office.store.close_posts([Closing(row, outcome, row) for row, outcome in zip(rows, outcomes, strict=True)], now)
