"""Business time: across nights, weekends, holidays and the days worked instead of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.clocks import Hours, Targets, due, elapsed, is_open, opens

HERE = ZoneInfo("Asia/Shanghai")
USUAL = Hours()
DAY = 510  # minutes from 9:00 to 17:30


def here(text: str) -> datetime:
    """A moment of 2026 on Shanghai's clock, as month-day hour:minute."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("start", "minutes", "expected", "why"),
    [
        ("11-26 10:00", 0, "11-26 10:00", "nothing to wait for"),
        ("11-26 10:00", 180, "11-26 13:00", "within a day"),
        ("11-26 08:59", 60, "11-26 10:00", "before opening"),
        ("11-26 09:00", DAY, "11-26 17:30", "a whole day ends at closing time"),
        ("11-26 09:00", DAY + 1, "11-27 09:01", "a minute more is tomorrow's"),
        ("11-26 17:29", 1, "11-26 17:30", "the last minute"),
        ("11-26 17:30", 1, "11-27 09:01", "closed on the dot"),
        ("11-26 19:40", 0, "11-27 09:00", "nobody is there"),
        ("11-26 19:40", 180, "11-27 12:00", "after closing"),
        ("11-27 17:00", 60, "11-30 09:30", "over a weekend"),
        ("11-28 12:00", 60, "11-30 10:00", "on a Saturday"),
        # Spring Festival: off from Sunday 15 to Monday 23 February; Saturdays 14 and 28 are worked instead.
        ("02-13 17:00", 60, "02-14 09:30", "the Saturday before is worked"),
        ("02-14 17:00", 60, "02-24 09:30", "the whole festival, with both of its bridge days"),
        ("02-18 10:00", 60, "02-24 10:00", "in the middle of it"),
        ("02-27 17:00", 60, "02-28 09:30", "the Saturday after is worked"),
        ("02-28 17:00", 60, "03-02 09:30", "and its Sunday is not"),
        # The October week: off from Thursday 1 to Wednesday 7; Sunday 20 September and Saturday 10 October are worked.
        ("09-18 17:00", 60, "09-20 09:30", "the shift before it is on a Sunday"),
        ("09-30 17:00", 60, "10-08 09:30", "the week"),
        ("10-09 17:00", 60, "10-10 09:30", "the Saturday after is worked"),
        ("10-10 17:00", 60, "10-12 09:30", "its Sunday is not"),
        ("09-24 17:00", 60, "09-28 09:30", "Mid-Autumn, a Friday"),
    ],
)
def test_due(start: str, minutes: int, expected: str, why: str) -> None:
    found = due(USUAL, here(start), minutes)
    assert found == here(expected), why
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("11-26 09:00", "11-26 09:00"),
        ("11-26 17:29", "11-26 17:29"),
        ("11-26 17:30", "11-27 09:00"),
        ("11-26 00:00", "11-26 09:00"),
        ("10-03 11:00", "10-08 09:00"),
        ("10-10 11:00", "10-10 11:00"),
    ],
)
def test_opens(moment: str, expected: str) -> None:
    assert opens(USUAL, here(moment)) == here(expected)
    assert is_open(USUAL, here(moment)) == (moment == expected)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("11-26 10:00", "11-26 10:00", 0),
        ("11-26 10:00", "11-26 09:30", 0),
        ("11-26 17:00", "11-26 22:00", 30),
        ("11-26 18:00", "11-27 08:00", 0),
        ("11-27 17:00", "11-30 09:30", 60),
        ("09-30 17:00", "10-08 09:10", 40),
    ],
)
def test_elapsed(start: str, end: str, minutes: int) -> None:
    assert elapsed(USUAL, here(start), here(end)) == timedelta(minutes=minutes)


def test_a_year_without_published_days_has_weekdays_and_the_holidays_of_the_law() -> None:
    assert not USUAL.works(date(2029, 10, 1))
    assert not USUAL.works(date(2029, 9, 29)), "a Saturday before the October week: nobody knows yet whether it is worked"
    assert USUAL.works(date(2029, 10, 9))


@pytest.mark.parametrize(
    ("stored", "start", "minutes", "expected"),
    [
        ({"country": "DE", "zone": "Europe/Berlin"}, "2026-12-24 17:00", 60, "2026-12-28 09:30"),
        ({"country": "DE", "region": "BY", "zone": "Europe/Berlin"}, "2026-01-05 17:00", 60, "2026-01-07 09:30"),
        ({"country": "DE", "region": "HH", "zone": "Europe/Berlin"}, "2026-01-05 17:00", 60, "2026-01-06 09:30"),
        ({"country": "US", "zone": "America/New_York"}, "2026-11-25 17:00", 60, "2026-11-27 09:30"),
        ({"country": "HK", "zone": "Asia/Hong_Kong"}, "2026-10-02 10:00", 60, "2026-10-02 11:00"),
        ({"days": [1, 2, 3, 4, 5, 6]}, "2026-11-27 17:00", 60, "2026-11-28 09:30"),
        ({"times": [["09:00", "12:00"], ["13:30", "17:30"]]}, "2026-11-26 11:30", 60, "2026-11-26 14:00"),
        ({"times": [["09:00", "12:00"], ["13:30", "17:30"]]}, "2026-11-26 12:30", 0, "2026-11-26 13:30"),
        ({"closed": ["2026-11-27"]}, "2026-11-26 17:00", 60, "2026-11-30 09:30"),
        ({"closed": ["2026-10-10"]}, "2026-10-09 17:00", 60, "2026-10-12 09:30"),
        # A desk that is open in the night when clocks are put forward: two hours on the clock are one.
        (
            {"country": "DE", "zone": "Europe/Berlin", "days": [7], "times": [["01:00", "06:00"]]},
            "2026-03-29 01:00",
            120,
            "2026-03-29 04:00",
        ),
    ],
)
def test_hours_of_other_desks(stored: dict[str, Any], start: str, minutes: int, expected: str) -> None:
    hours = Hours.of(stored)
    zone = ZoneInfo(hours.zone)
    begins, ends = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (start, expected))
    assert due(hours, begins, minutes) == ends.astimezone(UTC)


