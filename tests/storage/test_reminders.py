"""Reminders in the database, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.storage.reminders import Due
from bot.storage.store import Store, TurnRecord

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SPRING, SUMMER = date(2027, 3, 1), date(2027, 6, 1)


def known(store: Store, *owners: str) -> None:
    for owner in owners:
        with store.begin() as connection:
            store.commit_turn(connection, owner, store.recall(owner), {}, [], TurnRecord({}, None, [], [], "0" * 64), NOW)


def remind(store: Store, owner: str, entry: str, on: date, chat: int | None = None) -> None:
    with store.begin() as connection:
        store.set_reminder(connection, owner, entry, on, NOW)
        if chat is not None:
            store.address_reminders(connection, owner, chat)


def take(store: Store, due: Due) -> bool:
    with store.begin() as connection:
        return store.take_reminder(connection, due, NOW)


def test_what_is_due_comes_by_day_and_only_where_it_can_be_brought(store: Store) -> None:
    known(store, "tg:1", "tg:2", "terminal:me")
    remind(store, "tg:1", "prd-b", SUMMER, 1)
    remind(store, "tg:2", "prd-a", SPRING, 2)
    remind(store, "terminal:me", "prd-a", SPRING)
    assert store.due_reminders(date(2027, 2, 28), 10) == []
    assert store.due_reminders(SPRING, 10) == [Due("tg:2", "prd-a", 2)]
    assert store.due_reminders(SUMMER, 10) == [Due("tg:2", "prd-a", 2), Due("tg:1", "prd-b", 1)]
    assert store.due_reminders(SUMMER, 1) == [Due("tg:2", "prd-a", 2)]
    assert store.due_reminders(SUMMER, 10, "terminal:me") == [Due("terminal:me", "prd-a", None)]


def test_a_reminder_is_taken_once(store: Store) -> None:
    known(store, "tg:1")
    remind(store, "tg:1", "prd-a", SPRING, 1)
    due = Due("tg:1", "prd-a", 1)
    assert [take(store, due), take(store, due)] == [True, False]
    assert store.due_reminders(SUMMER, 10) == []
    assert [item["said_at"] is not None for item in store.reminders_of("tg:1")] == [True]


def test_asking_again_moves_the_day_and_says_it_again(store: Store) -> None:
    known(store, "tg:1")
    remind(store, "tg:1", "prd-a", SPRING, 1)
    take(store, Due("tg:1", "prd-a", 1))
    remind(store, "tg:1", "prd-a", SUMMER, 1)
    assert store.due_reminders(SPRING, 10) == []
    assert store.due_reminders(SUMMER, 10) == [Due("tg:1", "prd-a", 1)]
    assert store.reminders_of("tg:1") == [{"entry": "prd-a", "due_on": "2027-06-01", "said_at": None}]


def test_a_cancelled_one_is_gone_also_for_who_was_about_to_say_it(store: Store) -> None:
    known(store, "tg:1")
    remind(store, "tg:1", "prd-a", SPRING, 1)
    remind(store, "tg:1", "prd-b", SPRING, 1)
    with store.begin() as connection:
        store.cancel_reminder(connection, "tg:1", "prd-a")
    assert not take(store, Due("tg:1", "prd-a", 1))
    assert store.due_reminders(SPRING, 10) == [Due("tg:1", "prd-b", 1)]


def test_erasing_an_owner_erases_the_reminders(store: Store) -> None:
    known(store, "tg:1", "tg:2")
    remind(store, "tg:1", "prd-a", SPRING, 1)
    remind(store, "tg:2", "prd-a", SPRING, 2)
    with store.begin() as connection:
        store.erase(connection, "tg:1")
    assert store.reminders_of("tg:1") == []
    assert store.due_reminders(SPRING, 10) == [Due("tg:2", "prd-a", 2)]
