"""What cases come to: a table of small desks, and what must hold for any."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.console.plots import columns
from bot.desk.clocks import Hours
from bot.desk.model import Ended, Reason
from bot.desk.statistics import CLASSES, Outline, statistics

ZONE, BANK = ZoneInfo("Asia/Shanghai"), "len-icbc"
HOURS = {BANK: Hours()}
FIRST, LAST = date(2026, 11, 20), date(2026, 11, 26)
#: Thursday, 10:00 in Shanghai.
MORNING = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


def outline(opened: datetime = MORNING, answered: float | None = None, closed: float | None = None, **also: object) -> Outline:
    """A case; minutes from its opening to its answer and its end."""
    moments = [None if minutes is None else opened + timedelta(minutes=minutes) for minutes in (answered, closed)]
    given = {"about": None, "outcome": None if closed is None else Ended.ANSWERED, "rating": None, "reason": Reason.ASKED, **also}
    return Outline(bank=BANK, opened_at=opened, first_answered_at=moments[0], closed_at=moments[1], **given)  # type: ignore[arg-type]


def test_nothing_is_nothing_and_no_division_by_it() -> None:
    none = statistics([], FIRST, LAST, ZONE, HOURS)
    assert (none.opened, none.closed, none.typical, none.slow, none.satisfaction) == (0, 0, None, None, None)
    assert len(none.days) == 7
    assert sum(none.classes) + sum(none.ratings) == 0


@pytest.mark.parametrize(
    ("minutes", "place"),
    [(0, 0), (29.99, 0), (30, 1), (59.99, 1), (60, 2), (179.99, 2), (180, 3)],
)
def test_a_wait_belongs_to_one_class(minutes: float, place: int) -> None:
    classes = statistics([outline(answered=minutes)], FIRST, LAST, ZONE, HOURS).classes
    assert [number for number, count in enumerate(classes) if count] == [place]


def test_waiting_counts_while_the_desk_is_open() -> None:
    evening = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # 20:00, closed; answered at 10:00 the next morning
    told = statistics([outline(evening, answered=14 * 60)], FIRST, LAST, ZONE, HOURS)
    assert told.typical == timedelta(hours=1)


@pytest.mark.parametrize(("answers", "typical"), [([10], 10), ([10, 30], 20), ([10, 20, 60], 20)])
def test_the_median(answers: list[float], typical: float) -> None:
    assert statistics([outline(answered=one) for one in answers], FIRST, LAST, ZONE, HOURS).typical == timedelta(minutes=typical)


@pytest.mark.parametrize(("count", "told"), [(9, False), (10, True)])
def test_the_slowest_tenth_needs_enough_answers(count: int, told: bool) -> None:
    outlines = [outline(answered=5 + number) for number in range(count)]
    assert (statistics(outlines, FIRST, LAST, ZONE, HOURS).slow is not None) is told


def test_days_are_those_of_the_desk() -> None:
    before, after = datetime(2026, 11, 19, 15, 59, tzinfo=UTC), datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
    told = statistics([outline(before), outline(after)], FIRST, LAST, ZONE, HOURS)
    assert told.opened == 1
    assert told.days[0] == (FIRST, 1, 0)


def test_what_moved_on_was_not_settled_here() -> None:
    told = statistics([outline(closed=5, outcome=Ended.MOVED), outline(closed=5, rating=4)], FIRST, LAST, ZONE, HOURS)
    assert (told.opened, told.closed, told.ratings, told.satisfaction) == (2, 1, (0, 0, 0, 1, 0), 4.0)


moments = st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 28)).map(lambda one: one.replace(tzinfo=UTC))
outlines = st.builds(
    outline,
    moments,
    answered=st.none() | st.floats(0, 20_000),
    closed=st.none() | st.floats(0, 20_000),
    reason=st.sampled_from(Reason),
    about=st.none() | st.sampled_from(["a", "b"]),
    rating=st.none() | st.integers(1, 5),
)


@given(st.lists(outlines, max_size=12))
def test_the_parts_add_up(cases: list[Outline]) -> None:
    told = statistics(cases, FIRST, LAST, ZONE, HOURS)
    assert sum(came for _, came, _ in told.days) == told.opened == sum(count for _, count in told.reasons)
    assert sum(went for _, _, went in told.days) == told.closed >= sum(told.ratings)
    assert sum(told.classes) == sum(one.first_answered_at is not None and _inside(one) for one in cases)
    assert len(told.classes) == len(CLASSES) + 1


def _inside(one: Outline) -> bool:
    return FIRST <= one.opened_at.astimezone(ZONE).date() <= LAST


@given(st.lists(st.lists(st.integers(0, 100_000), min_size=3, max_size=3), min_size=1, max_size=2))
def test_bars_stay_within_their_plot_and_are_as_high_as_they_say(series: list[list[int]]) -> None:
    plot = columns(["a", "b", "c"], series)
    for bar in plot.bars:
        assert plot.left <= bar.x <= bar.x + bar.width <= plot.width + 0.1
        assert 0 <= bar.y <= plot.base
        assert abs(bar.y + bar.height - plot.base) < 0.1
    higher = sorted(plot.bars, key=lambda bar: bar.value)
    assert [bar.height for bar in higher] == sorted(bar.height for bar in plot.bars)
    assert plot.ticks[-1][1] >= max(value for values in series for value in values)
    assert all(y >= 0 for y, _ in plot.ticks)
