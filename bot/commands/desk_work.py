"""What the commands of `advisor desk` do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.casework.cases import close, current, holder, release_all
from bot.casework.ports import Desk
from bot.casework.words import Words, answer
from bot.commands.unusable import Unusable
from bot.desk.clocks import Hours, Targets
from bot.desk.model import GENERAL, Bank, Case, Member, Role, Said, Taken
from bot.desk.rights import Action, may
from bot.storage.desk.cases import pack_of
from bot.storage.desk.looks import note_look
from bot.storage.desk.people import add_member, bank_of, dismiss, every_bank, keep_bank, member_of, members
from bot.storage.desk.queue import Filters, how_many, queue
from bot.storage.desk.words import said_in
from bot.storage.store import Store
from knowledge.entries import Kind
from knowledge.pack import Pack


@dataclass(frozen=True)
class NewBank:
    """A bank as the command line gives it."""

    id: str
    zh: str
    en: str
    group: int | None
    hours: str


# -- banks and staff -----------------------------------------------------------------------------------------------------------


def keep(store: Store, pack: Pack, new: NewBank) -> None:
    """Add or change a bank. Raises Unusable."""
    entry = pack.get(new.id)
    if new.id != GENERAL and (entry is None or entry.kind is not Kind.LENDER):
        lenders = sorted(entry.id for entry in pack.entries.values() if entry.kind is Kind.LENDER)
        raise Unusable(f"{new.id} is no lender of the knowledge; use general or one of {', '.join(lenders)}")
    names = {"zh": new.zh or (entry.name.zh if entry else "综合服务台"), "en": new.en or (entry.name.en if entry else "Service desk")}
    try:
        with store.begin() as connection:
            keep_bank(connection, Bank(new.id, names, new.group, _hours(new.hours)))
    except IntegrityError:
        raise Unusable(f"group {new.group} belongs to another bank already: see advisor desk bank list") from None
    print(f"{new.id}  {names['zh']}  {names['en']}")


def _hours(given: str) -> dict[str, Any]:
    try:
        hours: dict[str, Any] = json.loads(given)
        Hours.of(hours)
        Targets.of(hours)
    except (ValueError, TypeError, AttributeError) as error:
        raise Unusable(f"--hours cannot be read: {error}") from None
    return hours


def print_banks(store: Store) -> None:
    """One line a bank."""
    with store.begin() as connection:
        banks = every_bank(connection)
        for bank in banks:
            people, waits = len(members(connection, bank.id)), how_many(connection, [bank.id], Filters(), datetime.now(UTC))
            print(f"{bank.id}  {bank.name['zh']}  {bank.name['en']}  group {bank.group_chat or '-'}  staff {people}  open cases {waits}")
    if not banks:
        print("no bank is set up, so owners are told that nobody answers here; see advisor desk bank add --help")


def appoint(store: Store, name: str, bank: str | None, role: str, **rest: Any) -> None:
    """Add somebody; `rest` are the other fields of a member. Raises Unusable."""
    given = _role(role, bank)
    if rest["language"] not in ("zh", "en"):
        raise Unusable("--lang is zh or en")
    telegram = rest.pop("telegram")
    try:
        with store.begin() as connection:
            if bank is not None and bank_of(connection, bank) is None:
                raise Unusable(f"{bank} is not set up: advisor desk bank add {bank}")
            member = add_member(connection, Member(0, bank, name, given, telegram_id=telegram, **rest))
    except IntegrityError:
        raise Unusable(f"number {telegram} on Telegram belongs to somebody else already: see advisor desk staff list") from None
    print(f"{member.id}  {member.name}")


def _role(name: str, bank: str | None) -> Role:
    """A role that fits where somebody works. Raises Unusable."""
    if name not in set(Role):
        raise Unusable(f"--role is one of {', '.join(Role)}")
    role = Role(name)
    if role in (Role.AGENT, Role.SUPERVISOR) and bank is None:
        raise Unusable(f"{role} works at a bank: add --bank")
    if role is Role.POLICY and bank is not None:
        raise Unusable("policy officers belong to no bank: leave --bank out")
    return role


def print_staff(store: Store, bank: str | None) -> None:
    """One line a member."""
    with store.begin() as connection:
        people = members(connection, bank)
    for one in people:
        role = f"{one.role}, deputy" if one.deputy else str(one.role)
        print(f"{one.id}  {one.name}  {role}  {one.bank or 'all banks'}  Telegram {one.telegram_id or '-'}")
    if not people:
        print("nobody yet: see advisor desk staff add --help")


def let_go(desk: Desk, number: int) -> None:
    """Dismiss somebody, whose cases are everybody's again. Raises Unusable."""
    with desk.store.begin() as connection:
        member = _member(connection, number)
        given_back = release_all(connection, desk, member, datetime.now(UTC))
        dismiss(connection, member.id)
    print(f"{member.name} works here no more; cases given back: {given_back}")


