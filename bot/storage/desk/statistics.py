"""How soon a bank answers, from its cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from sqlalchemy import Connection

from bot.desk.clocks import Hours, Targets, elapsed
from bot.desk.model import Bank, Case
from bot.desk.waiting import is_stale
from bot.storage.desk.cases import cases_where
from bot.storage.desk.tables import cases

#: Days that are looked back on, and the cases without which nothing is said.
DAYS, ENOUGH = 90, 5


@dataclass(frozen=True)
class FirstAnswers:
    """The median of a bank's first answers in business minutes, None of fewer than five cases, and of how many cases it is.

    `stale`: somebody waits there now for twice as long as the bank promises.
    """

    minutes: int | None
    cases: int
    stale: bool


def first_answers(connection: Connection, bank: Bank, now: datetime) -> FirstAnswers:
    """Of the cases opened in the last 90 days.

    One that was never answered counts with the time it has waited, as soon as that is more than promised: a bank that lets questions
    lie must not look the quicker for it.
    """
    hours, promised = Hours.of(bank.hours), timedelta(minutes=Targets.of(bank.hours).first)
    recent = cases_where(connection, cases.c.bank_id == bank.id, cases.c.opened_at >= now - timedelta(days=DAYS))
    waited = [time for case in recent if (time := _waited(case, hours, promised, now)) is not None]
    minutes = median_low(waited) // timedelta(minutes=1) if len(waited) >= ENOUGH else None
    open_now = cases_where(connection, cases.c.bank_id == bank.id, cases.c.status != "closed", cases.c.waiting_since.is_not(None))
    return FirstAnswers(minutes, len(waited), any(is_stale(case, hours, now) for case in open_now))


def _waited(case: Case, hours: Hours, promised: timedelta, now: datetime) -> timedelta | None:
    """Business time to the first answer; None where it is too early to tell."""
    if case.first_answered_at is not None:
        return elapsed(hours, case.opened_at, case.first_answered_at)
    waited = elapsed(hours, case.opened_at, case.closed_at or now)
    return waited if waited > promised else None
