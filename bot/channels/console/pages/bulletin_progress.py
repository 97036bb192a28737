"""How far a bulletin is and what came of it, and the plots of firms in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.broadcasting.breakdown import Slice
from bot.broadcasting.pace import pace
from bot.broadcasting.reporting import ReachSlice, report
from bot.bulletins.groups import FEWEST
from bot.bulletins.model import Bulletin, Ending, Status
from bot.bulletins.timing import ZONE
from bot.bulletins.words import word
from bot.channels.console.parts import Asked
from bot.channels.console.plots import Stacked, stacked
from bot.channels.console.texts import say

#: While these last, the page asks for news.
_MOVING = frozenset({Status.APPROVED, Status.SENDING})
#: What became of messages, in the order of the report.
_ENDINGS = (Ending.SENT, Ending.UNSUBSCRIBED, Ending.FAILED, Ending.UNKNOWN, Ending.EXPIRED, Ending.STOPPED, Ending.WAITING)


def progress_values(asked: Asked, bulletin: Bulletin) -> dict[str, Any]:
    """What the page shows of a bulletin's way, and once it is over of what came of it."""
    language, found = asked.language, pace(asked.office, asked.member, bulletin.id, asked.now)
    counted = [(say(f"ending_{ending}", language), found.counted[ending]) for ending in _ENDINGS if found.counted[ending]]
    held = bulletin.status is Status.HELD
    over = bulletin.started_at is not None and (held or bulletin.ended_at is not None)
    told = report(asked.office, asked.member, bulletin.id, asked.now) if over else None
    return {
        "pace": found,
        "endings": sorted(counted, key=lambda pair: -pair[1]),
        "moving": bulletin.status in _MOVING,
        "held": held,
        "until": None if found.until is None else f"{found.until.astimezone(ZONE):%Y-%m-%d %H:%M}",
        "report": told,
        "failures": [] if told is None else [(word(f"failed_{why}", language), count) for why, count in told.failures.items()],
        "told_plots": [] if told is None else [(by.value, places_plot(slices, language)) for by, slices in told.by.items() if slices],
    }


def audience_plot(slices: Sequence[Slice], language: str) -> Stacked:
    """Groups of firms, each by what the rule says of it."""
    return stacked([(one.label[language], (one.counts.eligible, one.counts.unknown, one.counts.ineligible)) for one in slices])


def places_plot(slices: Sequence[ReachSlice], language: str) -> Stacked:
    """Who looked and who did not, where so many did that it may be told; else all who were told."""
    return stacked([(one.label[language], _looked(one)) for one in slices])


def is_few(count: int) -> bool:
    """Whether a count would tell of so few firms that it is not shown."""
    return 0 < count < FEWEST


def percent(share: float) -> str:
    """A share in whole percent; a little is never nothing, and nearly all never all."""
    return f"{min(max(round(share * 100), 1 if share > 0 else 0), 99 if share < 1 else 100)}"


def _looked(one: ReachSlice) -> tuple[int, int]:
    looked = 0 if is_few(one.reach.looked) else one.reach.looked
    return looked, one.reach.told - looked
