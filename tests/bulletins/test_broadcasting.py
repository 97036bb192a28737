"""Bulletins on their way to those who listen, on SQLite and on PostgreSQL alike: exactly the eligible, once each."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.broadcasting import delivering
from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, preview, stop, write
from bot.bulletins.model import Doubt, Ending, Status
from bot.desk.model import Member
from bot.storage.bulletins.rows import events_of
from bot.storage.bulletins.subscribers import mute, subscribe
from bot.storage.desk.people import dismiss
from bot.storage.posts import Closing, Lane, Outcome
from bot.storage.store import Store
from bot.storage.tables import metadata
from knowledge.pack import Pack
from tests.bulletins.sent import counted, leave, posts, status
from tests.bulletins.written import DRAFT, FITS, NOW, approved, firm


def test_exactly_the_eligible_who_listen_are_told_in_their_language(office: Office, two: tuple[Member, Member], firms: list[str]) -> None:
    number = approved(office, two).id
    assert advance(office, NOW) == 3
    assert [(owner, kind, lane) for owner, kind, lane, _ in posts(office)] == [(owner, "bulletin", Lane.BULK) for owner in firms[:3]]
    assert [text.splitlines()[0] for *_, text in posts(office)] == [f"<b>{DRAFT.title[name]}</b>" for name in ("zh", "en", "zh")]
    assert advance(office, NOW) == 0
    assert counted(office, two[0], number) == {Ending.WAITING: 3}
    leave(office)
    assert advance(office, NOW) == 0
    assert (status(office, number), counted(office, two[0], number)) == (Status.SENT, {Ending.SENT: 3})
    assert len(posts(office)) == 3


@pytest.mark.usefixtures("firms")
def test_nothing_leaves_before_its_moment_or_in_quiet_hours(office: Office, two: tuple[Member, Member]) -> None:
    evening = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)
    approved(office, two, replace(DRAFT, send_at=evening))
    for moment in (NOW, evening - timedelta(seconds=1), evening, evening + timedelta(hours=9)):
        assert advance(office, moment) == 0
    assert advance(office, datetime(2026, 11, 27, 0, 0, tzinfo=UTC)) == 3


def test_before_quiet_hours_only_so_many_are_put_out_as_can_still_leave(office: Office, two: tuple[Member, Member]) -> None:
    for number in range(100):
        firm(office.store, number, FITS)
    approved(office, two)
    almost = datetime(2026, 11, 26, 12, 59, 58, tzinfo=UTC)
    assert advance(office, almost) == 52
    assert advance(office, almost + timedelta(seconds=2)) == 0
    leave(office)
    assert advance(office, almost + timedelta(hours=11, seconds=2)) == 48


@pytest.mark.usefixtures("firms")
def test_who_mutes_in_between_hears_nothing(
    office: Office, two: tuple[Member, Member], firms: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    number = approved(office, two).id
    monkeypatch.setattr(delivering, "AHEAD", 1)
    monkeypatch.setattr(delivering, "RATE", 1)
    assert advance(office, NOW) == 1
    with office.store.begin() as connection:
        mute(connection, firms[1], None, NOW)
        mute(connection, firms[2], "subsidy", NOW)
        mute(connection, firms[2], "subsidy", NOW)
    leave(office)
    assert advance(office, NOW) == 0
    assert advance(office, NOW) == 0
    assert counted(office, two[0], number) == {Ending.SENT: 1, Ending.UNSUBSCRIBED: 2}
    assert status(office, number) is Status.SENT
    with office.store.begin() as connection:
        subscribe(connection, firms[1], 2, "en", NOW)
        subscribe(connection, firms[2], 3, "zh", NOW)
    again = write(office, two[0], DRAFT, NOW)
    assert preview(office, two[0], again.id, NOW).messages == 3


@pytest.mark.usefixtures("firms")
def test_who_blocked_the_bot_is_not_counted(office: Office, two: tuple[Member, Member]) -> None:
    office.store.give_up_chat(2, NOW)
    assert preview(office, two[0], write(office, two[0], DRAFT, NOW).id, NOW).messages == 2


@pytest.mark.usefixtures("firms")
def test_what_expires_on_the_way_is_counted_as_such(office: Office, two: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch) -> None:
    number = approved(office, two, replace(DRAFT, expires=date(2026, 11, 26))).id
    monkeypatch.setattr(delivering, "AHEAD", 2)
    monkeypatch.setattr(delivering, "RATE", 1)
    assert advance(office, NOW) == 2
    leave(office)
    assert advance(office, NOW + timedelta(days=1)) == 0
    assert counted(office, two[0], number) == {Ending.SENT: 2, Ending.EXPIRED: 1}


@pytest.mark.usefixtures("firms")
def test_an_approval_lapses_with_what_it_rests_on(office: Office, two: tuple[Member, Member], pack: Pack) -> None:
    first, second = approved(office, two).id, approved(office, two).id
    without = Office(office.store, replace(pack, entries={name: entry for name, entry in pack.entries.items() if name != DRAFT.entry}))
    assert advance(without, NOW) == 0
    assert status(office, first) is Status.DRAFT
    for number in (first, second):
        with office.store.begin() as connection:
            assert events_of(connection, number)[-1]["event"] == "returned"
    third = approved(office, two).id
    with office.store.begin() as connection:
        dismiss(connection, two[1].id)
    assert advance(office, NOW) == 0
    assert status(office, third) is Status.DRAFT


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "BATCH", 7)
    monkeypatch.setattr(delivering, "AHEAD", 10)
    monkeypatch.setattr(delivering, "RATE", 1)


@pytest.mark.usefixtures("small")
def test_killed_anywhere_it_goes_on_and_tells_nobody_twice(
    office: Office, two: tuple[Member, Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    owners = [firm(office.store, number, FITS, ("zh", "en")[number % 2]) for number in range(40)]
    number = approved(office, two).id
    chance = random.Random(20261126)
    deaths = 0
    for name in ("gather", "post", "change", "lock", "under_way"):
        real = getattr(delivering, name)

        def dies(*args: object, real: object = real, **given: object) -> object:
            assert callable(real)
            result = real(*args, **given)
            if chance.random() < 0.5:
                raise Killed
            return result

        monkeypatch.setattr(delivering, name, dies)
    for _ in range(400):
        try:
            advance(office, NOW)
        except Killed:
            deaths += 1
        leave(office, count=chance.randrange(12))
        if status(office, number) is Status.SENT:
            break
    assert deaths >= 10
    assert status(office, number) is Status.SENT
    assert sorted(owner for owner, *_ in posts(office)) == sorted(owners)
    assert counted(office, two[0], number) == {Ending.SENT: 40}


@pytest.mark.usefixtures("small")
def test_several_processes_at_once_tell_everybody_once(office: Office, two: tuple[Member, Member]) -> None:
    owners = [firm(office.store, number, FITS) for number in range(40)]
    number = approved(office, two).id

    def work() -> int:
        posted = 0
        for _ in range(40):
            posted += advance(office, NOW)
            leave(office, count=3)
        return posted

    with ThreadPoolExecutor(4) as pool:
        posted = sum(task.result() for task in [pool.submit(work) for _ in range(4)])
    assert posted == 40
    assert sorted(owner for owner, *_ in posts(office)) == sorted(owners)
    assert (status(office, number), counted(office, two[0], number)) == (Status.SENT, {Ending.SENT: 40})


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(4))
def test_every_row_has_exactly_one_ending_whatever_happens(office: Office, two: tuple[Member, Member], seed: int) -> None:
    owners = [firm(office.store, number, FITS) for number in range(30)]
    chance = random.Random(seed)
    number = approved(office, two, replace(DRAFT, doubt=chance.choice(list(Doubt)))).id
    now, stop_at = NOW, chance.randrange(40) if seed % 2 else None
    ends: tuple[Outcome, ...] = ("sent", "unsubscribed", "dead", "unknown")
    for step in range(60):
        advance(office, now)
        rows = office.store.waiting(Lane.BULK, chance.randrange(4))
        office.store.start_posts(rows, now)
        office.store.close_posts([Closing(row, chance.choice(ends), 1) for row in rows], now)
        if chance.random() < 0.1:
            with office.store.begin() as connection:
                mute(connection, chance.choice(owners), None, now)
        if step == stop_at and status(office, number) is Status.SENDING:
            stop(office, two[1], number, now)
        now += timedelta(seconds=5)
    ended = counted(office, two[0], number)
    assert sum(ended.values()) == 30
    assert Ending.WAITING not in ended
    assert (status(office, number) is Status.STOPPED) == (Ending.STOPPED in ended)
    assert len({owner for owner, *_ in posts(office)}) == len(posts(office))


def test_the_migration_makes_the_tables_as_they_are_described(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [difference for difference in compare_metadata(context, metadata) if set(NAMES) & set(_words(difference))]
    assert found == []


NAMES = ("entry_drafts", "bulletins", "bulletin_events", "bulletin_rows", "subscriptions", "muted_topics")


def _words(difference: object) -> list[str]:
    return re.findall(r"\w+", str(difference))
