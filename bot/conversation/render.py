"""Entries, matches and facts as the owner reads them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from bot.conversation.texts import joined, say
from bot.matching.match import Match
from knowledge.conditions import Check, Finding, Truth
from knowledge.eligibility import Status
from knowledge.entries import SOON_DAYS, Entry, Offer, Standing
from knowledge.firm import Fact
from knowledge.formats import day, fact_label, fact_value, money, months, percent, points, rough_money, wanted
from knowledge.pack import Pack
from knowledge.unlock import Unlock
from knowledge.unlock_words import unlock_text
from knowledge.wording import reason, requirement
from scoring.card import Grade

MARKS = {Status.ELIGIBLE: "🟢", Status.UNKNOWN: "🟡", Status.INELIGIBLE: "⚪"}


def fact_line(fact: Fact, language: str) -> str:
    """· 年营业收入：280万元"""
    value = fact_value(fact.name, fact.value, language)
    value = say("noted_about", language, value=value) if fact.approximate else value
    return say("noted_fact", language, label=fact_label(fact.name, language), value=value)


def prose(entry: Entry, text: str, language: str) -> str:
    """An entry's prose with its placeholders filled from the entry's own fields."""
    offer = entry.offer
    subsidy, grant, rate = offer.subsidy, offer.grant, offer.rate
    values = {
        "cap": _span(offer, "cap", language) or _money(offer.cap, language),
        "term": _span(offer, "term_months", language) or (months(offer.term_months, language) if offer.term_months else None),
        "rate": _rates(rate.low, rate.high, language) if rate else None,
        "fee": percent(offer.guarantee_fee) if offer.guarantee_fee is not None else None,
        "platform_fee": percent(offer.fee.of_raised) if offer.fee is not None else None,
        "tax_rate": percent(offer.tax_rate) if offer.tax_rate is not None else None,
        "relief": percent(offer.relief) if offer.relief is not None else None,
        "points": points(subsidy.points, language) if subsidy and subsidy.points is not None else None,
        "share": percent(subsidy.share) if subsidy and subsidy.share is not None else None,
        "months": months(subsidy.months, language) if subsidy and subsidy.months else None,
        "principal_cap": _money(subsidy.principal_cap, language) if subsidy else None,
        "amount_cap": _money(subsidy.amount_cap, language) if subsidy else None,
        "grant": _money(grant.amount, language) if grant else None,
        "per_head": _money(grant.per_head, language) if grant else None,
    }
    return text.format(**{name: value for name, value in values.items() if value is not None})


def match_lines(match: Match, language: str, today: date, pack: Pack, way: Unlock | None = None) -> list[str]:
    """A match in a list: name and status, the money, what decided, what would open it, source and validity."""
    entry = match.entry
    lines = [f"{MARKS[match.status]} {entry.name[language]}"]
    if match.status is not Status.INELIGIBLE:
        lines.append(_sentence([*money_parts(match, language)], language))
    lines.extend((standing_line(match, language, pack), way_line(way, language)))
    lines.append(source_line(entry, language, today))
    return [lines[0], *(f"   {line}" for line in lines[1:] if line)]


def standing_line(match: Match, language: str, pack: Pack) -> str:
    """Why it fits or not, or what is needed to tell. Empty when it fits and there is nothing to add."""
    judgement, entry = match.judgement, match.entry
    if judgement.standing is Standing.ENDED:
        ended = say("item_ended", language, until=entry.valid.until) if entry.valid.until else say("item_ended_undated", language)
        successor = pack.get(entry.replaced_by) if entry.replaced_by else None
        follow = say("item_replaced", language, name=successor.name[language]) if successor else ""
        return _sentence([ended, follow], language)
    if judgement.standing is Standing.NOT_YET and entry.valid.from_:
        return say("item_begins", language, on=day(entry.valid.from_, language))
    if match.status is Status.INELIGIBLE:
        reasons = unique([reason(finding, language) for finding in judgement.findings])[:3]
        return f"{say('status_ineligible', language)}{_colon(language)}{_sentence(reasons, language)}"
    if match.status is Status.UNKNOWN:
        return f"{say('status_unknown', language)}{_colon(language)}{needs(judgement.missing, judgement.findings, language)}"
    return ""


def way_line(way: Unlock | None, language: str) -> str:
    """What would open an entry that does not fit; empty when nothing the owner can change would."""
    if way is None:
        return ""
    how = unlock_text(way, language)
    if way.too_late is not None:
        return say("way_too_late", language, how=how, until=day(way.too_late, language))
    return say("way" if way.settles else "way_begun", language, how=how)


def needs(missing: tuple[str, ...], findings: tuple[Finding, ...], language: str) -> str:
    """What is needed before one can tell: facts to be given, and what a person has to check."""
    parts = []
    if missing:
        labels = [wanted(name, language) for name in missing]
        parts.append(say("item_unknown", language, missing=joined(labels[:4], language)))
    checks = unique([requirement(f, language) for f in findings if isinstance(f.leaf, Check)])
    if checks:
        parts.append(say("item_check", language, checks=joined(checks[:2], language)))
    return _sentence(parts, language)


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
        if limit.binding != "cap":
            return say("item_limit", language, amount=rough_money(limit.amount, language))
    return say("item_limit_cap", language, cap=money(cap, language)) if cap is not None else ""


def rate_text(match: Match, language: str) -> str:
    """The yearly rate: as published, or the range its peers publish, marked as an estimate."""
    if match.rate is None:
        return ""
    key = "item_rate" if match.rate.basis == "stated" else "item_rate_estimate"
    return say(key, language, rate=_rates(match.rate.low, match.rate.high, language))


def source_line(entry: Entry, language: str, today: date) -> str:
    """Source, validity and, for terms seen only second-hand, that they are indicative."""
    parts = [source_named(entry, language), validity(entry, language, today)]
    if entry.confidence == "medium" or entry.status == "unconfirmed":
        parts.append(say("indicative", language))
    return _sentence(parts, language)


def source_named(entry: Entry, language: str) -> str:
    """Who says so and in which document, as a line of its own."""
    return say("item_source", language, source=document_named(entry, language))


def document_named(entry: Entry, language: str) -> str:
    """Who says so and in which document."""
    source = entry.source
    named = source.issuer[language]
    if source.number:
        # A number such as 财政部 税务总局公告2023年第13号 names its issuer already.
        told = language == "zh" and named.split("、")[0] in source.number
        named = source.number if told else f"{named} {source.number}"
    elif source.title:
        named = f"{named}《{source.title.zh}》" if language == "zh" else f"{named}, {source.title.en}"
    if source.date:
        named += f"（{source.date}）" if language == "zh" else f" ({source.date})"
    return named


def validity(entry: Entry, language: str, today: date) -> str:
    until = entry.valid.until
    if until is None:
        return say("item_valid_open", language, checked=entry.checked)
    days = (until - today).days
    if days < 0:
        return say("item_ended", language, until=until)
    if days <= SOON_DAYS:
        return say("item_valid_soon", language, until=until, days=days)
    return say("item_valid_until", language, until=until)


def brief(match: Match, language: str, today: date, pack: Pack) -> str:
    """One entry in short: what it is and gives, whether it looks open to this firm and what it would bring it, and the source."""
    entry, standing = match.entry, match.judgement.standing
    lines = [_title(match, language), prose(entry, entry.summary[language], language)]
    if standing is Standing.ENDED:
        return "\n".join([*lines, _capital(standing_line(match, language, pack)), source_named(entry, language)])
    if match.status is not Status.INELIGIBLE:
        lines.append(_capital(_sentence(_worked_out(match, language), language)))
    if entry.audience == "owner":
        lines.append(standing_line(match, language, pack))
    lines.append(source_line(entry, language, today))
    return "\n".join(line for line in lines if line)


def _worked_out(match: Match, language: str) -> list[str]:
    """What the entry would bring this firm: only what was worked out from its own figures, for the summary tells the rest."""
    amount = limit_text(match, language) if match.limit is not None and match.limit.amount is not None else ""
    saved = say("item_saving", language, saved=rough_money(match.saving, language)) if match.saving else ""
    return [part for part in (say("brief_yours", language, amount=amount) if amount else "", saved) if part]


def _title(match: Match, language: str) -> str:
    """The name, marked where a rule decided; that it fits is said at once, why not or what is needed stands in a line of its own."""
    entry = match.entry
    if entry.rule is None or entry.audience != "owner" or match.judgement.standing is not Standing.IN_FORCE:
        return entry.name[language]
    fits = f" · {say('status_eligible', language)}" if match.status is Status.ELIGIBLE else ""
    return f"{MARKS[match.status]} {entry.name[language]}{fits}"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def detail(match: Match, language: str, today: date, pack: Pack, way: Unlock | None = None) -> str:
    """One entry in full: what it is, what it would bring this firm, why, what to confirm, and where it comes from."""
    entry, judgement = match.entry, match.judgement
    status = say(f"status_{match.status.value}", language)
    tested = entry.rule is not None and entry.audience == "owner"
    title = f"{MARKS[match.status]} {entry.name[language]} · {status}" if tested else entry.name[language]
    lines = [title, prose(entry, entry.summary[language], language), _sentence(money_parts(match, language), language)]
    lines.extend((standing_line(match, language, pack), way_line(way, language)))
    if match.status is Status.ELIGIBLE and tested:
        met = unique([reason(f, language) for f in judgement.findings if f.truth is Truth.TRUE])
        lines.append(say("item_because", language, reasons=joined(met[:5], language)) if met else "")
    if entry.confirm and judgement.standing is Standing.IN_FORCE:
        lines.append(say("confirm_list", language))
        lines.extend(f"· {item[language]}" for item in entry.confirm)
    offered = [product.name[language] for product in map(pack.get, entry.products) if product]
    if offered:
        lines.append(say("lender_products", language, products=joined(offered, language)))
    if judgement.standing is Standing.ENDED:
        lines.extend(f"· {item[language]}" for item in entry.changed)
    lines.append(source_line(entry, language, today))
    return "\n".join(line for line in lines if line)


def default_band(band: Grade, language: str) -> str:
    """The 12-month default probabilities that a grade stands for: 3%–4.5%."""
    low, high = percent(band.pd_from), percent(band.pd_below)
    if band.pd_from <= 0:
        return say("card_band_below", language, high=high)
    return say("card_band_from", language, low=low) if band.pd_below >= 1 else f"{low}–{high}"


def unique(items: list[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _rates(low: Decimal | None, high: Decimal | None, language: str) -> str:
    if low is not None and high is not None:
        return percent(low) if low == high else f"{percent(low)}–{percent(high)}"
    if low is not None:
        return say("rate_from", language, low=percent(low))
    return say("rate_to", language, high=percent(high)) if high is not None else ""


def _span(offer: Offer, of: Literal["cap", "term_months"], language: str) -> str | None:
    """Where sources disagree the careful figure first, the other beside it: 100万元（也有资料写500万元）."""
    span = offer.range_of(of)
    if span is None:
        return None
    low, high = (money(value, language) if of == "cap" else months(int(value), language) for value in span)
    return f"{low} ({high} in some sources)" if language == "en" else f"{low}（也有资料写{high}）"


def _money(amount: Decimal | None, language: str) -> str | None:
    return money(amount, language) if amount is not None else None


def _colon(language: str) -> str:
    return "：" if language == "zh" else ": "


def _sentence(parts: list[str], language: str) -> str:
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)
