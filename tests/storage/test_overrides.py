"""The log of overrides, and stored firms as monitoring and the card in SQL see them, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DBAPIError

from bot.storage.overrides import keep_override, kept_overrides
from bot.storage.scores import score_stored
from bot.storage.store import Store, StoredFact, TurnRecord
from bot.storage.tables import facts, metadata, score_overrides
from bot.storage.watched import watched_firms
from knowledge.firm import Firm
from scoring.card import default_card, score
from scoring.monitoring.overriding import Override, OverrideError

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)


def keep(store: Store, owner: str, firm: Mapping[str, Any], at: datetime = NOW) -> None:
    known = [StoredFact(name, value, "said", DAY, False) for name, value in firm.items()]
    with store.begin() as connection:
        store.commit_turn(connection, owner, store.recall(owner), {}, known, TurnRecord({}, None, [], [], "0" * 64), at)


def override(firm: str = "tg:1", to: str = "B") -> Override:
    return Override(NOW, firm, "王芳", "C", to, "订单已确认", "2026-11-26")


def test_overrides_come_back_in_the_order_in_which_they_were_decided(store: Store) -> None:
    keep(store, "tg:1", {})
    log = [override(), override(to="D"), override()]
    for one in log:
        keep_override(store.engine, one)
    assert kept_overrides(store.engine) == log


def test_the_latest_override_knows_the_facts_it_was_decided_on(store: Store) -> None:
    keep(store, "tg:1", {"employees": 8, "annual_revenue": 3_000_000}, NOW - timedelta(days=2))
    assert store.recall("tg:1").override is None
    keep_override(store.engine, override())
    keep_override(store.engine, replace(override(to="D"), at=NOW + timedelta(hours=1)))
    keep(store, "tg:1", {"employees": 5, "annual_revenue": 3_000_000, "customer_count": 4}, NOW + timedelta(days=1))
    found = store.recall("tg:1").override
    assert found is not None
    assert (found.at, found.by, found.from_grade, found.to_grade) == (NOW + timedelta(hours=1), "王芳", "C", "D")
    assert found.facts == {"employees": 8, "annual_revenue": 3_000_000}


def test_a_firm_that_is_not_stored_cannot_be_overridden(store: Store) -> None:
    with pytest.raises(OverrideError, match="tg:9"):
        keep_override(store.engine, override("tg:9"))


@pytest.mark.parametrize(
    "change",
    [
        update(score_overrides).values(why="another reason"),
        update(score_overrides).values(to_grade="A"),
        update(score_overrides).values(owner_id="tg:2"),
        delete(score_overrides),
    ],
    ids=["why", "grade", "owner", "delete"],
)
def test_the_log_can_only_be_added_to(store: Store, change: Any) -> None:
    keep(store, "tg:1", {})
    keep(store, "tg:2", {})
    keep_override(store.engine, override())
    with pytest.raises(DBAPIError, match="kept as they were written"), store.begin() as connection:
        connection.execute(change)
    assert kept_overrides(store.engine) == [override()]


def test_an_erased_owner_is_forgotten_by_the_log_which_stays(store: Store) -> None:
    keep(store, "tg:1", {})
    keep_override(store.engine, override())
    with store.begin() as connection:
        store.erase(connection, "tg:1")
    (left,) = kept_overrides(store.engine)
    assert (left.firm, left.why) == (None, "订单已确认")


def test_the_migration_builds_the_table_of_the_code(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [difference for difference in compare_metadata(context, metadata) if "score_overrides" in str(difference)]
    assert found == []


def test_stored_firms_are_watched_in_the_month_in_which_they_came(store: Store) -> None:
    keep(
        store,
        "tg:1",
        {"employees": 3, "collateral": ["vehicle", "deposit"], "annual_revenue": 120.5},
        datetime(2026, 10, 31, 23, tzinfo=UTC),
    )
    keep(store, "tg:2", {"industry": "retail"})
    keep(store, "tg:2", {"industry": "catering"}, datetime(2026, 12, 1, tzinfo=UTC))
    keep(store, "tg:3", {})
    with store.begin() as connection:
        old = {"owner_id": "tg:1", "source": "said", "as_of": DAY, "approximate": False, "recorded_at": NOW, "retired_at": None}
        connection.execute(insert(facts), [{**old, "name": "no_longer_a_fact", "value": 7}, {**old, "name": "tax_grade", "value": "Z"}])
    seen = {firm.month: dict(firm.facts) for firm in watched_firms(store.engine)}
    known = Firm.of({"employees": 3, "collateral": ["vehicle", "deposit"], "annual_revenue": 120.5}, DAY)
    assert seen == {"2026-10": dict(known), "2026-11": {"industry": "catering"}}


def test_stored_firms_are_scored_where_they_lie(store: Store) -> None:
    firms = {"tg:1": {"industry": "catering", "employees": 3, "amount_sought": 300000}, "tg:3": {}}
    firms["tg:2"] = {"owner_age": 400, "guaranteed_share": 0.7}
    for owner, firm in firms.items():
        keep(store, owner, firm)
    said = {one.owner: one for one in score_stored(store.engine, default_card())}
    for owner, raw in firms.items():
        expected = score(Firm.of(raw, DAY), default_card())
        assert (said[owner].grade, round(said[owner].points)) == (expected.grade, expected.points)
        assert said[owner].pd == pytest.approx(float(expected.pd), abs=1e-6)
    assert [one.owner for one in score_stored(store.engine, default_card(), "tg:1")] == ["tg:1"]
    assert list(score_stored(store.engine, default_card(), "tg:9")) == []
