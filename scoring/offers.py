"""A candidate offer as the ranking sees it, and what an owner may want most of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Status = Literal["eligible", "unknown", "ineligible"]
Confidence = Literal["high", "medium"]
#: Whether the lender as a whole takes a firm like this, whatever the product: it does, it may, or it declines or is full.
Appetite = Literal["wants", "open", "declines"]
STATUS_RANK: Mapping[str, int] = MappingProxyType({"eligible": 0, "unknown": 1, "ineligible": 2})


@dataclass(frozen=True, slots=True)
class Offer:
    """A candidate. `amount` in yuan, annual costs as fractions, None where not known.

    `documents` and `missing` count papers to hand in and facts still unknown; `blockers` the conditions not met; `days` until the lender
    answers. `room` is how many more firms the lender takes today, None where it states no capacity.
    `approved` is the share of applications that were approved, None where too few outcomes are known. `declined`: this
    very firm applied for it not long ago and was declined.
    """

    entry: str
    lender: str
    status: Status
    amount: Decimal | None = None
    cost_low: Decimal | None = None
    cost_high: Decimal | None = None
    documents: int | None = None
    missing: int = 0
    blockers: int = 0
    confidence: Confidence = "high"
    days: int | None = None
    appetite: Appetite = "wants"
    room: int | None = None
    approved: Decimal | None = None
    declined: bool = False

    @property
    def turned_away(self) -> bool:
        """Whether the lender has declined this firm lately, declines firms like it, or has no room left today."""
        return self.declined or self.appetite == "declines" or (self.room is not None and self.room <= 0)

    @property
    def cost(self) -> Decimal | None:
        """The middle of the cost range, or the one end known."""
        if self.cost_low is None or self.cost_high is None:
            return self.cost_low if self.cost_high is None else self.cost_high
        return (self.cost_low + self.cost_high) / 2


@dataclass(frozen=True, slots=True)
class Weights:
    """How much amount, cost and speed matter; only their proportions count."""

    amount: Decimal = Decimal(1)
    cost: Decimal = Decimal(1)
    speed: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if min(self.amount, self.cost, self.speed) < 0 or not self.amount + self.cost + self.speed:
            raise ValueError("weights must not be negative and not all zero")


PREFERENCES: Mapping[str, Weights] = MappingProxyType(
    {
        "balanced": Weights(),
        "cheapest": Weights(cost=Decimal(6)),
        "fastest": Weights(speed=Decimal(6)),
        "most": Weights(amount=Decimal(6)),
    }
)
