"""What an owner may expect of a bank, from how it has answered lately."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.desk.clocks import Hours, Targets
from bot.desk.expecting import expect, expectation_text
from bot.desk.model import Bank
from bot.storage.desk.statistics import first_answers


def expectation(connection: Connection, bank: Bank, now: datetime, language: str) -> str:
    """The sentence for an owner who asks a bank something now."""
    hours, lately = Hours.of(bank.hours), first_answers(connection, bank, now)
    expected = expect(hours, Targets.of(bank.hours), lately.minutes, now)
    counted = lately.cases if lately.minutes is not None else 0
    return expectation_text(expected, hours, now, language, cases=counted, stale=lately.stale)
