"""`advisor desk`: set up banks and their staff, see what waits, and answer where there is no group and no console."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.packs import add_pack_command
from bot.commands.unusable import Unusable
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.casework.ports import Desk
    from bot.desk.model import Bank, Case, Member
    from bot.storage.store import Store
    from knowledge.pack import Pack

Run = Callable[[Callable[[Settings], Awaitable[None]]], None]


@dataclass(frozen=True)
class Parts:
    """What the commands are put together from."""

    run: Run
    desk: Callable[[Settings], Desk]
    pack: Callable[[Settings], Pack]


@dataclass(frozen=True)
class _NewBank:
    id: str
    zh: str
    en: str
    group: int | None
    hours: str


def group(parts: Parts) -> typer.Typer:
    """The commands."""
    app = typer.Typer(no_args_is_help=True, help="For the people behind the advisor: banks, their staff, and the cases they answer.")
    app.add_typer(_banks(parts), name="bank")
    app.add_typer(_staff(parts), name="staff")

    @app.command("list")
    def list_cases(bank: Annotated[str, typer.Argument(help="Id of the bank, or general.")]) -> None:
        """Open cases of a bank, those due first on top."""
        _do(parts, lambda desk, _: _print(_open_cases(desk.store, bank)))

    @app.command()
    def answer(
        case: Annotated[int, typer.Argument(help="Number of the case.")],
        text: Annotated[str, typer.Argument(help="What the owner is to read.")],
        by: Annotated[int, typer.Option("--by", help="Your number among the staff: see advisor desk staff list.")],
        close: Annotated[bool, typer.Option("--close", help="Close the case with it.")] = False,
    ) -> None:
        """Answer the owner of a case, for set-ups without a group and a console."""
        _do(parts, lambda desk, _: _answer(desk, case, text, by, close))

    add_pack_command(app, lambda work: _do(parts, lambda desk, _: work(desk.store)))
    return app


def _banks(parts: Parts) -> typer.Typer:
    app = typer.Typer(no_args_is_help=True, help="Banks that answer cases, and the general desk for everything else.")

    @app.command()
    def add(
        bank: Annotated[str, typer.Argument(help="Id of the lender's entry, such as len-icbc; or general.")],
        zh: Annotated[str, typer.Option(help="Its name in Chinese; that of the entry unless given.")] = "",
        en: Annotated[str, typer.Option(help="Its name in English; that of the entry unless given.")] = "",
        telegram_group: Annotated[int | None, typer.Option("--group", help="Number of the staff's forum group on Telegram.")] = None,
        hours: Annotated[
            str, typer.Option(help='Opening hours as JSON, such as {"times": [["09:00", "17:00"]]}; weekdays 9:00 to 17:30 unless given.')
        ] = "{}",
    ) -> None:
        """Add a bank, or change one to what is given here."""
        _do(parts, lambda desk, pack: _keep_bank(desk.store, pack, _NewBank(bank, zh, en, telegram_group, hours)))

    @app.command("list")
    def list_banks() -> None:
        """Every bank: id, names, group, how many people, how many open cases."""
        _do(parts, lambda desk, _: _print(_bank_lines(desk.store)))

    return app


def _staff(parts: Parts) -> typer.Typer:
    app = typer.Typer(no_args_is_help=True, help="Who answers.")

    @app.command()
    def add(
        name: Annotated[str, typer.Argument(help="As owners read it, such as 李经理.")],
        bank: Annotated[str | None, typer.Option(help="Id of the bank; none for policy officers and administrators of all banks.")] = None,
        role: Annotated[str, typer.Option(help="agent, supervisor, policy or admin.")] = "agent",
        telegram: Annotated[int | None, typer.Option(help="Their number on Telegram.")] = None,
        language: Annotated[str, typer.Option("--lang", help="zh or en.")] = "zh",
        deputy: Annotated[bool, typer.Option("--deputy", help="Hears of cases that wait too long.")] = False,
        region: Annotated[str | None, typer.Option(help="For policy officers: code of their region.")] = None,
        office: Annotated[str | None, typer.Option(help="For policy officers: their office.")] = None,
    ) -> None:
        """Add somebody; their number is printed."""

        def do(desk: Desk, _: Pack) -> None:
            _add_member(desk.store, name, bank, role, telegram, language, deputy, region, office)

        _do(parts, do)

    @app.command("list")
    def list_staff(bank: Annotated[str | None, typer.Option(help="Only those of this bank.")] = None) -> None:
        """Everybody: number, name, role, bank, Telegram."""
        _do(parts, lambda desk, _: _print(_staff_lines(desk.store, bank)))

    @app.command()
    def dismiss(member: Annotated[int, typer.Argument(help="Their number.")]) -> None:
        """Somebody works here no more: they come in nowhere, and the cases they had are everybody's again."""
        _do(parts, lambda desk, _: _dismiss(desk, member))

    return app


