"""`advisor demo`: several people at once on a page of a Telegram that runs here."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import replace
from typing import Annotated, Any

import typer

from bot.commands.running import Run
from bot.commands.unusable import Unusable
from bot.settings import Settings

#: Whoever tries it at night is answered, too.
_ALWAYS = {"days": [1, 2, 3, 4, 5, 6, 7], "times": [["00:00", "23:59"]]}
#: Makes the advisor; the flag says whether entries in force may be gone from the knowledge.
Making = Callable[[Settings, bool | None], AbstractAsyncContextManager[Any]]


def add(app: typer.Typer, panel: str, run: Run, advisor: Making, tell: Callable[[str], None]) -> None:
    """Gives `app` the command, under the heading `panel` of its help."""

    @app.command(rich_help_panel=panel)
    def demo(
        port: Annotated[int, typer.Option(min=0, max=65535, help="Port on loopback; 0 takes a free one.")] = 8088,
        console_port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the bank's pages; 0 takes a free one.")] = 8090,
        keep: Annotated[bool, typer.Option("--keep", help="Remember what the last demo's owners told.")] = False,
    ) -> None:
        """Try it as several people at once: a Telegram that runs here, and the bank's pages beside it; no account is needed."""

        async def work(settings: Settings) -> None:
            from bot.channels.telegram.bot import serve as serve_telegram
            from bot.channels.telegram.desk.mirror import telegram_desk
            from bot.commands.console import console_beside, sign_in_link
            from bot.simulator.demo import demo_world
            from bot.simulator.page import showing

            database = settings.home / "demo.db"
            if not keep:
                for end in ("", "-wal", "-shm"):
                    database.with_name(database.name + end).unlink(missing_ok=True)
            world = demo_world()
            async with AsyncExitStack() as running:
                try:
                    address = await running.enter_async_context(showing(world, port))
                except OSError as error:
                    raise Unusable(f"cannot serve the demo on port {port}: {os.strerror(error.errno or 0)}; try --port 0") from None
                apart = replace(settings, database_url=f"sqlite:///{database}")
                serving = await running.enter_async_context(advisor(apart, True))
                supervisor = await asyncio.to_thread(set_up_desk, serving.store, world)
                desk = telegram_desk(serving.store)
                try:
                    pages = await running.enter_async_context(console_beside(apart, desk, serving.world, console_port))
                except OSError as error:
                    raise Unusable(f"cannot serve the bank's pages: {os.strerror(error.errno or 0)}; try --console-port 0") from None
                link = await asyncio.to_thread(sign_in_link, apart, serving.store, supervisor, pages)
                print(f"open {address}\nthe bank's pages, as its supervisor: {link}", flush=True)
                await serve_telegram(serving, world.token, address, tell, console=pages)

        run(work)


def set_up_desk(store: Any, world: Any) -> int:
    """The demo's bank answers everybody's cases, in the group of its staff: the first is their supervisor, whose number is given."""
    from bot.desk.model import GENERAL, Bank, Member, Role
    from bot.storage.desk.people import add_member, keep_bank, member_by_telegram

    group = next(chat for chat in world.chats.values() if chat.is_forum)
    staff = [account for account in world.accounts.values() if world.roles.get(account.id) == "bank"]
    with store.begin() as connection:
        keep_bank(connection, Bank(GENERAL, {"zh": "福清农商行", "en": "Fuqing Rural Commercial Bank"}, group.id, _ALWAYS))
        for number, account in enumerate(staff):
            if member_by_telegram(connection, account.id) is None:
                role = Role.AGENT if number else Role.SUPERVISOR
                add_member(connection, Member(0, GENERAL, account.first_name, role, telegram_id=account.id))
        leading = member_by_telegram(connection, staff[0].id)
    assert leading is not None
    return leading.id
