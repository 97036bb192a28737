"""Customers' shares and voided invoices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.signals.partners import Customers, MonthCount, Voids, customers, voids
from scoring.signals.series import Lacking, Need

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


def bought(**amounts: int) -> list[tuple[str, Decimal]]:
    return [(name, Decimal(amount)) for name, amount in amounts.items()]


@pytest.mark.parametrize(
    ("partners", "whole", "largest", "rest"),
    [
        (bought(a=60, b=40), None, ("a", "0.6"), "0"),
        (bought(a=60, b=40), 200, ("a", "0.3"), "0.5"),  # the list was cut: the rest is others'
        (bought(a=60, b=-40), None, ("a", "1"), "0"),
        ([("", Decimal(50)), ("a", Decimal(50))], None, ("a", "0.5"), "0.5"),
        ([("a", Decimal(50)), ("b", Decimal(60)), ("a", Decimal(50))], None, ("a", "0.625"), "0"),
        (bought(a=6, b=5, c=4, d=3, e=1, f=1), None, ("a", "0.3"), "0.05"),
    ],
)
def test_shares(partners: list[tuple[str, Decimal]], whole: int | None, largest: tuple[str, str], rest: str) -> None:
    found = customers(partners, None if whole is None else Decimal(whole))
    assert isinstance(found, Customers)
    assert found.largest == (largest[0], Decimal(largest[1]))
    assert found.rest == Decimal(rest)


@pytest.mark.parametrize("partners", [[], bought(a=0), bought(a=-5), [("", Decimal(5))]])
def test_without_a_customer_by_name_there_is_no_share(partners: list[tuple[str, Decimal]]) -> None:
    assert customers(partners) == Lacking(Need.AMOUNT)


@given(
    st.lists(st.tuples(st.sampled_from(["", "甲", "乙", "丙", "丁", "戊", "己", "庚"]), st.integers(-(10**9), 10**9)), max_size=30),
    st.data(),
)
def test_shares_lie_between_nought_and_one_whatever_the_order(rows: list[tuple[str, int]], data: st.DataObject) -> None:
    partners = [(name, Decimal(amount) / 100) for name, amount in rows]
    found = customers(partners)
    assert customers(data.draw(st.permutations(partners))) == found
    if isinstance(found, Customers):
        shares = [part for _, part in found.shares]
        assert all(0 <= part <= 1 for part in (*shares, found.rest))
        assert abs(sum(shares) + found.rest - 1) <= Decimal("0.0003")  # five shares, each rounded
        assert shares == sorted(shares, reverse=True)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=24))
def test_the_voided_share_is_of_all_invoices(rows: list[tuple[int, int]]) -> None:
    counts = [MonthCount(date(2020 + place // 12, place % 12 + 1, 1), max(pair), min(pair)) for place, pair in enumerate(rows)]
    found = voids(counts[::-1])
    if isinstance(found, Voids):
        assert 0 <= found.rate <= 1
        assert (found.count, found.void) == (sum(map(max, rows)), sum(map(min, rows)))
        assert list(found.months) == counts
    else:
        assert not any(map(max, rows))


def test_a_rate_is_rounded_to_hundredths_of_a_percent() -> None:
    assert voids([MonthCount(MAY, 100, 4), MonthCount(JUNE, 200, 0)]) == Voids(
        300, 4, Decimal("0.0133"), (MonthCount(MAY, 100, 4), MonthCount(JUNE, 200, 0))
    )
