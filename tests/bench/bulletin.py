"""A bulletin to every firm that it is for, through a strict Telegram, while the sending process is killed with -9 again and again;
and a million stored firms tried and given their rows.

The short size sends at Telegram's real pace. SIZE=full sends to 100,000 firms with limits four times as high on both sides, as if the clock
ran four times as fast: at ten times the sender would ask for a core of its own. BULLETIN_FASTER=1 does it at the real pace, which takes an
hour.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path

from sqlalchemy import Engine, func, insert, literal, select, update

from bot.broadcasting.delivering import BATCH
from bot.broadcasting.office import Office, approve, progress, write
from bot.bulletins.model import Bulletin, Doubt, Draft, Ending, Quiet, Status
from bot.desk.model import Member, Role
from bot.simulator import Person, World
from bot.simulator.limits import OVERALL, Window
from bot.storage.bulletins.audience import eligible
from bot.storage.bulletins.delivery import gather
from bot.storage.bulletins.rows import lock
from bot.storage.bulletins.tables import bulletin_rows, bulletins, subscriptions
from bot.storage.database import open_database
from bot.storage.desk.people import add_member
from bot.storage.store import Store
from bot.storage.tables import owners, portfolio
from knowledge.pack import load_pack
from knowledge.regions import COUNTRY
from tests.bench._killing import emptied
from tests.bench._lines import TODAY, Figure, Missing, Size, at_least, at_most, rounded
from tests.bench._portfolio import store_invented
from tests.bench._telegram import LOOK_AGAIN, PATIENCE, serving
from tests.bench.audience import NEW_ENTRY
from tests.bench.outbox import Counted, network, rate
from tests.postgres import NOT_INSTALLED, empty_database, postgres_running, server_programs

TARGET_RATE, TARGET_ROWS = 0.97, 60.0
MILLION = 1_000_000
#: Decides after which messages the sender is killed.
_SEED = 20261126
_ENTRY = "sub-fj-zjtx-loan-2026"
_FITS = {"region": "350100", "specialised_level": "specialised", "industry": "industry"}
_TITLE = "专精特新贷款贴息"


def run(size: Size) -> Iterator[Figure]:
    """The bulletin with kills, then the rows of many firms."""
    firms, kills = size.pick(450, 100_000), size.pick(4, 50)
    faster = int(os.environ.get("BULLETIN_FASTER", size.pick(1, 4)))
    with tempfile.TemporaryDirectory() as folder:
        yield from asyncio.run(broadcast(firms, kills, faster, Path(folder, "advisor.db")))
    yield from _materialised(size)


async def broadcast(firms: int, kills: int, faster: int, database: Path) -> list[Figure]:
    telegram, limits = World(), Counted(on=True, overall=Window(OVERALL.count * faster, OVERALL.seconds))
    telegram.limits = limits
    people = [telegram.person(f"Owner {number}") for number in range(firms)]
    for person in people:
        person.start()
    telegram.updates.drop()
    store = Store(open_database(f"sqlite:///{database}"))
    office = Office(store, load_pack())
    store_firms(store, ((person, person.id) for person in people))
    gc.collect()
    gc.freeze()  # the simulator's many people are not to hold it up
    officer, bulletin = approved(office)
    by_chat = {person.id: person for person in people}
    async with network(telegram) as api, serving(api, telegram.token, database, shipped=True, faster=faster) as served:
        in_flight = await emptied(
            database,
            store,
            served,
            messages=firms,
            kills=kills,
            chance=random.Random(_SEED),
            patience=PATIENCE,
            is_there=lambda chat: any(map(is_it, by_chat[chat].sees())),
        )
        await ended(store, bulletin.id)
        killed = served.kills
    arrived = Counter(sum(is_it(message) for message in person.sees()) for person in people)
    stands, ends = progress(office, officer, bulletin.id)
    store.engine.dispose()
    return list(_told(arrived, limits, in_flight, killed, firms, faster, ends, stands.status))


def _told(
    arrived: Counter[int],
    limits: Counted,
    in_flight: int,
    killed: int,
    firms: int,
    faster: int,
    ends: object,
    status: Status,
) -> Iterator[Figure]:
    assert isinstance(ends, dict)
    allowed = OVERALL.count / OVERALL.seconds * faster
    extra = sum((times - 1) * people for times, people in arrived.items() if times > 1)
    yield Figure("kills", killed, "kills")
    yield at_least("delivered", firms - arrived[0], "firms", firms)
    yield at_most("lost", arrived[0], "firms", 0)
    inside = f"{in_flight} messages had arrived at a kill without being noted as sent"
    yield at_most("duplicates", extra, "messages", in_flight, inside)
    yield at_most("refused_by_rate", limits.refused, "calls", 0)
    yield at_least("rate", rounded(rate(limits.passed) / allowed), "share", TARGET_RATE, f"{allowed:.0f} a second are allowed")
    summed = sum(ends.values())
    yield at_most("report_off_by", abs(firms - summed), "firms", 0, f"{status}: {ends[Ending.SENT]} sent of {summed}")


def store_firms(store: Store, people: Iterable[tuple[Person, int]]) -> None:
    """Firms that the entry fits and that listen, each in its chat."""
    now = datetime.now(UTC)
    ids = [(f"tg:{person.id}", chat) for person, chat in people]
    with store.begin() as connection:
        connection.execute(insert(owners), [{"id": owner, "created_at": now} for owner, _ in ids])
        connection.execute(insert(portfolio), [{"owner_id": owner, **_FITS} for owner, _ in ids])
        wanted = {"language": "zh", "at": now}
        connection.execute(insert(subscriptions), [{"owner_id": owner, "chat_id": chat, **wanted} for owner, chat in ids])


def approved(office: Office, doubt: Doubt = Doubt.REPEAT) -> tuple[Member, Bulletin]:
    """A bulletin to all of them that may leave at once, and the officer who wrote it."""
    now = datetime.now(UTC)
    draft = Draft(
        {"zh": _TITLE, "en": "Interest subsidy"},
        {"zh": "您可能符合条件。", "en": "You may well be eligible."},
        _ENTRY,
        "350000",
        now,
        (now + timedelta(days=3)).date(),
        Quiet(clock(0), clock(0)),
        doubt,
    )
    first = Member(0, None, "陈处", Role.POLICY, region="350000")
    with office.store.begin() as connection:
        first, second = (add_member(connection, replace(first, name=name)) for name in ("陈处", "林科"))
    written = write(office, first, draft, now)
    return first, approve(office, second, written.id, written.version, now)


async def ended(store: Store, number: int) -> None:
    """Wait until the delivery has noted by itself that all is over."""
    query = select(bulletins.c.status).where(bulletins.c.id == number)
    async with asyncio.timeout(PATIENCE):
        while True:
            with store.engine.connect() as connection:
                if connection.execute(query).scalar_one() == Status.SENT:
                    return
            await asyncio.sleep(LOOK_AGAIN)


def is_it(message: object) -> bool:
    """Whether a message of a chat is the bulletin."""
    return bool(getattr(message, "from_bot", False)) and str(getattr(message, "text", "")).startswith(_TITLE)


def _materialised(size: Size) -> Iterator[Figure]:
    """Seconds from an approved bulletin to a row for each firm that its rule fits, over all stored firms."""
    programs = server_programs()
    if programs is None:
        raise Missing(NOT_INSTALLED)
    firms = size.pick(50_000, MILLION)
    with postgres_running(programs) as server, empty_database(server, f"firms{firms}") as address:
        engine = open_database(address)
        store_invented(engine, firms)
        number = _everybody_listens(engine)
        started, more = time.perf_counter(), True
        while more:
            with engine.begin() as connection:
                assert lock(connection, number) is not None
                more = not gather(connection, number, eligible(NEW_ENTRY, COUNTRY, TODAY, ask=True), BATCH, datetime.now(UTC))
        took = time.perf_counter() - started
        with engine.connect() as connection:
            rows = connection.execute(select(func.count()).select_from(bulletin_rows)).scalar_one()
        versus = f"{rows:,} rows, eligible or not to be told yet"
        name = f"materialised_{firms}_firms"
        yield at_most(name, rounded(took), "s", TARGET_ROWS, versus) if size.full else Figure(name, rounded(took), "s", versus=versus)
        engine.dispose()


def _everybody_listens(engine: Engine) -> int:
    """Every stored firm wants to hear of it; gives the number of a bulletin that is being sent."""
    now = datetime.now(UTC)
    store = Store(engine)
    with engine.begin() as connection:
        wanted = select(portfolio.c.owner_id, literal(1), literal("zh"), literal(now))
        connection.execute(insert(subscriptions).from_select(["owner_id", "chat_id", "language", "at"], wanted))
    firm = {"owner_id": "tg:x", **_FITS}
    with engine.begin() as connection:
        connection.execute(insert(owners).values(id="tg:x", created_at=now))
        connection.execute(insert(portfolio).values(**firm))
        connection.execute(insert(subscriptions).values(owner_id="tg:x", chat_id=2, language="zh", at=now))
    office = Office(store, load_pack())
    _, bulletin = approved(office)
    with engine.begin() as connection:
        connection.execute(update(bulletins).where(bulletins.c.id == bulletin.id).values(status=Status.SENDING))
    return bulletin.id
