"""`advisor console`: the desk in the browser, and a one-time link to come in by."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.running import Run
from bot.commands.unusable import Unusable
from bot.settings import Settings

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from bot.casework.ports import Desk
    from bot.conversation.world import World


def add(
    app: typer.Typer, panel: str, run: Run, desk: Callable[[Settings], Any], world: Callable[[Settings], Any], tell: Callable[[str], None]
) -> None:
    """Gives `app` the command, under the heading `panel` of its help."""

    @app.command(rich_help_panel=panel)
    def console(
        host: Annotated[str, typer.Option(help="Where to listen; beyond loopback, put a proxy with https before it.")] = "127.0.0.1",
        port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8090,
    ) -> None:
        """The desk in the browser, for the staff of banks. CONSOLE_URL is its address; CONSOLE_OIDC the banks' own sign-ins."""

        async def work(settings: Settings) -> None:
            import uvicorn

            address = settings.console_url or f"http://{host}:{port}"
            made = made_console(settings, desk(settings), world(settings), address)
            # The addresses of one-time links are secrets, so there is no log of requests.
            config = uvicorn.Config(
                made, host=host, port=port, access_log=False, log_level="warning", lifespan="off", ws="none", proxy_headers=True
            )
            tell(f"console: {address}")
            await _serve(uvicorn.Server(config))

        run(work)


async def _serve(server: Any) -> None:
    """Until told to stop. Raises Unusable when it cannot start, for which the library has only an exit."""
    try:
        await server.serve()
    except SystemExit:
        raise Unusable("the console cannot listen there: is the port taken?") from None


@asynccontextmanager
async def console_beside(settings: Settings, desk: Desk, world: World, port: int) -> AsyncIterator[str]:
    """The console on loopback beside something else that runs, as long as the context lasts; gives its address. Raises OSError."""
    import uvicorn

    class Beside(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:  # whoever it stands beside is told to stop
            yield

    with socket.create_server(("127.0.0.1", port)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        made = made_console(settings, desk, world, address)
        config = uvicorn.Config(made, access_log=False, log_level="warning", lifespan="off", ws="none", timeout_graceful_shutdown=1)
        server = Beside(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            yield address
        finally:
            server.should_exit = True
            await serving


def sign_in_link(settings: Settings, store: Any, staff: int, address: str | None = None) -> str:
    """A one-time link for somebody of the staff, to the console at an address. Raises Unusable for nobody."""
    from bot.storage.desk.doors import new_link
    from bot.storage.desk.people import member_of

    with store.begin() as connection:
        if member_of(connection, staff) is None:
            raise Unusable(f"nobody of the staff has the number {staff}: see advisor desk staff list")
        secret = new_link(connection, staff, datetime.now(UTC))
    return f"{address or settings.console_url or 'http://127.0.0.1:8090'}/sign-in/{secret}"


def made_console(settings: Settings, desk: Desk, world: World, address: str) -> Starlette:
    """The console for browsers that find it under an address."""
    from bot.channels.console.app import console_app
    from bot.channels.console.oidc import Provider, provider_of
    from bot.channels.console.parts import Console

    providers: dict[str, Provider] = {}
    for bank, given in settings.console_oidc.items():
        try:
            providers[bank] = provider_of(given)
        except ValueError as error:
            raise Unusable(f"CONSOLE_OIDC, {bank}: {error}") from None
    return console_app(Console(desk, world, lambda: datetime.now(UTC), address, settings.home, providers, stars=settings.paid_stars))
