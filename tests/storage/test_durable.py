"""Commits are on the disk when they return, and those that wait together share one write of the disk."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import OperationalError

from bot.storage import durable
from bot.storage.database import open_database
from bot.storage.tables import owners

_NOW = datetime(2026, 11, 21, tzinfo=UTC)
_COMMITS = 8


class Disk:
    """Stands in for fsync: notes how many owners the log held at each write, and can hold a write up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.held: list[int] = []
        self.started, self.go_on = threading.Event(), threading.Event()
        self.go_on.set()

    def fsync(self, file: int) -> None:
        assert os.fstat(file).st_size > 0
        self.held.append(_owners(self._engine))
        self.started.set()
        assert self.go_on.wait(10)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(f"sqlite:///{tmp_path / 'advisor.db'}")
    yield opened
    opened.dispose()


@pytest.fixture
def disk(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Disk:
    watched = Disk(engine)
    monkeypatch.setattr(durable.os, "fsync", watched.fsync)
    return watched


def _add(engine: Engine, owner: str) -> int:
    """Store an owner; returns how many there were when its commit returned."""
    with engine.begin() as connection:
        connection.execute(insert(owners).values(id=owner, created_at=_NOW))
    return _owners(engine)


def _owners(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(owners)).scalar_one()


def test_every_commit_is_on_the_disk_when_it_returns(engine: Engine, disk: Disk) -> None:
    for number in range(1, 4):
        _add(engine, f"o{number}")
        assert disk.held[-1] == number


def test_reading_does_not_wait_for_the_disk(engine: Engine, disk: Disk) -> None:
    assert _owners(engine) == 0
    assert disk.held == []


def test_what_is_rolled_back_does_not_wait_for_the_disk(engine: Engine, disk: Disk) -> None:
    with engine.connect() as connection:
        connection.execute(insert(owners).values(id="o", created_at=_NOW))
        connection.rollback()
    assert disk.held == []
    assert _owners(engine) == 0


def test_commits_that_wait_together_share_one_write(engine: Engine, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    stored, settle = threading.Semaphore(0), durable.Log.settle

    def counted(log: durable.Log) -> None:
        stored.release()
        settle(log)

    monkeypatch.setattr(durable.Log, "settle", counted)
    disk.go_on.clear()
    with ThreadPoolExecutor(_COMMITS) as pool:
        first = pool.submit(_add, engine, "first")
        assert disk.started.wait(10)
        others = [pool.submit(_add, engine, f"o{number}") for number in range(_COMMITS - 1)]
        assert all(stored.acquire(timeout=10) for _ in range(_COMMITS))
        assert not first.done()
        assert not any(other.done() for other in others)  # stored, but not on the disk: the first write began before them
        disk.go_on.set()
        for done in (first, *others):
            done.result(10)
    assert disk.held[0] == 1
    assert disk.held[-1] == _COMMITS
    assert len(disk.held) <= 3  # one that counted itself while the second write began may need a third


def test_a_failing_disk_fails_the_commit_and_the_next_one_tries_again(engine: Engine, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", broken)
        with pytest.raises(OperationalError, match="disk I/O error"):
            _add(engine, "o1")
    _add(engine, "o2")
    assert disk.held == [2]


def test_a_database_in_memory_has_no_disk_to_wait_for() -> None:
    engine = open_database("sqlite:///:memory:")
    assert _add(engine, "o") == 1
    engine.dispose()
