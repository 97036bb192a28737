"""What staff see of many cases at once, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk.model import Reason
from bot.storage.desk.looks import looked_since, note_look
from bot.storage.desk.queue import FOUND_AT_MOST, PAGE, Filters, counts, how_many, outlines, queue, search
from bot.storage.store import Store
from tests.console.staged import NOW, OTHER, OWN, opened, staged


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), ["late", "taken", "free", "mine"]),
        (Filters(state="free"), ["late", "free"]),
        (Filters(state="closed"), ["closed"]),
        (Filters(late=True), ["late"]),
        (Filters(reason=Reason.COMPLAINT), ["taken"]),
        (Filters(language="en"), ["mine"]),
        (Filters(mine=1), ["mine"]),
        (Filters(mine=1, state="closed"), ["closed"]),
    ],
    ids=str,
)
def test_the_queue(store: Store, filters: Filters, found: list[str]) -> None:
    there = staged(store)
    names = {case.id: name for name, case in there.cases.items()}
    with store.begin() as connection:
        assert [names[case.id] for case in queue(connection, [OWN], filters, NOW)] == found
        assert how_many(connection, [OWN], filters, NOW) == len(found)
        assert queue(connection, [], filters, NOW) == []


def test_the_counts_are_those_of_the_lists(store: Store) -> None:
    there = staged(store)
    agent = there.members["agent"]
    with store.begin() as connection:
        told = counts(connection, [OWN], agent, NOW)
        lists = (Filters(), Filters(mine=agent.id), Filters(state="free"), Filters(late=True))
        assert (told.live, told.mine, told.free, told.late) == tuple(how_many(connection, [OWN], one, NOW) for one in lists)
        assert counts(connection, [], agent, NOW).late == 0


def test_pages_follow_each_other_without_gap(store: Store) -> None:
    there = staged(store)
    with store.begin() as connection:
        for number in range(PAGE + 5):
            opened(connection, there.desk, f"tg:{1000 + number}", OTHER, "还有一件", timedelta(minutes=number))
        everything = how_many(connection, [OTHER], Filters(), NOW)
        pages = [case.id for skip in (0, PAGE) for case in queue(connection, [OTHER], Filters(), NOW, skip)]
    assert len(pages) == len(set(pages)) == everything == PAGE + 6


@pytest.mark.parametrize("words", ["面馆", "老陈面馆", "91440300MA5EXAMP3X", "流水贷", "LICENCE", "licence. is <b>"])
def test_a_search_finds_what_one_bank_may_see(store: Store, words: str) -> None:
    staged(store)
    with store.begin() as connection:
        found = search(connection, [OWN], words)
        assert found
        assert {case.bank for case in found} == {OWN}
        assert search(connection, [], words) == []


def test_a_search_is_bounded(store: Store) -> None:
    there = staged(store)
    with store.begin() as connection:
        for number in range(FOUND_AT_MOST + 5):
            opened(connection, there.desk, f"tg:{1000 + number}", OWN, "同一个问题", timedelta(minutes=number))
        assert len(search(connection, [OWN], "同一个问题")) == FOUND_AT_MOST
        assert len(search(connection, [OWN], "老陈面馆")) == FOUND_AT_MOST


def test_outlines_are_of_what_was_opened_or_closed_since(store: Store) -> None:
    staged(store)
    with store.begin() as connection:
        assert len(outlines(connection, [OWN], NOW - timedelta(days=2))) == 5
        assert len(outlines(connection, [OWN], NOW - timedelta(hours=27))) == 5, "one was closed since"
        assert len(outlines(connection, [OWN], NOW - timedelta(hours=4))) == 3
        assert outlines(connection, [], NOW - timedelta(days=2)) == []


def test_a_look_is_remembered_from_its_moment(store: Store) -> None:
    there = staged(store)
    case, agent = there.cases["free"], there.members["agent"]
    with store.begin() as connection:
        note_look(connection, case, agent, "pdf", NOW)
        assert not looked_since(connection, case, agent, NOW), "a report taken along is another thing"
        note_look(connection, case, agent, "case", NOW)
        assert looked_since(connection, case, agent, NOW)
        assert not looked_since(connection, case, agent, NOW + timedelta(seconds=1))
        assert not looked_since(connection, case, there.members["colleague"], NOW)
