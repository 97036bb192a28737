"""What bulletins brought about, on SQLite and on PostgreSQL alike, and that no single firm can be made out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasting.delivering import advance
from bot.broadcasting.effect import Asked, Reach, asked, effect, outcome, shut_out
from bot.broadcasting.office import Office
from bot.broadcasting.pace import pace
from bot.bulletins.model import Ending, Lost
from bot.desk.model import Member, Role
from bot.storage.bulletins.groups import By
from bot.storage.bulletins.received import note_applied, note_looked
from bot.storage.desk.people import add_member
from bot.storage.outbox import Closing, Lane
from bot.storage.store import Store, TurnRecord
from knowledge.pack import Pack, load_pack
from tests.bulletins.written import ENTRY, FITS, NO, NOW, OFFICER, OPEN, SHENZHEN, approved, firm, officers

XIAMEN, SANMING = "350200", "350400"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture
def office(store: Store, pack: Pack) -> Office:
    return Office(store, pack)


@pytest.fixture
def two(office: Office) -> tuple[Member, Member]:
    return officers(office.store)


def firms(office: Office, *counts: tuple[str, int]) -> list[str]:
    """So many eligible firms that listen in each place."""
    places = [place for place, count in counts for _ in range(count)]
    return [firm(office.store, number, {**FITS, "region": place}) for number, place in enumerate(places, start=1)]


def sent(office: Office, by: tuple[Member, Member], close: int = 1000) -> int:
    """A bulletin of which so many messages have left."""
    number = approved(office, by).id
    advance(office, NOW)
    leave(office, close)
    return number


def leave(office: Office, count: int = 1000) -> None:
    rows = office.store.waiting(Lane.BULK, count)
    office.store.close_posts([Closing(row, "sent", row) for row in rows], NOW)
    advance(office, NOW)


def test_what_came_of_one_bulletin(office: Office, two: tuple[Member, Member]) -> None:
    owners = firms(office, ("350100", 7), (XIAMEN, 6), (SANMING, 2))
    number = sent(office, two)
    with office.store.begin() as connection:
        for owner in owners[:4]:
            note_looked(connection, number, owner, "unknown", NOW)
        note_looked(connection, number, owners[0], "eligible", NOW + timedelta(hours=1))
        note_applied(connection, number, owners[0], NOW)
        note_looked(connection, number + 1, owners[9], "eligible", NOW)
    found = outcome(office, two[1], number, NOW)
    assert found.reach == Reach(15, 15, 4, 1, 1)
    # Two firms of Sanming alone would tell of them; with Xiamen, the next larger group, they do not.
    assert [(one.label["zh"], one.reach.told) for one in found.by[By.REGION]] == [("福州市", 7), ("其他", 8)]
    assert [(one.label["en"], one.reach.told) for one in found.by[By.INDUSTRY]] == [("manufacturing", 15)]
    with office.store.begin() as connection:
        stranger = add_member(connection, replace(OFFICER, name="外省", region=SHENZHEN))
    with pytest.raises(Lost):
        outcome(office, stranger, number, NOW)


def test_many_messages_to_few_firms_are_no_large_group(office: Office, two: tuple[Member, Member]) -> None:
    """Two bulletins to three firms make six messages, which would still tell of three firms."""
    firms(office, ("350100", 6), (XIAMEN, 3))
    for _ in range(2):
        sent(office, two)
    found = effect(office, two[0], NOW)
    assert (found.bulletins, found.reach.told) == (2, 18)
    assert [(one.label["zh"], one.reach.told) for one in found.places] == [("其他", 18)]
    assert found.months == (({"zh": "其他", "en": "Others"}, (18,)),)


def test_places_and_months_add_up_to_the_whole(office: Office, two: tuple[Member, Member]) -> None:
    firms(office, ("350100", 8), (XIAMEN, 5), (SANMING, 6))
    sent(office, two)
    sent(office, two)
    found = effect(office, two[0], NOW)
    assert [(one.label["en"], one.reach.told) for one in found.places] == [("Fuzhou", 16), ("Sanming", 12), ("Xiamen", 10)]
    assert found.by_month["2026-11"].told == sum(one.reach.told for one in found.places) == found.reach.told == 38
    assert [counts for _, counts in found.months] == [(16,), (12,), (10,)]
    assert effect(office, two[0], NOW + timedelta(days=366)).bulletins == 0
    elsewhere = replace(OFFICER, id=99, region=SHENZHEN)
    assert effect(office, elsewhere, NOW).places == ()
    boss = Member(98, None, "管理员", Role.ADMIN)
    assert [one.reach.told for one in effect(office, boss, NOW).places] == [38], "the country by its provinces"


def test_what_excludes_firms_is_counted_within_the_region(office: Office, two: tuple[Member, Member], pack: Pack) -> None:
    number = 0
    for facts, count in (
        (FITS, 6),
        ({**FITS, "specialised_level": "innovative"}, 9),
        ({**FITS, "industry": "catering"}, 5),
        (NO, 7),
        (OPEN, 2),
    ):
        for _ in range(count):
            number += 1
            firm(office.store, number, facts, None)
    found = shut_out(office, two[0], pack[ENTRY], NOW)
    assert [(one.failing, one.of) for one in found] == [(9, 22), (5, 22)]
    assert found[0].label["zh"].startswith("专精特新等级须为")
    for _ in range(3):
        number += 1
        firm(office.store, number, {**FITS, "specialised_level": "innovative", "region": SHENZHEN}, None)
    shenzhen = replace(two[0], region=SHENZHEN)
    by_label = {one.label["zh"]: one.failing for one in shut_out(office, shenzhen, pack[ENTRY], NOW)}
    assert by_label["须在福建省"] == 10
    assert by_label[found[0].label["zh"]] is None, "three firms are too few to be told of"


def test_questions_about_a_measure_are_grouped_by_what_was_asked(office: Office, two: tuple[Member, Member], pack: Pack) -> None:
    def ask(owner: str, intent: str, entry: str = ENTRY, ago: int = 1) -> None:
        record = TurnRecord({}, intent, [], [entry, "def-lpr"], "0" * 64)
        with office.store.begin() as connection:
            office.store.note_turn(connection, owner, record, NOW - timedelta(days=ago))

    owners = [firm(office.store, number, FITS) for number in range(1, 9)]
    for owner in owners[:6]:
        ask(owner, "ask_documents")
        ask(owner, "ask_documents")
        ask(owner, "ask_terms", ago=100)
        ask(owner, "ask_process", entry=f"{ENTRY}-other")
    for owner in owners[:4]:
        ask(owner, "apply")
    for owner in owners:
        ask(owner, "ask_match")
        ask(owner, "ask_terms", entry=ENTRY)
    for number in range(20, 26):
        ask(firm(office.store, number, NO), "ask_documents")
    found = asked(office, two[0], pack[ENTRY], NOW)
    assert found == (Asked("ask_terms", 8), Asked("ask_documents", 6)), "firms, not questions; four are too few; none of another place"


def test_the_pace_is_that_of_the_last_seconds(office: Office, two: tuple[Member, Member]) -> None:
    firms(office, ("350100", 60))
    number = sent(office, two, close=40)
    for seconds, rate in ((10, 4.0), (15, 40 / 15), (40, 0.0)):
        found = pace(office, two[0], number, NOW + timedelta(seconds=seconds))
        assert (found.ended, found.total, found.counted[Ending.WAITING]) == (40, 60, 20)
        assert found.rate == pytest.approx(rate)
        assert found.until is not None
    leave(office)
    done = pace(office, two[0], number, NOW)
    assert (done.ended, done.rate, done.until) == (60, 0.0, None)
