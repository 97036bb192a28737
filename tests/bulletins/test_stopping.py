"""Bulletins that are stopped or corrected: nothing leaves afterwards, and exactly those who may have read it are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office, stop, write
from bot.bulletins.checks import Unfit
from bot.bulletins.model import Bulletin, Doubt, Ending, Sort, Status
from bot.desk.model import Member
from bot.storage.bulletins.subscribers import mute
from bot.storage.posts import Closing, Lane, Outcome
from tests.bulletins.sent import codes, counted, leave, posts
from tests.bulletins.written import DRAFT, FITS, NOW, approved, firm


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
