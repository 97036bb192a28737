"""What signals, months and weeks are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.conversation.signals.gathered import Origin, Signal
from bot.conversation.texts import say
from scoring.signals.series import MonthSum

NAMES: Mapping[Signal, str] = {one: f"signal_{one}" for one in Signal}
_WHAT: Mapping[Origin, str] = {one: f"of_{one}" for one in Origin}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LONG_MONTHS = "January February March April May June July August September October November December".split()


def name_of(signal: Signal, language: str) -> str:
    return say(NAMES[signal], language)


def what_of(origin: Origin, language: str) -> str:
    """进账 / money in: what a signal of months is about."""
    return say(_WHAT[origin], language)


def month_name(month: int, language: str) -> str:
    """A calendar month: 2月 / February."""
    return f"{month}月" if language == "zh" else _LONG_MONTHS[month - 1]


def short_month(month: int, language: str) -> str:
    """A calendar month where there is little room: 2月 / Feb."""
    return f"{month}月" if language == "zh" else _MONTHS[month - 1]


def month_of_year(month: date, language: str) -> str:
    """A month of a year: 2026年2月 / Feb 2026."""
    return f"{month.year}年{month.month}月" if language == "zh" else f"{_MONTHS[month.month - 1]} {month.year}"


def day_of_year(on: date, language: str) -> str:
    """A day of the weeks to come: 11月8日 / 8 Nov."""
    return f"{on.month}月{on.day}日" if language == "zh" else f"{on.day} {_MONTHS[on.month - 1]}"


def week_of_year(first: date, last: date, language: str) -> str:
    """A week: 11月8日至14日 / 8–14 Nov."""
    if first.month != last.month:
        return f"{day_of_year(first, language)}{'至' if language == 'zh' else ' – '}{day_of_year(last, language)}"
    return f"{first.month}月{first.day}日至{last.day}日" if language == "zh" else f"{first.day}–{day_of_year(last, language)}"


def span_of(months: Sequence[MonthSum], language: str) -> str:
    """2026年1月至2026年10月 / Jan 2026 to Oct 2026; of one month only that."""
    first, last = (month_of_year(one.month, language) for one in (months[0], months[-1]))
    return first if first == last else f"{first}至{last}" if language == "zh" else f"{first} to {last}"
