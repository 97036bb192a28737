"""Matches in the order worth reading: what fits first; among loans and guarantees by what the firm gets, pays and has to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from bot.matching.cost import surcharge
from bot.matching.lenders import Lender
from bot.matching.match import Match
from knowledge.conditions import Truth
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.firm import FactValue
from scoring.routing import PREFERENCES, STATUS_RANK, Line, Offer, next_step, route

_ROUTED = frozenset({Kind.PRODUCT, Kind.GUARANTEE})


@dataclass(frozen=True)
class Ranking:
    """Matches best first; why the first one is first and what comes out as well as it, and the next best way when nothing fits yet.

    `ahead` says by what the first leads where `first` does not. Of each entry, `reasons` says why it stands where it does, `utilities`
    how good it is (0 to 1), `equals` what comes out exactly as well.
    """

    matches: tuple[Match, ...]
    first: Line | None = None
    hint: Line | None = None
    hint_entry: str | None = None
    tied: tuple[str, ...] = ()
    reasons: Mapping[str, Line] = field(default_factory=dict)
    utilities: Mapping[str, Decimal] = field(default_factory=dict)
    ahead: Line | None = None
    equals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def ranked(
    matches: Sequence[Match],
    facts: Mapping[str, FactValue],
    wish: str = "balanced",
    lenders: Mapping[str, Lender] = MappingProxyType({}),
    approvals: Mapping[str, Decimal] = MappingProxyType({}),
    declined: Collection[str] = (),
) -> Ranking:
    """The order of a group by what the owner cares about (a name of scoring.routing.PREFERENCES).

    `lenders` are the banks behind the entries, by entry; one that declines firms like this stands behind the others. `approvals` are the
    shares of applications approved, by product or bank; `declined` what this firm applied for lately in vain, by product or bank.

    What several lenders offer goes by entry; ties by id, so the order never changes by itself.
    """
    if not any(match.entry.kind in _ROUTED for match in matches):
        return Ranking(tuple(sorted(matches, key=_by_saving)))
    by_id = {match.entry.id: match for match in matches}
    sought = facts.get("amount_sought")
    offers = [_offer(match, lenders.get(match.entry.id), surcharge(match, facts), approvals, declined) for match in matches]
    routing = route(offers, sought if isinstance(sought, Decimal) else None, PREFERENCES[wish])
    best = routing.ranked[0]
    first = best.reason if best.offer.status == "eligible" and not best.offer.turned_away else None
    order = sorted((by_id[item.offer.entry] for item in routing.ranked), key=_worth_settling)
    offered = {offer.entry: offer for offer in offers}
    hint = next_step([offered[match.entry.id] for match in order])
    return Ranking(
        tuple(order),
        first,
        hint.reason if hint else None,
        hint.entry if hint else None,
        best.tied_with if first else (),
        {item.offer.entry: item.reason for item in routing.ranked},
        {item.offer.entry: item.utility for item in routing.ranked},
        routing.ahead if first else None,
        {item.offer.entry: item.tied_with for item in routing.ranked},
    )


def _worth_settling(match: Match) -> tuple[int, bool, bool]:
    """Among what is not settled: what may be for another place comes last, what already shows an amount or a rate first."""
    open_ = match.status is Status.UNKNOWN
    shows_figure = match.rate is not None or (match.limit is not None and match.limit.amount is not None)
    return STATUS_RANK[match.status.value], open_ and "region" in match.judgement.missing, open_ and not shows_figure


def _offer(match: Match, lender: Lender | None, fees: Decimal, approvals: Mapping[str, Decimal], declined: Collection[str]) -> Offer:
    entry, judgement = match.entry, match.judgement
    bank = lender.entry.id if lender else ""
    # what a firm has not told yet widens its range; it must not move the loan down
    low, high = (match.rate.point or match.rate.low, match.rate.point or match.rate.high) if match.rate else (None, None)
    return Offer(
        entry=entry.id,
        lender=entry.provider.id if entry.provider else entry.id,
        status=match.status.value,
        amount=match.limit.amount if match.limit else None,
        cost_low=low + fees if low is not None else None,
        cost_high=high + fees if high is not None else None,
        documents=len(entry.documents) or None,
        missing=len(judgement.missing),
        blockers=sum(finding.truth is Truth.FALSE for finding in judgement.findings),
        confidence="medium" if entry.confidence == "medium" or entry.status == "unconfirmed" else "high",
        days=lender.days if lender else None,
        appetite=lender.appetite if lender else "wants",
        approved=approvals.get(entry.id, approvals.get(bank)),
        declined=entry.id in declined or bank in declined,
    )


def _by_saving(match: Match) -> tuple[int, bool, int, Decimal, str]:
    """What fits, then what is nearly settled, then what brings most."""
    settled = len(match.judgement.missing) if match.status is Status.UNKNOWN else 0
    elsewhere = match.status is Status.UNKNOWN and "region" in match.judgement.missing
    return STATUS_RANK[match.status.value], elsewhere, settled, -(match.saving or Decimal(0)), match.entry.id
