"""What an entry may be worth to a firm, in yuan a year: only to say which entries are worth settling first, never shown."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.matching.match import Match
from knowledge.entries import Grant, Kind
from knowledge.firm import FactValue

#: Estimates: what having a loan at a bank's rate is worth a year, as a share of its amount; less for what only helps to get one.
_SHARE = {Kind.PRODUCT: Decimal("0.04"), Kind.GUARANTEE: Decimal("0.02")}
#: What is sought where nothing was said, and what an entry is worth that names no money.
_USUAL_AMOUNT, _LEAST = Decimal(300_000), Decimal(1_500)


def worth(match: Match, facts: Mapping[str, FactValue]) -> Decimal:
    """Yuan a year, at least a little for everything."""
    offer, sought = match.entry.offer, facts.get("amount_sought")
    wanted = sought if isinstance(sought, Decimal) else _USUAL_AMOUNT
    value = _LEAST
    share = _SHARE.get(match.entry.kind)
    if share is not None:
        likely = match.limit.amount if match.limit is not None and match.limit.amount is not None else offer.cap
        value = max(value, share * (min(wanted, likely) if likely is not None else wanted))
    if match.saving is not None:
        value = max(value, match.saving)
    elif offer.subsidy is not None:
        value = max(value, wanted * (offer.subsidy.points or (offer.subsidy.share or Decimal(0)) * Decimal("0.04")))
    if offer.grant is not None:
        value = max(value, _grant(offer.grant, facts))
    return value


def _grant(grant: Grant, facts: Mapping[str, FactValue]) -> Decimal:
    heads = facts.get(grant.heads, 1) if grant.heads else 1
    each = grant.per_head * heads if grant.per_head is not None and isinstance(heads, int) else Decimal(0)
    return max(grant.amount or Decimal(0), each)
