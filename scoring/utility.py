"""How good an offer is for an owner: three qualities from 0 to 1, weighed by what the owner wants most, and what else counts.

A quality that is not known counts as the middle of those known among the candidates, so it is neither the best nor the worst. Only a
waiting time that nobody knows is no quicker than any that is known, and to who wants it cheap a price that nobody knows is no lower than
any that is known: nobody must be sent there first for what may not be so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.offers import Offer, Weights

HALF = Decimal("0.5")
# How much an offer loses whose terms were only seen at second hand.
MEDIUM_PENALTY = Decimal("0.05")
# A question still open costs an owner about as much time as this many documents, a day of waiting about as much as this many.
DOCUMENTS_PER_QUESTION = Decimal("0.5")
DOCUMENTS_PER_DAY = Decimal("0.2")


def _efforts(offers: Sequence[Offer]) -> list[Decimal]:
    """What each offer asks of an owner, counted in documents; unknown documents count as the middle of those known.

    Where some say how long they take, one that does not takes a day more than the slowest, and asks for more than any of them.
    """
    papers = _filled([None if offer.documents is None else Decimal(offer.documents) for offer in offers])
    asked = [paper + offer.missing * DOCUMENTS_PER_QUESTION for paper, offer in zip(papers, offers, strict=True)]
    known = {n: asked[n] + offer.days * DOCUMENTS_PER_DAY for n, offer in enumerate(offers) if offer.days is not None}
    if not known:
        return asked
    wait = (max(offer.days for offer in offers if offer.days is not None) + 1) * DOCUMENTS_PER_DAY
    most = max(known.values()) + DOCUMENTS_PER_DAY
    return [known.get(n, max(effort + wait, most)) for n, effort in enumerate(asked)]


def _scaled(values: Sequence[Decimal | None]) -> list[Decimal]:
    """Each value from 1 (the lowest) to 0 (the highest); unknown takes the middle of those known, alone 0.5."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(0), Decimal(0))
    scaled = [None if v is None else HALF if high == low else (high - v) / (high - low) for v in values]
    return _filled(scaled)


def _costs(offers: Sequence[Offer], *, careful: bool) -> list[Decimal]:
    """How cheap each is; where cost matters most (`careful`), one whose price is not known is no cheaper than any that is."""
    costs = [offer.cost for offer in offers]
    scaled = _scaled(costs)
    if not careful or all(cost is None for cost in costs):
        return scaled
    return [Decimal(0) if cost is None else value for cost, value in zip(costs, scaled, strict=True)]


def _filled(values: Sequence[Decimal | None]) -> list[Decimal]:
    known = sorted(value for value in values if value is not None)
    middle = (known[(len(known) - 1) // 2] + known[len(known) // 2]) / 2 if known else HALF
    return [middle if value is None else value for value in values]


def _amounts(offers: Sequence[Offer], sought: Decimal | None) -> list[Decimal]:
    """The share of what is needed; without a stated need, of the largest offer."""
    known = [offer.amount for offer in offers if offer.amount is not None]
    need = sought if sought else max(known, default=Decimal(0))
    if need <= 0:
        return [HALF] * len(offers)
    return _filled([None if o.amount is None else min(Decimal(1), max(Decimal(0), o.amount) / need) for o in offers])


def _chances(offers: Sequence[Offer]) -> list[Decimal]:
    """How likely each is to be approved, where outcomes tell; a good offer that is mostly declined is worth less."""
    chances = [offer.approved for offer in offers]
    return _filled(chances) if any(chance is not None for chance in chances) else [Decimal(1)] * len(offers)


@dataclass(frozen=True, slots=True)
class Parts:
    """What an offer's utility is made of: weighted qualities, what terms seen at second hand take off, and the chance of approval."""

    amount: Decimal
    cost: Decimal
    speed: Decimal
    terms: Decimal
    chance: Decimal

    @property
    def utility(self) -> Decimal:
        value = max(Decimal(0), self.amount + self.cost + self.speed + self.terms)
        return (value * self.chance).quantize(Decimal("0.0001"))

    def leads(self, other: Parts) -> list[str]:
        """The parts by which it leads over `other`, the largest lead first."""
        leads = {name: getattr(self, name) - getattr(other, name) for name in ("amount", "cost", "speed", "terms")}
        leads["chance"] = (self.chance - other.chance) * (self.amount + self.cost + self.speed)
        return sorted((name for name, lead in leads.items() if lead > 0), key=lambda name: -leads[name])


def parts_of(offers: Sequence[Offer], sought: Decimal | None, weights: Weights) -> list[Parts]:
    whole = weights.amount + weights.cost + weights.speed
    columns = zip(
        offers,
        _amounts(offers, sought),
        _costs(offers, careful=weights.cost > max(weights.amount, weights.speed)),
        _scaled(_efforts(offers)),
        _chances(offers),
        strict=True,
    )
    return [
        Parts(
            weights.amount * amount / whole,
            weights.cost * cost / whole,
            weights.speed * speed / whole,
            -MEDIUM_PENALTY if offer.confidence == "medium" else Decimal(0),
            chance,
        )
        for offer, amount, cost, speed, chance in columns
    ]
