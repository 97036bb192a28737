"""`advisor demo`: several people at once on a page of a Telegram that runs here."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import replace
from typing import Annotated, Any

import typer

from bot.commands.unusable import Unusable
from bot.settings import Settings

Run = Callable[[Callable[[Settings], Awaitable[None]]], None]
#: Makes the advisor; the flag says whether entries in force may be gone from the knowledge.
Making = Callable[[Settings, bool | None], AbstractAsyncContextManager[Any]]


def add(app: typer.Typer, panel: str, run: Run, advisor: Making, tell: Callable[[str], None]) -> None:
    """Gives `app` the command, under the heading `panel` of its help."""

    @app.command(rich_help_panel=panel)
    def demo(
        port: Annotated[int, typer.Option(min=0, max=65535, help="Port on loopback; 0 takes a free one.")] = 8088,
        keep: Annotated[bool, typer.Option("--keep", help="Remember what the last demo's owners told.")] = False,
    ) -> None:
        """Try it as several people at once, on a page of a Telegram that runs here; no account is needed."""

        async def work(settings: Settings) -> None:
            from bot.channels.telegram.bot import serve as serve_telegram
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
                print(f"open {address}", flush=True)
                await serve_telegram(serving, world.token, address, tell)

        run(work)
