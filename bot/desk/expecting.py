"""What an owner is told to expect: "usually answered within 3 hours; it is 19:40 now, so tomorrow from 9:00"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources
from math import ceil

import yaml

from bot.desk.clocks import Expectation, Hours, Targets, due, is_open, opens

#: What the library says of days that are off without being the holiday itself, and what it adds to a name.
_NO_NAME = re.compile(r"^(?:休息日|Day off)|^\s*$")
_ADDED = re.compile(r"\s*[（(].*?[)）]")
_DAY = timedelta(days=1)


def expect(hours: Hours, targets: Targets, usual: int | None, now: datetime) -> Expectation:
    """`usual` is the median of first answers in business minutes; where too few cases tell it, the desk's own target stands in."""
    return Expectation(targets.first if usual is None else usual, opens(hours, now))


def expectation_text(expected: Expectation, hours: Hours, now: datetime, language: str, *, cases: int = 0, stale: bool = False) -> str:
    """One sentence. `cases`: of how many the usual time is the median, 0 where it is only what the desk promises.

    `stale`: somebody waits there for twice as long as promised, and the sentence does not hide it.
    """
    usual = _say("slow" if stale else "usual", language, usual=_span(expected.minutes_usual, hours, language))
    usual += _say("counted", language, n=cases) if cases else ""
    rest = _until_then(expected, hours, now, language) if is_open(hours, now) else _closed(expected, hours, now, language)
    return ("；" if language == "zh" else "; ").join(part for part in (usual, rest) if part) + _say("end", language)


def _closed(expected: Expectation, hours: Hours, now: datetime, language: str) -> str:
    """Why nobody is there, and from when somebody is."""
    opening = hours.local(expected.earliest)
    return ("，" if language == "zh" else ", ").join((_why(hours, now, opening, language), _from(hours, now, opening, language)))


def _why(hours: Hours, now: datetime, opening: datetime, language: str) -> str:
    here = hours.local(now)
    clock = _clock(here)
    if not hours.works(here.date()):
        name = _holiday(hours, here.date(), language)
        return _say("holiday", language, holiday=name) if name else _say("free", language)
    if here.time() < hours.times[0][0]:
        return _say("before", language, clock=clock)
    if opening.date() == here.date():
        return _say("pause", language, clock=clock)
    name = _holiday(hours, here.date() + _DAY, language) if not hours.works(here.date() + _DAY) else None
    return _say("after_holiday", language, clock=clock, holiday=name) if name else _say("after", language, clock=clock)


def _from(hours: Hours, now: datetime, opening: datetime, language: str) -> str:
    return _say("from", language, when=_when(hours.local(now).date(), opening, language), clock=_clock(opening))


def _until_then(expected: Expectation, hours: Hours, now: datetime, language: str) -> str:
    """Nothing while an answer can be counted on today; else that the desk closes first."""
    answered, today = hours.local(due(hours, now, expected.minutes_usual)), hours.local(now).date()
    if answered.date() == today or expected.minutes_usual > _a_day(hours):
        return ""
    closing = _clock(datetime.combine(today, hours.times[-1][1]))
    return _say("runs_over", language, clock=closing, when=_when(today, answered, language), until=_clock(answered))


def _span(minutes: int, hours: Hours, language: str) -> str:
    """Rounded up, so that the promise holds: to five minutes, half hours, hours, days of work."""
    if minutes > _a_day(hours):
        return _say("days", language, n=ceil(minutes / _a_day(hours)))
    if minutes <= 55:
        return _say("minutes", language, n=max(ceil(minutes / 5) * 5, 5))
    if minutes <= 60:
        return _say("hour", language)
    halves = ceil(minutes / 30)
    whole = ceil(minutes / 60) if minutes > 180 or halves % 2 == 0 else None
    return _say("hours", language, n=whole if whole is not None else halves / 2)


def _a_day(hours: Hours) -> int:
    """Minutes of a working day."""
    return sum((to.hour - start.hour) * 60 + to.minute - start.minute for start, to in hours.times)


def _when(today: date, moment: datetime, language: str) -> str:
    """Today, tomorrow, a weekday of this week or the next, else the date."""
    that, early = moment.date(), moment.time() < time(12)
    if that == today:
        return _say("this_morning" if early else "today", language)
    if that == today + _DAY:
        return _say("tomorrow_morning" if early else "tomorrow", language)
    weekday = _say("weekdays", language).split()[that.weekday()]
    if that - today < 7 * _DAY:
        same_week = that.isocalendar()[:2] == today.isocalendar()[:2]
        return _say("weekday" if same_week else "next_week", language, weekday=weekday)
    return _say("date", language, month=that.month, day=that.day, month_name=_say("months", language).split()[that.month - 1])


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02}"


def _holiday(hours: Hours, off: date, language: str) -> str | None:
    """What the days off around a day are called: the name most of them have. None of a plain weekend."""
    days = [off]
    while not hours.works(days[0] - _DAY):
        days.insert(0, days[0] - _DAY)
    while not hours.works(days[-1] + _DAY):
        days.append(days[-1] + _DAY)
    names = Counter(name for found in days for name in _names(hours.holiday(found, language)))
    return max(names, key=names.__getitem__) if names else None


def _names(raw: str | None) -> list[str]:
    parts = [_ADDED.sub("", part).strip() for part in (raw or "").split(";") if not _NO_NAME.match(part.strip())]
    return [part for part in parts if part]


def _say(key: str, language: str, **values: object) -> str:
    return _texts()[key][language].format(**values)


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(resources.files("bot.desk").joinpath("expecting.yaml").read_text("utf-8"))
    return loaded
