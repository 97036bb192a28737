"""Bulletins from the draft to the approval, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, approve, listed, preview, revise, stop, write
from bot.bulletins.checks import Unfit
from bot.bulletins.model import Changed, Lost, Status
from bot.desk.model import Member, Role
from bot.storage.bulletins.rows import events_of
from bot.storage.bulletins.tables import bulletins
from bot.storage.desk.people import add_member
from bot.storage.portfolio import Audience
from tests.bulletins.sent import codes
from tests.bulletins.written import DRAFT, FUZHOU, NOW, OFFICER, SHENZHEN, approved


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
