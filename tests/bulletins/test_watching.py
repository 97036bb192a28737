"""How fast a bulletin leaves, who may watch, and that several bulletins together tell of no single firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.broadcasting.delivering import advance
from bot.broadcasting.office import Office
from bot.broadcasting.pace import pace
from bot.broadcasting.reporting import report, view
from bot.bulletins.checks import Unfit
from bot.bulletins.model import Ending
from bot.desk.model import Member, Role
from bot.storage.posts import Closing, Lane
from tests.bulletins.written import ENTRY, FITS, NOW, approved, firm

XIAMEN = "350200"


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


def test_many_messages_to_few_firms_are_no_large_group(office: Office, two: tuple[Member, Member]) -> None:
    """Two bulletins to three firms make six messages, which would still tell of three firms; nine firms are told as five."""
    firms(office, ("350100", 6), (XIAMEN, 3))
    for _ in range(2):
        sent(office, two)
    (month,) = view(office, two[0], ENTRY, NOW).months
    assert [(one.label["zh"], one.reach.told) for one in month.slices] == [("其他", 5)]


def test_administrators_look_at_the_country_by_its_provinces(office: Office, two: tuple[Member, Member]) -> None:
    firms(office, ("350100", 6), (XIAMEN, 3))
    number = sent(office, two)
    boss = Member(98, None, "管理员", Role.ADMIN)
    (month,) = view(office, boss, ENTRY, NOW).months
    assert [(one.label["zh"], one.reach.told) for one in month.slices] == [("福建省", 5)]
    assert report(office, boss, number, NOW).firms == 9
    with pytest.raises(Unfit):
        view(office, replace(two[0], region=None), ENTRY, NOW)


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
