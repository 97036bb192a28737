"""A firm against the pack: every entry's judgement with the likely amount, the yearly cost and the yearly saving."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal, Protocol

from bot.matching.mechanisms import USUAL_BASES
from knowledge.eligibility import Judgement, Status, judge
from knowledge.entries import Entry, Kind, Offer, Standing
from knowledge.firm import FactValue
from knowledge.pack import Pack
from scoring.limits import Basis, Limit, LimitSpec, likely_limit
from scoring.quote import PricePart, quoted_range
from scoring.reach import CLOSED, Bound, OpenEnds

_LENDING = frozenset({Kind.PRODUCT, Kind.GUARANTEE})
#: Told about, not offered: they are tried on a firm only where everything is asked for.
_TOLD = frozenset({Kind.DEFINITION, Kind.LENDER})
#: Lent online on flows, orders or shop sales, by lenders whose cost split is known (scoring.quote); none of them publishes a rate.
_PRICED_FROM_COSTS = frozenset({"platform", "order", "payment_flow"})
#: Whose published rates stand for these: what is lent against property costs alike, whether drawn at once or as needed.
_PEERS_OF = {"revolving_secured": "mortgage", "fast_secured": "mortgage"}
#: Where in a published range a firm of a grade is likely to land.
_POSITION = {grade: Decimal(rank) / 4 for rank, grade in enumerate("ABCDE")}


class Risk(Protocol):
    """A firm's 12-month default probability and the range in which it lies, such as a score has them, and where the data stop."""

    @property
    def pd(self) -> Decimal: ...

    @property
    def interval(self) -> tuple[Decimal, Decimal]: ...

    @property
    def bound(self) -> Bound | None: ...

    @property
    def open_ends(self) -> OpenEnds: ...


@dataclass(frozen=True)
class Rate:
    """A range of annual rates (fractions): stated by the product's source, the range its peers publish, or built from a lender's costs.

    `parts` are the costs where it is built from them: funding, operating, credit cost and margin. The range is then as wide as what the
    firm has not told makes it, and `point` what its default probability alone comes to. `open_ends` of the range and the `bound` of the
    point are those of the probability: the price may lie beyond where the data stop.
    """

    low: Decimal | None
    high: Decimal | None
    basis: Literal["stated", "peers", "costs"]
    parts: tuple[PricePart, ...] = ()
    point: Decimal | None = None
    open_ends: OpenEnds = CLOSED
    bound: Bound | None = None

    def for_grade(self, grade: str | None) -> Decimal | None:
        """One rate for a firm of this grade: its own where there is one, else the better the grade, the nearer to the low end."""
        if self.point is not None:
            return self.point
        if self.low is None or self.high is None:
            return self.low if self.low is not None else self.high
        return (self.low + (self.high - self.low) * _POSITION.get(grade or "C", Decimal("0.5"))).quantize(Decimal("0.0001"))


@dataclass(frozen=True)
class Match:
    """A judgement with its money: `limit`, `saving` and `grant` in yuan (None = not known), `rate` a year."""

    judgement: Judgement
    limit: Limit | None = None
    rate: Rate | None = None
    saving: Decimal | None = None
    grant: Decimal | None = None
    own_terms: Offer | None = None

    @property
    def entry(self) -> Entry:
        return self.judgement.entry

    @property
    def offer(self) -> Offer:
        """What the entry gives this firm: its own terms where the entry has some for firms of its kind."""
        return self.own_terms or self.entry.offer

    @property
    def status(self) -> Status:
        return self.judgement.status


def match_all(
    pack: Pack, facts: Mapping[str, FactValue], on: date, grade: str | None, *, ended: bool = False, risk: Risk | None = None
) -> tuple[Match, ...]:
    """Every entry that concerns owners and has something to offer, tried on the firm; ended ones only when asked for.

    With the firm's `risk`, rates that nobody publishes can be built from costs.
    """
    peers = peer_rates(pack)
    return tuple(
        _match(entry, facts, on, grade, peers, risk)
        for entry in pack
        if entry.audience == "owner"
        and (entry.kind not in _TOLD or (ended and entry.rule is not None))
        and (ended or entry.standing(on) is Standing.IN_FORCE)
    )


def match_one(pack: Pack, entry: Entry, facts: Mapping[str, FactValue], on: date, grade: str | None, *, risk: Risk | None = None) -> Match:
    """One entry tried on the firm."""
    return _match(entry, facts, on, grade, peer_rates(pack), risk)


