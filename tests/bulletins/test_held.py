"""A bulletin of which only what is held back for owners has not left: what it says, how it ends, and how it is put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, approve, preview, progress, stop, write
from bot.bulletins.checks import Unfit
from bot.bulletins.model import Bulletin, Ending, Sort, Status
from bot.desk.model import Member
from bot.storage.bulletins.rows import events_of
from bot.storage.bulletins.tables import subscriptions
from bot.storage.posts import Closing, Lane
from tests.bulletins.written import DRAFT, FITS, NOW, approved, firm

DAY = timedelta(days=1)
Two = tuple[Member, Member]


def leave(office: Office) -> None:
    rows = office.store.waiting(Lane.BULK, 1000)
    office.store.close_posts([Closing(row, "sent", row) for row in rows], NOW)


def counted(office: Office, officer: Member, number: int) -> tuple[Status, dict[Ending, int]]:
    bulletin, found = progress(office, officer, number)
    return bulletin.status, {ending: count for ending, count in found.items() if count}


@pytest.fixture
def held(office: Office, two: Two) -> Bulletin:
    """Two firms have had their one message of the week, a third hears of it at once."""
    for number in (1, 2):
        firm(office.store, number, FITS)
    with office.store.begin() as connection:
        connection.execute(subscriptions.update().values(weekly=1))
    approved(office, two)
    advance(office, NOW)
    leave(office)
    advance(office, NOW)
    firm(office.store, 3, FITS)
    bulletin = approved(office, two, replace(DRAFT, expires=(NOW + 9 * DAY).date()))
    advance(office, NOW)
    assert progress(office, two[0], bulletin.id)[0].status is Status.SENDING, "one message is still under way"
    leave(office)
    advance(office, NOW)
    return bulletin


def test_it_says_how_many_wait_and_no_longer_that_it_is_leaving(office: Office, two: Two, held: Bulletin) -> None:
    assert counted(office, two[0], held.id) == (Status.HELD, {Ending.SENT: 1, Ending.WAITING: 2})
    advance(office, NOW)
    with office.store.begin() as connection:
        assert [event["event"] for event in events_of(connection, held.id)].count("held") == 1


def test_it_is_sent_once_the_week_has_room(office: Office, two: Two, held: Bulletin) -> None:
    assert advance(office, NOW + 7 * DAY) == 2
    assert counted(office, two[0], held.id)[0] is Status.HELD
    leave(office)
    advance(office, NOW + 7 * DAY)
    assert counted(office, two[0], held.id) == (Status.SENT, {Ending.SENT: 3})


def test_it_ends_with_its_last_day(office: Office, two: Two, held: Bulletin) -> None:
    assert advance(office, NOW + 10 * DAY) == 0
    assert counted(office, two[0], held.id) == (Status.SENT, {Ending.SENT: 1, Ending.EXPIRED: 2})


def test_a_stop_ends_it_at_once(office: Office, two: Two, held: Bulletin) -> None:
    stop(office, two[1], held.id, NOW)
    assert counted(office, two[0], held.id) == (Status.STOPPED, {Ending.SENT: 1, Ending.STOPPED: 2})
    assert advance(office, NOW + 7 * DAY) == 0


def test_a_correction_goes_to_who_got_it_and_the_others_get_neither(office: Office, two: Two, held: Bulletin) -> None:
    draft = replace(DRAFT, sort=Sort.CORRECTION, corrects=held.id, title={"zh": "更正", "en": "Correction"})
    written = write(office, two[0], draft, NOW)
    assert preview(office, two[1], written.id, NOW).messages == 1
    assert counted(office, two[0], held.id)[1][Ending.WAITING] == 2, "a draft takes nothing from anybody"
    with pytest.raises(Unfit):
        approve(office, two[0], written.id, written.version, NOW)
    assert counted(office, two[0], held.id)[1][Ending.WAITING] == 2
    approve(office, two[1], written.id, written.version, NOW)
    assert advance(office, NOW) == 1
    leave(office)
    advance(office, NOW + 8 * DAY)
    assert counted(office, two[0], written.id) == (Status.SENT, {Ending.SENT: 1})
    assert counted(office, two[0], held.id) == (Status.SENT, {Ending.SENT: 1, Ending.STOPPED: 2})
