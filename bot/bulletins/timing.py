"""When a bulletin may leave: quiet hours on the clock of the firms, and how long so many messages take."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.bulletins.model import Quiet

#: China has one clock.
ZONE = ZoneInfo("Asia/Shanghai")
#: Messages a second that Telegram takes in all, and how many of these are kept for whoever chats meanwhile.
ALLOWED, KEPT = 30, 4
#: Messages a second that Telegram takes from a bot that pays for them.
PAID_RATE = 1000
#: So long messages count for an owner's limit, and the hour of the day for all of a day in one.
WEEK, MORNING = timedelta(days=7), time(9)


def is_quiet(quiet: Quiet, moment: datetime) -> bool:
    """Whether nobody is to be written to."""
    here = moment.astimezone(ZONE).time()
    if quiet.start < quiet.end:
        return quiet.start <= here < quiet.end
    return quiet.start != quiet.end and (here >= quiet.start or here < quiet.end)


def leaves(quiet: Quiet, moment: datetime) -> datetime:
    """The first moment from then on that is not quiet."""
    return _next(quiet.end, moment) if is_quiet(quiet, moment) else moment


def until_quiet(quiet: Quiet, moment: datetime) -> timedelta:
    """How long there is until the next quiet hours; nothing while they last."""
    if is_quiet(quiet, moment):
        return timedelta(0)
    return timedelta.max if quiet.start == quiet.end else _next(quiet.start, moment) - moment


def ends(quiet: Quiet, start: datetime, messages: int, rate: float) -> datetime:
    """When the last of so many messages has left at a rate a second, begun at a moment and halted in quiet hours."""
    moment, left = leaves(quiet, start), messages / rate
    while (room := until_quiet(quiet, moment).total_seconds()) < left:
        left -= room
        moment = leaves(quiet, moment + timedelta(seconds=room))
    return moment + timedelta(seconds=math.ceil(left))


def free_at(told: Sequence[datetime], weekly: int, now: datetime) -> datetime | None:
    """When somebody who was told at these moments, the oldest first, may be told again: so often in seven days at most. None: now."""
    recent = [moment for moment in told if moment > now - WEEK]
    return None if len(recent) < weekly else recent[len(recent) - weekly] + WEEK


def next_morning(now: datetime) -> datetime:
    """The next nine o'clock by the clock of the firms: when the messages of a day come as one."""
    return _next(MORNING, now)


def rate_of(paid: bool) -> int:
    """Messages a second that a bulletin leaves at while people chat."""
    return PAID_RATE if paid else ALLOWED - KEPT


def stars(messages: int) -> int:
    """What so many paid messages cost at most, in Telegram's Stars: a tenth for each beyond the free ones of the same second."""
    full, rest = divmod(messages, PAID_RATE)
    return math.ceil((full * (PAID_RATE - ALLOWED) + max(0, rest - ALLOWED)) / 10)


def _next(clock: time, moment: datetime) -> datetime:
    """The next time after a moment that the clock shows this."""
    here = moment.astimezone(ZONE)
    at = here.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return (at if at > here else at + timedelta(days=1)).astimezone(UTC)
