"""Which offer to try first: ranking candidate products for one firm.

What the firm can have comes before what is not settled, and that before what it cannot have yet; within a group a lender that declines
firms like this, or has no room left today, comes last. Beyond that the order is by a weighted sum of three qualities from 0 to 1: amount,
cost and speed, times the share of applications that were approved where enough outcomes tell it. A quality that is not known counts as
the middle of those known among the candidates, so it is neither the best nor the worst; ties go by entry id and are told as ties.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from scoring.offers import PREFERENCES, STATUS_RANK, Offer, Weights
from scoring.routing_text import line
from scoring.utility import Parts, parts_of

__all__ = ["PREFERENCES", "STATUS_RANK", "Hint", "Line", "Offer", "Ranked", "Routing", "Weights", "next_step", "route"]

# What a reason says already of why an offer is first.
SAYS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "covers_all": frozenset({"amount"}),
        "covers_all_cheapest": frozenset({"amount", "cost"}),
        "lowest_cost": frozenset({"cost"}),
        "largest_amount": frozenset({"amount"}),
        "fewest_documents": frozenset({"speed"}),
        "no_documents": frozenset({"speed"}),
    }
)


# Qualities that are told as a comparison of two figures.
_COMPARED: Mapping[str, Callable[[Offer], Decimal | None]] = MappingProxyType(
    {"amount": lambda offer: offer.amount, "cost": lambda offer: offer.cost}
)


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
    """All candidates in order, and a hint exactly when none is eligible whose lender takes the firm.

    `ahead` says by what the first stands before the second, where that is not what its own reason says already; None of equals, and
    where the second is of another status or turned away.
    """

    ranked: tuple[Ranked, ...]
    hint: Hint | None
    ahead: Line | None = None


def _is_best(offer: Offer, peers: Sequence[Offer], value: Callable[[Offer], Decimal | None]) -> bool:
    """Strictly below every peer, all of them known: a superlative is only said when it is certain."""
    own, others = value(offer), [value(peer) for peer in peers if peer is not offer]
    return own is not None and bool(others) and all(other is not None and own < other for other in others)


def _papers(offer: Offer) -> Decimal | None:
    return None if offer.documents is None else Decimal(offer.documents)


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
    if offer.documents is not None and _is_best(offer, peers, _papers):
        return Line("fewest_documents", {"documents": offer.documents}) if offer.documents else Line("no_documents", {})
    return Line("part_amount", {"amount": offer.amount}) if offer.amount else Line("eligible", {})


def next_step(order: Sequence[Offer]) -> Hint | None:
    """What a firm does next that no offer fits whose lender takes it: answer, ask the lender, unlock the nearest, or see a person.

    It is the first in the order shown that the owner can settle by answering: what only a lender can tell has no question open, and
    would seem nearest to every firm for that.
    """
    by_status = {status: [offer for offer in order if offer.status == status] for status in STATUS_RANK}
    if any(not offer.turned_away for offer in by_status["eligible"]):
        return None
    if open_ := by_status["unknown"]:
        first = next((offer for offer in open_ if offer.missing and not offer.turned_away), None)
        if first is None:
            return Hint(open_[0].entry, Line("hint_check", {}))
        return Hint(first.entry, Line("hint_answer", {"missing": first.missing}))
    if out := by_status["ineligible"]:
        return Hint(min(out, key=lambda offer: offer.blockers).entry, Line("hint_unlock", {}))
    return Hint(None, Line("hint_person", {}))


def _group(offer: Offer) -> tuple[int, bool]:
    return STATUS_RANK[offer.status], offer.turned_away


def _ahead(ranked: Sequence[Ranked], parts: Mapping[int, Parts]) -> Line | None:
    if len(ranked) < 2 or ranked[0].offer.status != "eligible" or _group(ranked[0].offer) != _group(ranked[1].offer):
        return None
    first, second = ranked[0], ranked[1]
    if first.utility == second.utility:
        return None
    said = SAYS.get(first.reason.key, frozenset())
    for lead in parts[id(first.offer)].leads(parts[id(second.offer)]):
        if lead in said:
            return None
        if claim := _claim(lead, first.offer, second.offer):
            return Line(f"ahead_{claim}", {})
    return None


def _claim(lead: str, first: Offer, second: Offer) -> str | None:
    """What may be said of a lead: no figure is compared with one that nobody knows."""
    if lead == "speed":
        return "speed" if second.days is not None else "papers" if first.days is None else "wait"
    if lead not in _COMPARED:
        return lead
    own, other = (_COMPARED[lead](offer) for offer in (first, second))
    return lead if own is not None and other is not None else f"{lead}_known" if own is not None else None


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
    parts = parts_of(offers, amount_sought, weights)
    order = sorted(
        zip(offers, (one.utility for one in parts), strict=True),
        key=lambda pair: (*_group(pair[0]), -pair[1], pair[0].entry, pair[0].lender),
    )
    peers = [offer for offer in offers if offer.status == "eligible"]
    ranked = tuple(
        Ranked(place, offer, utility, _reason(offer, peers, amount_sought), _tied(offer, utility, order))
        for place, (offer, utility) in enumerate(order, start=1)
    )
    by_offer = {id(offer): one for offer, one in zip(offers, parts, strict=True)}
    return Routing(ranked, next_step([one.offer for one in ranked]), _ahead(ranked, by_offer))
