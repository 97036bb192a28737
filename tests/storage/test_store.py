"""What is stored, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import inspect, select, text

from bot.storage.database import DatabaseError, open_database
from bot.storage.inbox import Letter
from bot.storage.posts import Closing
from bot.storage.store import Remembered, StaleDialogue, Store, StoredFact, TurnRecord
from bot.storage.tables import facts, metadata, outbox, portfolio, turns, updates

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
RECORD = TurnRecord({"text": "hello"}, "greet", [{"text": "hi"}], ["def-lpr"], "0" * 64)
REVENUE = StoredFact("annual_revenue", 2_800_000, "said", DAY, False)
STAFF = StoredFact("employees", 8, "said", DAY, True)


def commit(store: Store, owner: str, before: Remembered, known: list[StoredFact], state: dict[str, object] | None = None) -> None:
    with store.begin() as connection:
        store.commit_turn(connection, owner, before, state or {"language": "zh"}, known, RECORD, NOW)


def test_a_turn_is_recalled_as_it_was_committed(store: Store) -> None:
    commit(store, "tg:1", store.recall("tg:1"), [REVENUE, STAFF], {"language": "en", "asking": "region"})
    remembered = store.recall("tg:1")
    assert remembered.state == {"language": "en", "asking": "region"}
    assert remembered.facts == (REVENUE, STAFF)
    assert store.recall("tg:2") == Remembered(None, 0, ())


def test_a_changed_fact_retires_the_old_value_and_keeps_it_in_the_history(store: Store) -> None:
    commit(store, "tg:1", store.recall("tg:1"), [REVENUE])
    later = StoredFact("annual_revenue", 3_000_000, "file", DAY, False)
    commit(store, "tg:1", store.recall("tg:1"), [later])
    assert store.recall("tg:1").facts == (later,)
    history = store.fact_history("tg:1")
    assert [(item["value"], item["source"], item["retired_at"] is None) for item in history] == [
        (2_800_000, "said", False),
        (3_000_000, "file", True),
    ]


def test_a_fact_taken_back_is_no_longer_known(store: Store) -> None:
    commit(store, "tg:1", store.recall("tg:1"), [REVENUE, STAFF])
    commit(store, "tg:1", store.recall("tg:1"), [STAFF])
    assert store.recall("tg:1").facts == (STAFF,)


def test_two_turns_on_the_same_dialogue_cannot_both_commit(store: Store) -> None:
    first = store.recall("tg:1")
    commit(store, "tg:1", first, [REVENUE])
    with pytest.raises(StaleDialogue):
        commit(store, "tg:1", first, [STAFF])
    second = store.recall("tg:1")
    commit(store, "tg:1", second, [REVENUE, STAFF])
    with pytest.raises(StaleDialogue):
        commit(store, "tg:1", second, [])
    assert store.recall("tg:1").facts == (REVENUE, STAFF)
    assert len(store.transcript("tg:1")) == 2


def test_nothing_of_a_failed_turn_stays(store: Store) -> None:
    before = store.recall("tg:1")

    def half_a_turn() -> None:
        with store.begin() as connection:
            store.commit_turn(connection, "tg:1", before, {}, [REVENUE], RECORD, NOW)
            store.post(connection, "tg:1", 1, [{"text": "hi"}], NOW)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        half_a_turn()
    assert store.recall("tg:1") == before
    assert store.unsent() == []


def test_erase_leaves_nothing_of_the_owner_anywhere(store: Store) -> None:
    letter = Letter(7, 1, '{"message": {"text": "revenue 2.8m"}}')
    store.keep_updates([letter], NOW)
    commit(store, "tg:1", store.recall("tg:1"), [REVENUE])
    commit(store, "tg:2", store.recall("tg:2"), [STAFF])
    with store.begin() as connection:
        store.post(connection, "tg:1", 1, [{"text": "2.8m"}], NOW)
        store.close_update(connection, letter, "answered", NOW)
        store.erase(connection, "tg:1")
        store.forget_updates(connection, 1)
    with store.engine.connect() as connection:
        for table in (facts, portfolio, turns, outbox):
            assert connection.execute(select(table.c.owner_id).where(table.c.owner_id == "tg:1")).all() == []
        assert connection.execute(select(updates.c.update_id, updates.c.body, updates.c.chat_id)).all() == [(7, "", None)]
    assert store.recall("tg:1") == Remembered(None, 0, ())
    assert store.recall("tg:2").facts == (STAFF,)
    store.keep_updates([letter], NOW)
    assert store.open_updates() == []


def test_replies_wait_in_order_and_their_text_is_gone_once_sent(store: Store) -> None:
    commit(store, "tg:1", store.recall("tg:1"), [])
    with store.begin() as connection:
        store.post(connection, "tg:1", 1, [{"text": "first"}, {"text": "second"}], NOW)
    rows = store.unsent()
    assert [reply["text"] for _, _, reply in rows] == ["first", "second"]
    store.close_posts([Closing(rows[0][0], "sent", 7)], NOW)
    assert [reply["text"] for _, _, reply in store.unsent()] == ["second"]
    with store.engine.connect() as connection:
        assert connection.execute(select(outbox.c.message).where(outbox.c.id == rows[0][0])).scalar() == {}


def test_migrations_build_exactly_the_tables_of_the_code(store: Store) -> None:
    inspector = inspect(store.engine)
    for table in metadata.sorted_tables:
        assert {column["name"] for column in inspector.get_columns(table.name)} == {column.name for column in table.columns}
        assert {index["name"] for index in inspector.get_indexes(table.name)} >= {index.name for index in table.indexes}


def test_sqlite_runs_in_wal_mode_with_foreign_keys(tmp_path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new' / 'advisor.db'}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "DATABASE_URL"),
        ("mysql://root@localhost/x", "PostgreSQL"),
        ("postgresql://me:secret@127.0.0.1:1/none", "does not answer"),
    ],
)
def test_an_unusable_database_is_one_sentence_without_the_password(url: str, says: str) -> None:
    with pytest.raises(DatabaseError, match=says) as caught:
        open_database(url)
    assert "secret" not in str(caught.value)


def test_opening_twice_changes_nothing(database_url: str) -> None:
    first = open_database(database_url)
    commit(Store(first), "tg:1", Store(first).recall("tg:1"), [REVENUE])
    first.dispose()
    second = open_database(database_url)
    assert Store(second).recall("tg:1").facts == (REVENUE,)
    second.dispose()
