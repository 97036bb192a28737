"""Entries, matches and facts as the owner reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.conversation.sources import source_line, source_named
from bot.conversation.terms import limit_text, money_parts, rates
from bot.conversation.texts import joined, say, sentence
from bot.matching.match import Match
from knowledge.conditions import Finding, Leaf, Truth
from knowledge.eligibility import Status
from knowledge.entries import Entry, Kind, Offer, Standing
from knowledge.firm import Fact
from knowledge.formats import day, fact_label, fact_value, money, months, percent, points, rough_money, wanted
from knowledge.pack import Pack
from knowledge.unlock import Unlock
from knowledge.unlock_words import unlock_text
from knowledge.wording import reason, requirement
from scoring.card import Grade, Score

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
        "rate": rates(rate.low, rate.high, language) if rate else None,
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


def match_lines(match: Match, language: str, today: date, pack: Pack, way: Unlock | None = None, beside: Sequence[str] = ()) -> list[str]:
    """A match in a list: name and status, the money, what else there is to say (`beside`), what decided, what would open it, source and
    validity."""
    entry = match.entry
    lines = [f"{MARKS[match.status]} {entry.name[language]}"]
    if match.status is not Status.INELIGIBLE:
        lines.append(sentence([*money_parts(match, language)], language))
    lines.extend((*beside, standing_line(match, language, pack), way_line(way, language)))
    lines.append(source_line(entry, language, today, titled=False))
    return [lines[0], *(f"   {line}" for line in lines[1:] if line)]


def standing_line(match: Match, language: str, pack: Pack) -> str:
    """Why it fits or not, or what is needed to tell. Empty when it fits and there is nothing to add."""
    judgement, entry = match.judgement, match.entry
    if judgement.standing is Standing.ENDED:
        ended = say("item_ended", language, until=entry.valid.until) if entry.valid.until else say("item_ended_undated", language)
        successor = pack.get(entry.replaced_by) if entry.replaced_by else None
        follow = say("item_replaced", language, name=successor.name[language]) if successor else ""
        return sentence([ended, follow], language)
    if judgement.standing is Standing.NOT_YET and entry.valid.from_:
        return say("item_begins", language, on=day(entry.valid.from_, language))
    if match.status is Status.INELIGIBLE:
        reasons = unique([reason(finding, language) for finding in judgement.findings])[:3]
        return f"{say('status_ineligible', language)}{_colon(language)}{sentence(reasons, language)}"
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
    checks = unique([requirement(f, language) for f in findings if not f.missing])
    if checks:
        parts.append(say("item_check", language, checks=("，以及" if language == "zh" else ", and ").join(checks[:2])))
    return sentence(parts, language)


def brief(match: Match, language: str, today: date, pack: Pack) -> str:
    """One entry in short: what it is and gives, whether it looks open to this firm and what it would bring it, and the source."""
    entry, standing = match.entry, match.judgement.standing
    lines = [_title(match, language), prose(entry, entry.summary[language], language)]
    if standing is Standing.ENDED:
        return "\n".join([*lines, _capital(standing_line(match, language, pack)), source_named(entry, language)])
    if match.status is not Status.INELIGIBLE:
        lines.append(_capital(sentence(_worked_out(match, language), language)))
    if entry.audience == "owner":
        lines.append(standing_line(match, language, pack))
    lines.append(source_line(entry, language, today))
    return "\n".join(line for line in lines if line)


def _worked_out(match: Match, language: str) -> list[str]:
    """What the entry would bring this firm: only what was worked out from its own figures, for the summary tells the rest."""
    amount = limit_text(match, language) if match.limit is not None and match.limit.amount is not None else ""
    saved = say("item_saving", language, saved=rough_money(match.saving, language)) if match.saving else ""
    return [part for part in (say("brief_yours", language, amount=amount) if amount else "", saved) if part]


def _title(match: Match, language: str, *, every: bool = False) -> str:
    """The name, marked where a rule decided; that it fits is said at once, why not or what is needed stands in a line of its own.

    With `every` status the others are named here as well.
    """
    entry = match.entry
    if entry.rule is None or entry.audience != "owner" or match.judgement.standing is not Standing.IN_FORCE:
        return entry.name[language]
    status = say(f"status_{match.status.value}", language)
    named = f" · {status}" if every or match.status is Status.ELIGIBLE else ""
    return f"{MARKS[match.status]} {entry.name[language]}{named}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def detail(match: Match, language: str, today: date, pack: Pack, way: Unlock | None = None) -> str:
    """One entry in full: what it is, what it would bring this firm, why, what to confirm, and where it comes from."""
    entry, judgement = match.entry, match.judgement
    lines = [_title(match, language, every=True), prose(entry, entry.summary[language], language)]
    if judgement.standing is Standing.ENDED:
        lines.append(_capital(standing_line(match, language, pack)))
        lines.extend(f"· {item[language]}" for item in entry.changed)
        return "\n".join([*lines, source_named(entry, language)])
    lines.append(_capital(sentence(money_parts(match, language), language)))
    lines.extend((_capital(standing_line(match, language, pack)), way_line(way, language)))
    if match.status is Status.ELIGIBLE and entry.audience == "owner":
        met = unique([reason(f, language) for f in judgement.findings if f.truth is Truth.TRUE])
        lines.append(say("item_because", language, reasons=joined(met[:5], language)) if met else "")
    lines.append(_clauses(judgement.findings, language))
    if judgement.standing is Standing.IN_FORCE:
        lines.extend(confirm_lines(entry, language))
    offered = [product.name[language] for product in map(pack.get, entry.products) if product]
    if offered:
        lines.append(say("lender_products", language, products=joined(offered, language)))
    lines.append(source_line(entry, language, today))
    return "\n".join(line for line in lines if line)


def chance(score: Score, language: str) -> str:
    """The default probability in words: where the data tell no lower, or no higher, it says so instead of seeming exact."""
    return say(f"chance_{score.end or 'about'}", language, pd=chance_percent(score.pd))


def chance_percent(probability: Decimal) -> str:
    """A default probability to a tenth of a percent; nothing is certain, so it never reads as nought or as all."""
    least = Decimal("0.001")
    if probability < least:
        return f"<{percent(least, 1)}"
    return f">{percent(1 - least, 1)}" if probability > 1 - least else percent(probability, 1)


def default_band(band: Grade, language: str) -> str:
    """The 12-month default probabilities that a grade stands for: 3%–4.5%."""
    low, high = percent(band.pd_from), percent(band.pd_below)
    if band.pd_from <= 0:
        return say("card_band_below", language, high=high)
    return say("card_band_from", language, low=low) if band.pd_below >= 1 else f"{low}–{high}"


def _clauses(findings: tuple[Finding, ...], language: str) -> str:
    """What the document itself calls the conditions that decided; which document it is, the source says."""
    named = unique([finding.leaf.clause[language] for finding in findings if isinstance(finding.leaf, Leaf) and finding.leaf.clause])
    return say("item_clauses", language, clauses=joined(named[:5], language)) if named else ""


def confirm_lines(entry: Entry, language: str) -> list[str]:
    """What no rule settles, a line each: to confirm where something is applied for, else worth knowing."""
    if not entry.confirm:
        return []
    told = entry.kind in (Kind.DEFINITION, Kind.LENDER)
    return [say("worth_knowing" if told else "confirm_list", language), *(f"· {item[language]}" for item in entry.confirm)]


def unique(items: list[str]) -> list[str]:
    return list(dict.fromkeys(items))


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
