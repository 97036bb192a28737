"""The HTTP side: /bot<token>/<method>, /file/bot<token>/<path>, and the control interface."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.simulator.api import Api, Outcome
from bot.simulator.control import control_routes
from bot.simulator.faults import Kind
from bot.simulator.postman import Postman
from bot.simulator.refusals import Refusal, plain
from bot.simulator.wire import read
from bot.simulator.world import World

#: Seconds that calls under way get to end.
_GOODBYE = 1.0


class _Cut(Response):
    """Begins an answer and ends without its body; the server then closes the connection."""

    async def __call__(self, _: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})


class _Silence(Response):
    """Never answers: holds the connection until the client gives up or the simulator ends."""

    def __init__(self, ended: asyncio.Event) -> None:
        super().__init__()
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        waits = {asyncio.ensure_future(_gone(receive)), asyncio.ensure_future(self._ended.wait())}
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
        await _Cut()(scope, receive, send)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


class _Shell:
    """Turns requests into calls and outcomes into answers."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.api = Api(world)

    async def method(self, request: Request) -> Response:
        wrong = self._wrong_token(request.path_params["token"])
        if wrong is not None:
            return wrong
        try:
            params = read(request.url.query, request.headers.get("content-type", ""), await request.body())
        except Refusal as refusal:
            return JSONResponse(refusal.answer(), refusal.code)
        except ClientDisconnect:
            return _Cut()
        return self._answer(await self.api.handle(request.path_params["method"], params))

    async def file(self, request: Request) -> Response:
        wrong = self._wrong_token(request.path_params["token"])
        stored = self._world.files.at(request.path_params["path"])
        if wrong is not None:
            return wrong
        if stored is None:
            return await self.unknown(request, None)
        return Response(self._world.files.content(stored), media_type="application/octet-stream")

    async def unknown(self, _: Request, __: Exception | None) -> Response:
        return JSONResponse(plain(404).answer(), 404)

    def _wrong_token(self, token: str) -> Response | None:
        if token == self._world.token:
            return None
        refusal = plain(401 if re.fullmatch(r"\d+:[\w-]+", token) else 404)
        return JSONResponse(refusal.answer(), refusal.code)

    def _answer(self, outcome: Outcome) -> Response:
        if outcome.fate is Kind.SILENCE:
            return _Silence(self._world.ended)
        if outcome.fate in (Kind.DROP, Kind.DROP_AFTER):
            return _Cut()
        wait = outcome.body.get("parameters", {}).get("retry_after")
        return JSONResponse(outcome.body, outcome.status, {"Retry-After": str(wait)} if wait else None)


def application(world: World) -> Starlette:
    """The simulator as an ASGI application; webhooks are served while its lifespan lasts."""
    shell = _Shell(world)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        postman = asyncio.create_task(Postman(world, shell.api.call).deliver())
        try:
            yield
        finally:
            postman.cancel()
            await asyncio.gather(postman, return_exceptions=True)

    routes = [
        Route("/bot{token}/{method}", shell.method, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", shell.file, methods=["GET"]),
        Mount("/control", routes=control_routes(world)),
    ]
    return Starlette(routes=routes, lifespan=lifespan, exception_handlers={404: shell.unknown, 405: shell.unknown})


class _Server(uvicorn.Server):
    """Ends at once when told to, not at the next tick."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    async def main_loop(self) -> None:
        ticks = 0
        while not self.leave.is_set() and not await self.on_tick(ticks):
            ticks += 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.leave.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for listening in self.servers:
            listening.close()
        for one in sockets or []:
            one.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GOODBYE):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - uvicorn tells nobody
                    await asyncio.sleep(0.002)
        await self.lifespan.shutdown()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # Ctrl-C belongs to the program around


def running(world: World, port: int = 0) -> contextlib.AbstractAsyncContextManager[str]:
    """The simulator on loopback (a free port, if 0) as long as the context lasts; yields its address.

    A bot gets `f"{address}/bot"` for the API and `f"{address}/file/bot"` for files. Raises OSError if the port is taken.
    """
    return serving(application(world), world, port)


def _listening(port: int) -> socket.socket:
    """A socket that says it is TCP: only then does asyncio send small answers at once, not after the 40 ms of a delayed ACK."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
        raise
    return listening


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, world: World, port: int) -> AsyncIterator[str]:
    """An application around the world on loopback; the world ends with the context. Raises OSError if the port is taken."""
    server = _Server(uvicorn.Config(app, log_config=None, log_level=100, access_log=False, ws="none", lifespan="on"))
    with _listening(port) as listening:
        answering = asyncio.create_task(server.serve([listening]))
        try:
            while not server.started:
                if answering.done():
                    raise OSError("the simulator did not start")
                await asyncio.sleep(0.002)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            world.close()
            server.leave.set()
            await answering
