"""The outbox and what is known of chats, on every database; the sender's lease; the change of tables with replies waiting."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from bot.storage.database import MIGRATIONS, open_database
from bot.storage.lease import LeaseLost, sending_lease
from bot.storage.posts import KINDS, Closing, Lane, Post
from bot.storage.store import Store
from bot.storage.tables import outbox

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def post(store: Store, chat: int, *texts: str, kind: str = "bulletin") -> list[int]:
    with store.begin() as connection:
        store.post(connection, None, chat, [{"text": item, "buttons": []} for item in texts], NOW, kind)
    return [row for row, _, _ in store.unsent()][-len(texts) :]


def waiting(store: Store, lane: Lane, limit: int = 10) -> list[Post]:
    return store.posts(store.waiting(lane, limit))


def test_a_lane_gives_what_waits_in_it_oldest_first(store: Store) -> None:
    post(store, 1, "bulk")
    post(store, 1, "one", "two", kind="reply")
    assert [item.message["text"] for item in waiting(store, Lane.LIVE)] == ["one", "two"]
    assert [item.message["text"] for item in waiting(store, Lane.LIVE, 1)] == ["one"]
    assert [(item.chat_id, item.kind, item.how) for item in waiting(store, Lane.BULK)] == [(1, "bulletin", KINDS["bulletin"])]


def test_a_row_ends_once_and_its_text_is_gone(store: Store) -> None:
    first, second = post(store, 1, "one", "two")
    store.close_posts([Closing(first, "sent", 77)], NOW)
    store.close_posts([Closing(first, "dead"), Closing(second, "unknown")], NOW + timedelta(hours=1))
    with store.engine.connect() as connection:
        found = connection.execute(select(outbox.c.outcome, outbox.c.message_id, outbox.c.message).order_by(outbox.c.id)).all()
    assert [tuple(row) for row in found] == [("sent", 77, {}), ("unknown", None, {})]
    assert store.outcomes() == {"sent": 1, "unknown": 1}


@pytest.mark.parametrize(
    "wrong", [{"closed_at": NOW}, {"outcome": "sent"}, {"closed_at": NOW, "outcome": "lost"}], ids=["closed", "outcome", "word"]
)
def test_the_database_itself_refuses_a_row_between_two_states(store: Store, wrong: dict[str, Any]) -> None:
    row = {"chat_id": 1, "kind": "reply", "lane": 0, "message": {}, "created_at": NOW}
    with pytest.raises(IntegrityError), store.begin() as connection:
        connection.execute(insert(outbox).values(**row, **wrong))


def test_a_group_that_moves_twice_is_reached_under_every_number_it_had(store: Store) -> None:
    post(store, -1, "early")
    store.move_chat(-1, -2, NOW)
    store.move_chat(-2, -3, NOW)
    post(store, -1, "late")
    post(store, -2, "later")
    assert {chat for _, chat, _ in store.unsent()} == {-3}


def test_only_the_newest_text_of_a_progress_waits_and_only_once_its_message_stands(store: Store) -> None:
    row = store.start_progress(None, 1, "1/3", NOW)
    store.update_progress(row, "2/3", NOW)
    assert [item.message["text"] for item in waiting(store, Lane.LIVE)] == ["1/3"]
    store.close_posts([Closing(row, "sent", 5)], NOW)
    store.update_progress(row, "3/3", NOW)
    (edit,) = waiting(store, Lane.LIVE)
    assert (edit.message["text"], edit.edits, edit.is_edit) == ("3/3", 5, True)
    store.update_progress(4711, "of nobody", NOW)
    assert len(store.unsent()) == 1


def test_what_was_about_to_leave_is_parked_only_where_it_must_not_arrive_twice(store: Store) -> None:
    (once,) = post(store, 1, "once", kind="bulletin_once")
    (again,) = post(store, 2, "again")
    (fresh,) = post(store, 3, "fresh", kind="bulletin_once")
    store.start_posts([once, again], NOW)
    assert store.park_doubtful(NOW) == 1
    assert [row for row, _, _ in store.unsent()] == [again, fresh]
    assert [item.doubtful for item in waiting(store, Lane.BULK)] == [True, False]
    store.start_posts([again], None)
    assert waiting(store, Lane.BULK)[0].doubtful is False


def test_what_left_lately_is_known_to_the_next_sender(store: Store) -> None:
    old, new, dead = post(store, 1, "old", "new", "dead")
    store.close_posts([Closing(old, "sent", 1)], NOW - timedelta(minutes=2))
    store.close_posts([Closing(new, "sent", 2), Closing(dead, "dead")], NOW)
    assert store.sent_since(NOW - timedelta(minutes=1)) == [(1, NOW)]


async def test_one_process_at_a_time_sends_and_the_next_follows_at_once(database_url: str) -> None:
    engines = [open_database(database_url) for _ in range(2)]
    held = asyncio.Event()

    async def second() -> None:
        async with sending_lease(engines[1], lambda _: asyncio.sleep(0.01)):
            held.set()

    async with sending_lease(engines[0]) as check:
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        assert not held.is_set()
        await asyncio.to_thread(check)
    await asyncio.wait_for(waiting, 10)
    assert held.is_set()
    for engine in engines:
        engine.dispose()


@pytest.mark.postgres
async def test_a_lease_whose_connection_is_cut_is_lost_and_free(postgres_server: str) -> None:
    url = f"{postgres_server}/postgres"
    engines = [create_engine(url.replace("postgresql:", "postgresql+psycopg:")) for _ in range(2)]
    async with sending_lease(engines[0]) as check:
        with engines[1].connect() as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
            connection.execute(text(cut))
        with pytest.raises(LeaseLost):
            await asyncio.to_thread(check)
        async with asyncio.timeout(10), sending_lease(engines[1], lambda _: asyncio.sleep(0.01)):
            pass
    for engine in engines:
        engine.dispose()


def test_replies_that_waited_before_the_change_of_tables_still_leave(database_url: str) -> None:
    driver = database_url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(driver)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    def migrate(step: Any, revision: str) -> None:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            step(config, revision)

    migrate(command.upgrade, "0001")
    reply = '{"text": "好", "buttons": [], "files": [{"name": "a.json", "content": "e30="}]}'
    with engine.begin() as connection:
        for closed, outcome in (("NULL", "NULL"), ("'2026-11-20'", "'sent'")):
            values = f"7, '{reply}', '2026-11-20', {closed}, {outcome}"
            connection.execute(text(f"INSERT INTO outbox (chat_id, reply, created_at, closed_at, outcome) VALUES ({values})"))
    migrate(command.upgrade, "head")
    with contextlib.closing(_Disposing(open_database(database_url))) as opened:
        messages = [item.message for item in waiting(Store(opened.engine), Lane.LIVE)]
    assert messages == [{"text": "好", "buttons": []}, {"document": {"name": "a.json", "content": "e30="}}]
    migrate(command.downgrade, "0001")
    migrate(command.upgrade, "head")
    engine.dispose()


class _Disposing:
    def __init__(self, engine: Any) -> None:
        self.engine = engine

    def close(self) -> None:
        self.engine.dispose()