def _match(
    entry: Entry, facts: Mapping[str, FactValue], on: date, grade: str | None, peers: Mapping[str, Rate], risk: Risk | None
) -> Match:
    judgement, offer = judge(entry, facts, on), entry.offer.for_firm(facts, on)
    lends = entry.kind in _LENDING or offer.cap is not None or offer.mechanism == "renewal"
    return Match(
        judgement,
        _limit(offer, facts, grade, guaranteed=entry.kind is Kind.GUARANTEE) if lends else None,
        _rate(entry, peers, risk) if entry.kind is Kind.PRODUCT else None,
        yearly_saving(offer, facts),
        granted(offer, facts),
        offer if offer is not entry.offer else None,
    )


def _limit(offer: Offer, facts: Mapping[str, FactValue], grade: str | None, *, guaranteed: bool) -> Limit:
    bases = tuple(Basis(item.basis, item.factor) for item in offer.limit) or USUAL_BASES.get(offer.mechanism or "", ())
    rate = offer.rate.low if offer.rate else None
    cap_name: Literal["cap", "guarantee_cap"] = "guarantee_cap" if guaranteed else "cap"
    spec = LimitSpec(cap=offer.cap, bases=bases, term_months=offer.term_months, annual_rate=rate, cap_name=cap_name)
    return likely_limit(spec, facts, grade)


def _rate(entry: Entry, peers: Mapping[str, Rate], risk: Risk | None) -> Rate | None:
    stated = entry.offer.rate
    if stated is not None and (stated.low is not None or stated.high is not None):
        return Rate(stated.low, stated.high, "stated")
    mechanism = entry.offer.mechanism or ""
    published = peers.get(mechanism) or peers.get(_PEERS_OF.get(mechanism, ""))
    if published is not None or risk is None or mechanism not in _PRICED_FROM_COSTS:
        return published
    built = quoted_range(None, None, risk.pd, interval=risk.interval, open_ends=risk.open_ends)
    return Rate(built.low, built.high, "costs", built.parts, quoted_range(None, None, risk.pd).low, built.open_ends, risk.bound)


def yearly_saving(offer: Offer, facts: Mapping[str, FactValue]) -> Decimal | None:
    """Yuan a year that an interest subsidy in percentage points saves on the amount sought."""
    subsidy, sought = offer.subsidy, facts.get("amount_sought")
    if subsidy is None or subsidy.points is None or not isinstance(sought, Decimal):
        return None
    principal = min(sought, subsidy.principal_cap) if subsidy.principal_cap is not None else sought
    saving = principal * subsidy.points
    return min(saving, subsidy.amount_cap) if subsidy.amount_cap is not None else saving


def granted(offer: Offer, facts: Mapping[str, FactValue]) -> Decimal | None:
    """Yuan paid once: the sum a firm gets, or the sum a head times the people it is paid for."""
    grant = offer.grant
    if grant is None or grant.amount is not None:
        return grant.amount if grant else None
    heads = facts.get(grant.heads) if grant.heads else None
    return grant.per_head * heads if grant.per_head is not None and isinstance(heads, int) else None


@lru_cache(maxsize=4)
def _peer_rates(stated: tuple[tuple[str, Decimal | None, Decimal | None], ...]) -> Mapping[str, Rate]:
    lows: dict[str, list[Decimal]] = {}
    highs: dict[str, list[Decimal]] = {}
    for mechanism, low, high in stated:
        lows.setdefault(mechanism, []).extend(() if low is None else (low,))
        highs.setdefault(mechanism, []).extend(() if high is None else (high,))
    return {name: Rate(min(lows[name], default=None), max(highs[name], default=None), "peers") for name in lows}


def peer_rates(pack: Pack) -> Mapping[str, Rate]:
    """For each mechanism the range of rates its products in force publish; what an unpublished rate is likely to lie in."""
    return _peer_rates(tuple(_published(pack)))


def _published(entries: Iterable[Entry]) -> Iterable[tuple[str, Decimal | None, Decimal | None]]:
    for entry in entries:
        rate, mechanism = entry.offer.rate, entry.offer.mechanism
        if entry.kind is Kind.PRODUCT and entry.status == "in_force" and rate and mechanism:
            yield mechanism, rate.low, rate.high
