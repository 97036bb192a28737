"""When a case is to be answered and settled, on the clock of its bank."""

from __future__ import annotations

from datetime import datetime

from bot.desk.clocks import Hours, Targets, due
from bot.desk.model import Bank


def opening_clocks(bank: Bank, now: datetime) -> tuple[datetime, datetime]:
    """By when a new case is answered first, and by when it is settled."""
    hours, targets = Hours.of(bank.hours), Targets.of(bank.hours)
    return due(hours, now, targets.first), due(hours, now, targets.resolution)


def next_by(bank: Bank, now: datetime) -> datetime:
    """By when a further word of an owner is answered."""
    return due(Hours.of(bank.hours), now, Targets.of(bank.hours).next)
