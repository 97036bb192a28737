"""Versions of the knowledge, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, insert, text

from bot.storage.database import MIGRATIONS, open_database
from bot.storage.packs import NoVersion, Packs
from bot.storage.store import Remembered, Store, StoredFact, TurnRecord
from bot.storage.tables import pack_events, packs
from knowledge.entries import Standing
from knowledge.pack import Kept, Pack

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = """id: sub-a
kind: subsidy
status: in_force
confidence: high
name: {zh: 示例, en: Sample}
summary: {zh: 示例。, en: A sample.}
source: {issuer: {zh: 财政部, en: Ministry of Finance}}
checked: 2026-11-21
when: {fact: age_months, at_least: 24}
"""


def pack(letter: str, **texts: str) -> Pack:
    kept = {name.replace("_", "-"): Kept(f"{name.replace('_', '-')}.yaml", text) for name, text in texts.items()}
    return Pack({}, letter * 64, (), kept)


@pytest.fixture
def stored(store: Store) -> Packs:
    return Packs(store.engine)


def test_a_version_comes_back_as_it_was_written(stored: Packs) -> None:
    assert stored.keep(pack("a", sub_a=TEXT), NOW) is True
    again = stored.pack("a" * 64)
    assert again.kept["sub-a"].text == TEXT
    assert again["sub-a"].rule is not None, "the rule is kept, too"
    with pytest.raises(NoVersion):
        stored.pack("b" * 64)


def test_the_same_version_loaded_again_is_no_event(stored: Packs) -> None:
    assert stored.keep(pack("a"), NOW) is True
    assert stored.keep(pack("a"), NOW + HOUR) is False
    assert [version.at.replace(tzinfo=UTC) for version, _ in stored.versions()] == [NOW]


def test_every_event_is_listed_newest_first_with_author_and_note(stored: Packs) -> None:
    stored.keep(pack("a", sub_a=TEXT), NOW)
    stored.keep(pack("b"), NOW + HOUR, "written", "Li Wei", "2027 notice")
    stored.keep(pack("b"), NOW + 2 * HOUR)
    stored.keep(pack("a", sub_a=TEXT), NOW + 3 * HOUR)
    found = [(version.digest[0], version.event, version.author, version.note, size) for version, size in stored.versions()]
    assert found == [
        ("a", "loaded", None, None, 1),
        ("b", "loaded", "Li Wei", "2027 notice", 0),
        ("b", "written", "Li Wei", "2027 notice", 0),
        ("a", "loaded", None, None, 1),
    ]


@pytest.mark.parametrize(("hours", "expected"), [(-1, None), (0, "a"), (1, "a"), (2, "b"), (3, "a"), (30, "a")])
def test_what_answered_at_a_moment_is_what_was_loaded_last(stored: Packs, hours: int, expected: str | None) -> None:
    stored.keep(pack("a"), NOW)
    stored.keep(pack("b"), NOW + HOUR, "written", "Li Wei")
    stored.keep(pack("b"), NOW + 2 * HOUR)
    stored.keep(pack("a"), NOW + 3 * HOUR)
    found = stored.answering_at(NOW + hours * HOUR)
    assert (found.digest[0] if found else None) == expected


def test_a_guard_sees_the_version_before_and_can_refuse_the_next(stored: Packs) -> None:
    seen: list[Mapping[str, Kept]] = []

    def refuse(before: Mapping[str, Kept]) -> None:
        seen.append(before)
        raise RuntimeError("no")

    stored.keep(pack("a", sub_a=TEXT), NOW, guard=refuse)
    stored.keep(pack("a", sub_a=TEXT), NOW, guard=refuse)
    assert seen == []
    with pytest.raises(RuntimeError):
        stored.keep(pack("b"), NOW + HOUR, guard=refuse)
    assert list(seen[0]) == ["sub-a"]
    assert [version.digest[0] for version, _ in stored.versions()] == ["a"]
    with pytest.raises(NoVersion):
        stored.pack("b" * 64)


@pytest.mark.parametrize(("start", "found"), [("aaaaaa", True), ("AAAAAA", True), ("a" * 64, True), ("bbbbbb", False), ("%", False)])
def test_a_version_is_found_by_the_beginning_of_its_digest(stored: Packs, start: str, found: bool) -> None:
    stored.keep(pack("a"), NOW)
    if found:
        assert stored.find(start) == "a" * 64
    else:
        with pytest.raises(NoVersion):
            stored.find(start)


def test_a_turn_is_found_with_its_version_and_firms_without_their_owners(store: Store, stored: Packs) -> None:
    facts = [
        StoredFact("employees", 8, "said", date(2026, 11, 21), False),
        StoredFact("industry", "catering", "said", date(2026, 11, 21), False),
    ]
    with store.begin() as connection:
        record = TurnRecord({"text": "hello"}, "greet", [{"text": "hi"}], ["sub-a"], "a" * 64)
        store.commit_turn(connection, "tg:1", Remembered(None, 0, ()), {}, facts, record, NOW)
        store.commit_turn(connection, "tg:2", Remembered(None, 0, ()), {}, facts[:1], record, NOW)
    turn = stored.turn(1)
    assert turn is not None
    assert (turn.digest, turn.sources, turn.said, turn.heard) == ("a" * 64, ("sub-a",), ({"text": "hi"},), {"text": "hello"})
    assert stored.turn(99) is None
    assert list(stored.firms()) == [{"employees": 8, "industry": "catering"}, {"employees": 8}]


def test_a_version_of_the_first_release_is_told_without_its_rule(stored: Packs) -> None:
    fields = {
        "id": "sub-a", "kind": "subsidy", "status": "in_force", "confidence": "high", "name": {"zh": "示例", "en": "Sample"},
        "summary": {"zh": "示例。", "en": "A sample."}, "source": {"issuer": {"zh": "财政部", "en": "Ministry of Finance"}, "url": None},
        "valid": {"from_": "2026-01-01", "until": "2026-12-31", "inferred": False}, "checked": "2026-11-21", "provider": None, "cases": [],
    }  # fmt: skip
    with stored.begin() as connection:
        connection.execute(insert(packs), {"digest": "c" * 64, "loaded_at": NOW, "entries": {"sub-a": fields}})
        connection.execute(insert(pack_events), {"digest": "c" * 64, "at": NOW, "event": "loaded"})
    entry = stored.pack("c" * 64)["sub-a"]
    assert entry.rule is None
    assert entry.standing(date(2026, 11, 21)) is Standing.IN_FORCE
    assert entry.standing(date(2027, 1, 1)) is Standing.ENDED


@pytest.fixture
def old_database(database_url: str) -> str:
    """A database whose versions have no events yet."""
    address = database_url.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(address)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(
            text("INSERT INTO packs (digest, loaded_at, entries) VALUES (:digest, :at, '{}')"),
            [{"digest": "b" * 64, "at": NOW + HOUR}, {"digest": "a" * 64, "at": NOW}],
        )
    engine.dispose()
    return database_url


def test_versions_stored_before_get_their_events(old_database: str) -> None:
    engine = open_database(old_database)
    found = Packs(engine).versions()
    engine.dispose()
    assert [(version.digest[0], version.event) for version, _ in found] == [("b", "loaded"), ("a", "loaded")]
