"""What became of an application: approved with an amount and a rate, or declined and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

#: Fewer outcomes say nothing about how a bank decides.
ENOUGH = 20
#: For so long after a refusal other ways come first.
LATELY = timedelta(days=90)


class Why(StrEnum):
    """Why a bank declined, as far as it can be told to the owner."""

    OVERDUE = "overdue"
    DEBTS = "debts"
    REVENUE = "revenue"
    HISTORY = "history"
    COLLATERAL = "collateral"
    PAPERS = "papers"
    OTHER = "other"


@dataclass(frozen=True)
class Result:
    """`amount` in yuan and `rate` a year as a fraction where it was approved; `why` where it was declined. Raises ValueError."""

    approved: bool
    amount: Decimal | None = None
    rate: Decimal | None = None
    why: Why | None = None

    def __post_init__(self) -> None:
        if self.approved != (self.amount is not None) or self.approved == (self.why is not None):
            raise ValueError("an approval has an amount and a refusal a reason")
        if self.amount is not None and self.amount <= 0:
            raise ValueError("an amount is more than nothing")
        if self.rate is not None and not (self.approved and 0 <= self.rate < 1):
            raise ValueError("a rate is a fraction of an approved amount, such as 0.0435")

    def as_json(self) -> dict[str, Any]:
        return {
            "approved": self.approved,
            "amount": None if self.amount is None else str(self.amount),
            "rate": None if self.rate is None else str(self.rate),
            "why": self.why,
        }


def approval_shares(decided: Iterable[tuple[str, str | None, bool]]) -> Mapping[str, Decimal]:
    """The share that was approved, by product and by bank, of (bank, product, approved); none of fewer than 20 outcomes."""
    counts: dict[str, tuple[int, int]] = {}
    for bank, product, approved in decided:
        for name in {bank, product} - {None}:
            assert name is not None
            of, yes = counts.get(name, (0, 0))
            counts[name] = of + 1, yes + approved
    return {name: Decimal(yes) / of for name, (of, yes) in counts.items() if of >= ENOUGH}
