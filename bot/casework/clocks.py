"""When a case is to be answered and settled."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.desk.model import Bank

_FIRST, _NEXT, _RESOLUTION = 180, 240, 2400


def opening_clocks(bank: Bank, now: datetime) -> tuple[datetime, datetime]:
    """By when a new case is answered first, and by when it is settled."""
    return _due(bank, now, _FIRST), _due(bank, now, _RESOLUTION)


def next_by(bank: Bank, now: datetime) -> datetime:
    """By when a further word of an owner is answered."""
    return _due(bank, now, _NEXT)


def _due(_bank: Bank, start: datetime, minutes: int) -> datetime:
    """Plain minutes."""
    return start + timedelta(minutes=minutes)
