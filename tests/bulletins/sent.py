"""What became of a bulletin: its rows, counts and status, and a sender that closes rows."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.broadcasting.office import Office, progress
from bot.bulletins.checks import Unfit
from bot.bulletins.model import Ending, Status
from bot.desk.model import Member
from bot.storage.bulletins.rows import bulletin_of
from bot.storage.posts import Closing, Lane, Outcome
from bot.storage.tables import outbox
from tests.bulletins.written import NOW


def codes(error: pytest.ExceptionInfo[Unfit]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def posts(office: Office) -> list[tuple[str, str, int, str]]:
    with office.store.engine.connect() as connection:
        rows = connection.execute(select(outbox).where(outbox.c.kind.like("bulletin%")).order_by(outbox.c.id)).all()
        return [(row.owner_id, row.kind, row.lane, row.message.get("text", "")) for row in rows]


def leave(office: Office, outcome: Outcome = "sent", count: int = 1000) -> list[int]:
    """What a sender does: closes rows of the bulk lane."""
    rows = office.store.waiting(Lane.BULK, count)
    office.store.close_posts([Closing(row, outcome, row) for row in rows], NOW)
    return rows


def counted(office: Office, officer: Member, number: int) -> dict[Ending, int]:
    return {ending: count for ending, count in progress(office, officer, number)[1].items() if count}


def status(office: Office, number: int) -> Status:
    with office.store.begin() as connection:
        bulletin = bulletin_of(connection, number)
        assert bulletin is not None
        return bulletin.status
