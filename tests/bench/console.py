"""The console on PostgreSQL with 1,000 open cases at five banks: what twenty members of staff wait for while all of them work.

Each opens the list, then a case, and has it ask for news as browsers do; every case has a file of its own, so none is drawn from memory.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from bot.casework.cases import claim
from bot.casework.ports import Desk
from bot.casework.words import Words, answer, heard
from bot.channels.console.app import console_app
from bot.channels.console.parts import Console
from bot.conversation.world import World
from bot.desk.model import Bank, Member, Reason, Role
from bot.storage.database import open_database
from bot.storage.desk.doors import begin_visit
from bot.storage.desk.people import add_member, keep_bank
from bot.storage.store import Store
from knowledge.pack import load_pack
from knowledge.search import SearchIndex
from scoring.card import default_card
from tests.bench._lines import TODAY, Figure, Missing, Size, at_most, ms, percentile
from tests.console.serving import serving
from tests.console.staged import NOW, PACK, opened
from tests.postgres import NOT_INSTALLED, empty_database, postgres_running, server_programs

CASES, STAFF, BANKS = 1_000, 20, ("len-icbc", "len-ccb", "len-abc", "len-boc", "general")
#: Seconds for the list and for a case.
TARGET = 0.200
#: Seconds that somebody reads a list, and a case with its news every so often.
_READS_LIST, _NEWS_EVERY, _NEWS = 1.0, 3.0, 2


@dataclass
class Waits:
    """Seconds waited for each kind of page."""

    queue: list[float] = field(default_factory=list)
    case: list[float] = field(default_factory=list)
    news: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)


def run(size: Size) -> Iterator[Figure]:
    """The 95th percentiles over some rounds of everybody."""
    programs = server_programs()
    if programs is None:
        raise Missing(NOT_INSTALLED)
    pack = load_pack()
    world = World(pack, SearchIndex(pack, TODAY), default_card())
    with postgres_running(programs) as server, empty_database(server, "console") as address:
        engine = open_database(address)
        desk = Desk(Store(engine))
        people, cases = _filled(desk)
        waits = asyncio.run(_worked(Console(desk, world, lambda: NOW, "http://127.0.0.1", Path()), people, cases, size.pick(4, 12)))
        engine.dispose()
    for name in ("queue", "case", "news", "search"):
        told = getattr(waits, name)
        if name in ("queue", "case"):
            yield at_most(f"{name}_p95", ms(percentile(told, 95)), "ms", TARGET * 1000)
        else:
            yield Figure(f"{name}_p95", ms(percentile(told, 95)), "ms")
        yield Figure(f"{name}_p50", ms(percentile(told, 50)), "ms")
    yield Figure("pages", len(waits.queue) + len(waits.case), "pages")


def _filled(desk: Desk) -> tuple[list[Member], dict[str, list[int]]]:
    """Five banks with four people each and 200 open cases each, half of them in hand and with a conversation."""
    chance, cases = random.Random(8), dict[str, list[int]]()
    with desk.store.begin() as connection:
        for bank in BANKS:
            keep_bank(connection, Bank(bank, {"zh": bank, "en": bank}, None, {}))
        people = [add_member(connection, Member(0, BANKS[n % len(BANKS)], f"员工{n}", Role.AGENT)) for n in range(STAFF)]
        for number in range(CASES):
            bank, reason = BANKS[number % len(BANKS)], chance.choice(list(Reason))
            facts = [{**fact, "value": 1_000_000 + 7_000 * number} if fact["name"] == "annual_revenue" else fact for fact in PACK["facts"]]
            ago = timedelta(minutes=chance.randrange(5, 5_000))
            file = {**PACK, "facts": facts}
            case = opened(connection, desk, f"tg:{number}", bank, f"问题{number}：这笔贷款能做多少？", ago, reason=reason, pack=file)
            cases.setdefault(bank, []).append(case.id)
            if number % 2:
                member = chance.choice([one for one in people if one.bank == bank])
                case = claim(connection, desk, case, member, NOW - ago)
                answer(connection, desk, case, member, Words("您好，请问营业执照多久了？"), NOW - ago)
                for line in range(chance.randrange(10)):
                    heard(connection, desk, case, Words(f"第{line}句，补充一下情况"), NOW - ago)
    return people, cases


async def _worked(console: Console, people: list[Member], cases: dict[str, list[int]], rounds: int) -> Waits:
    waits = Waits()
    with console.desk.store.begin() as connection:
        visits = [begin_visit(connection, member, NOW) for member in people]
    async with serving(lambda _: console_app(console)) as address:
        # Once for each bank, so that what is loaded at the first page is not counted as a page.
        for member, visit in zip(people[: len(BANKS)], visits, strict=False):
            async with httpx.AsyncClient(base_url=address, cookies={"visit": visit}, timeout=30) as http:
                await _timed(http, f"/cases/{cases[member.bank or ''][0]}", [])
        working = (
            _works(address, visit, cases[member.bank or ""], rounds, random.Random(member.id), waits)
            for member, visit in zip(people, visits, strict=True)
        )
        await asyncio.gather(*working)
    return waits


async def _works(address: str, visit: str, cases: list[int], rounds: int, chance: random.Random, waits: Waits) -> None:
    """One of the staff: a list, a case, its news, now and then a search."""
    async with httpx.AsyncClient(base_url=address, cookies={"visit": visit}, timeout=30) as http:
        await asyncio.sleep(chance.random() * _NEWS_EVERY)
        for case in chance.sample(cases[1:], rounds):
            await _timed(http, "/queue", waits.queue)
            await asyncio.sleep(_READS_LIST * (0.5 + chance.random()))
            await _timed(http, f"/cases/{case}", waits.case)
            for _ in range(_NEWS):
                await asyncio.sleep(_NEWS_EVERY)
                await _timed(http, f"/cases/{case}/live?seen=0", waits.news)
            await _timed(http, f"/search?q=问题{case}", waits.search)


async def _timed(http: httpx.AsyncClient, path: str, into: list[float]) -> None:
    began = time.perf_counter()
    response = await http.get(path)
    into.append(time.perf_counter() - began)
    assert response.status_code == 200, (path, response.status_code)
