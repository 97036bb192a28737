"""Matches in the order worth reading: what fits first, and among loans by what the firm would get, pay and have to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.firm import FactValue

_STATUS_RANK = {Status.ELIGIBLE: 0, Status.UNKNOWN: 1, Status.INELIGIBLE: 2}


def ranked(matches: Sequence[Match], facts: Mapping[str, FactValue]) -> tuple[Match, ...]:
    """Best first; ties by id so that the order never changes by itself."""
    return tuple(
        sorted(matches, key=lambda match: (_STATUS_RANK[match.status], len(match.judgement.missing), -_worth(match, facts), match.entry.id))
    )


def _worth(match: Match, facts: Mapping[str, FactValue]) -> Decimal:
    return match.limit.amount if match.limit and match.limit.amount else Decimal(0)
