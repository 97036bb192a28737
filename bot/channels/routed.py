"""Whom to ask first, for other programs: loans in the order to try them, each with its bank, money, time, papers and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.channels.lines import BadLine
from bot.matching.cost import real_cost
from bot.matching.lenders import Lender, lender_of
from bot.matching.match import Match
from bot.matching.next_way import needs_way, next_ways
from bot.matching.ranking import Ranking, ranked
from knowledge.eligibility import Status
from knowledge.entries import Kind, Standing
from knowledge.firm import FactValue, to_json
from knowledge.pack import Pack
from scoring.routing import PREFERENCES, Line


def wish_of(asked: Mapping[str, Any]) -> str:
    """What the owner wants most of a loan: a name of PREFERENCES, balanced when the line names none."""
    wish = asked.get("wish", "balanced")
    if wish not in PREFERENCES:
        raise BadLine(f'"wish" must be one of {", ".join(PREFERENCES)}')
    return str(wish)


def routed(
    pack: Pack, matches: Sequence[Match], facts: Mapping[str, FactValue], on: date, grade: str | None, wish: str = "balanced"
) -> dict[str, Any]:
    """{"wish", "offers", "why_first", "next_ways"}: the loans that fit or may fit, best first; ways on where lenders decline, all or most.

    `rate_bound` says that the data tell of no lower, or no higher, rate than the one quoted. `why_first` is why the first offer stands
    before the second, null where nothing fits.
    """
    in_force = [match for match in matches if match.judgement.standing is Standing.IN_FORCE]
    loans = [match for match in in_force if match.entry.kind is Kind.PRODUCT]
    found = ((match.entry.id, lender_of(pack, match.entry, facts, on)) for match in loans)
    lenders = {entry: lender for entry, lender in found if lender is not None}
    order = ranked(loans, facts, wish, lenders)
    open_ones = [match for match in order.matches if match.status is not Status.INELIGIBLE]
    ways = next_ways(in_force, facts, grade) if needs_way(in_force, facts, grade) else ()
    return {
        "wish": wish,
        "offers": [
            _offer(match, lenders.get(match.entry.id), facts, grade, in_force, order.reasons[match.entry.id])
            | {"tied_with": list(order.equals[match.entry.id])}
            for match in open_ones
        ],
        "why_first": {language: _why_first(order, language) for language in ("zh", "en")} if order.first else None,
        "next_ways": [{"way": way.way.value, "entry": way.entry} for way in ways],
    }


def _why_first(order: Ranking, language: str) -> str:
    """What speaks for the first, and by what it leads where that is something else."""
    lines = [line.text(language) for line in (order.first, order.ahead) if line is not None]
    return ("；" if language == "zh" else "; ").join(lines)


def _offer(
    match: Match, lender: Lender | None, facts: Mapping[str, FactValue], grade: str | None, subsidies: Sequence[Match], why: Line
) -> dict[str, Any]:
    cost = real_cost(match, facts, grade, subsidies)
    amount = match.limit.amount if match.limit is not None else None
    return {
        "entry": match.entry.id,
        "lender": lender.entry.id if lender else None,
        "status": match.status.value,
        "amount": to_json(amount) if amount is not None else None,
        "binding": match.limit.binding if match.limit is not None else None,
        "quoted_rate": float(cost.quoted) if cost else None,
        "rate_bound": match.rate.bound if cost and match.rate else None,
        "annual_cost": float(cost.gross) if cost else None,
        "annual_cost_net": float(cost.net) if cost else None,
        "days": lender.days if lender else None,
        "documents": [item.zh for item in match.entry.documents],
        "why_zh": why.text("zh"),
        "why_en": why.text("en"),
    }
