"""`advisor desk`: set up banks and their staff, see what waits, and answer where there is no group and no console."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands import console, learning, packs
from bot.commands.running import Run
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.casework.ports import Desk
    from knowledge.pack import Pack

_By = Annotated[int, typer.Option("--by", help="Your number among the staff: see advisor desk staff list.")]


@dataclass(frozen=True)
class Parts:
    """What the commands are put together from."""

    run: Run
    desk: Callable[[Settings], Desk]
    pack: Callable[[Settings], Pack]


def group(parts: Parts) -> typer.Typer:
    """The commands."""
    app = typer.Typer(no_args_is_help=True, help="For the people behind the advisor: banks, their staff, and the cases they answer.")
    app.add_typer(_banks(parts), name="bank")
    app.add_typer(_staff(parts), name="staff")

    learning.add(app, learning.Parts(parts.run, lambda settings: parts.desk(settings).store, parts.pack))

    @app.command("sign-in")
    def sign_in(member: Annotated[int, typer.Argument(help="Number of somebody of the staff.")]) -> None:
        """Print a one-time link by which somebody comes into the console."""

        async def run(settings: Settings) -> None:
            print(console.sign_in_link(settings, parts.desk(settings).store, member))

        parts.run(run)

    @app.command("list")
    def list_cases(bank: Annotated[str, typer.Argument(help="Id of the bank, or general.")]) -> None:
        """Open cases of a bank, those due first on top: number, clock, who has it and why it was opened."""
        _do(parts, lambda work, desk, _: work.print_cases(desk.store, bank))

    @app.command()
    def show(case: Annotated[int, typer.Argument(help="Number of the case.")], by: _By) -> None:
        """A case with what was said in it. Its owner can see that you looked."""
        _do(parts, lambda work, desk, _: work.show(desk.store, case, by))

    @app.command()
    def answer(
        case: Annotated[int, typer.Argument(help="Number of the case.")],
        text: Annotated[str, typer.Argument(help="What the owner is to read.")],
        by: _By,
        close: Annotated[bool, typer.Option("--close", help="Close the case with it.")] = False,
    ) -> None:
        """Answer the owner of a case, for set-ups without a group and a console."""
        _do(parts, lambda work, desk, _: work.answer_case(desk, case, text, by, close))

    packs.add_pack_command(app, lambda write: _do(parts, lambda _, desk, __: write(desk.store)))
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
        _do(
            parts,
            lambda work, desk, settings: work.keep(desk.store, parts.pack(settings), work.NewBank(bank, zh, en, telegram_group, hours)),
        )

    @app.command("list")
    def list_banks() -> None:
        """Every bank: id, names, group, how many people, how many open cases."""
        _do(parts, lambda work, desk, _: work.print_banks(desk.store))

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

        given = {"telegram": telegram, "language": language, "deputy": deputy, "region": region, "office": office}
        _do(parts, lambda work, desk, _: work.appoint(desk.store, name, bank, role, **given))

    @app.command("list")
    def list_staff(bank: Annotated[str | None, typer.Option(help="Only those of this bank.")] = None) -> None:
        """Everybody: number, name, role, bank, Telegram."""
        _do(parts, lambda work, desk, _: work.print_staff(desk.store, bank))

    @app.command()
    def dismiss(member: Annotated[int, typer.Argument(help="Their number.")]) -> None:
        """Somebody works here no more: they come in nowhere, and the cases they had are everybody's again."""
        _do(parts, lambda work, desk, _: work.let_go(desk, member))

    return app


def _do(parts: Parts, do: Callable[[Any, Desk, Settings], None]) -> None:
    """Run one command; what it needs is loaded only then, so that the help of all commands is there at once."""

    async def run(settings: Settings) -> None:
        from bot.commands import desk_work

        do(desk_work, parts.desk(settings), settings)

    parts.run(run)
