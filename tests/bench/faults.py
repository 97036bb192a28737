"""A bulletin through a Telegram in which anything goes wrong at any time, while the sending process is killed with -9 again and again.

At random calls meet a 429, a 403, a 502, a group that became a supergroup just now, an answer that never comes, and a connection cut
before or after the message was taken. Each seed is one run, half of them with bulletins that may arrive twice and half with such that
may not. In the end every row has to have one ending, and what the report says is held against the chats themselves.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.broadcasting.office import Office
from bot.broadcasting.reporting import Report, report
from bot.bulletins.model import Doubt, Ending
from bot.simulator import Person, World
from bot.simulator.faults import Fault, Faults, Kind
from bot.simulator.limits import Limits
from bot.simulator.people import see
from bot.storage.bulletins.tables import bulletin_rows
from bot.storage.database import open_database
from bot.storage.store import Store
from bot.storage.tables import outbox
from knowledge.pack import load_pack
from tests.bench._killing import emptied
from tests.bench._lines import Figure, Size, at_least, at_most
from tests.bench._telegram import serving
from tests.bench.bulletin import approved, ended, is_it, store_firms
from tests.bench.outbox import network

_SEEDS, _MANY_SEEDS = (1, 2), tuple(range(1, 11))
#: Probabilities for each call; plain groups that a `migrate` meets move.
_RATES = {"flood": 0.01, "forbid": 0.04, "fail": 0.03, "migrate": 0.1, "silence": 0.004, "drop": 0.03, "drop_after": 0.04}
#: Every so manieth firm is written to in a group.
_GROUP_EVERY = 5
#: Seconds without any row that ends after which a run is given up: longer than an answer is waited for.
_PATIENCE = 90.0
#: What may have been taken although its sender was told nothing.
_DOUBTFUL = (Kind.SILENCE, Kind.DROP_AFTER)
_ENDINGS = {"sent": Ending.SENT, "unsubscribed": Ending.UNSUBSCRIBED, "dead": Ending.FAILED, "unknown": Ending.UNKNOWN}


@dataclass
class Noted(Faults):
    """Faults that note which chat met which."""

    met: list[tuple[Kind, int, int | None]] = field(default_factory=list)  #: kind, code of the refusal, chat

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """As Faults does, but sparing what is no message to a chat."""
        fault = super().take(method, chat_id) if chat_id is not None else None
        if fault is not None:
            self.met.append((fault.kind, fault.refusal.code if fault.refusal else 0, chat_id))
        return fault


@dataclass(frozen=True)
class Ended:
    """A run: what the report says, how each firm's row ended, how often the bulletin stands in its chat, and what went wrong."""

    told: Report
    rows: Mapping[str, Ending]
    arrived: Mapping[str, int]
    forbidden: frozenset[str]  #: firms whose chat answered 403
    doubtful: int  #: messages that may have been taken although the sender was told nothing, or was killed
    met: Mapping[str, int]
    kills: int


def run(size: Size) -> Iterator[Figure]:
    """Each seed by itself, then what holds for all of them."""
    firms, kills = size.pick(240, 1_500), size.pick(4, 15)
    seeds = _MANY_SEEDS if size.full else _SEEDS
    for seed in seeds:
        doubt = Doubt.REPEAT if seed % 2 else Doubt.PARK
        with tempfile.TemporaryDirectory() as folder:
            found = asyncio.run(_one(seed, doubt, firms, kills, Path(folder, "advisor.db")))
        yield from _figures(f"seed_{seed}_{doubt}", found, firms, doubt)


def _figures(name: str, found: Ended, firms: int, doubt: Doubt) -> Iterator[Figure]:
    yield Figure(f"{name}_faults", sum(found.met.values()), "calls", versus=", ".join(f"{kind} {n}" for kind, n in found.met.items()))
    yield Figure(f"{name}_kills", found.kills, "kills")
    counted = Counter(found.rows.values())
    told = ", ".join(f"{ending} {counted[ending]}" for ending in Ending if counted[ending])
    yield at_least(f"{name}_one_ending", sum(row is not Ending.WAITING for row in found.rows.values()), "firms", firms, told)
    yield at_most(f"{name}_report_off_by", _off(found, counted, firms), "firms", 0)
    false = [owner for owner, ending in found.rows.items() if ending is Ending.SENT and not found.arrived[owner]]
    yield at_most(f"{name}_sent_but_not_there", len(false), "firms", 0)
    quiet = [owner for owner, ending in found.rows.items() if ending is Ending.UNSUBSCRIBED and owner not in found.forbidden]
    yield at_most(f"{name}_given_up_without_a_403", len(quiet), "firms", 0)
    others = (Ending.UNSUBSCRIBED, Ending.FAILED)
    hidden = [owner for owner, ending in found.rows.items() if ending in others and found.arrived[owner]]
    inside = f"{found.doubtful} may have been taken without the sender being told"
    yield at_most(f"{name}_there_but_not_counted", len(hidden), "firms", found.doubtful, inside)
    twice = sum(max(times - 1, 0) for times in found.arrived.values())
    yield at_most(f"{name}_twice", twice, "messages", found.doubtful if doubt is Doubt.REPEAT else 0, inside)


