"""Bulletins from the draft to the outbox, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.broadcasting import delivering
from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, approve, listed, preview, progress, revise, stop, write
from bot.bulletins.checks import Unfit
from bot.bulletins.model import Bulletin, Changed, Doubt, Ending, Lost, Sort, Status
from bot.desk.model import Member, Role
from bot.storage.bulletins.rows import bulletin_of, events_of
from bot.storage.bulletins.subscribers import mute, subscribe
from bot.storage.bulletins.tables import bulletins
from bot.storage.desk.people import add_member, dismiss
from bot.storage.portfolio import Audience
from bot.storage.posts import Closing, Lane, Outcome
from bot.storage.store import Store
from bot.storage.tables import metadata, outbox
from knowledge.pack import Pack
from tests.bulletins.written import DRAFT, FITS, FUZHOU, NO, NOW, OFFICER, OPEN, SHENZHEN, approved, firm


@pytest.fixture
def firms(office: Office) -> list[str]:
    """Three eligible firms that listen, then one that does not, one that cannot be told and one that is not eligible."""
    known = [(FITS, "zh"), (FITS, "en"), (FITS, "zh"), (FITS, None), (OPEN, "zh"), (NO, "zh")]
    return [firm(office.store, number, facts, language) for number, (facts, language) in enumerate(known, start=1)]


def codes(error: pytest.ExceptionInfo[Unfit]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def posts(office: Office) -> list[tuple[str, str, int, str]]:
    with office.store.engine.connect() as connection:
        rows = connection.execute(select(outbox).where(outbox.c.kind.like("bulletin%")).order_by(outbox.c.id)).all()
        return [(row.owner_id, row.kind, row.lane, row.message.get("text", "")) for row in rows]


def leave(office: Office, outcome: Outcome = "sent", count: int = 1000) -> list[int]:
    """What a sender does: closes rows of the bulk lane."""
    rows = office.store.waiting(Lane.BULK, count)
    office.store.close_posts([Closing(row, outcome, row) for row in rows], NOW)
    return rows


def counted(office: Office, officer: Member, number: int) -> dict[Ending, int]:
    return {ending: count for ending, count in progress(office, officer, number)[1].items() if count}


def status(office: Office, number: int) -> Status:
    with office.store.begin() as connection:
        bulletin = bulletin_of(connection, number)
        assert bulletin is not None
        return bulletin.status


# -- writing and approving -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
def test_the_preview_counts_as_advisor_audience_does(office: Office, two: tuple[Member, Member]) -> None:
    number = write(office, two[0], DRAFT, NOW).id
    found = preview(office, two[1], number, NOW)
    assert (found.firms, found.reached) == (Audience(4, 1, 1), Audience(3, 1, 1))
    assert (found.messages, found.begins, found.problems) == (3, NOW, ())
    assert found.ends == NOW + timedelta(seconds=1)
    elsewhere = write(office, two[0], replace(DRAFT, region="350200"), NOW)
    assert preview(office, two[0], elsewhere.id, NOW).firms == Audience(0, 0, 6)


@pytest.mark.usefixtures("firms")
def test_it_takes_a_second_officer(office: Office, two: tuple[Member, Member]) -> None:
    written = write(office, two[0], DRAFT, NOW)
    with pytest.raises(Unfit) as error:
        approve(office, two[0], written.id, written.version, NOW)
    assert codes(error) == ["same_person"]
    done = approve(office, two[1], written.id, written.version, NOW)
    assert (done.status, done.author, done.approver, done.approved_at) == (Status.APPROVED, two[0].id, two[1].id, NOW)
    with office.store.begin() as connection:
        assert [event["event"] for event in events_of(connection, written.id)] == ["written", "approved"]


@pytest.mark.usefixtures("firms")
def test_the_table_itself_asks_for_a_second_person_and_an_approval(office: Office, two: tuple[Member, Member]) -> None:
    written = write(office, two[0], DRAFT, NOW)
    for wrong in ({"approver_id": two[0].id}, {"status": "sending"}):
        with pytest.raises(IntegrityError), office.store.begin() as connection:
            connection.execute(update(bulletins).where(bulletins.c.id == written.id).values(**wrong))


@pytest.mark.usefixtures("firms")
def test_what_is_changed_after_approval_needs_it_again(office: Office, two: tuple[Member, Member]) -> None:
    done = approved(office, two)
    other = replace(DRAFT, title={"zh": "改过的标题", "en": "Another title"})
    changed = revise(office, two[1], done.id, done.version, other, NOW)
    assert (changed.status, changed.approver, changed.author) == (Status.DRAFT, None, two[1].id)
    assert advance(office, NOW) == 0
    with pytest.raises(Unfit) as error:
        approve(office, two[1], done.id, changed.version, NOW)
    assert codes(error) == ["same_person"]
    assert approve(office, two[0], done.id, changed.version, NOW).status is Status.APPROVED


@pytest.mark.usefixtures("firms")
def test_what_was_seen_is_what_is_approved(office: Office, two: tuple[Member, Member]) -> None:
    written = write(office, two[0], DRAFT, NOW)
    revise(office, two[0], written.id, written.version, replace(DRAFT, region=FUZHOU), NOW)
    with pytest.raises(Changed):
        approve(office, two[1], written.id, written.version, NOW)
    with pytest.raises(Changed):
        revise(office, two[1], written.id, written.version, DRAFT, NOW)


def test_an_audience_of_nobody_is_refused(office: Office, two: tuple[Member, Member]) -> None:
    with pytest.raises(Unfit) as error:
        approved(office, two)
    assert codes(error) == ["nobody"]


@pytest.mark.usefixtures("firms")
def test_who_may_not(office: Office, two: tuple[Member, Member]) -> None:
    written = write(office, two[0], DRAFT, NOW)
    with office.store.begin() as connection:
        elsewhere = add_member(connection, replace(OFFICER, name="外省", region=SHENZHEN))
        within = add_member(connection, replace(OFFICER, name="市里", region=FUZHOU))
        boss = add_member(connection, Member(0, None, "管理员", Role.ADMIN))
    for outsider in (elsewhere, within):
        with pytest.raises(Lost):
            approve(office, outsider, written.id, written.version, NOW)
        with pytest.raises(Lost):
            stop(office, outsider, written.id, NOW)
        assert listed(office, outsider) == []
    with pytest.raises(Unfit) as error:
        write(office, boss, DRAFT, NOW)
    assert codes(error) == ["not_officer"]
    assert [bulletin.id for bulletin in listed(office, two[1])] == [written.id]


# -- delivering ----------------------------------------------------------------------------------------------------------------


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


# -- stopping and correcting ---------------------------------------------------------------------------------------------------


def sending(office: Office, two: tuple[Member, Member], count: int = 6, doubt: Doubt = Doubt.REPEAT) -> Bulletin:
    for number in range(count):
        firm(office.store, number, FITS)
    bulletin = approved(office, two, replace(DRAFT, doubt=doubt))
    advance(office, NOW)
    return bulletin


def test_a_stop_leaves_nothing_for_the_sender_at_once(office: Office, two: tuple[Member, Member]) -> None:
    number = sending(office, two).id
    under_way, left = office.store.waiting(Lane.BULK, 100)[:2], office.store.waiting(Lane.BULK, 100)[2:]
    assert len(left) == 4
    assert stop(office, two[0], number, NOW).status is Status.STOPPED
    assert office.store.waiting(Lane.BULK, 100) == office.store.waiting(Lane.LIVE, 100) == []
    # One that was on its way arrives, of another nothing more is heard.
    office.store.close_posts([Closing(under_way[0], "sent", 5)], NOW)
    office.store.start_posts([under_way[1]], NOW)
    advance(office, NOW + timedelta(seconds=59))
    assert counted(office, two[0], number)[Ending.WAITING] == 5
    advance(office, NOW + timedelta(seconds=60))
    assert counted(office, two[0], number) == {Ending.SENT: 1, Ending.UNKNOWN: 1, Ending.STOPPED: 4}
    assert all(text == "" for *_, text in posts(office))
    with pytest.raises(Unfit) as error:
        stop(office, two[0], number, NOW)
    assert codes(error) == ["not_draft"]


@pytest.mark.usefixtures("firms")
def test_what_is_stopped_before_it_began_never_begins(office: Office, two: tuple[Member, Member]) -> None:
    number = approved(office, two).id
    stop(office, two[1], number, NOW)
    assert advance(office, NOW + timedelta(hours=1)) == 0
    assert counted(office, two[0], number) == {}


def test_a_correction_goes_to_exactly_those_who_may_have_read_it(office: Office, two: tuple[Member, Member]) -> None:
    number = sending(office, two).id
    rows = office.store.waiting(Lane.BULK, 100)
    ends: list[Outcome] = ["sent", "unknown", "unsubscribed", "dead", "sent"]
    office.store.close_posts([Closing(row, outcome) for row, outcome in zip(rows, ends, strict=False)], NOW)
    wrong = replace(DRAFT, sort=Sort.CORRECTION, corrects=number, title={"zh": "更正", "en": "Correction"})
    with pytest.raises(Unfit) as error:
        write(office, two[0], wrong, NOW)
    assert codes(error) == ["no_original"]
    stop(office, two[0], number, NOW)
    with office.store.begin() as connection:
        mute(connection, "tg:00000", "subsidy", NOW)
        mute(connection, "tg:00004", None, NOW)
    # That the rule fits a firm no longer, or that it muted the topic, does not keep it from being told that it was told something wrong.
    second = approved(office, two, wrong)
    assert advance(office, NOW) == 0, "what is under way of the first has not landed"
    advance(office, NOW + timedelta(seconds=60))
    assert [owner for owner, *_, text in posts(office) if text] == ["tg:00000", "tg:00001"]
    assert sum(counted(office, two[0], second.id).values()) == 2


def test_a_correction_that_reads_as_the_first_did_is_refused(office: Office, two: tuple[Member, Member]) -> None:
    number = sending(office, two).id
    leave(office)
    advance(office, NOW)
    for title in (DRAFT.title, {**DRAFT.title, "zh": "更正"}):
        with pytest.raises(Unfit) as error:
            approved(office, two, replace(DRAFT, sort=Sort.CORRECTION, corrects=number, title=title))
        assert codes(error) == ["unchanged"]


def test_nobody_read_it_so_nobody_is_told(office: Office, two: tuple[Member, Member]) -> None:
    number = sending(office, two).id
    stop(office, two[0], number, NOW)
    with pytest.raises(Unfit) as error:
        approved(office, two, replace(DRAFT, sort=Sort.WITHDRAWAL, corrects=number, title={"zh": "撤回", "en": "Withdrawn"}))
    assert codes(error) == ["no_readers"]


def test_whoever_erases_everything_is_gone_from_the_rows(office: Office, two: tuple[Member, Member]) -> None:
    number = sending(office, two).id
    with office.store.begin() as connection:
        office.store.erase(connection, "tg:00003")
    leave(office)
    advance(office, NOW)
    assert counted(office, two[0], number) == {Ending.SENT: 5}


def test_the_migration_makes_the_tables_as_they_are_described(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [difference for difference in compare_metadata(context, metadata) if set(NAMES) & set(_words(difference))]
    assert found == []


NAMES = ("entry_drafts", "bulletins", "bulletin_events", "bulletin_rows", "subscriptions", "muted_topics")


def _words(difference: object) -> list[str]:
    return re.findall(r"\w+", str(difference))
