"""Statistics of a desk, with plots."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from starlette.responses import Response

from bot.channels.console.pages.queue import topic
from bot.channels.console.parts import Asked, Page
from bot.channels.console.plots import columns
from bot.channels.console.rendering import page
from bot.channels.console.texts import say
from bot.desk.clocks import Hours
from bot.desk.rights import Action
from bot.desk.statistics import CLASSES, statistics
from bot.storage.desk.queue import counts, outlines

_PERIODS = (7, 30, 90)
_ZONE = ZoneInfo("Asia/Shanghai")


def show(asked: Asked) -> Response:
    """One bank's figures; for administrators of the installation those of all banks, or of one of them."""
    allowed = asked.banks(Action.STATISTICS)
    wanted = asked.query.get("bank", "")
    banks = [wanted] if wanted in allowed else allowed
    period = next((days for days in _PERIODS if str(days) == asked.query.get("days")), 30)
    last = asked.now.astimezone(_ZONE).date()
    first = last - timedelta(days=period - 1)
    since = datetime(first.year, first.month, first.day, tzinfo=_ZONE)
    told = outlines(asked.connection, banks, since)
    hours = {bank.id: Hours.of(bank.hours) for bank in asked.every_bank.values()}
    figures = statistics(told, first, last, _ZONE, hours)
    days = [f"{day.month}/{day.day}" for day, _, _ in figures.days]
    return page(
        asked,
        "statistics.html",
        figures=figures,
        now_open=counts(asked.connection, banks, asked.member, asked.now),
        volume=columns(days, [[came for _, came, _ in figures.days], [went for _, _, went in figures.days]], every=max(1, period // 7)),
        waits=columns(_classes(asked.language), [figures.classes]),
        stars=columns(["★" * number for number in range(1, 6)], [figures.ratings]),
        topics=[(topic(asked, about) or about, count) for about, count in figures.topics],
        by_bank=_by_bank(asked, allowed, since, hours) if len(allowed) > 1 else [],
        banks=[asked.every_bank[bank] for bank in allowed] if len(allowed) > 1 else [],
        chosen=wanted if wanted in allowed else "",
        periods=_PERIODS,
        period=period,
    )


def _by_bank(asked: Asked, banks: list[str], since: datetime, hours: dict[str, Hours]) -> list[tuple[str, object]]:
    told, first, last = outlines(asked.connection, banks, since), since.date(), asked.now.astimezone(_ZONE).date()
    names = {bank.id: bank.name[asked.language] for bank in asked.every_bank.values()}
    return [(names[bank], statistics([one for one in told if one.bank == bank], first, last, _ZONE, hours)) for bank in banks]


def _classes(language: str) -> list[str]:
    """What each class of waiting is called on the axis."""
    ends = [_short(end, language) for end in CLASSES]
    return [say("stats_under", language, span=end) for end in ends] + [say("stats_over", language, span=ends[-1])]


def _short(span: timedelta, language: str) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return say("short_minutes", language, count=minutes)
    return say("short_hours", language, count=minutes // 60)


PAGES = (Page("GET", "/statistics", show, Action.STATISTICS),)