# -- cases ---------------------------------------------------------------------------------------------------------------------


def print_cases(store: Store, bank_id: str) -> None:
    """One line an open case, without the owner's words: to read them is a look, and a look has a name. Raises Unusable."""
    with store.begin() as connection:
        bank = bank_of(connection, bank_id)
        if bank is None:
            raise Unusable(f"{bank_id} is not set up: see advisor desk bank list")
        found = queue(connection, [bank_id], Filters(), datetime.now(UTC))
        for case in found:
            print(_line(case, bank, holder(connection, case.id)))
    if not found:
        print("nothing waits")


def _line(case: Case, bank: Bank, who: Member | None) -> str:
    clock, by = ("answer", case.respond_by) if case.respond_by else ("settle", case.resolve_by)
    return f"#{case.id}  {clock} by {Hours.of(bank.hours).local(by):%Y-%m-%d %H:%M}  {who.name if who else 'nobody'}  {case.reason}"


def show(store: Store, number: int, by: int) -> None:
    """A case with its words and facts, noted as a look. Raises Unusable."""
    with store.begin() as connection:
        case, member = _case_for(connection, number, by, Action.LOOK)
        note_look(connection, case, member, "case", datetime.now(UTC))
        bank = bank_of(connection, case.bank)
        words, pack = said_in(connection, case.id), pack_of(connection, case.id)
        if bank is not None:
            print(_line(case, bank, holder(connection, case.id)))
        language = member.language
    print(f"? {case.question}")
    for fact in pack.get("facts", ()):
        print(f"· {fact['label'][language]}: {fact['text'][language]} ({fact['source']}, {fact['as_of']})")
    for said in words:
        print(_said(said))


def _said(said: Said) -> str:
    sign = {"owner": "<", "staff": ">", "note": "#", "advisor": "*"}[said.author]
    return " ".join(filter(None, (sign, said.text, f"[{said.file.name}]" if said.file else None)))


def answer_case(desk: Desk, number: int, text: str, by: int, close_it: bool) -> None:
    """Answer an owner. Raises Unusable."""
    if not text.strip():
        raise Unusable("an answer needs words")
    now = datetime.now(UTC)
    try:
        with desk.store.begin() as connection:
            case, member = _case_for(connection, number, by, Action.ANSWER, *((Action.CLOSE,) if close_it else ()))
            answer(connection, desk, case, member, Words(text), now)
            if close_it:
                close(connection, desk, current(connection, number), member, now)
    except Taken:
        raise Unusable(f"case {number} is closed") from None
    print(f"#{number} is answered{' and closed' if close_it else ''}")


def _case_for(connection: Connection, number: int, by: int, *actions: Action) -> tuple[Case, Member]:
    """A case that somebody may do something to. Of other banks' cases nothing is known, not even that they are. Raises Unusable."""
    member = _member(connection, by)
    try:
        case = current(connection, number)
    except Taken:
        case = None
    if case is None or not all(may(member, action, case) for action in actions):
        raise Unusable(f"there is no case {number} for {member.name}")
    return case, member


def _member(connection: Connection, number: int) -> Member:
    member = member_of(connection, number)
    if member is None:
        raise Unusable(f"nobody of the staff has the number {number}: see advisor desk staff list")
    return member
