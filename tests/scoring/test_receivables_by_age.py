"""Receivables by age: what counts, what does not, and what can be told without an ageing list."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ageing import Bucket, counted, likely_buckets, rate_at, receivable_quality

D = Decimal


@pytest.mark.parametrize(
    ("days", "rate"),
    [(0, "1"), (90, "1"), (91, "0.75"), (180, "0.75"), (181, "0.5"), (365, "0.5"), (366, "0"), (None, "0")],
)
def test_the_older_the_less(days: int | None, rate: str) -> None:
    assert rate_at(days) == D(rate)


def test_an_ageing_list_counts_bucket_by_bucket() -> None:
    # 600,000 fresh, 200,000 of five months, 200,000 of a year and more: 600,000 + 150,000 + 0.
    assert counted([Bucket(D(600_000), 90), Bucket(D(200_000), 150), Bucket(D(200_000), None)]) == 750_000


def test_debts_are_not_negative() -> None:
    with pytest.raises(ValueError, match="not negative"):
        counted([Bucket(D(-1), 30)])


@pytest.mark.parametrize(
    ("facts", "quality", "why"),
    [
        ({}, "1", "nothing owed, nothing to take off"),
        ({"receivables": D(0)}, "1", "the same"),
        ({"receivables": D(100)}, "0.75", "of unknown age"),
        ({"receivables": D(90), "annual_revenue": D(365)}, "1", "ninety days of sales"),
        ({"receivables": D(180), "annual_revenue": D(365)}, "0.875", "half of it older than ninety days"),
        ({"receivables": D(365), "annual_revenue": D(365)}, str((90 + D("0.75") * 90 + D("0.5") * 185) / 365), "a whole year of sales"),
        ({"receivables": D(100), "annual_revenue": D(0)}, "0", "no sales: all of it is old"),
        ({"receivables": D(90), "annual_revenue": D(365), "largest_customer_share": D("0.5")}, "1", "half with one buyer is no cluster"),
        ({"receivables": D(90), "annual_revenue": D(365), "largest_customer_share": D(1)}, "0.5", "a single buyer"),
    ],
)
def test_the_share_that_counts(facts: dict[str, Any], quality: str, why: str) -> None:
    assert receivable_quality(facts) == D(quality), why


@given(st.decimals(0, 10**8, places=2), st.decimals(0, 10**8, places=2))
def test_likely_ages_add_up_and_never_gain(owed: Decimal, revenue: Decimal) -> None:
    buckets = likely_buckets(owed, revenue)
    assert abs(sum(bucket.amount for bucket in buckets) - owed) < D("0.000001")
    assert 0 <= counted(buckets) <= owed
