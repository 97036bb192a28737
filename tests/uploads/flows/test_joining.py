"""Statements of one account in several files are one flow, wherever they were cut and however far they overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.uploads.document import Period
from nlu.uploads.flows.joining import Part, full_run, joined, of_one_account
from nlu.uploads.flows.series import AccountMark, FlowSeries
from nlu.uploads.read import read
from tests.uploads.businesses import Business, stretch

TODAY = date(2026, 11, 21)
SHOP = Business(first=date(2026, 1, 5), last=date(2026, 10, 20))
_DAYS = (SHOP.last - SHOP.first).days


@cache
def part(first: date, last: date, shop: Business = SHOP, number: str = "6222 0210 0123 4567") -> Part:
    """What a statement of some days says."""
    found = read(stretch(shop, first, last, number), "x", TODAY)
    assert isinstance(found.series, FlowSeries)
    assert found.period is not None
    return Part(found.document, found.holder, found.period, found.series)


def day(number: int) -> date:
    return SHOP.first + timedelta(days=number)


def alone(one: Part) -> Part:
    """A statement that does not say whose account it is."""
    return replace(one, holder=None, series=replace(one.series, account=AccountMark()))


WHOLE = part(SHOP.first, SHOP.last)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(20, _DAYS - 20), st.integers(0, 90)), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_cut_anywhere_and_joined_again_it_is_the_whole(cuts: Sequence[tuple[int, int]], chance: object) -> None:
    places = sorted({place for place, _ in cuts})
    twice = dict(cuts)
    starts = [0, *(max(place - twice[place], 0) for place in places)]
    parts = [part(day(start), day(end)) for start, end in zip(starts, [*(place - 1 for place in places), _DAYS], strict=True)]
    chance.shuffle(parts)  # type: ignore[attr-defined]
    found = joined(parts)
    assert (found.gaps, found.breaks, found.differing) == ((), (), ())
    assert found.whole.period == WHOLE.period
    assert found.whole.series.months == WHOLE.series.months
    assert found.whole.series.last_balance == WHOLE.series.last_balance
    assert found.whole.series.opening == WHOLE.series.opening
    since = found.whole.series.since
    assert since is not None
    assert found.whole.series.days == tuple(one for one in WHOLE.series.days if one.day >= since)


@pytest.mark.parametrize("silent", [8, 40, 75])
def test_a_gap_is_said_and_months_before_it_do_not_count(silent: int) -> None:
    found = joined([part(SHOP.first, day(60)), part(day(61 + silent), SHOP.last)])
    assert found.gaps == (Period(day(61), day(60 + silent)),)
    assert found.breaks == ()
    assert full_run(found.whole.series)[0].month > day(61 + silent).replace(day=1)


def test_days_on_which_the_account_rested_are_no_gap() -> None:
    shop = Business(first=SHOP.first, last=SHOP.last, rests=(day(90), day(110)))
    found = joined([part(SHOP.first, day(89), shop), part(day(111), SHOP.last, shop)])
    assert (found.gaps, found.breaks) == ((), ())


def test_balances_that_do_not_meet_are_said() -> None:
    one, other = part(SHOP.first, day(100)), part(day(101), SHOP.last)
    assert other.series.opening is not None
    found = joined([one, replace(other, series=replace(other.series, opening=other.series.opening + 5))])
    assert [seam.begins - seam.left for seam in found.breaks] == [5]


def test_statements_that_say_different_things_of_a_day_are_told() -> None:
    one, other = part(SHOP.first, day(120)), part(day(80), day(200))
    changed = tuple(replace(flow, inflow=flow.inflow + 1) if flow.day == day(100) else flow for flow in one.series.days)
    assert joined([replace(one, series=replace(one.series, days=changed)), other]).differing == (day(100),)


ELSEWHERE = Business(first=SHOP.first, last=SHOP.last, takings=3000, opening=70000)


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        (part(day(0), day(99)), part(day(100), _END := SHOP.last), True, "the same number"),
        (part(day(0), day(99)), part(day(100), _END, number="6222 0210 0123 9999"), False, "another number"),
        (part(day(0), day(99)), part(day(140), _END), True, "the same number with a gap"),
        (alone(part(day(0), day(99))), alone(part(day(100), _END)), True, "no number, and the balances meet"),
        (alone(part(day(0), day(99))), alone(part(day(100), _END, ELSEWHERE)), False, "no number, and they do not"),
        (alone(part(day(0), day(99))), alone(part(day(140), _END)), False, "no number, and a gap"),
        (alone(part(day(0), day(99))), alone(part(day(80), _END)), True, "no number, and the days are alike"),
        (alone(part(day(0), day(99))), alone(part(day(80), _END, ELSEWHERE)), False, "no number, and the days are not"),
        (part(day(0), day(99)), replace(part(day(100), _END), holder="别家公司"), False, "another holder"),
    ],
)
def test_statements_are_of_one_account_only_where_that_is_sure(one: Part, other: Part, same: bool, why: str) -> None:
    assert of_one_account(one, other) is same, why
    assert of_one_account(other, one) is same, why


def test_a_month_of_two_halves_is_full_and_adds_up() -> None:
    found = joined([part(SHOP.first, date(2026, 5, 14)), part(date(2026, 5, 10), SHOP.last)])
    may = next(one for one in found.whole.series.months if one.month == date(2026, 5, 1))
    assert may == next(one for one in WHOLE.series.months if one.month == date(2026, 5, 1))
    assert may.full
    assert found.twice == 5


def test_without_days_a_month_that_overlaps_does_not_count_as_full() -> None:
    one, other = part(SHOP.first, date(2026, 2, 14)), part(date(2026, 2, 10), SHOP.last)
    found = joined([replace(one, series=replace(one.series, days=(), since=None, until=None)), other])
    month = next(flow for flow in found.whole.series.months if flow.month == date(2026, 2, 1))
    assert not month.full
    assert month.inflow < next(flow.inflow for flow in WHOLE.series.months if flow.month == month.month)
