"""Which offer to try first: ranking candidate products for one firm.

What the firm can have comes before what is not settled, and that before what it cannot have yet; within a group a lender that declines
firms like this, or has no room left today, comes last. Beyond that the order is by a weighted sum of three qualities from 0 to 1: amount,
cost and speed, times the share of applications that were approved where enough outcomes tell it. A quality that is not known counts as
the middle of those known among the candidates, so it is neither the best nor the worst; ties go by entry id and are told as ties.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.offers import PREFERENCES, STATUS_RANK, Offer, Weights
from scoring.routing_text import line

__all__ = ["PREFERENCES", "STATUS_RANK", "Hint", "Line", "Offer", "Ranked", "Routing", "Weights", "route"]

HALF = Decimal("0.5")
# How much an offer loses whose terms were only seen at second hand.
MEDIUM_PENALTY = Decimal("0.05")
# A question still open costs an owner about as much time as this many documents, a day of waiting about as much as this many.
DOCUMENTS_PER_QUESTION = Decimal("0.5")
DOCUMENTS_PER_DAY = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence for the owner: its key and parameters, put into words by `text`."""

    key: str
    parameters: Mapping[str, Decimal | int]

    def text(self, language: str = "zh") -> str:
        """The sentence in ``zh`` or ``en``."""
        return line(self.key, self.parameters, language)


@dataclass(frozen=True, slots=True)
class Ranked:
    """An offer in its place (1 is first) with its utility (0 to 1 within its status) and the reason to name.

    `tied_with` are the entries that come out exactly as well.
    """

    place: int
    offer: Offer
    utility: Decimal
    reason: Line
    tied_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """The next best way of a firm that nothing fits yet; `entry` is None when only a person can help."""

    entry: str | None
    reason: Line


@dataclass(frozen=True, slots=True)
class Routing:
    """All candidates in order, and a hint exactly when none is eligible."""

    ranked: tuple[Ranked, ...]
    hint: Hint | None


def _effort(offer: Offer) -> Decimal | None:
    if offer.documents is None:
        return None
    return offer.documents + offer.missing * DOCUMENTS_PER_QUESTION + (offer.days or 0) * DOCUMENTS_PER_DAY


def _scaled(values: Sequence[Decimal | None]) -> list[Decimal]:
    """Each value from 1 (the lowest) to 0 (the highest); unknown takes the middle of those known, alone 0.5."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(0), Decimal(0))
    scaled = [None if v is None else HALF if high == low else (high - v) / (high - low) for v in values]
    return _filled(scaled)


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


def _utilities(offers: Sequence[Offer], sought: Decimal | None, weights: Weights) -> list[Decimal]:
    whole = weights.amount + weights.cost + weights.speed
    columns = zip(
        offers,
        _amounts(offers, sought),
        _scaled([offer.cost for offer in offers]),
        _scaled([_effort(offer) for offer in offers]),
        _chances(offers),
        strict=True,
    )
    result = []
    for offer, amount, cost, speed, chance in columns:
        value = (weights.amount * amount + weights.cost * cost + weights.speed * speed) / whole
        penalty = MEDIUM_PENALTY if offer.confidence == "medium" else Decimal(0)
        result.append((max(Decimal(0), value - penalty) * chance).quantize(Decimal("0.0001")))
    return result


def _is_best(offer: Offer, peers: Sequence[Offer], value: Callable[[Offer], Decimal | None]) -> bool:
    """Strictly below every peer, all of them known: a superlative is only said when it is certain."""
    own, others = value(offer), [value(peer) for peer in peers if peer is not offer]
    return own is not None and bool(others) and all(other is not None and own < other for other in others)


def _reason(offer: Offer, peers: Sequence[Offer], sought: Decimal | None) -> Line:
    """The strongest true thing to say; superlatives are among eligible offers only."""
    if offer.status == "ineligible":
        return Line("not_yet", {})
    if offer.declined:
        return Line("declined_lately", {})
    if offer.turned_away:
        return Line("lender_declines" if offer.appetite == "declines" else "lender_full", {})
    if offer.status == "unknown":
        return Line("needs_facts", {"missing": offer.missing}) if offer.missing else Line("needs_check", {})
    cheapest = _is_best(offer, peers, lambda peer: peer.cost)
    if sought and offer.amount is not None and offer.amount >= sought:
        return Line("covers_all_cheapest" if cheapest else "covers_all", {"amount": sought})
    if cheapest and offer.cost is not None:
        return Line("lowest_cost", {"cost": offer.cost})
    if offer.amount and _is_best(offer, peers, lambda peer: None if peer.amount is None else -peer.amount):
        return Line("largest_amount", {"amount": offer.amount})
    if offer.documents is not None and _is_best(offer, peers, _effort):
        return Line("fewest_documents", {"documents": offer.documents}) if offer.documents else Line("no_documents", {})
    return Line("part_amount", {"amount": offer.amount}) if offer.amount else Line("eligible", {})


def _hint(ranked: Sequence[Ranked]) -> Hint | None:
    """What a firm without an eligible offer does next: answer, ask the lender, unlock the nearest, or see a person."""
    by_status: dict[str, list[Ranked]] = {"eligible": [], "unknown": [], "ineligible": []}
    for one in ranked:
        by_status[one.offer.status].append(one)
    if by_status["eligible"]:
        return None
    if by_status["unknown"]:
        nearest = min(by_status["unknown"], key=lambda one: (one.offer.missing, one.place)).offer
        if nearest.missing:
            return Hint(nearest.entry, Line("hint_answer", {"missing": nearest.missing}))
        return Hint(nearest.entry, Line("hint_check", {}))
    if by_status["ineligible"]:
        nearest = min(by_status["ineligible"], key=lambda one: (one.offer.blockers, one.place)).offer
        return Hint(nearest.entry, Line("hint_unlock", {}))
    return Hint(None, Line("hint_person", {}))


def _group(offer: Offer) -> tuple[int, bool]:
    return STATUS_RANK[offer.status], offer.turned_away


def _tied(offer: Offer, utility: Decimal, order: Sequence[tuple[Offer, Decimal]]) -> tuple[str, ...]:
    return tuple(
        other.entry for other, value in order if other is not offer and value == utility and _group(other) == _group(offer)
    )  # fmt: skip


def route(offers: Sequence[Offer], amount_sought: Decimal | None = None, weights: Weights = PREFERENCES["balanced"]) -> Routing:
    """The offers in the order to try them; the order given does not matter.

    Raises `ValueError` naming an entry offered twice by the same lender.
    """
    seen: set[tuple[str, str]] = set()
    for offer in offers:
        if (offer.entry, offer.lender) in seen:
            raise ValueError(f"entry {offer.entry!r} is offered twice by {offer.lender!r}")
        seen.add((offer.entry, offer.lender))
    utilities = _utilities(offers, amount_sought, weights)
    order = sorted(
        zip(offers, utilities, strict=True),
        key=lambda pair: (*_group(pair[0]), -pair[1], pair[0].entry, pair[0].lender),
    )
    peers = [offer for offer in offers if offer.status == "eligible"]
    ranked = tuple(
        Ranked(place, offer, utility, _reason(offer, peers, amount_sought), _tied(offer, utility, order))
        for place, (offer, utility) in enumerate(order, start=1)
    )
    return Routing(ranked, _hint(ranked))