def _off(found: Ended, counted: Mapping[Ending, int], firms: int) -> int:
    """By how many firms the report is not what the rows are, or does not add up."""
    told = found.told
    wrong = sum(abs(told.endings[ending] - counted.get(ending, 0)) for ending in Ending)
    wrong += abs(told.firms - firms) + abs(sum(told.failures.values()) - told.endings[Ending.FAILED])
    reached = told.reach.told if told.reach is not None else 0
    return wrong + abs(reached - told.endings[Ending.SENT] - told.endings[Ending.UNKNOWN])


async def _one(seed: int, doubt: Doubt, firms: int, kills: int, database: Path) -> Ended:
    telegram, faults = World(), Noted()
    telegram.limits, telegram.faults = Limits(on=True), faults
    telegram.updates.drop()
    chats = dict(_chats(telegram, firms))
    store = Store(open_database(f"sqlite:///{database}"))
    office = Office(store, load_pack())
    store_firms(store, chats.items())
    officer, bulletin = approved(office, doubt)
    owners = {f"tg:{person.id}": chat for person, chat in chats.items()}
    async with network(telegram) as api, serving(api, telegram.token, database, shipped=True) as served:
        faults.at_random(seed, _RATES)
        in_flight = await emptied(
            database,
            store,
            served,
            messages=firms,
            kills=kills,
            chance=random.Random(seed),
            patience=_PATIENCE,
            is_there=lambda chat: _arrived(telegram, chat) > 0,
        )
        faults.clear()
        await ended(store, bulletin.id)
        killed = served.kills
    told = report(office, officer, bulletin.id, datetime.now(UTC))
    forbidden = {_last(telegram, chat) for _, code, chat in faults.met if code == 403 and chat is not None}
    doubtful = sum(kind in _DOUBTFUL for kind, _, _ in faults.met) + in_flight
    met = Counter(f"{kind} {code}" if code else str(kind) for kind, code, _ in faults.met)
    arrived = {owner: _arrived(telegram, chat) for owner, chat in owners.items()}
    shut = frozenset(owner for owner, chat in owners.items() if _last(telegram, chat) in forbidden)
    rows = _rows(store, bulletin.id)
    store.engine.dispose()
    return Ended(told, rows, arrived, shut, doubtful, met, killed)


def _chats(telegram: World, firms: int) -> Iterator[tuple[Person, int]]:
    """People who listen, some of them in a plain group of their own."""
    for number in range(firms):
        person = telegram.person(f"Owner {number}")
        person.start()
        if number % _GROUP_EVERY:
            yield person, person.id
        else:
            group = telegram.group(f"Shop {number}", person, supergroup=False)
            group.add_bot()
            yield person, group.id
    telegram.updates.drop()


def _last(telegram: World, chat: int) -> int:
    """The number that a chat has now."""
    moved = telegram.chats[chat].migrated_to
    return chat if moved is None else _last(telegram, moved)


def _arrived(telegram: World, chat: int) -> int:
    """How often the bulletin stands in a chat, before and after it moved."""
    place = telegram.chats[chat]
    here = sum(is_it(see(place, message)) for message in place.messages.values())
    return here + (_arrived(telegram, place.migrated_to) if place.migrated_to is not None else 0)


def _rows(store: Store, number: int) -> dict[str, Ending]:
    """How each firm's row ended, from the tables and not as the report reads them."""
    query = (
        select(bulletin_rows.c.owner_id, bulletin_rows.c.ending, outbox.c.outcome, func.count())
        .outerjoin(outbox, outbox.c.id == bulletin_rows.c.post_id)
        .where(bulletin_rows.c.bulletin_id == number)
        .group_by(bulletin_rows.c.owner_id, bulletin_rows.c.ending, outbox.c.outcome)
    )
    with store.engine.connect() as connection:
        found = connection.execute(query).all()
    assert all(times == 1 for *_, times in found)
    return {owner: Ending(ending) if ending else _ENDINGS.get(outcome, Ending.WAITING) for owner, ending, outcome, _ in found}
