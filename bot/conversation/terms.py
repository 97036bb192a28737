"""The money of an entry in words: how much, at what cost, for how long, and what it saves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.conversation.texts import say
from bot.matching.match import Match
from knowledge.formats import money, months, percent, points, rough_money
from scoring.quote import PricePart
from scoring.reach import CLOSED, OpenEnds


def money_parts(match: Match, language: str) -> list[str]:
    """Likely amount, yearly cost, term, saving: the parts that are known."""
    offer = match.offer
    parts = [limit_text(match, language), rate_text(match, language)]
    if offer.term_months:
        parts.append(say("item_term", language, term=months(offer.term_months, language)))
    if offer.guarantee_fee is not None:
        parts.append(say("item_fee", language, fee=percent(offer.guarantee_fee)))
    if offer.subsidy is not None and offer.subsidy.points is not None:
        parts.append(say("item_subsidy_points", language, points=points(offer.subsidy.points, language)))
    if match.saving:
        parts.append(say("item_saving", language, saved=rough_money(match.saving, language)))
    if offer.subsidy is not None and offer.subsidy.share is not None:
        parts.append(say("item_subsidy_share", language, share=percent(offer.subsidy.share)))
    if offer.grant is not None and offer.grant.amount is not None:
        parts.append(say("item_grant", language, amount=money(offer.grant.amount, language)))
    if offer.grant is not None and offer.grant.per_head is not None:
        parts.append(say("item_grant_head", language, amount=money(offer.grant.per_head, language)))
    if offer.tax_rate is not None:
        parts.append(say("item_tax_rate", language, rate=percent(offer.tax_rate)))
    if offer.relief is not None:
        parts.append(say("item_relief", language, relief=percent(offer.relief)))
    return [part for part in parts if part]


def limit_text(match: Match, language: str) -> str:
    """The likely amount; when nothing is known to work it out from, the cap the source states."""
    limit, cap = match.limit, match.offer.cap
    if limit is not None and limit.amount is not None and limit.amount > 0:
        if limit.covers:
            return say("item_limit_asked", language, amount=money(limit.amount, language))
        if limit.binding == "guarantee_cap":
            return say("item_limit_guarantee", language, cap=money(limit.amount, language))
        if limit.binding != "cap":
            return say("item_limit", language, amount=rough_money(limit.amount, language), basis=say(f"basis_{limit.binding}", language))
    return say("item_limit_cap", language, cap=money(cap, language)) if cap is not None else ""


def rate_text(match: Match, language: str) -> str:
    """The yearly rate: as published, or an estimate from what peers publish or from costs, marked as one."""
    if match.rate is None:
        return ""
    rate = rates(match.rate.low, match.rate.high, language, match.rate.open_ends)
    if match.rate.basis == "costs":
        return say("item_rate_costs", language, rate=rate, parts=price_parts(match.rate.parts, language))
    return say("item_rate" if match.rate.basis == "stated" else "item_rate_estimate", language, rate=rate)


def price_parts(parts: Sequence[PricePart], language: str) -> str:
    """The parts of a price in one breath: 资金5%＋运营3%＋风险1.6%; a part of nothing is left out."""
    between = "" if language == "zh" else " "
    told = ((part.name, rates(part.low, part.high, language, part.open_ends)) for part in parts if part.high)
    named = [f"{say(f'part_{name}', language)}{between}{rate}" for name, rate in told]
    return ("＋" if language == "zh" else " + ").join(named)


def rates(low: Decimal | None, high: Decimal | None, language: str, open_ends: OpenEnds = CLOSED) -> str:
    """A range of yearly rates; at an open end it says that the rate may lie beyond."""
    if low is not None and high is not None:
        return _between(percent(low), percent(high), language, open_ends)
    if low is not None:
        return say("rate_from", language, low=percent(low))
    return say("rate_to", language, high=percent(high)) if high is not None else ""


def _between(low: str, high: str, language: str, open_ends: OpenEnds) -> str:
    below, above = open_ends
    if below and above and low != high:
        return say("rate_open", language, low=low, high=high)
    if below:
        return say("rate_or_less", language, high=high)
    span = high if low == high else f"{low}–{high}"
    return say("rate_or_more", language, span=span) if above else span
