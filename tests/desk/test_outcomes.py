"""What became of applications: what may be told, and from how many on it counts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.desk.outcomes import ENOUGH, Result, Why, approval_shares


@pytest.mark.parametrize(
    "wrong",
    [
        {"approved": True},
        {"approved": True, "amount": Decimal(0)},
        {"approved": True, "amount": Decimal(-5)},
        {"approved": True, "amount": Decimal(5), "why": Why.DEBTS},
        {"approved": True, "amount": Decimal(5), "rate": Decimal(4)},
        {"approved": True, "amount": Decimal(5), "rate": Decimal("-0.1")},
        {"approved": False},
        {"approved": False, "amount": Decimal(5), "why": Why.DEBTS},
        {"approved": False, "rate": Decimal("0.1"), "why": Why.DEBTS},
    ],
)
def test_an_outcome_that_says_two_things_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        Result(**wrong)


@pytest.mark.parametrize(("of", "yes", "expected"), [(ENOUGH - 1, 19, None), (ENOUGH, 5, Decimal("0.25")), (40, 0, Decimal(0))])
def test_shares_count_from_twenty_outcomes_on(of: int, yes: int, expected: Decimal | None) -> None:
    decided = [("len-a", "prd-a", number < yes) for number in range(of)]
    shares = approval_shares(decided)
    assert shares.get("prd-a") == expected
    assert shares.get("len-a") == expected


def test_a_bank_counts_over_all_its_products() -> None:
    decided = [("len-a", f"prd-{number % 2}", number < 10) for number in range(20)] + [("len-b", None, True)] * 3
    assert approval_shares(decided) == {"len-a": Decimal("0.5")}
