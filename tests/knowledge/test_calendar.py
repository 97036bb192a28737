"""Months as people count them, and what time does to a firm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calendar import add_months, brought_forward, days_later, days_of_age, later, months_between
from knowledge.firm import Firm

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-11-21", 0, "2026-11-21"),
        ("2026-11-21", 3, "2027-02-21"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-21", 24, "2028-11-21"),
    ],
)
def test_a_day_some_months_later(day: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == expected


def test_the_calendar_ends() -> None:
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-11-21", "2026-11-21", 0),
        ("2026-11-21", "2027-02-20", 2),
        ("2026-11-21", "2027-02-21", 3),
        ("2026-11-30", "2027-02-28", 3),
        ("2027-02-21", "2026-11-21", 0),
    ],
)
def test_whole_months_between(start: str, end: str, months: int) -> None:
    assert months_between(date.fromisoformat(start), date.fromisoformat(end)) == months


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_adding_months_and_counting_them_agree(day: date, months: int) -> None:
    assert months_between(day, add_months(day, months)) == months
    assert months_between(day, add_months(day, months + 1) - timedelta(days=5)) <= months + 1


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(0, 1200))
def test_an_age_in_months_means_every_day_that_was_so_many_months_ago(on: date, months: int) -> None:
    days = days_of_age(months, on)
    assert [months_between(day, on) for day in days] == [months] * len(days)
    around = days[0] - timedelta(days=1), days[-1] + timedelta(days=1)
    assert [months_between(day, on) for day in around] == ([months + 1, months - 1] if months else [1, 0])
    assert days == tuple(days[0] + timedelta(days=n) for n in range(len(days)))


def test_what_lies_beyond_the_calendar_is_its_end() -> None:
    assert days_of_age(10**12, TODAY) == (date.min,)
    assert days_later(TODAY, 10**12) == date.max
    assert days_later(TODAY, 30) == date(2026, 12, 21)


def test_a_firm_grows_older_and_its_loan_comes_due() -> None:
    told = Firm.of({"age_months": 21, "platform_months": 5, "loan_matures_in_days": 40, "employees": 8}, TODAY)
    now = brought_forward(told, date(2027, 2, 25))
    assert dict(now) == {"age_months": 24, "platform_months": 8, "loan_matures_in_days": 0, "employees": 8}
    age = now.fact("age_months")
    assert age is not None
    assert age.as_of == date(2027, 2, 21)  # so that the next month is full on the 21st again
    assert dict(brought_forward(now, date(2027, 3, 20))) == dict(now)
    assert brought_forward(now, date(2027, 3, 21))["age_months"] == 25


def test_a_firm_told_of_today_stays_as_it_is() -> None:
    told = Firm.of({"age_months": 21, "loan_matures_in_days": 40}, TODAY)
    assert brought_forward(told, TODAY).facts == told.facts
    assert brought_forward(told, TODAY - timedelta(days=9)).facts == told.facts


def test_the_facts_of_a_later_day() -> None:
    facts = {"age_months": 21, "loan_matures_in_days": 40, "employees": 8}
    assert later(facts, {}, TODAY, date(2026, 12, 21)) == {"age_months": 22, "loan_matures_in_days": 10, "employees": 8}
    assert later(facts, {"age_months": date(2026, 11, 1)}, TODAY, date(2026, 12, 1))["age_months"] == 22
