"""What comes in: kept once, taken out in order, closed once and in turn, and gaps in the numbers; on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.inbox import REACH, Letter, latest_gap
from bot.storage.store import Store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def letter(number: int, chat: int | None = 5) -> Letter:
    return Letter(number, chat, f"text {number}")


def close(store: Store, what: Letter) -> bool:
    with store.begin() as connection:
        return store.close_update(connection, what, "answered", NOW)


def first(store: Store, chat: int = 5) -> int | None:
    opened = store.next_update(chat)
    return opened.letter.update_id if opened else None


def test_updates_are_kept_once_and_the_first_text_stays(store: Store) -> None:
    store.keep_updates([letter(2), letter(1)], NOW)
    store.keep_updates([Letter(2, 5, "again"), letter(3, 6)], NOW)
    assert store.open_updates() == [(1, 5, "text 1"), (2, 5, "text 2"), (3, 6, "text 3")]


def test_what_belongs_to_no_chat_is_stored_and_dealt_with(store: Store) -> None:
    store.keep_updates([letter(1, None), letter(2)], NOW)
    assert store.open_updates() == [(2, 5, "text 2")]
    store.keep_updates([letter(1)], NOW)
    assert first(store) == 2


def test_the_earliest_open_update_of_a_chat_comes_next(store: Store) -> None:
    store.keep_updates([letter(4), letter(3, 6)], NOW)
    store.keep_updates([letter(2)], NOW)
    assert (first(store), first(store, 6), first(store, 7)) == (2, 3, None)
    assert close(store, letter(2))
    assert first(store) == 4


def test_an_update_is_closed_once_and_not_before_an_earlier_one_of_its_chat(store: Store) -> None:
    store.keep_updates([letter(1), letter(2), letter(3, 6)], NOW)
    assert [close(store, letter(3, 6)), close(store, letter(2)), close(store, letter(1))] == [True, False, True]
    assert [close(store, letter(1)), close(store, letter(2)), close(store, letter(2))] == [False, True, False]
    assert store.open_updates() == []


def test_what_waits_in_a_chat_comes_in_order_with_the_moment_it_came(store: Store) -> None:
    later = NOW + timedelta(seconds=2)
    store.keep_updates([letter(3), letter(9, 6)], NOW)
    store.keep_updates([letter(4), letter(2)], later)
    assert close(store, letter(2))
    assert store.waiting_updates(5) == [(letter(3), NOW), (letter(4), later)]
    assert store.waiting_updates(7) == []


def test_chats_with_open_updates_the_earliest_first(store: Store) -> None:
    store.keep_updates([letter(9, 1), letter(1, None)], NOW)
    store.keep_updates([letter(7, 2), letter(8, 1), letter(5, 3)], NOW + timedelta(seconds=5))
    close(store, letter(5, 3))
    assert store.open_chats() == [2, 1]
    assert store.open_chats(NOW + timedelta(seconds=5)) == [1]
    assert store.open_chats(NOW) == []


@pytest.mark.parametrize(
    ("came", "asked", "since"),
    [
        ({10: 0}, 10, None),  # nothing is known of what was before
        ({9: 0, 10: 1}, 10, None),
        ({8: 0, 10: 1}, 10, 1),
        ({8: 0, 10: 1, 9: 2}, 10, None),  # late, but there
        ({7: 0, 9: 1, 10: 2}, 10, 1),  # the gap is one before the predecessor
        ({5: 0, 7: 1, 9: 2, 10: 3}, 10, 2),  # of two gaps the higher one
        ({8: 0, 11: 1, 10: 2}, 10, 2),
        ({10: 0, 12: 1}, 10, None),  # what is missing after it does not matter
        ({10: 0, 10 + REACH: 1}, 10 + REACH, 1),
        ({10: 0, 11 + REACH: 1}, 11 + REACH, None),  # too far away
        ({8: -61, 10: 0}, 10, None),  # too long ago
        ({8: -59, 10: 0}, 10, 0),
    ],
)
def test_numbers_missing_before_an_update(store: Store, came: dict[int, int], asked: int, since: int | None) -> None:
    for number, second in came.items():
        store.keep_updates([letter(number, number)], NOW + timedelta(seconds=second))
    opened = store.next_update(asked, look_for_gaps=True)
    assert opened is not None
    assert opened.gap_since == (None if since is None else NOW + timedelta(seconds=since))


@given(st.dictionaries(st.integers(1, 40), st.integers(0, 100), min_size=1))
def test_there_is_a_gap_exactly_where_a_number_is_missing_and_something_came_above_it(seconds: dict[int, int]) -> None:
    seen = {number: NOW + timedelta(seconds=second) for number, second in seconds.items()}
    missing = set(range(min(seen), max(seen))) - set(seen)
    expected = min(at for number, at in seen.items() if number > max(missing)) if missing else None
    assert latest_gap(seen) == expected