def _do(parts: Parts, work: Callable[[Desk, Pack], None]) -> None:
    async def run(settings: Settings) -> None:  # noqa: RUF029 - what it runs waits for nothing
        work(parts.desk(settings), parts.pack(settings))

    parts.run(run)


def _print(lines: list[str]) -> None:
    print("\n".join(lines))


# -- what they do --------------------------------------------------------------------------------------------------------------


def _keep_bank(store: Store, pack: Pack, new: _NewBank) -> None:
    from sqlalchemy.exc import IntegrityError

    from bot.desk.model import GENERAL, Bank
    from bot.storage.desk.people import keep_bank
    from knowledge.entries import Kind

    entry = pack.get(new.id)
    if new.id != GENERAL and (entry is None or entry.kind is not Kind.LENDER):
        lenders = sorted(entry.id for entry in pack.entries.values() if entry.kind is Kind.LENDER)
        raise Unusable(f"{new.id} is no lender of the knowledge; use general or one of {', '.join(lenders)}")
    names = {"zh": new.zh or (entry.name.zh if entry else "综合服务台"), "en": new.en or (entry.name.en if entry else "Service desk")}
    bank = Bank(new.id, names, new.group, _hours(new.hours))
    try:
        with store.begin() as connection:
            keep_bank(connection, bank)
    except IntegrityError:
        raise Unusable(f"group {new.group} belongs to another bank already: see advisor desk bank list") from None
    print(f"{bank.id}  {names['zh']}  {names['en']}")


def _hours(given: str) -> dict[str, object]:
    from bot.desk.clocks import Hours, Targets

    try:
        hours: dict[str, object] = json.loads(given)
        Hours.of(hours)
        Targets.of(hours)
    except (ValueError, TypeError, AttributeError) as error:
        raise Unusable(f"--hours cannot be read: {error}") from None
    return hours


def _bank_lines(store: Store) -> list[str]:
    from bot.storage.desk.cases import open_cases
    from bot.storage.desk.people import every_bank, members

    with store.begin() as connection:
        lines = [
            f"{bank.id}  {bank.name['zh']}  {bank.name['en']}  group {bank.group_chat or '-'}"
            f"  {len(members(connection, bank.id))} people  {len(open_cases(connection, bank.id))} open cases"
            for bank in every_bank(connection)
        ]
    return lines or ["no bank is set up: owners are told that nobody answers; see advisor desk bank add --help"]


