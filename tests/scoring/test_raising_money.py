"""What a presale must bring, and at which stage a firm is for investors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.firm import spec_of
from scoring.raising import Stage, presale_fee, presale_target, stage

D = Decimal


@pytest.mark.parametrize(
    ("needed", "fee", "cost", "expected", "why"),
    [
        ("90000", "0.1", "0", "100000", "nine tenths of 100,000 are left"),
        ("90000", "0.1", "45000", "150000", "and the goods cost 45,000 to make and send"),
        ("100", "0.1", "0", "111.12", "rounded up, so that the need is covered"),
        ("100", "0", "0", "100", "no fee"),
    ],
)
def test_the_target_of_a_presale(needed: str, fee: str, cost: str, expected: str, why: str) -> None:
    assert presale_target(D(needed), D(fee), D(cost)) == D(expected), why


@given(st.decimals(0, 10**7, places=2), st.decimals("0", "0.5", places=3))
def test_the_target_always_leaves_what_is_needed(needed: Decimal, fee: Decimal) -> None:
    target = presale_target(needed, fee)
    assert target - presale_fee(target, fee) >= needed - D("0.01")


@pytest.mark.parametrize(("needed", "fee"), [("100", "1"), ("-1", "0.1"), ("100", "-0.1")])
def test_an_impossible_presale_is_refused(needed: str, fee: str) -> None:
    with pytest.raises(ValueError, match="fraction below one"):
        presale_target(D(needed), D(fee))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"annual_revenue": 0}, Stage.IDEA),
        ({"annual_revenue": 1, "net_profit": -1}, Stage.START),
        ({"annual_revenue": 200, "net_profit": 0, "previous_revenue": 199}, Stage.GROWTH),
        ({"annual_revenue": 200, "net_profit": 0, "previous_revenue": 200}, Stage.STEADY),
        ({"annual_revenue": 200, "net_profit": 1}, None),
        ({"annual_revenue": 200}, None),
        ({}, None),
    ],
)
def test_the_stage_of_a_firm(known: dict[str, Any], expected: Stage | None) -> None:
    assert stage({name: spec_of(name).parse(value) for name, value in known.items()}) is expected