@pytest.mark.parametrize(
    "stored",
    [
        {"timezone": "Asia/Shanghai"},
        {"zone": "Asia/Nowhere"},
        {"country": "XX"},
        {"country": "DE", "region": "XX"},
        {"days": []},
        {"days": [0]},
        {"days": [8]},
        {"times": []},
        {"times": [["17:30", "09:00"]]},
        {"times": [["09:00", "09:00"]]},
        {"times": [["13:00", "17:00"], ["09:00", "12:00"]]},
        {"times": [["nine", "17:00"]]},
        {"closed": ["someday"]},
        {"closed": 5},
        {"days": 5},
        {"days": ["Monday"]},
        {"times": [9, 17]},
        {"zone": 8},
    ],
)
def test_hours_that_cannot_be_read_are_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Hours.of(stored)


def test_targets() -> None:
    assert Targets.of({}) == Targets(180, 240, 2400)
    assert Targets.of({"targets": {"first": 60}}) == Targets(60, 240, 2400)
    for stored in ({"first": 0}, {"first": 300, "resolution": 200}, {"reply": 5}, {"first": "60"}, 180):
        with pytest.raises(ValueError):
            Targets.of({"targets": stored})


def test_what_has_no_time_zone_or_runs_backwards_is_refused() -> None:
    naive = datetime(2026, 11, 26, 10)
    for ask in (lambda: due(USUAL, naive, 5), lambda: opens(USUAL, naive), lambda: elapsed(USUAL, here("11-26 10:00"), naive)):
        with pytest.raises(ValueError, match="time zone"):
            ask()
    with pytest.raises(ValueError, match="forwards"):
        due(USUAL, here("11-26 10:00"), -1)


def test_holidays_have_names() -> None:
    assert USUAL.holiday(date(2026, 10, 1)) == "国庆节"
    assert USUAL.holiday(date(2026, 10, 1), "en") == "National Day"
    assert USUAL.holiday(date(2026, 10, 9)) is None


MOMENTS = st.datetimes(datetime(2025, 12, 1), datetime(2027, 3, 1), timezones=st.just(UTC))
MINUTES = st.integers(0, 4000)
SPANS = st.sampled_from(
    [
        ((time(9), time(17, 30)),),
        ((time(9), time(12)), (time(13, 30), time(17, 30))),
        ((time(0), time(23, 59)),),
        ((time(1, 30), time(3)),),
    ]
)
ZONES = st.sampled_from([("CN", "Asia/Shanghai"), ("DE", "Europe/Berlin"), ("US", "America/New_York"), ("AU", "Australia/Lord_Howe")])
DESKS = st.builds(
    lambda place, days, times: Hours(country=place[0], zone=place[1], days=days, times=times),
    ZONES,
    st.frozensets(st.integers(1, 7), min_size=1),
    SPANS,
)


@given(DESKS, MOMENTS, MINUTES, MINUTES)
def test_two_steps_are_one(hours: Hours, start: datetime, first: int, second: int) -> None:
    assert due(hours, due(hours, start, first), second) == due(hours, start, first + second)


@given(DESKS, MOMENTS, MOMENTS, MINUTES, MINUTES)
def test_later_or_longer_is_never_due_earlier(hours: Hours, one: datetime, other: datetime, few: int, more: int) -> None:
    earlier, later = sorted((one, other))
    assert due(hours, earlier, few) <= due(hours, later, few)
    assert due(hours, one, min(few, more)) <= due(hours, one, max(few, more))


@given(DESKS, MOMENTS, MINUTES)
def test_due_is_in_opening_hours_after_just_so_many_minutes(hours: Hours, start: datetime, minutes: int) -> None:
    found = due(hours, start, minutes)
    own = hours.local(found)
    assert hours.works(own.date())
    assert any(opening <= own.time() <= closing for opening, closing in hours.times)
    assert elapsed(hours, start, found) == timedelta(minutes=minutes)
    assert found >= start


@given(DESKS, MOMENTS)
def test_the_opening_is_the_first_open_moment(hours: Hours, moment: datetime) -> None:
    opening = opens(hours, moment)
    assert is_open(hours, opening)
    assert opening >= moment
    assert elapsed(hours, moment, opening) == timedelta(0)