def _add_member(
    store: Store,
    name: str,
    bank: str | None,
    role: str,
    telegram: int | None,
    language: str,
    deputy: bool,
    region: str | None,
    office: str | None,
) -> None:
    from sqlalchemy.exc import IntegrityError

    from bot.desk.model import Member, Role
    from bot.storage.desk.people import add_member, bank_of

    try:
        given = Role(role)
    except ValueError:
        raise Unusable(f"--role is {', '.join(Role)}") from None
    if language not in ("zh", "en"):
        raise Unusable("--lang is zh or en")
    if (given in (Role.AGENT, Role.SUPERVISOR)) != (bank is not None) and given is not Role.ADMIN:
        raise Unusable(f"{given} needs --bank" if bank is None else "policy officers belong to no bank: leave --bank out")
    try:
        with store.begin() as connection:
            if bank is not None and bank_of(connection, bank) is None:
                raise Unusable(f"{bank} is not set up: advisor desk bank add {bank}")
            member = add_member(connection, Member(0, bank, name, given, language, telegram, region, office, deputy))
    except IntegrityError:
        raise Unusable(f"number {telegram} on Telegram belongs to somebody else already: see advisor desk staff list") from None
    print(f"{member.id}  {member.name}")


def _staff_lines(store: Store, bank: str | None) -> list[str]:
    from bot.storage.desk.people import members

    with store.begin() as connection:
        people = members(connection, bank)
    return [
        f"{one.id}  {one.name}  {one.role}{', deputy' if one.deputy else ''}  {one.bank or 'all'}  Telegram {one.telegram_id or '-'}"
        for one in people
    ] or ["nobody yet: see advisor desk staff add --help"]


def _dismiss(desk: Desk, number: int) -> None:
    from bot.casework.cases import release_all
    from bot.storage.desk.people import dismiss

    with desk.store.begin() as connection:
        member = _member(desk.store, number)
        given_back = release_all(connection, desk, member, datetime.now(UTC))
        dismiss(connection, member.id)
    print(f"{member.name} works here no more; {given_back} cases are everybody's again")


def _open_cases(store: Store, bank: str) -> list[str]:
    from bot.storage.desk.cases import open_cases
    from bot.storage.desk.people import bank_of, member_of

    with store.begin() as connection:
        known = bank_of(connection, bank)
        if known is None:
            raise Unusable(f"{bank} is not set up: see advisor desk bank list")
        found = [(case, member_of(connection, case.assignee) if case.assignee else None) for case in open_cases(connection, bank)]
    return [_case_line(case, holder, known) for case, holder in found] or ["nothing waits"]


def _case_line(case: Case, holder: Member | None, bank: Bank) -> str:
    from bot.desk.clocks import Hours

    by = case.respond_by or case.resolve_by
    due = f"{Hours.of(bank.hours).local(by):%Y-%m-%d %H:%M}"
    question = " ".join(case.question.split())
    who = holder.name if holder else "nobody"
    waits = "answer by" if case.respond_by else "settle by"
    return f"#{case.id}  {waits} {due}  {who}  {case.reason}  {question[:60]}{'…' if len(question) > 60 else ''}"


def _answer(desk: Desk, number: int, text: str, by: int, close_it: bool) -> None:
    from bot.casework.cases import close, current
    from bot.casework.words import Words, answer
    from bot.desk.model import Taken
    from bot.desk.rights import Action, may
    from bot.storage.desk.looking import note_look

    member, now = _member(desk.store, by), datetime.now(UTC)
    if not text.strip():
        raise Unusable("an answer needs words")
    try:
        with desk.store.begin() as connection:
            case = current(connection, number)
            if not may(member, Action.ANSWER, case) or (close_it and not may(member, Action.CLOSE, case)):
                raise Unusable(f"case {number} is not for {member.name}")
            note_look(connection, case, member, "case", now)
            answer(connection, desk, case, member, Words(text), now)
            if close_it:
                close(connection, desk, current(connection, number), member, now)
    except Taken:
        raise Unusable(f"there is no open case {number}") from None
    print(f"answered #{number}{' and closed' if close_it else ''}")


def _member(store: Store, number: int) -> Member:
    from bot.storage.desk.people import member_of

    with store.engine.connect() as connection:
        member = member_of(connection, number)
    if member is None:
        raise Unusable(f"nobody of the staff has the number {number}: see advisor desk staff list")
    return member
