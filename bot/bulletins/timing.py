"""When a bulletin may leave: quiet hours on the clock of the firms, and how long so many messages take."""

from __future__ import annotations

import math
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.bulletins.model import Quiet

#: China has one clock.
ZONE = ZoneInfo("Asia/Shanghai")
#: Messages a second that Telegram takes in all, and how many of these are kept for whoever chats meanwhile.
ALLOWED, KEPT = 30, 4


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


def _next(clock: time, moment: datetime) -> datetime:
    """The next time after a moment that the clock shows this."""
    here = moment.astimezone(ZONE)
    at = here.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    return (at if at > here else at + timedelta(days=1)).astimezone(UTC)
