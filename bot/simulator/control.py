"""The control interface, no part of the Bot API: make people and groups, let them act, look, order faults, watch events.

| call | what it does |
|---|---|
| POST /control/people {first_name, language, username, last_name} | a new person; answers {id} |
| POST /control/people/<id> {do, ...} | let the person act: see ACTIONS |
| GET /control/people/<id>?chat=&thread= | what the person sees: messages, and the open reply keyboard |
| POST /control/groups {title, creator, forum, supergroup, username} | a new group; answers {id} |
| POST /control/groups/<id> {do, ...} | change the group: see GROUP_ACTIONS |
| POST /control/faults {fault, ...} | order trouble: a method of Faults with what it takes, or latency, duplicates, disorder {value} |
| POST /control/limits {on, burst} | switch the rate limits; with burst, a chat takes three messages in three seconds, not one in one |
| POST /control/clock {advance} | move a clock that is moved by hand |
| GET /control/state | the bot, its chats, how many updates wait |
| GET /control/events?after=&timeout= | events as JSON once there are some, or as a stream for Accept: text/event-stream |
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.simulator import render
from bot.simulator.acts import act, act_in_group
from bot.simulator.clock import ManualClock, whichever
from bot.simulator.groups import Group
from bot.simulator.limits import BURST, CHAT, Limits
from bot.simulator.people import NotThere, Person
from bot.simulator.refusals import Refusal
from bot.simulator.state import Json
from bot.simulator.world import World

_SWITCHES = ("latency", "duplicates", "disorder")
_ORDERS = ("flood", "forbid", "fail", "migrate", "silence", "drop", "astray", "at_random", "clear")
_LONGEST_WAIT = 50.0


class _Control:
    def __init__(self, world: World) -> None:
        self._world = world

    def person(self, number: int) -> Person:
        return Person(self._world, self._world.accounts[number])

    def group(self, number: int) -> Group:
        return Group(self._world, self._world.chats[number])

    async def people(self, request: Request) -> Json:
        return {"id": self._world.person(**await request.json()).id}

    async def acting(self, request: Request) -> Json:
        wanted = await request.json()
        return act(self.person(request.path_params["id"]), wanted.pop("do"), wanted)

    async def seeing(self, request: Request) -> Json:
        person = self.person(request.path_params["id"])
        where = {name: int(value) for name, value in request.query_params.items() if name in ("chat", "thread")}
        return {"messages": [asdict(seen) for seen in person.sees(**where)], "keyboard": person.keyboard(where.get("chat"))}

    async def groups(self, request: Request) -> Json:
        wanted = await request.json()
        return {"id": self._world.group(creator=self.person(wanted.pop("creator")), **wanted).id}

    async def grouping(self, request: Request) -> Json:
        wanted = await request.json()
        if isinstance(wanted.get("person"), int):
            wanted["person"] = self.person(wanted["person"])
        return act_in_group(self.group(int(request.path_params["id"])), wanted.pop("do"), wanted)

    async def faults(self, request: Request) -> Json:
        wanted = await request.json()
        fault = wanted.pop("fault")
        if fault in _SWITCHES:
            setattr(self._world.faults, fault, wanted["value"])
        elif fault in _ORDERS:
            getattr(self._world.faults, fault)(**wanted)
        else:
            raise KeyError(fault)
        return {}

    async def limits(self, request: Request) -> Json:
        wanted = await request.json()
        if "burst" in wanted:
            self._world.limits = Limits(chat=BURST if wanted["burst"] else CHAT)
        self._world.limits.on = bool(wanted["on"])
        return {}

    async def clock(self, request: Request) -> Json:
        if not isinstance(self._world.clock, ManualClock):
            raise NotThere("this clock runs by itself")
        self._world.clock.advance(float((await request.json())["advance"]))
        return {"now": self._world.clock.now()}

    async def state(self, _: Request) -> Json:
        world = self._world
        chats = [render.chat(chat) for chat in world.chats.values()]
        return {"bot": render.user(world.bot), "now": world.clock.now(), "pending": len(world.updates), "chats": chats}

    async def events(self, request: Request) -> Response:
        after = int(request.query_params.get("after", request.headers.get("last-event-id", "0")))
        if "text/event-stream" in request.headers.get("accept", ""):
            return StreamingResponse(self._stream(after), media_type="text/event-stream", headers={"Cache-Control": "no-store"})
        timeout = min(float(request.query_params.get("timeout", "0")), _LONGEST_WAIT)
        if len(self._world.events) <= after and timeout > 0:
            await whichever(self._world.clock, self._world.happened.wait(), timeout)
        return JSONResponse(self._world.events[after:])

    async def _stream(self, after: int) -> AsyncIterator[str]:
        while not self._world.ended.is_set():
            for event in self._world.events[after:]:
                after = event["id"]
                yield f"id: {event['id']}\nevent: {event['kind']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
            if len(self._world.events) <= after:
                await self._world.happened.wait()


def _told(handler: Callable[[Request], Awaitable[Json]]) -> Callable[[Request], Awaitable[Response]]:
    """A wrong order is answered with 400 and what was wrong with it."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request))
        except (KeyError, TypeError, ValueError, NotThere) as error:
            what = str(error) if not isinstance(error, KeyError) or isinstance(error, NotThere) else f"unknown or missing: {error}"
            return JSONResponse({"error": what}, 400)
        except Refusal as refusal:
            return JSONResponse({"error": refusal.description}, 400)

    return answer


def control_routes(world: World) -> list[Route]:
    """To be mounted under /control."""
    control = _Control(world)
    posts: dict[str, Any] = {
        "/people": control.people,
        "/people/{id:int}": control.acting,
        "/groups": control.groups,
        "/groups/{id}": control.grouping,
        "/faults": control.faults,
        "/limits": control.limits,
        "/clock": control.clock,
    }
    gets: dict[str, Any] = {"/people/{id:int}": control.seeing, "/state": control.state}
    return [
        *(Route(path, _told(handler), methods=["POST"]) for path, handler in posts.items()),
        *(Route(path, _told(handler), methods=["GET"]) for path, handler in gets.items()),
        Route("/events", control.events, methods=["GET"]),
    ]
