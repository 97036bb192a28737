"""Bulletins through the real sender to a Telegram that runs here: how they look, and how soon a stop is felt."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, approve, progress, stop, write
from bot.bulletins.checks import Unfit
from bot.bulletins.model import Bulletin, Ending, Quiet
from bot.bulletins.timing import stars
from bot.channels.telegram.bot import bot_at
from bot.channels.telegram.bulletins import bring_out
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.sender import Sender
from bot.desk.model import Member
from bot.simulator import Person, World, running
from bot.storage.database import open_database
from bot.storage.posts import Lane
from bot.storage.store import Store
from knowledge.pack import Pack, load_pack
from tests.bulletins.written import DRAFT, FITS, firm, officers

FIRMS = 240


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'advisor.db'}"


@asynccontextmanager
async def sending(address: str, world: World) -> AsyncIterator[Store]:
    """A sender at its real pace."""
    engine = open_database(address)
    async with running(world) as url, bot_at(url, world.token) as bot:
        task = asyncio.create_task(Sender(bot, Store(engine), Pace()).run())
        try:
            yield Store(engine)
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
    engine.dispose()


def people(world: World, count: int) -> list[Person]:
    found = [world.person(f"Owner {number}") for number in range(count)]
    for person in found:
        person.start()
    return found


def approved_now(office: Office, *, paid: bool = False) -> tuple[Bulletin, Member]:
    """Approved to leave at once, at whatever hour this runs."""
    now = datetime.now(UTC)
    draft = replace(DRAFT, send_at=now, expires=(now + timedelta(days=3)).date(), quiet=Quiet(time(0), time(0)), paid=paid)
    first, second = officers(office.store)
    written = write(office, first, draft, now)
    return approve(office, second, written.id, written.version, now), first


async def until(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.01)


def told(owners: list[Person]) -> int:
    return sum(any(message.from_bot for message in person.sees()) for person in owners)


async def test_a_stop_of_another_process_is_felt_within_a_second(address: str, pack: Pack) -> None:
    world = World()
    owners = people(world, FIRMS)
    (last,) = people(world, 1)
    engine = open_database(address)
    office = Office(Store(engine), pack)
    for person in owners:
        firm(office.store, person.id, FITS)
    bulletin, officer = approved_now(office)
    async with sending(address, world):
        assert advance(office, datetime.now(UTC)) == FIRMS
        await until(lambda: told(owners) >= 45)
        began = monotonic()
        await asyncio.to_thread(stop, office, officer, bulletin.id, datetime.now(UTC))
        # Behind everything of the bulletin: it leaves at once where that is gone.
        with office.store.begin() as connection:
            office.store.post(connection, None, last.id, [{"text": "next", "buttons": []}], datetime.now(UTC), "reminder")
        await until(lambda: any(message.text == "next" for message in last.sees()))
        took, arrived = monotonic() - began, told(owners)
    assert took < 1.0
    advance(office, datetime.now(UTC) + timedelta(seconds=60))
    _, ended = progress(office, officer, bulletin.id)
    assert ended[Ending.SENT] == told(owners) == arrived < 45 + 30
    assert ended[Ending.SENT] + ended[Ending.STOPPED] == FIRMS
    engine.dispose()


async def test_what_is_due_is_brought_out_and_the_sender_woken(address: str, pack: Pack) -> None:
    engine = open_database(address)
    office = Office(Store(engine), pack)
    firm(office.store, 1, FITS)
    approved_now(office)
    woken = asyncio.Event()
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(bring_out(lambda: office, lambda: datetime.now(UTC), lambda: loop.call_soon(woken.set)))
    async with asyncio.timeout(20):
        await woken.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert len(office.store.waiting(Lane.BULK, 10)) == 1
    engine.dispose()


async def test_a_title_is_bold_and_the_rest_as_it_was_written(address: str, pack: Pack) -> None:
    world = World()
    (owner,) = people(world, 1)
    engine = open_database(address)
    office = Office(Store(engine), pack)
    firm(office.store, owner.id, FITS, "en")
    approved_now(office)
    async with sending(address, world):
        advance(office, datetime.now(UTC))
        await until(lambda: told([owner]) == 1)
    (seen,) = [message for message in owner.sees() if message.from_bot]
    assert seen.content["entities"] == [{"type": "bold", "offset": 0, "length": len(DRAFT.title["en"])}]
    assert seen.text == f"{DRAFT.title['en']}\n\n{DRAFT.body['en']}"
    engine.dispose()


async def test_what_is_paid_for_leaves_as_such_and_costs_no_more_than_was_said(address: str, pack: Pack) -> None:
    world = World()
    world.limits.on = True
    owners = people(world, 150)
    engine = open_database(address)
    office = Office(Store(engine), pack, stars=100)
    for person in owners:
        firm(office.store, person.id, FITS)
    bulletin, officer = approved_now(office, paid=True)
    said = stars(150)
    async with sending(address, world):
        assert advance(office, datetime.now(UTC)) == 150
        await until(lambda: told(owners) == 150)
    sends = [values for method, values in world.calls if method == "sendMessage"]
    assert [values.get("allow_paid_broadcast") for values in sends] == [True] * 150, "each once, none refused"
    advance(office, datetime.now(UTC))
    assert progress(office, officer, bulletin.id)[1][Ending.SENT] == 150
    assert world.limits.tenths <= said * 10
    engine.dispose()


def test_paying_is_refused_where_it_is_switched_off_or_too_dear(address: str, pack: Pack) -> None:
    engine = open_database(address)
    store = Store(engine)
    for number in range(60):
        firm(store, number, FITS)
    for allowed, code in ((0, "paid_off"), (stars(60) - 1, "too_dear")):
        with pytest.raises(Unfit) as error:
            approved_now(Office(store, pack, stars=allowed), paid=True)
        assert [problem.code for problem in error.value.problems] == [code]
    approved_now(Office(store, pack, stars=stars(60)), paid=True)
    assert advance(Office(store, pack), datetime.now(UTC)) == 0, "switched off in between"
    engine.dispose()


@pytest.mark.parametrize(
    ("messages", "cost"), [(0, 0), (30, 0), (31, 1), (60, 3), (1000, 97), (1001, 97), (1031, 98), (100_000, 9_700), (1_000_000, 97_000)]
)
def test_what_paying_costs(messages: int, cost: int) -> None:
    assert stars(messages) == cost
