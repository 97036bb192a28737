"""Chats claimed by processes: one at a time, gone with their holder, and never in the way when the connection is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from bot.storage.claims import Claims, key_of
from bot.storage.database import open_database
from bot.storage.store import Store
from tests.postgres import empty_database

CHATS = st.integers(1 - 2**52, 2**52 - 1)


@pytest.fixture
def shared(postgres_server: str) -> Iterator[Store]:
    with empty_database(postgres_server, "claims") as address:
        store = Store(open_database(address))
        yield store
        store.engine.dispose()


@pytest.fixture
def two(shared: Store) -> Iterator[tuple[Claims, Claims]]:
    one, other = Claims(shared.engine), Claims(shared.engine)
    yield one, other
    one.close()
    other.close()


@pytest.mark.postgres
def test_a_chat_is_claimed_by_one_at_a_time(two: tuple[Claims, Claims]) -> None:
    one, other = two
    assert (one.take(7), other.take(7), other.take(-7)) == (True, False, True)
    one.give_back(7)
    assert (other.take(7), one.take(7), one.take(-7)) == (True, False, False)


@pytest.mark.postgres
def test_claims_end_with_their_holder(two: tuple[Claims, Claims]) -> None:
    one, other = two
    assert one.take(7)
    one.close()
    assert other.take(7)


@pytest.mark.postgres
def test_a_lost_connection_frees_its_claims_and_claiming_goes_on(two: tuple[Claims, Claims], shared: Store) -> None:
    one, other = two
    assert one.take(7)
    with shared.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
    assert other.take(7)
    one.give_back(7)  # there is nothing to give back any more
    assert (one.take(8), one.take(7), other.take(8)) == (True, False, False)


def test_without_a_server_everything_can_be_claimed() -> None:
    claims = Claims(create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    assert claims.take(7)
    claims.give_back(7)
    claims.close()


def test_a_database_of_one_process_needs_no_claims() -> None:
    assert Claims.over(create_engine("sqlite://")) is None


@given(CHATS, CHATS)
def test_chats_have_keys_of_their_own_in_64_bits(one: int, other: int) -> None:
    assert (key_of(one) == key_of(other)) == (one == other)
    assert -(2**63) <= key_of(one) < 2**63
