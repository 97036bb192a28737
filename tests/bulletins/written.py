"""Bulletins, officers and firms for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from bot.broadcasting.office import Office, approve, write
from bot.bulletins.model import Bulletin, Draft
from bot.desk.model import Member, Role
from bot.storage.bulletins.subscribers import subscribe
from bot.storage.desk.people import add_member
from bot.storage.store import Store, StoredFact, TurnRecord

#: A Thursday, ten in the morning in China.
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
ENTRY = "sub-fj-zjtx-loan-2026"
FUJIAN, FUZHOU, SHENZHEN = "350000", "350100", "440300"
#: Eligible for the entry, unknown, and not eligible.
FITS: Mapping[str, Any] = {"region": FUZHOU, "specialised_level": "specialised", "industry": "industry"}
OPEN: Mapping[str, Any] = {"region": FUZHOU, "industry": "industry"}
NO: Mapping[str, Any] = {"region": SHENZHEN, "specialised_level": "specialised", "industry": "industry"}

DRAFT = Draft(
    {"zh": "专精特新贷款贴息", "en": "Interest subsidy for specialised firms"},
    {"zh": "您可能符合条件，回复即可查看。", "en": "You may well be eligible; write to see."},
    ENTRY,
    FUJIAN,
    NOW,
    date(2026, 12, 10),
)
#: A new measure, as an officer of Fujian writes it.
NEW_ENTRY = "sub-fj-new-hires-2026"
ENTRY_TEXT = """id: sub-fj-new-hires-2026
kind: subsidy
status: in_force
confidence: high
name: {zh: 新招员工补贴, en: Subsidy for new staff}
summary: {zh: "新招员工的企业，每次给{grant}。", en: "Firms that hire get {grant}."}
source:
  issuer: {zh: 福建省人社厅, en: Fujian Department of Human Resources}
  title: {zh: 新招员工补贴办法, en: Rules on the subsidy for new staff}
checked: 2026-11-20
region: {within: '350000'}
when: {fact: new_hires_12m, at_least: 5, clause: {zh: 新招人数, en: people hired}}
offer: {grant: {amount: 3000}}
cases:
  - facts: {region: '350100', new_hires_12m: 5}
    status: eligible
  - facts: {region: '350100', new_hires_12m: 4}
    status: ineligible
  - facts: {region: '350100'}
    status: unknown
"""
OFFICER = Member(1, None, "陈处", Role.POLICY, region=FUJIAN, office="省工信厅")


def officers(store: Store) -> tuple[Member, Member]:
    with store.begin() as connection:
        return add_member(connection, OFFICER), add_member(connection, replace(OFFICER, name="林科"))


def firm(store: Store, number: int, facts: Mapping[str, Any], language: str | None = "zh") -> str:
    """A stored firm; with a language it wants to hear of measures."""
    owner = f"tg:{number:05}"
    known = [StoredFact(name, value, "said", NOW.date(), False) for name, value in facts.items()]
    with store.begin() as connection:
        store.commit_turn(connection, owner, store.recall(owner), {}, known, TurnRecord({}, None, [], [], "0" * 64), NOW)
        if language is not None:
            subscribe(connection, owner, number, language, NOW)
    return owner


def approved(office: Office, by: tuple[Member, Member], draft: Draft = DRAFT) -> Bulletin:
    written = write(office, by[0], draft, NOW)
    return approve(office, by[1], written.id, written.version, NOW)
