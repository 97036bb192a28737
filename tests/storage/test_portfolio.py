"""The stored firms side by side: kept with every turn, filled by the migration, counted by what a rule says of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, insert, inspect, null, select, true

from bot.storage.database import MIGRATIONS, open_database
from bot.storage.portfolio import FIRM_COLUMNS, Audience, count_audience
from bot.storage.store import Store, StoredFact, TurnRecord
from bot.storage.tables import facts, metadata, owners, portfolio
from knowledge.firm import vocabulary
from knowledge.reading import read_condition
from knowledge.sql.columns import stored_values
from knowledge.sql.compiling import compile_condition

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
RECORD = TurnRecord({"text": "hello"}, "greet", [{"text": "hi"}], [], "0" * 64)
#: A value of every type of fact.
EVERY_TYPE: dict[str, Any] = {
    "annual_revenue": 2_800_000.55,
    "owner_share": 0.51,
    "age_months": 38,
    "employees": 8,
    "blacklisted": False,
    "industry": "catering",
    "collateral": ["vehicle", "deposit"],
    "region": "350100",
    "firm_name": "榕城\0面馆",
}
STORED = {**EVERY_TYPE, "collateral": ",vehicle,deposit,", "firm_name": "榕城\ufffd面馆"}


def commit(store: Store, owner: str, known: dict[str, Any]) -> None:
    told = [StoredFact(name, value, "said", DAY, False) for name, value in known.items()]
    with store.begin() as connection:
        store.commit_turn(connection, owner, store.recall(owner), {}, told, RECORD, NOW)


def row(engine: Engine, owner: str) -> dict[str, Any] | None:
    """What is known of a stored firm."""
    with engine.connect() as connection:
        found = connection.execute(select(portfolio).where(portfolio.c.owner_id == owner)).mappings().one_or_none()
    return None if found is None else {name: value for name, value in found.items() if value is not None and name != "owner_id"}


def test_a_turn_keeps_the_firm_as_it_is_now_known(store: Store) -> None:
    commit(store, "tg:1", {})
    assert row(store.engine, "tg:1") == {}
    commit(store, "tg:1", EVERY_TYPE)
    assert row(store.engine, "tg:1") == STORED
    commit(store, "tg:1", {"employees": 9, "industry": "catering"})
    assert row(store.engine, "tg:1") == {"employees": 9, "industry": "catering"}
    commit(store, "tg:2", {"employees": 3})
    assert row(store.engine, "tg:1") == {"employees": 9, "industry": "catering"}


def test_a_failed_turn_changes_no_stored_firm(store: Store) -> None:
    commit(store, "tg:1", {"employees": 9})
    before = store.recall("tg:1")

    def half_a_turn() -> None:
        with store.begin() as connection:
            store.commit_turn(connection, "tg:1", before, {}, [], RECORD, NOW)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        half_a_turn()
    assert row(store.engine, "tg:1") == {"employees": 9}


def test_an_erased_owner_is_no_longer_counted(store: Store) -> None:
    commit(store, "tg:1", {"employees": 9})
    commit(store, "tg:2", {"employees": 9})
    with store.begin() as connection:
        store.erase(connection, "tg:1")
    assert row(store.engine, "tg:1") is None
    assert count_audience(store.engine, true()) == Audience(1, 0, 0)


def test_counts_by_what_a_rule_says(store: Store) -> None:
    rule = compile_condition(read_condition({"fact": "employees", "at_least": 10}), FIRM_COLUMNS, DAY)
    assert count_audience(store.engine, rule) == Audience(0, 0, 0)
    for number, staff in enumerate((9, 10, 11, None, None, None)):
        commit(store, f"tg:{number}", {} if staff is None else {"employees": staff})
    assert count_audience(store.engine, rule) == Audience(2, 3, 1)
    assert count_audience(store.engine, null()) == Audience(0, 6, 0)


def _as_of(url: str, revision: str) -> Engine:
    """A database as an earlier version of the code left it."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def test_the_migration_fills_the_firms_of_owners_who_were_there_before(database_url: str) -> None:
    before = _as_of(database_url, "0002")
    kept = {"owner_id": "tg:7", "source": "said", "as_of": DAY, "approximate": False, "recorded_at": NOW, "retired_at": None}
    told = {**EVERY_TYPE, "no_longer_a_fact": 7, "tax_grade": "Z" * 50, "patents": 1.5}
    with before.begin() as connection:
        connection.execute(insert(owners), [{"id": f"tg:{number}", "created_at": NOW} for number in range(1203)])
        connection.execute(insert(facts), [{**kept, "name": name, "value": value} for name, value in told.items()])
        connection.execute(insert(facts), {**kept, "name": "cash", "value": 5, "retired_at": NOW})
        connection.execute(insert(facts), {**kept, "owner_id": "tg:1202", "name": "cash", "value": 6})
    before.dispose()
    engine = open_database(database_url)
    assert row(engine, "tg:7") == STORED
    assert row(engine, "tg:1202") == {"cash": 6}
    assert row(engine, "tg:0") == {}
    assert count_audience(engine, true()) == Audience(1203, 0, 0)
    engine.dispose()


def test_every_fact_of_the_vocabulary_has_its_column(store: Store) -> None:
    built = {column["name"] for column in inspect(store.engine).get_columns("portfolio")} - {"owner_id"}
    lacking, left = set(vocabulary()) - built, built - set(vocabulary())
    assert not lacking, f"firm.yaml has new facts: write a migration that adds to the table portfolio {sorted(lacking)}"
    assert not left, f"firm.yaml lacks {sorted(left)}: write a migration that drops these columns of the table portfolio"


def test_the_migrations_give_each_column_the_type_of_its_fact(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [difference for difference in compare_metadata(context, metadata) if "portfolio" in str(difference)]
    assert found == []


def test_a_value_that_the_vocabulary_does_not_admit_is_not_known() -> None:
    kept = stored_values({"tax_grade": "Z", "employees": 3, "patents": 1.5, "no_longer_a_fact": 7})
    assert {name: value for name, value in kept.items() if value is not None} == {"employees": 3}
    assert set(kept) == set(vocabulary())
