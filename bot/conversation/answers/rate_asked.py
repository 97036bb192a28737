"""Whether a rate can be had: the loans that state it or less, for a firm like this one; a person at the bank sets it."""

from __future__ import annotations

from decimal import Decimal

from bot.conversation.answers.comparing import best_loans
from bot.conversation.model import Answer, Reply
from bot.conversation.terms import rates
from bot.conversation.texts import say
from bot.conversation.world import Scene
from bot.matching.match import Match
from knowledge.eligibility import Status
from knowledge.entries import Kind
from knowledge.formats import percent


def within(scene: Scene) -> Answer:
    """The cheapest loans, and before them whether any publishes the rate that was asked about; without a rate the cheapest alone."""
    cheapest = best_loans(scene, "cheapest")
    said = next((figure.value for figure in scene.understanding.extraction.loose if figure.kind == "rate"), None)
    asked = said if said is not None else scene.dialogue.firm.get("max_rate")
    if not isinstance(asked, Decimal) or not cheapest.replies or not cheapest.sources:
        return cheapest
    open_ = [match for match in scene.matches if match.entry.kind is Kind.PRODUCT and match.status is not Status.INELIGIBLE]
    told = Reply(_told(asked, [match for match in open_ if _from(match) is not None], scene.language))
    return Answer((told, *cheapest.replies), cheapest.dialogue, cheapest.sources, aside=True)


def _from(match: Match) -> Decimal | None:
    """The lowest yearly rate that a loan states, or that loans like it do; none where it was only worked out from costs."""
    return match.rate.low if match.rate is not None and match.rate.basis != "costs" else None


def _told(asked: Decimal, loans: list[Match], language: str) -> str:
    rate = percent(asked)
    lows = [low for match in loans if (low := _from(match)) is not None]
    if not lows:
        return say("rate_within_unknown", language, rate=rate)
    count = sum(low <= asked for low in lows)
    lowest = rates(min(lows), None, language)
    return say("rate_within_some" if count else "rate_within_none", language, rate=rate, count=count, lowest=lowest)
