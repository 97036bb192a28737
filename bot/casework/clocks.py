"""When a case is to be answered and settled, on the clock of its bank."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.conversation.texts import say
from bot.desk.clocks import Hours, Targets, due
from bot.desk.model import Bank
from knowledge.formats import day


def opening_clocks(bank: Bank, now: datetime) -> tuple[datetime, datetime]:
    """By when a new case is answered first, and by when it is settled."""
    hours, targets = Hours.of(bank.hours), Targets.of(bank.hours)
    return due(hours, now, targets.first), due(hours, now, targets.resolution)


def next_by(bank: Bank, now: datetime) -> datetime:
    """By when a further word of an owner is answered."""
    return due(Hours.of(bank.hours), now, Targets.of(bank.hours).next)


def promise(bank: Bank, by: datetime, now: datetime, language: str) -> str:
    """By when an answer comes, as an owner reads it."""
    hours = Hours.of(bank.hours)
    then, today = hours.local(by), hours.local(now).date()
    time = f"{then:%H:%M}"
    if then.date() == today:
        return say("desk_when_today", language, time=time)
    if then.date() == today + timedelta(days=1):
        return say("desk_when_tomorrow", language, time=time)
    return say("desk_when_day", language, time=time, day=day(then.date(), language))
